"""The cells of pages are run by mkdocs-jupyter: several pages at a time, each once."""

import json
import os
import tempfile
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path

from mkdocs_jupyter.convert import nb2html
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from builder.notebook.chapter import Chapter
from builder.notebook.run import explain_end, explain_failure, results

Job = Callable[[], str]


def execute(notebook: str, chapter: Chapter, folder: Path) -> str:
    """Run a notebook (JSON text); our template gives it back with its outputs."""
    with tempfile.TemporaryDirectory(dir=folder) as own:
        path = Path(own, "notebook.ipynb")
        path.write_text(notebook, encoding="utf-8")
        try:
            text = nb2html(str(path), execute=True, allow_errors=False)
        except CellExecutionError as error:
            raise explain_failure(error, chapter, notebook) from error
        except (CellTimeoutError, DeadKernelError) as error:
            timeout = isinstance(error, CellTimeoutError)
            raise explain_end(timeout, chapter) from error
    executed, _ = json.JSONDecoder().raw_decode(text.strip())
    results(executed, chapter)  # what no page may show is not kept either
    return json.dumps({"cells": executed["cells"]}, ensure_ascii=False)


def ahead(jobs: Mapping[Path, Job]) -> dict[Path, Future[str]]:
    """Do jobs in their order, one a processor, before anybody asks for one.

    MkDocs takes one page after the other; their kernels are processes of their own. The
    threads are daemons: a build that fails waits for no other page.
    """
    processors = threading.Semaphore(os.cpu_count() or 1)

    def work(future: Future[str], job: Job) -> None:
        with processors:
            try:
                future.set_result(job())
            except BaseException as error:  # for who asks
                future.set_exception(error)

    given: dict[Path, Future[str]] = {name: Future() for name in jobs}
    for name, job in jobs.items():
        threading.Thread(target=work, args=(given[name], job), daemon=True).start()
    return given

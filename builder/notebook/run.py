"""The notebook that runs for a page, and what came out of it.

Only the code runs: a changed word of prose leaves this notebook, and so the cache
key made from it, as it was.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat import v4 as nbformat

from builder.errors import PageError
from builder.notebook.chapter import Cell, Chapter
from builder.notebook.kernel import KERNELS, SECONDS, last, paths_of_this_machine

STYLE = Path(__file__).resolve().parents[1] / "output" / "style.py"
VALUES = "application/x.page-values+json"
TOO_LARGE = "application/x.page-too-large+json"
TEXT = 1_000_000  # characters that a cell may print, as in the kernel
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Result:
    """What one code cell printed, drew and named."""

    text: str = ""
    figures: list[str] = field(default_factory=list)
    values: dict[str, float | str] = field(default_factory=dict)


def runnable(chapter: Chapter) -> str:
    """Return the chapter's code as a notebook (JSON text) ready to execute.

    After a cell that names values comes a cell of ours that hands them over.
    """
    sources: list[tuple[dict[str, int | str], str]] = []
    if chapter.prelude:
        sources.append(({"page_cell": 0}, chapter.prelude))
    for cell in chapter.code:
        known: dict[str, int | str] = {"page_cell": cell.number}
        if limit := cell.options.get("limit"):
            known["limit"] = limit
        sources.append((known, cell.source))
        if names := cell.options.get("values", "").split():
            pairs = ", ".join(f"{name}={name}" for name in names)
            sources.append((known, f"_hand_over({pairs})"))
    cells = [
        nbformat.new_code_cell(source, id=f"cell-{index}", metadata=known)
        for index, (known, source) in enumerate(sources)
    ]
    kernel = {"display_name": "Page", "language": "python", "name": "page"}
    about = {"kernelspec": kernel, "page_kernel": kernel_digest()}
    notebook = nbformat.new_notebook(cells=cells, metadata=about)
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def kernel_digest() -> str:
    """A hash of the code around the cells, for the cache: a new kernel runs all."""
    files = [*sorted(KERNELS.glob("*/*.py")), STYLE]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def results(executed: dict[str, Any], chapter: Chapter) -> dict[int, Result]:
    """Read an executed notebook: {cell number: Result}. Stray output is an error."""
    found = {cell.number: Result() for cell in chapter.code}
    by_number = {cell.number: cell for cell in chapter.code}
    found[0], by_number[0] = Result(), Cell("", 1)  # what earlier chapters made
    for raw in executed["cells"]:
        number = raw["metadata"]["page_cell"]
        for output in raw["outputs"]:
            if cause := _take(output, found[number]):
                raise chapter.error(cause, by_number[number])
    paths = paths_of_this_machine()
    for number, result in found.items():
        if cause := _refusal(result, paths):
            raise chapter.error(cause, by_number[number])
    if found.pop(0) != Result():
        cause = "the code of snippets/ that this page uses prints or draws as it loads"
        raise PageError(f"{cause}: define there, and print here", path=chapter.path)
    return found


def _refusal(result: Result, paths: re.Pattern[str]) -> str | None:
    """Say why no page shows a result; the kernel has cut what is too much."""
    if len(result.text) > TEXT:
        return f"prints more than {TEXT:,} characters; print less"
    words = [v for v in result.values.values() if isinstance(v, str)]
    for text in [result.text, *result.figures, *words]:
        if path := paths.search(text):
            cause = f"prints a path of this machine: {path[0]}"
            return f"{cause}; print no more than a name"
    return None


def _take(output: dict[str, Any], result: Result) -> str | None:
    """Take an output in, or say why no page shows it."""
    data = output.get("data", {})
    if output.get("name") == "stdout":
        result.text += output["text"]
    elif output.get("name") == "stderr":
        text = _brief(output["text"].strip())
        return f"wrote to standard error, which no page shows: {text}"
    elif VALUES in data:
        result.values.update(data[VALUES])
    elif TOO_LARGE in data:
        size = f"{data[TOO_LARGE] / 1e6:.0f} MB; 5 MB are the most a cell may draw"
        return f"draws {size}: draw fewer points"
    elif "image/svg+xml" in data:
        result.figures.append(data["image/svg+xml"])
    elif output["output_type"] == "execute_result":
        value = _brief(data.get("text/plain"))
        return f"ends in a value ({value}); print() what a page shows"
    else:
        what = ", ".join(data) or f"{output.get('ename')}: {output.get('evalue')}"
        return f"gave an output that no page can show: {what}"
    return None


def _brief(text: str, most: int = 2000) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def explain_end(timeout: bool, chapter: Chapter) -> PageError:
    """Say which cell took too long, or ended the kernel, and what to do."""
    for cell in chapter.code:
        if cell.number == last.cell:
            limit = cell.options.get("limit", f"{SECONDS} s")
            if timeout:
                number, unit = limit.split()
                cause = f"still runs after {limit}; make it shorter, or allow it more"
                return chapter.error(f'{cause}: limit="{2 * int(number)} {unit}"', cell)
            cause = "ended the Python that runs the page"
            why = "os._exit(), a crash or too little memory"
            return chapter.error(f"{cause} (exit code {last.exit_code}: {why})", cell)
    cause = "took too long" if timeout else f"ended (exit code {last.exit_code})"
    return PageError(f"the page's Python {cause} outside its cells", path=chapter.path)


def explain_failure(error: Exception, chapter: Chapter, notebook: str) -> PageError:
    """Turn the kernel's report of a raising cell into file, line, cell and cause."""
    report = ANSI.sub("", str(error))
    raws = json.loads(notebook)["cells"]
    frame = re.search(r"(?:Cell In|Input In ?)\[(\d+)\], line (\d+)", report)
    cause = f"{getattr(error, 'ename', 'error')}: {getattr(error, 'evalue', report)}"
    if cause.startswith("SystemExit"):
        cause = "SystemExit: a cell may not end the page's Python; leave it out"
    raw = raws[int(frame[1]) - 1] if frame else {"metadata": {"page_cell": -1}}
    if raw["metadata"]["page_cell"] == 0:
        line = chapter.prelude.splitlines()[int(frame[2]) - 1].strip() if frame else ""
        cause += f" (in the code of snippets/ that this page uses: {line})"
        return PageError(cause, path=chapter.path)
    for cell in chapter.code:
        if frame and cell.number == raw["metadata"]["page_cell"]:
            lines = cell.source.splitlines()
            at = int(frame[2])
            if raw["source"] != cell.source:
                cause += f' (its option values="{cell.options["values"]}")'
            elif at <= len(lines):
                cause += f" (line {at} of the cell: {lines[at - 1].strip()})"
            return chapter.error(cause, cell)
        if not frame and f"\n{cell.source}\n---" in report:
            return chapter.error(cause, cell)
    return PageError(f"{cause}\n{report}", path=chapter.path)

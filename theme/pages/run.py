"""The notebook that runs for a page, and what came out of it.

Only the code runs: a changed word of prose leaves this notebook, and so the cache
key made from it, as it was.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from .errors import PageError

SETUP = Path(__file__).with_name("setup_cell.py")
VALUES = "application/x.page-values+json"
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Result:
    """What one code cell printed, drew and named."""

    text: str = ""
    figures: list = field(default_factory=list)
    values: dict = field(default_factory=dict)


def runnable(chapter):
    """Return the chapter's code as a notebook (JSON text) ready to execute.

    After a cell that names values comes a cell of ours that hands them over.
    """
    sources = [(0, SETUP.read_text(encoding="utf-8"))]
    for cell in chapter.code:
        sources.append((cell.number, cell.source))
        if names := cell.options.get("values", "").split():
            pairs = ", ".join(f"{name}={name}" for name in names)
            sources.append((cell.number, f"_hand_over({pairs})"))
    cells = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"cell-{index}",
            "metadata": {"page_cell": number},
            "outputs": [],
            "source": source,
        }
        for index, (number, source) in enumerate(sources)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def results(executed, chapter):
    """Read an executed notebook: {cell number: Result}. Stray output is an error."""
    found = {cell.number: Result() for cell in chapter.code}
    by_number = {cell.number: cell for cell in chapter.code}
    for raw in executed["cells"]:
        number = raw["metadata"]["page_cell"]
        for output in raw["outputs"]:
            if number == 0:
                raise RuntimeError(f"the setup cell wrote an output: {output}")
            _take(output, found[number], chapter, by_number[number])
    return found


def _take(output, result, chapter, cell):
    data = output.get("data", {})
    if output.get("name") == "stdout":
        result.text += output["text"]
    elif output.get("name") == "stderr":
        cause = (
            f"wrote to standard error, which no page shows: {output['text'].strip()}"
        )
        raise chapter.error(cause, cell)
    elif VALUES in data:
        result.values.update(data[VALUES])
    elif "image/svg+xml" in data:
        result.figures.append(data["image/svg+xml"])
    elif output["output_type"] == "execute_result":
        value = data.get("text/plain")
        cause = f"ends in a value ({value}); print() what a page shows"
        raise chapter.error(cause, cell)
    else:
        what = ", ".join(data) or f"{output.get('ename')}: {output.get('evalue')}"
        cause = f"gave an output that no page can show: {what}"
        raise chapter.error(cause, cell)


def explain_failure(error, chapter, notebook):
    """Turn the kernel's report of a raising cell into file, line, cell and cause."""
    report = ANSI.sub("", str(error))
    raws = json.loads(notebook)["cells"]
    frame = re.search(r"(?:Cell In|Input In ?)\[(\d+)\], line (\d+)", report)
    cause = f"{getattr(error, 'ename', 'error')}: {getattr(error, 'evalue', report)}"
    raw = raws[int(frame[1]) - 1] if frame else {"metadata": {"page_cell": 0}}
    for cell in chapter.code:
        if cell.number == raw["metadata"]["page_cell"]:
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

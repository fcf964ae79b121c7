"""A chapter to take away: a notebook with its outputs, and a plain script."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jupytext
from nbformat import NotebookNode
from nbformat import v4 as nbformat

from builder.notebook.chapter import Chapter
from builder.notebook.run import Result
from builder.prose import drawings, places
from builder.prose.values import Values

HEADING_ID = re.compile(r"^(#{1,6} .*?)[ \t]*\{#[\w-]+\}[ \t]*$", re.MULTILINE)
LOOK = re.compile(r"\n\{: [^{}]*\}$", re.MULTILINE)  # how a paragraph is shown
PAGE_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([\w-]+)\.md(#[\w-]+)?\)")


def to_notebook(
    chapter: Chapter,
    results: Mapping[int, Result],
    values: Values,
    base_url: str,
    cited: Callable[[str], str] = str,
    before: str = "",
) -> NotebookNode:
    """Return the chapter as a Jupyter notebook; links to pages lead to the site.

    `before` says, above the code of earlier chapters, what that is.

    Without `base_url`, the address of the site, only the text of a link is left.
    `cited` writes the citations of a text out.
    """
    cells: list[NotebookNode] = []
    for cell in chapter.cells:
        if cell.number == 1 and chapter.prelude:
            code = f"# {before}\n{chapter.prelude}"
            cells.append(nbformat.new_code_cell(code, id="cell-0"))
        if cell.is_code:
            outputs = _outputs(results[cell.number])
            new = nbformat.new_code_cell(cell.source, outputs=outputs)
            new.execution_count = cell.number
        else:
            text = places.in_words(cell.source, values.known)
            text = drawings.in_words(values.fill(text, cell))
            text = LOOK.sub("", HEADING_ID.sub(r"\1", text))
            link = rf"[\1]({base_url}\2.html\3)" if base_url else r"\1"
            text = PAGE_LINK.sub(link, text)
            new = nbformat.new_markdown_cell(cited(text))
        new.id = f"cell-{len(cells) + 1}"
        cells.append(new)
    notebook = nbformat.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    return notebook


def _outputs(result: Result) -> list[NotebookNode]:
    outputs = []
    if result.text:
        outputs.append(nbformat.new_output("stream", name="stdout", text=result.text))
    for svg in result.figures:
        data = {"image/svg+xml": svg, "text/plain": "<Figure>"}
        outputs.append(nbformat.new_output("display_data", data=data))
    return outputs


def write(file: Path, text: str) -> None:
    """Write a download, and beside it a script that carries its text.

    A script is all that a page from file:// may load.
    """
    file.write_text(text, encoding="utf-8", newline="\n")
    carry(file.with_name(f"{file.name}.js"), text)


def carry(file: Path, known: Any) -> None:
    """Write a script that hands over what is known (`live/take.js`)."""
    text = f"live.carried.here({json.dumps(known, ensure_ascii=False)})\n"
    file.write_text(text, encoding="utf-8", newline="\n")


def to_script(notebook: NotebookNode) -> str:
    """Return the notebook as a Python script with its prose as comments."""
    return jupytext.writes(notebook, fmt="py:percent")

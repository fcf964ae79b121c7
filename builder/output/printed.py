"""What a cell prints: text, and tables of lines | like | this |."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from builder.output.table import is_row, to_html

if TYPE_CHECKING:  # the browser has no build
    from builder.notebook.run import Result

OPTIONS = {"table": "caption of the table that the cell prints"}


def html(
    result: Result, options: Mapping[str, str], number: int, words: Mapping[str, str]
) -> Iterator[str]:
    """Give the HTML of what cell `number` printed, if no other kind shows it."""
    if "gaze" in options:
        return
    parts = list(printed(result.text, options.get("table"), words))
    if "table" in options and "<table" not in "".join(parts):
        raise ValueError("has the option 'table' but prints none (| a | b |)")
    yield from parts


def printed(text: str, caption: str | None, words: Mapping[str, str]) -> Iterator[str]:
    """Give the HTML of a printed text; ValueError for a table that is none."""
    for is_table, block in blocks(text):
        if not is_table:
            yield f'<p class="output-label">{words["output"]}</p>'
            yield f'<pre tabindex="0"><samp>{escape(block)}</samp></pre>'
        elif caption:
            yield to_html(block, caption, words["decimal"])
        else:
            raise ValueError('prints a table; give it a caption: table="..."')


def blocks(text: str) -> list[tuple[bool, str]]:
    """Split printed text into runs of lines that are, or are not, rows of a table."""
    lines = text.split("\n") if text.strip() else []
    runs = [(rows, "\n".join(run).strip("\n")) for rows, run in groupby(lines, is_row)]
    return [(rows, block) for rows, block in runs if block]

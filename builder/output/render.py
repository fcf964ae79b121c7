"""Notebook in, Markdown out."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from builder.output.kinds import KINDS

if TYPE_CHECKING:
    from builder.notebook.chapter import Cell, Chapter
    from builder.notebook.run import Result
    from builder.prose.values import Values


def to_markdown(
    chapter: Chapter,
    results: Mapping[int, Result],
    values: Values,
    words: Mapping[str, str],
    programs: Mapping[str, Any],
) -> tuple[str, dict[str, str]]:
    """Return a chapter as Markdown, and the HTML that belongs in its output slots.

    `words` are the page's own words in its language, `programs` those of its cells. The
    outputs stay out of the Markdown, which would read meaning into their characters.
    """
    parts, slots = [], {}
    for cell in chapter.cells:
        if not cell.is_code:
            parts.append(cell.source)
            continue
        code = f"```python\n{cell.source}\n```"
        if fold := cell.options.get("fold"):
            summary = f"<summary>{escape(fold)}</summary>"
            code = (
                f'<details class="fold" markdown="1">{summary}\n\n{code}\n\n</details>'
            )
        # Code that only feeds the page stands, closed, under what it made.
        slot = f'<div data-output="{cell.number}"></div>'
        told = "".join(
            f' data-{name}="{escape(cell.options[name])}"'
            for name in ("takes", "short")
            if name in cell.options
        )
        told += _of_program(programs[f"{cell.number}"])
        first, then = (slot, code) if fold else (code, slot)
        # No <div>: Material's search would be let in again at the end of one inside.
        start = f'<section class="cell" data-search-exclude{told} markdown="1">'
        parts.append("\n\n".join([start, first, then, "</section>"]))
        slots[slot] = _output(chapter, cell, results[cell.number], values, words)
    return "\n\n".join(parts), slots


def _of_program(made: Mapping[str, Any]) -> str:
    """What the buttons of a cell must know of its program."""
    records = f' data-records="{" ".join(made["records"])}"' if made["records"] else ""
    return records + (" data-long" * ("short" in made))


def _output(
    chapter: Chapter,
    cell: Cell,
    result: Result,
    values: Values,
    words: Mapping[str, str],
) -> str:
    text = {k: values.fill(v, cell) for k, v in cell.options.items() if k != "values"}
    html: list[str] = []
    try:
        for kind in KINDS:
            html += kind.html(result, text, cell.number, words)
    except ValueError as error:
        raise chapter.error(str(error), cell) from error
    return f'<div class="output">{"".join(html)}</div>' if html else ""

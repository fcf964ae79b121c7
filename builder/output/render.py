"""Notebook in, Markdown out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING

from builder.output.figure import inline_svg
from builder.output.table import is_row, to_html

if TYPE_CHECKING:  # the browser has no build
    from builder.notebook.chapter import Cell, Chapter
    from builder.notebook.run import Result
    from builder.prose.values import Values


def to_markdown(
    chapter: Chapter,
    results: Mapping[int, Result],
    values: Values,
    words: Mapping[str, str],
) -> tuple[str, dict[str, str]]:
    """Return a chapter as Markdown, and the HTML that belongs in its output slots.

    `words` are the page's own words in its language. The outputs stay out of the
    Markdown, which would read meaning into their characters.
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
        slot = f'<div data-output="{cell.number}"></div>'
        told = "".join(
            f' data-{name}="{escape(cell.options[name])}"'
            for name in ("takes", "short")
            if name in cell.options
        )
        parts.append(
            f'<div class="cell"{told} markdown="1">\n\n{code}\n\n{slot}\n\n</div>'
        )
        slots[slot] = _output(chapter, cell, results[cell.number], values, words)
    return "\n\n".join(parts), slots


def _output(
    chapter: Chapter,
    cell: Cell,
    result: Result,
    values: Values,
    words: Mapping[str, str],
) -> str:
    options = cell.options or {}
    text = {k: values.fill(v, cell) for k, v in options.items() if k != "values"}
    try:
        html = list(printed(result.text, text.get("table"), words["output"]))
    except ValueError as error:
        raise chapter.error(str(error), cell) from error
    if "table" in text and "<table" not in "".join(html):
        raise chapter.error("has the option 'table' but prints none (| a | b |)", cell)
    if len(result.figures) > 1:
        raise chapter.error("draws more than one figure; give each its own cell", cell)
    if bool(result.figures) != ("caption" in text and "alt" in text):
        cause = 'a figure and the options caption="..." and alt="..." go together'
        raise chapter.error(cause, cell)
    for svg in result.figures:
        try:
            drawing = inline_svg(svg, f"cell-{cell.number}-", text["alt"])
        except ValueError as error:
            raise chapter.error(str(error), cell) from error
        caption = f"<figcaption>{escape(text['caption'])}</figcaption>"
        html.append(f'<figure class="plot">{drawing}{caption}</figure>')
    if not html:
        return ""
    return f'<div class="output" data-search-exclude>{"".join(html)}</div>'


def printed(text: str, caption: str | None, label: str) -> Iterator[str]:
    """Give the HTML of what a cell printed; ValueError for a table that is none."""
    for is_table, block in _blocks(text):
        if not is_table:
            yield f'<p class="output-label">{label}</p>'
            yield f'<pre tabindex="0"><samp>{escape(block)}</samp></pre>'
        elif caption:
            yield to_html(block, caption)
        else:
            raise ValueError('prints a table; give it a caption: table="..."')


def _blocks(text: str) -> list[tuple[bool, str]]:
    """Split printed text into runs of lines that are, or are not, rows of a table."""
    blocks: list[tuple[bool, list[str]]] = []
    for line in text.rstrip("\n").split("\n") if text.strip() else []:
        if blocks and blocks[-1][0] == is_row(line):
            blocks[-1][1].append(line)
        else:
            blocks.append((is_row(line), [line]))
    joined = [(table, "\n".join(lines).strip("\n")) for table, lines in blocks]
    return [(table, block) for table, block in joined if block]

"""Tables that a cell prints, as tables of the page."""

import re
from html import escape

from builder.output.numbers import localised


def is_row(line: str) -> bool:
    return line.startswith("|") and line.endswith("|")


def cells_of(text: str) -> tuple[list[str], list[str], list[list[str]]]:
    """Return the head of a printed table, its rule and its rows."""
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in text.split("\n")
    ]
    if len({len(row) for row in rows}) > 1:
        raise ValueError("the rows of a printed table have different numbers of cells")
    head, rule, *body = [*rows, []] if len(rows) == 1 else rows
    if not rule or not all(re.fullmatch(":?-+:?", cell) for cell in rule):
        raise ValueError(f"the second row of a printed table is its rule, not {rule}")
    return head, rule, body


def to_html(text: str, caption: str, decimal: str = ".") -> str:
    """Turn a printed table into HTML; the first column names the rows.

    >>> to_html("| a | b |\\n| - | -: |\\n| x | 1 |", "c").count("<th scope")
    3
    """
    head, rule, body = cells_of(text)
    right = [cell.endswith(":") for cell in rule]
    head, *body = [[localised(cell, decimal) for cell in row] for row in (head, *body)]
    html = _row("th", "col", head, right)
    html = f"<thead>{html}</thead><tbody>"
    html += "".join(_row("td", "row", row, right) for row in body)
    caption = f"<caption>{escape(caption)}</caption>"
    table = f'<table class="numbers">{caption}{html}</tbody></table>'
    return f'<div class="table" tabindex="0">{table}</div>'


def _row(tag: str, scope: str, cells: list[str], right: list[bool]) -> str:
    html = ""
    for column, (cell, numeric) in enumerate(zip(cells, right, strict=True)):
        head = (tag == "th" or column == 0) and cell  # an empty one names nothing
        name = "th" if head else "td"
        attributes = f' scope="{scope}"' if head else ""
        attributes += ' class="number"' if numeric else ""
        html += f"<{name}{attributes}>{escape(cell)}</{name}>"
    return f"<tr>{html}</tr>"

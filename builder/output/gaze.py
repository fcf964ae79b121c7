"""Weights that a cell prints, as a page shows them: lines, a map and a table.

All three are made of the numbers that were printed. Several tables in one cell, each
under a line of its own, are shown one at a time: `step 0`, `step 50`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from builder.output import weights
from builder.output.printed import blocks
from builder.output.views import lines, sizes, table
from builder.output.weights import Weights

if TYPE_CHECKING:  # the browser has no build
    from builder.notebook.run import Result

OPTIONS = {
    "gaze": "caption of the weights that the cell prints: lines, map and table",
    "rows": "language of the words that look, if not the page's",
    "columns": "language of the words that are looked at, if not the page's",
    "view": "what is in sight first: lines, map or table",
}
VIEWS = "lines", "map", "table"
LANGUAGE = re.compile("([a-z]{2,3}(-[A-Za-z]+)*)?")
MOST = 8  # tables of a cell; so many the style sheet can tell apart


def html(
    result: Result, options: Mapping[str, str], number: int, words: Mapping[str, Any]
) -> Iterator[str]:
    """Give the HTML of the weights that cell `number` printed."""
    if "gaze" in options:
        if result.figures:
            raise ValueError("draws, and has the option 'gaze'; draw in another cell")
        caption = f"<figcaption>{escape(options['gaze'])}</figcaption>"
        figure = drawn(result.text, options, f"cell-{number}-", words)
        yield figure.replace("</figure>", f"{caption}</figure>")
    elif own := sorted({*OPTIONS} & {*options}):
        raise ValueError(f"has the option '{own[0]}' and no gaze=\"...\"")


def drawn(
    text: str, options: Mapping[str, str], prefix: str, words: Mapping[str, Any]
) -> str:
    """Draw printed weights; `prefix` keeps their controls apart on a page."""
    own, first = words["gaze"], options.get("view", "lines")
    if not options.get("alt"):
        raise ValueError('has the option gaze="..." and no alt="..."')
    if first not in VIEWS:
        raise ValueError(f'has view="{first}"; write one of: {", ".join(VIEWS)}')
    for name in ("rows", "columns"):
        if not LANGUAGE.fullmatch(options.get(name, "")):
            cause = f'has {name}="{options[name]}"; write a language, as in "pt"'
            raise ValueError(cause)
    shown = list(_read(text, words["decimal"]))
    top = max(w or 0 for one in shown for row in one.rows for w in row) or 1
    views = {name: own[name] for name in VIEWS}
    parts = [_choice(f"{prefix}view", own["view"], views, first)]
    if len(shown) > 1:
        titles = {f"{n}": one.title for n, one in enumerate(shown, start=1)}
        parts.append(_choice(f"{prefix}which", own["which"], titles, "1"))
    for n, one in enumerate(shown, start=1):
        langs = [_lang(options.get(name, "")) for name in ("rows", "columns")]
        drawing = lines(one, langs, f"{prefix}{n}", one.title or own["lines"])
        tables = table(one, top, langs, own["asks"], own["asked"], words["decimal"])
        parts.append(f'<div style="{sizes(one)}">{drawing}{tables}</div>')
    label = escape(options["alt"])
    return f'<figure class="gaze" aria-label="{label}">{"".join(parts)}</figure>'


def _read(text: str, decimal: str) -> Iterator[Weights]:
    """Read the tables of a printed text, each with the line above it."""
    found, title = blocks(text), ""
    count = sum(is_table for is_table, _ in found)
    if not count:
        raise ValueError("has the option 'gaze' but prints no table of weights")
    if count > MOST:
        raise ValueError(f"prints {count} tables of weights; {MOST} are the most")
    for (is_table, block), (next_is_table, _) in zip(found, [*found[1:], (False, "")]):
        if is_table:
            if count > 1 and not title:
                raise ValueError("prints several tables; print a title above each")
            yield weights.read(block, title, decimal)
            title = ""
        elif "\n" in block.strip() or not next_is_table:
            cause = f"prints more than weights: {block.strip()[:40]!r}"
            raise ValueError(f"{cause}; print that in another cell")
        else:
            title = block.strip()


def _choice(name: str, legend: str, titles: Mapping[str, str], first: str) -> str:
    labels = "".join(
        f'<label><input type="radio" name="{name}" value="{value}"'
        f"{' checked' * (value == first)}>{escape(title)}</label>"
        for value, title in titles.items()
    )
    return f"<fieldset><legend>{escape(legend)}</legend>{labels}</fieldset>"


def _lang(code: str) -> str:
    return f' lang="{code}"' if code else ""

"""Drawings in the page's own colours, 360 units wide: as wide as a phone."""

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from itertools import pairwise
from typing import Any

from builder.prose.dates import in_words

BORN = "bahdanau2014"
TEXTBOOK = ["sutskever2014", "cho2014b", BORN]  # the order of the lesson
START, END = date(1990, 1, 1), date(2026, 1, 1)
# The years of the paper get most of the room: {first year: height, width of its line}.
SCALES = {1990: (32, 1), 2013: (146, 3), 2014: (266, 6), 2015: (572, 3), 2016: (686, 1)}
END_AT = 790
YEARS = 1990, 2000, 2013, 2014, 2015, 2016, 2020, 2025
ROW = 16
BRIEF = "y", "MMM", "d MMM"  # dates in little room, as exactly as they are known
Words = Mapping[str, Any]  # of one drawing in one language
Events = Sequence[Mapping[str, Any]]
Point = tuple[float, float]


def figure(body: list[str], height: int, words: Words) -> str:
    """Frame a drawing; `words` has its `alt` and `caption`."""
    alt, caption = escape(words["alt"]), escape(words["caption"])
    return (
        f'<figure class="plot drawn"><svg viewBox="0 0 360 {height}" role="img"'
        f' aria-label="{alt}" style="max-width:27rem" font-size="12">{"".join(body)}'
        f"</svg><figcaption>{caption}</figcaption></figure>"
    )


def folded(words: Words, lines: list[str]) -> str:
    """Say in Markdown what a drawing shows, for who cannot see it or wants more."""
    start = f'<details class="fold" markdown="1"><summary>{words["fold"]}</summary>'
    return "\n\n".join(["", start, "\n".join(lines), "</details>"])


def text(x: float, y: float, words: str, **style: object) -> str:
    known = "".join(f' {k.replace("_", "-")}="{v}"' for k, v in style.items())
    return f'<text x="{x:.4g}" y="{y:.4g}"{known}>{escape(words)}</text>'


def line(start: Point, corner: Point, colour: str, width: int = 1) -> str:
    path = f'd="M{start[0]} {start[1]:.1f} {corner[0]} {corner[1]:.1f}h8"'
    return f'<path {path} fill="none" stroke="{colour}" stroke-width="{width}"/>'


def spread(wanted: list[float], gap: float) -> list[float]:
    """Move sorted places apart by at least `gap`, together as little as can be.

    >>> spread([0, 10, 11, 50], 5)
    [0.0, 8.0, 13.0, 50.0]
    """
    # [mean, how many] of places that touch, each less its steps of `gap`.
    groups: list[list] = []
    for step, place in enumerate(wanted):
        groups.append([place - step * gap, 1])
        while len(groups) > 1 and groups[-2][0] > groups[-1][0]:
            (one, m), (two, n) = groups[-2:]
            groups[-2:] = [[(one * m + two * n) / (m + n), m + n]]
    means = [mean for mean, count in groups for _ in range(count)]
    return [float(mean + step * gap) for step, mean in enumerate(means)]


def place(day: date) -> float:
    """Return how far down the page a day is, in the scale of its years.

    >>> place(date(1990, 1, 1)), place(date(2014, 1, 1))
    (32.0, 266.0)
    """
    firsts, tops = zip(*((date(y, 1, 1), top) for y, (top, _) in SCALES.items()))
    at = bisect(firsts, day)
    first, last = firsts[at - 1], [*firsts, END][at]
    top, bottom = tops[at - 1], [*tops, END_AT][at]
    return top + (day - first) / (last - first) * (bottom - top)


def timeline(events: Events, lang: str, words: Words) -> str:
    """Draw all events, the years down the page, those of the paper larger."""
    body = []
    for (top, width), (bottom, _) in pairwise([*SCALES.values(), (END_AT, 0)]):
        path = f'd="M42 {top}V{bottom}" stroke-width="{width}"'
        body.append(f'<path {path} stroke="currentColor"/>')
    for year in YEARS:
        y = place(date(year, 1, 1))
        body.append(f'<path d="M37 {y:.1f}h5" stroke="currentColor"/>')
        body.append(text(34, y + 4, str(year), text_anchor="end"))
    dots = [place(event["day"]) for event in events]
    colour = "var(--source)"
    for event, dot, y in zip(events, dots, spread(dots, ROW)):
        born = event["id"] == BORN
        colour = "var(--gaze)" if born else colour
        body.append(line((42, dot), (50, y), colour, 2 if born else 1))
        radius = 5 if born else 3
        body.append(f'<circle cx="42" cy="{dot:.1f}" r="{radius}" fill="{colour}"/>')
        exact = len(event["when"]) if 2013 <= event["when"][0] <= 2015 else 1
        day = in_words(event["when"], lang, BRIEF[exact - 1])
        body.append(text(103, y + 4, day, text_anchor="end", font_size=11))
        body.append(text(109, y + 4, event[lang][0], font_weight=700 if born else 400))
        colour = "var(--target)" if born else colour
    return figure(body, END_AT + 14, words)


def crossing(events: Events, lang: str, words: Words, dates: dict[str, str]) -> str:
    """Draw the order of the textbooks against that of the days, to scale."""
    days = {event["id"]: event["day"] for event in events}
    first, last = days[TEXTBOOK[-1]], days[TEXTBOOK[0]]
    body = [
        text(130, 18, words["books"], text_anchor="end", font_weight=700),
        text(230, 18, words["calendar"], font_weight=700),
    ]
    for step, (name, label) in enumerate(zip(TEXTBOOK, words["steps"])):
        left, right = 60 + step * 75, 60 + (days[name] - first) / (last - first) * 150
        colour = "var(--line-1)" if name == BORN else "var(--line-4)"
        day = re.sub(r"( de)? \d+$", "", dates[name])
        body += [
            text(130, left + 4, f"{step + 1}. {label}", text_anchor="end"),
            line((138, left), (214, right), colour, 4 if name == BORN else 2),
            text(230, right, day, font_weight=700),
            text(230, right + 14, label),
        ]
    return figure(body, 240, words)

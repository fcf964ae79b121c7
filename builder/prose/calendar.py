"""A calendar of commits, drawn a row a week: who worked when."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date

from builder.prose.drawn import Words, figure, text

LEFT, COLUMN, TOP, ROW = 62, 21, 32, 29
LABELS, SCALE, GAP = 214, 2.35, 13  # SCALE: the radius of one commit


def draw(data: Mapping[str, Any], lang: str, words: Words) -> str:
    """Draw the months of a diary: bands, a circle a day, labels beside the weeks."""
    counts = data["counts"]
    first, last = min(counts), max(counts)
    start = first - timedelta(days=first.weekday())

    def place(day: date) -> tuple[int, int]:
        week, weekday = divmod((day - start).days, 7)
        return LEFT + weekday * COLUMN, TOP + week * ROW

    body = [
        text(LEFT + n * COLUMN, 12, letter, text_anchor="middle")
        for n, letter in enumerate(words["weekdays"])
    ]
    marked = {r["when"].date(): r["mark"][lang] for r in data["rows"] if "mark" in r}
    for band in data["bands"]:
        begin, end = band["days"]
        body += _band(begin, end, f"var(--{band['colour']})", place)
    days = [start + timedelta(days=n) for n in range((last - start).days + 1)]
    for day in days:
        x, y = place(day)
        if day.weekday() == 0:
            label = format_date(day, "d MMM", locale=lang).rstrip(".")
            body.append(text(LEFT - 18, y + 4, label, text_anchor="end"))
        body += _day(x, y, counts.get(day, (0, 0)), ring=day in marked)
    body += _labels(marked, place)
    return figure(body, place(last)[1] + ROW // 2 + 2, words)


def _band(first: date, last: date, colour: str, place: Any) -> list[str]:
    """Shade the days from first to last, a piece a week."""
    pieces, day = [], first
    while day <= last:
        until = min(last, day + timedelta(days=6 - day.weekday()))
        (x, y), (end, _) = place(day), place(until)
        size = f'width="{end - x + COLUMN}" height="{ROW - 3}" rx="5"'
        pieces.append(
            f'<rect x="{x - COLUMN / 2}" y="{y - (ROW - 3) / 2}" {size}'
            f' fill="{colour}" fill-opacity=".22"/>'
        )
        day = until + timedelta(days=1)
    return pieces


def _day(x: int, y: int, count: tuple[int, int], ring: bool) -> list[str]:
    """Draw a day: the area of the circle is its commits, the filled part his."""
    whole, own = count
    if not whole:
        return [f'<circle cx="{x}" cy="{y}" r="1" fill="var(--drawing-faint)"/>']
    drawn = []
    if own:
        radius = SCALE * own**0.5
        drawn.append(f'<circle cx="{x}" cy="{y}" r="{radius:.1f}" fill="var(--gaze)"/>')
    stroke = "currentColor" if ring else "var(--drawing-faint)"
    drawn.append(
        f'<circle cx="{x}" cy="{y}" r="{SCALE * whole**0.5:.1f}" fill="none"'
        f' stroke="{stroke}" stroke-width="{2 if ring else 1}"/>'
    )
    return drawn


def _labels(marked: Mapping[date, str], place: Any) -> list[str]:
    """Write the labels beside their weeks, at most two a week in the room there is."""
    weeks: dict[int, list[str]] = {}
    for day, words in marked.items():
        weeks.setdefault(place(day)[1], []).append(f"{day.day}: {words}")
    return [
        text(LABELS, y + 4 + GAP * (n - (len(labels) - 1) / 2), label)
        for y, labels in weeks.items()
        for n, label in enumerate(labels)
    ]

"""What `docs/diary.yml` says, for pages: `{{ works_day }}`, `{{ diary }}`."""

import os
import re
from collections import ChainMap
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any

from builder.prose import calendar, drawn
from builder.prose.dates import PATTERNS, in_words
from builder.prose.values import Drawing
from builder.source import read_yaml, require_sound

TEXTS = {lang: str for lang in PATTERNS}
WORDS = {"alt": str, "caption": str, "fold": str, "weekdays": [str] * 7, "counts": str}
ROW = {"id": str, "hash?": str, "time": str, "message?": str, "mark?": TEXTS, **TEXTS}
SHAPE = {
    "repository": str,
    "rows": [ROW],
    "spans": [{"id": str, "from": str, "to": str, "in": str}],
    "bands": [{"name": str, "first": str, "last": str, "colour": str}],
    "months": [{"month": str, "days": str}],
    "words": {lang: WORDS for lang in PATTERNS},
}
FORMS = {"%Y-%m-%d": 0, "%Y-%m-%d %H:%M": 2, "%Y-%m-%d %H:%M:%S": 3}  # parts of a clock
UNITS = {
    "day": {"pt": ("dia", "dias"), "en": ("day", "days")},
    "hour": {"pt": ("hora", "horas"), "en": ("hour", "hours")},
    "minute": {"pt": ("minuto", "minutos"), "en": ("minute", "minutes")},
    "second": {"pt": ("segundo", "segundos"), "en": ("second", "seconds")},
}
AND = {"pt": " e ", "en": " and "}
DAY = {"pt": "d 'de' MMMM", "en": "d MMMM"}
COUNT = re.compile(r"(\d+):(\d+)/(\d+)")


def values(path: Path, lang: str) -> dict[str, str]:
    """Return what a page may show: {name: Markdown}, times, spans and the calendar."""
    if not os.path.lexists(path):
        return {}
    data = read(path)
    known: dict[str, str] = {}
    for row in data["rows"]:
        day = row["when"].timetuple()[:3]
        known[f"{row['id']}_day"] = in_words(day, lang, DAY[lang])
        known[f"{row['id']}_weekday"] = in_words(day, lang, "EEEE")
        known[f"{row['id']}_time"] = _clock(row, lang)
    rows = {row["id"]: row for row in data["rows"]}
    for span in data["spans"]:
        ends = rows[span["from"]]["when"], rows[span["to"]]["when"]
        known[span["id"]] = between(*ends, span["in"], lang)
    words = data["words"][lang]
    drawing = calendar.draw(data, lang, words) + drawn.folded(words, _list(data, lang))
    return known | {"diary": Drawing(drawing)}


def between(start: datetime, end: datetime, unit: str, lang: str) -> str:
    """Write how much later `end` is, in units down to `unit`.

    >>> between(datetime(2014, 8, 8, 11, 32), datetime(2014, 8, 9, 11, 33), "day", "en")
    '1 day'
    """
    if unit == "day":
        start, end = (datetime(*at.timetuple()[:3]) for at in (start, end))
    gap = end - start
    minutes, seconds = divmod(gap.seconds, 60)
    numbers = [gap.days, *divmod(minutes, 60), seconds]
    shown = list(zip(UNITS, numbers))[: list(UNITS).index(unit) + 1]
    parts = [f"{n} {UNITS[name][lang][n != 1]}" for name, n in shown if n]
    return AND[lang].join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _clock(row: dict, lang: str) -> str:
    """Write the time of a row: 11h39min35s, or 11:39:35; nothing if only its day."""
    first, then, end = ("h", "min", "s") if lang == "pt" else (":", ":", "")
    forms = {0: "", 2: f"{first}%M", 3: f"{first}%M{then}%S{end}"}
    form = forms[row["exact"]]
    return f"{row['when'].hour}{row['when']:{form}}" if form else ""


def _list(data: dict, lang: str) -> list[str]:
    """Say in Markdown what the drawing shows."""
    items = []
    for row in data["rows"]:
        day = in_words(row["when"].timetuple()[:3], lang)
        head = ", ".join(filter(None, [day, _clock(row, lang)]))
        told = ""
        if "hash" in row:
            address = f"{data['repository']}/commit/{row['hash']}"
            quoted = escape(row["message"], quote=False)
            told = f' <span lang="en">"{quoted}"</span> '
            told += f"([`{row['hash'][:7]}`]({address}))."
        items.append(f"- **{head}.**{told} {row[lang]}")
    for month in data["months"]:
        name = in_words(month["first"].timetuple()[:2], lang)
        counts = month["counts"].items()
        each = "; ".join(f"{day.day}: {n[0]}/{n[1]}" for day, n in counts)
        head = f"**{name[0].upper()}{name[1:]}**, {data['words'][lang]['counts']}"
        items.append(f"- {head}: {each}.")
    return items


def read(path: Path) -> dict:
    """Return what `path` says; PageError for what cannot be."""
    data = read_yaml(path, SHAPE, "diary")
    rows: dict[str, dict] = {}
    require_sound(data["rows"], lambda row: _row(row, rows), path)
    require_sound(data["spans"], lambda span: _span(span, rows), path)
    require_sound(data["bands"], _band, path, "name")
    require_sound(data["months"], _month, path, "month")
    data["counts"] = ChainMap(*(month["counts"] for month in data["months"]))
    return data


def _row(row: dict, rows: dict[str, dict]) -> str:
    """Say what is wrong with a row, or nothing; give it its time."""
    if row["id"] in rows or not row["id"].isidentifier():
        return "needs an id of its own, of letters and digits"
    if ("hash" in row) != ("message" in row):
        return "a commit has a hash and a message; what is none has neither"
    if not re.fullmatch("[0-9a-f]{40}", row.get("hash", "0" * 40)):
        return "the hash must be whole, 40 letters of 0-9a-f"
    for form, exact in FORMS.items():
        try:
            row["when"], row["exact"] = datetime.strptime(row["time"], form), exact
        except ValueError:
            continue
    if "when" not in row:
        return f"has the time {row['time']}; write 2014-08-11 or 2014-08-11 11:39:35"
    if rows and row["when"] < (before := [*rows.values()][-1])["when"]:
        return f"stands after {before['id']}, which is later"
    rows[row["id"]] = row
    return ""


def _span(span: dict, rows: dict[str, dict]) -> str:
    if span["in"] not in UNITS:
        return f"counts in {span['in']}; use {', '.join(UNITS)}"
    for end in (span["from"], span["to"]):
        if end not in rows:
            return f"there is no row '{end}'"
    gap = rows[span["to"]]["when"] - rows[span["from"]]["when"]
    ends = f"{span['to']} is not later than {span['from']}"
    return "" if gap.total_seconds() > 0 else ends


def _band(band: dict[str, Any]) -> str:
    try:
        band["days"] = [date.fromisoformat(band[end]) for end in ("first", "last")]
    except ValueError:
        return f"goes from {band['first']} to {band['last']}; write 2014-08-01"
    return ""


def _month(month: dict[str, Any]) -> str:
    """Say what is wrong with the counts of a month, or nothing; read them."""
    counts: dict[date, tuple[int, int]] = {}
    try:
        month["first"] = date.fromisoformat(f"{month['month']}-01")
        for one in month["days"].split():
            if not (found := COUNT.fullmatch(one)):
                return f"cannot read the count {one}; write 10:4/2"
            day, whole, own = map(int, found.groups())
            on = month["first"].replace(day=day)
            if on <= max(counts, default=date.min) or not 0 <= own <= whole > 0:
                return f"the count {one} is out of order, or more than all"
            counts[on] = whole, own
    except ValueError:
        return f"has a day that is none: {month['month']}, {month['days'][:40]}"
    month["counts"] = counts
    return ""

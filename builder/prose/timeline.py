"""What `docs/timeline.yml` says, for pages: `{{ brown1993 }}`, `{{ timeline }}`."""

import os
from datetime import date
from pathlib import Path

from builder.errors import PageError
from builder.prose import drawn, scoreboard
from builder.prose.dates import MIDDLE, PATTERNS, in_words
from builder.prose.values import Drawing
from builder.source import read_yaml, require_sound

FIGURE = {"alt": str, "caption": str}
WORDS = {
    "timeline": {**FIGURE, "fold": str},
    "september": {**FIGURE, "books": str, "calendar": str, "steps": [str] * 3},
    "scoreboard": {**FIGURE, "fold": str, "columns": [str]},
}
# Of an event its label in the drawing, and the sentence of the list; of a score its
# name, and what it is.
TEXTS = {lang: [str] * 2 for lang in PATTERNS}
SHAPE = {
    "events": [{"id": str, "date": (str, int), **TEXTS, "cite?": str}],
    "scores": [scoreboard.SHAPE | TEXTS],
    "words": {lang: WORDS for lang in PATTERNS},
}


def values(path: Path, lang: str) -> dict[str, str]:
    """Return what a page may show: {name: Markdown}, dates and drawings."""
    if not os.path.lexists(path):
        return {}
    data = read(path)
    dates = {e["id"]: in_words(e["when"], lang) for e in data["events"]}
    years = {f"{e['id']}_year": str(e["when"][0]) for e in data["events"]}
    words = data["words"][lang]
    line = drawn.timeline(data["events"], lang, words["timeline"])
    items = [
        f"- **{dates[e['id']][0].upper()}{dates[e['id']][1:]}.** {e[lang][1]}"
        + e.get("cite", f"[@{e['id']}]")
        for e in data["events"]
    ]
    september = drawn.crossing(data["events"], lang, words["september"], dates)
    board = scoreboard.draw(data["scores"], lang, words["scoreboard"])
    return {
        **dates,
        **years,
        "timeline": Drawing(line + drawn.folded(words["timeline"], items)),
        "september": Drawing(september),
        "scoreboard": Drawing(board),
    }


def read(path: Path) -> dict:
    """Return what `path` says, events in order; PageError for what cannot be."""
    data = read_yaml(path, SHAPE, "timeline")
    days: dict[str, date] = {}
    require_sound(data["events"], lambda event: _fault(event, days), path)
    require_sound(data["scores"], scoreboard.fault, path, "bleu")
    for name in drawn.TEXTBOOK:
        if name not in days or days[drawn.BORN] > days[name]:
            cause = f"a drawing needs the event '{name}', not before {drawn.BORN}"
            raise PageError(cause, path=path, line=1)
    data["events"].sort(key=lambda event: event["day"])
    return data


def _fault(event: dict, days: dict[str, date]) -> str:
    """Say what is wrong with an event, or nothing; give it its day."""
    if event["id"] in days or not event["id"].isidentifier():
        return "needs an id of its own, of letters and digits"
    try:
        event["when"] = [int(part) for part in str(event["date"]).split("-")]
        event["day"] = date(*event["when"], *MIDDLE[len(event["when"]) - 1])
    except (ValueError, IndexError):
        return f"has the date {event['date']}; write 1993, 2014-06, 2014-09-01"
    if not drawn.START <= event["day"] < drawn.END:
        return f"{event['date']} is not between {drawn.START.year} and {drawn.END.year}"
    days[event["id"]] = event["day"]
    return ""

"""What `docs/timeline.yml` says, for pages: `{{ brown1993 }}`, `{{ timeline }}`."""

from datetime import date

import yaml
from babel.dates import format_date

from . import drawn, scoreboard
from .errors import PageError

PATTERNS = {
    "pt": ["y", "MMMM 'de' y", "d 'de' MMMM 'de' y"],
    "en": ["y", "MMMM y", "d MMMM y"],
}
MIDDLE = [[7, 1], [15], []]  # stands for the month and day, or the day, not known


def values(path, lang):
    """Return what a page may show: {name: Markdown}, dates and drawings."""
    if not path.exists():
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
        "timeline": line + drawn.folded(words["timeline"], items),
        "september": september,
        "scoreboard": board,
    }


def read(path):
    """Return what `path` says, events in order; PageError for what cannot be."""
    data, seen = yaml.safe_load(path.read_text(encoding="utf-8")), set()
    for number, event in enumerate(data["events"], start=1):
        name, cause = event.get("id", f"event {number}"), ""
        if name in seen or not str(name).isidentifier():
            cause = "needs an id of its own, of letters and digits"
        for lang in PATTERNS:
            texts = event.get(lang, [])
            if len(texts) != 2 or not all(isinstance(text, str) for text in texts):
                cause = f"needs {lang}: [label of the drawing, sentence of the list]"
        try:
            event["when"] = [int(part) for part in str(event.get("date")).split("-")]
            event["day"] = date(*event["when"], *MIDDLE[len(event["when"]) - 1])
        except (ValueError, IndexError):
            cause = f"has the date {event.get('date')}; write 1993, 2014-06, 2014-09-01"
        if cause:
            raise PageError(f"{name}: {cause}", path=path)
        seen.add(name)
    for score in data["scores"]:
        if cause := scoreboard.fault(score, PATTERNS):
            raise PageError(f"score {score.get('bleu')}: {cause}", path=path)
    data["events"].sort(key=lambda event: event["day"])
    return data


def in_words(when, lang):
    """Write a date as exactly as it is known.

    >>> in_words([2014, 9, 1], "pt"), in_words([2014, 9], "en")
    ('1º de setembro de 2014', 'September 2014')
    """
    day, pattern = date(*when, *MIDDLE[len(when) - 1]), PATTERNS[lang][len(when) - 1]
    text = format_date(day, pattern, locale=lang)
    return text.replace("1 de", "1º de", 1) if when[2:] == [1] else text

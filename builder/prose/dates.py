"""Dates as a language writes them, and as exactly as they are known."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

PATTERNS = {
    "pt": ["y", "MMMM 'de' y", "d 'de' MMMM 'de' y"],
    "en": ["y", "MMMM y", "d MMMM y"],
}
MIDDLE = [[7, 1], [15], []]  # stands for the month and day, or the day, not known


def in_words(when: Sequence[int], lang: str, pattern: str = "") -> str:
    """Write a date as exactly as it is known, or else in a pattern of Babel's.

    >>> in_words([2014, 9, 1], "pt"), in_words([2014, 9], "en")
    ('1º de setembro de 2014', 'September 2014')
    >>> in_words([2014, 9, 1], "pt", "d MMM"), in_words([2014, 6], "en", "MMM")
    ('1º set.', 'Jun')
    """
    exact = len(when) - 1
    day, pattern = date(*when, *MIDDLE[exact]), pattern or PATTERNS[lang][exact]
    text = format_date(day, pattern, locale=lang)
    return text.replace("1 ", "1º ", 1) if (lang, *when[2:]) == ("pt", 1) else text

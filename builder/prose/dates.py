"""Dates as a language writes them, and as exactly as they are known."""

from datetime import date

from babel.dates import format_date

PATTERNS = {
    "pt": ["y", "MMMM 'de' y", "d 'de' MMMM 'de' y"],
    "en": ["y", "MMMM y", "d MMMM y"],
}
MIDDLE = [[7, 1], [15], []]  # stands for the month and day, or the day, not known


def in_words(when: list[int], lang: str) -> str:
    """Write a date as exactly as it is known.

    >>> in_words([2014, 9, 1], "pt"), in_words([2014, 9], "en")
    ('1º de setembro de 2014', 'September 2014')
    """
    day, pattern = date(*when, *MIDDLE[len(when) - 1]), PATTERNS[lang][len(when) - 1]
    text = format_date(day, pattern, locale=lang)
    return text.replace("1 de", "1º de", 1) if when[2:] == [1] else text


def brief(when: list[int], lang: str) -> str:
    """Write a date in little room, beside its year.

    >>> brief([2014, 9, 1], "pt"), brief([2014, 6], "en"), brief([2013], "en")
    ('1º set.', 'Jun', '2013')
    """
    pattern = ["y", "MMM", "d MMM"][len(when) - 1]
    text = format_date(date(*when, *MIDDLE[len(when) - 1]), pattern, locale=lang)
    return text.replace("1 ", "1º ", 1) if (lang, *when[2:]) == ("pt", 1) else text

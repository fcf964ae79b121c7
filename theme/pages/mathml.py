"""Formulas as MathML, made while the page is made: no script, no font to load."""

import re
from html import unescape

from latex2mathml.converter import convert

FORMULA = re.compile(
    r'<(span|div) class="arithmatex">\\[(\[](.*?)\\[)\]]</\1>', re.DOTALL
)


def formulas(html):
    """Replace the formulas that arithmatex marked.

    >>> formulas(r'<span class="arithmatex">\\(d_k\\)</span>')[:5]
    '<math'
    """

    def formula(match):
        block = match[1] == "div"
        math = _convert(unescape(match[2]).strip(), "block" if block else "inline")
        return f'<div class="formula" tabindex="0">{math}</div>' if block else math

    return FORMULA.sub(formula, html)


def _convert(latex, display):
    """Return MathML; raise ValueError(latex, cause) where the converter guesses."""
    braces = re.sub(r"\\.", "", latex)
    if braces.count("{") != braces.count("}"):
        raise ValueError(latex, "unbalanced braces")
    try:
        math = convert(latex, display=display)
    except Exception as error:  # latex2mathml's errors have no base of their own
        raise ValueError(latex, type(error).__name__) from error
    if unknown := re.search(r"\\\w+", math):
        raise ValueError(latex, f"unknown command {unknown[0]}")
    return math

"""Formulas as MathML, made while the page is made: no script, no font to load."""

import re
from html import unescape
from xml.etree import ElementTree

from latex2mathml.converter import convert

FORMULA = re.compile(
    r'<(span|div) class="arithmatex">\\[(\[](.*?)\\[)\]]</\1>', re.DOTALL
)

# How many parts these have; a formula with fewer is none.
PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3}
PARTS |= {"mover": 2, "munder": 2, "munderover": 3}


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
    if "%" in braces:
        raise ValueError(latex, r"a bare % hides what follows; write \%")
    stray = r"#|\\$" if r"\begin" in latex else r"#|\\$|&"
    if alone := re.search(stray, braces):
        raise ValueError(latex, f"'{alone[0]}' stands for nothing here")
    try:
        math = convert(latex, display=display)
    except Exception as error:  # latex2mathml's errors have no base of their own
        raise ValueError(latex, type(error).__name__) from error
    if unknown := re.search(r"\\\w+", math):
        raise ValueError(latex, f"unknown command {unknown[0]}")
    _require_arguments(math, latex)
    return math


def _require_arguments(math, latex):
    """Raise ValueError for MathML that lacks a part: browsers cannot guess it."""
    for part in ElementTree.fromstring(math).iter():
        tag = part.tag.rpartition("}")[2]
        if tag in PARTS and len(part) != PARTS[tag]:
            cause = f"a command has {len(part)} of its {PARTS[tag]} arguments"
            raise ValueError(latex, cause)

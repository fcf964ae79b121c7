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
        math = convert(
            unescape(match[2]).strip(), display="block" if block else "inline"
        )
        return f'<div class="formula" tabindex="0">{math}</div>' if block else math

    return FORMULA.sub(formula, html)

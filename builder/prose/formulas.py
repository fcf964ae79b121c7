"""Formulas as MathML, made while the page is made: no script, no font to load."""

import re
from html import unescape
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element
from markdown.treeprocessors import Treeprocessor

from builder.prose.page import OnPage

# How many parts these have; a formula with fewer is none.
PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3}
PARTS |= {"mover": 2, "munder": 2, "munderover": 3}


class Formulas(OnPage, Treeprocessor):
    """Writes out the formulas that arithmatex has found in a page."""

    def run(self, root: Element) -> None:
        found = [e for e in root.iter() if e.get("class") == "arithmatex"]
        for formula in found:
            latex = unescape(formula.text or "")[2:-2].strip()  # \( \) or \[ \]
            block, tail = formula.tag == "div", formula.tail
            math = self._math(latex, "block" if block else "inline")
            formula.clear()
            formula.tail = tail
            if block:
                formula.attrib = {"class": "formula", "tabindex": "0"}
                formula.append(math)
            else:
                formula.tag, formula.attrib = math.tag, math.attrib
                formula.extend(math)

    def _math(self, latex: str, display: str) -> Element:
        try:
            return to_mathml(latex, display)
        except ValueError as error:
            cause = f"cannot read the formula {latex}: {error}"
            double = latex.replace("\\", "\\\\")  # as YAML may write it
            texts = f"${latex}$", f"$${latex}$$", latex, double
            raise self.page.error(cause, *texts) from error


def to_mathml(latex: str, display: str) -> Element:
    """Return MathML; ValueError says why where the converter would guess."""
    braces = re.sub(r"\\.", "", latex)
    if braces.count("{") != braces.count("}"):
        raise ValueError("unbalanced braces")
    if "%" in braces:
        raise ValueError(r"a bare % hides what follows; write \%")
    stray = r"#|\\$" if r"\begin" in latex else r"#|\\$|&"
    if alone := re.search(stray, braces):
        raise ValueError(f"'{alone[0]}' stands for nothing here")
    try:
        math = convert_to_element(latex, display=display)
    except Exception as error:  # latex2mathml's errors have no base of their own
        raise ValueError(type(error).__name__) from error
    if unknown := re.search(r"\\\w+", " ".join(math.itertext())):
        raise ValueError(f"unknown command {unknown[0]}")
    for part in math.iter():  # browsers cannot guess what is missing
        if part.tag in PARTS and len(part) != PARTS[part.tag]:
            cause = f"a command has {len(part)} of its {PARTS[part.tag]} arguments"
            raise ValueError(cause)
    return math

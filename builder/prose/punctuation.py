"""Punctuation stays on the line of the term or formula that it follows.

Browsers may break a line on either side of a button or a formula, also before a comma.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

MARKS = re.compile(r"[.,;:!?)\]»”’…]+")


class PunctuationExtension(Extension):
    """Keeps what follows a term or formula with it."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Punctuation(md), "punctuation", -30)  # the last


class _Punctuation(Treeprocessor):
    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for child in list(parent):
                if _is_box(child):
                    attach(parent, child)


def attach(parent: Element, box: Element) -> None:
    """Put a box, the marks behind it and a note into one element."""
    tail = box.tail or ""
    # A term has its explanation behind it, as HTML that Markdown has put away.
    own = HTML_PLACEHOLDER_RE.match(tail) if box.tag == "button" else None
    start = own.end() if own else 0
    marks = MARKS.match(tail, start)
    end = marks.end() if marks else start
    place = list(parent).index(box)
    following = parent[place + 1 : place + 2]
    note = following[0] if following and not tail[end:] else None
    note = note if note is not None and _is_note(note) else None
    if not marks and note is None:
        return
    whole = Element("span", {"class": "whole"})
    whole.append(box)
    box.tail, whole.tail = tail[:end], tail[end:]
    if note is not None:
        whole.append(note)
        note.tail, whole.tail = "", note.tail
        parent.remove(note)
    parent[place] = whole


def _is_box(element: Element) -> bool:
    if element.tag in ("em", "strong") and len(element) == 1 and not element.attrib:
        inner = element[0]
        tail = HTML_PLACEHOLDER_RE.sub("", inner.tail or "", count=1)
        return not element.text and not tail and _is_box(inner)
    return element.tag == "math" or element.get("class") == "term"


def _is_note(element: Element) -> bool:
    return element.tag == "sup" and element.get("id", "").startswith("fnref")

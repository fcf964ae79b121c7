"""Punctuation stays on the line of the term or formula that it follows.

Browsers may break a line on either side of a button or a formula, also before a comma.
"""

from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

MARKS = ".,;:!?)]»”’…"


class Punctuation(Treeprocessor):
    """Keeps what follows a term or formula with it."""

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
    end = len(tail) - len(tail[start:].lstrip(MARKS))
    place = list(parent).index(box)
    following = [] if tail[end:] else parent[place + 1 : place + 2]
    notes = [one for one in following if _is_note(one)]
    if start == end and not notes:
        return
    whole = Element("span", {"class": "whole"})
    whole.append(box)
    box.tail, whole.tail = tail[:end], tail[end:]
    for note in notes:
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

"""On paper a link leads nowhere: there, its address stands in a note."""

from string import ascii_lowercase
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor

# Hidden on a screen, from readers aloud and from the search.
HIDDEN = {"class": "paper", "aria-hidden": "true", "data-search-exclude": ""}


class Paper(Treeprocessor):
    """Letters the links of a page, and lists where they lead, for print alone."""

    def run(self, root: Element) -> None:
        letters: dict[str, str] = {}
        for block in root:
            if block.get("class") != "footnote":  # its addresses are written out
                _letter(block, letters)
        if letters:
            listed = SubElement(root, "p", HIDDEN)
            listed.text = " · ".join(f"{a}: {where}" for where, a in letters.items())


def _letter(element: Element, letters: dict[str, str]) -> None:
    for child in list(element):
        _letter(child, letters)
        where = child.get("href", "")
        if child.tag == "a" and where and not where.startswith("#"):
            mark = Element("sup", HIDDEN)
            mark.text = letters.setdefault(where, _name(len(letters)))
            mark.tail, child.tail = child.tail, ""
            element.insert(list(element).index(child) + 1, mark)


def _name(number: int) -> str:
    """Count in letters: a, b, ... z, aa.

    >>> _name(0), _name(25), _name(26)
    ('a', 'z', 'aa')
    """
    more, last = divmod(number, len(ascii_lowercase))
    return (_name(more - 1) if more else "") + ascii_lowercase[last]

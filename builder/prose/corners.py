"""The empty corner of a table names no column: it is no header."""

from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor


class Corners(Treeprocessor):
    """Makes headers of tables without a word plain cells.

    >>> from xml.etree.ElementTree import fromstring, tostring
    >>> head = fromstring("<tr><th /><th>a</th></tr>")
    >>> Corners().run(head), tostring(head, encoding="unicode")
    (None, '<tr><td /><th>a</th></tr>')
    """

    def run(self, root: Element) -> None:
        for head in root.iter("th"):
            if not len(head) and not (head.text or "").strip():
                head.tag = "td"

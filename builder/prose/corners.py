"""The empty corner of a table names no column: it is no header."""

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor


class CornerExtension(Extension):
    """Makes headers of tables without a word plain cells.

    >>> from markdown import markdown
    >>> rows = "| | a |\\n| - | - |\\n| b | 1 |"
    >>> markdown(rows, extensions=["tables", CornerExtension()]).split("\\n")[3:5]
    ['<td></td>', '<th>a</th>']
    """

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Corners(md), "corners", 0)


class _Corners(Treeprocessor):
    def run(self, root: Element) -> None:
        for head in root.iter("th"):
            if not len(head) and not (head.text or "").strip():
                head.tag = "td"

"""What stands on a page: sections, blocks, links, notes, as Markdown has read them."""

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from builder.prose.lines import CODE, Reader
from builder.prose.values import VALUE
from builder.site.tags import tags_of

NAMES = {"p": "paragraph", "ul": "list", "ol": "numbered list", "li": "list item"}
NAMES |= {"table": "table", "tr": "row", "td": "table cell", "th": "table cell"}
NAMES |= {"figure": "drawing", "figcaption": "caption"}
NAMES |= {"blockquote": "quotation", "hr": "rule", "pre": "fenced block"}
HEADING = re.compile("h([1-6])")
NUMBER = re.compile(r"\d+|\b[A-Z]\b")  # of a page, a section, an appendix
# Words in another language are marked in one of the two pages only.
INLINE = set("a b code em i img small span strong sub sup text tspan br".split())


class Listing(Treeprocessor):
    """Lists the blocks of a page, and what stands in their lines."""

    def __init__(self, md: Markdown, reader: Reader) -> None:
        super().__init__(md)
        self.md, self.reader = md, reader

    def run(self, root: Element) -> None:
        for child in root:
            self._visit(child, (1, ""))

    def _visit(self, element: Element, block: tuple[int, str]) -> None:
        """List an element, and what is in it; `block` is where it stands."""
        known = self.reader.found.get(element)
        if known and element.tag not in INLINE:
            block = known
        self._list(element, block)
        self._html(element.text or "", block)
        for child in element:
            self._visit(child, block)
            self._html(child.tail or "", block)

    def _list(self, element: Element, block: tuple[int, str]) -> None:
        line, written = block
        reader, tag, get = self.reader, element.tag, element.get
        if heading := HEADING.fullmatch(tag):
            words = re.sub(r"\s*\{#[^{}]*\}\s*$", "", written)
            level, key = int(heading[1]), get("id")
            name = f"the section '{words}' (level {level}, id {key})"
            reader.block("heading", (level, key), line, name, words)
            if kind := get("class"):  # a verdict (myths.py)
                reader.block("class", kind, line, f"'.{kind}' of {name}")
        elif get("class") == "arithmatex":
            latex = (element.text or "")[2:-2].strip()
            if tag == "div":
                reader.block("formula", None, line, "a formula on lines of its own")
            plain = re.sub(r"\\text\{[^{}]*\}", "", latex)
            reader.add("formula", plain, _at(block, latex), f"the formula ${latex}$")
        elif tag in ("citation", "value"):
            written = get("written", "")
            key = _key_of(tag, written)
            reader.add(tag, key, _at(block, written), f"the {tag} {written}")
        elif tag == "a":
            self._link(get("href", ""), get("class"), block)
        elif tag == "img":
            source = get("src", "")
            reader.add("image", source, _at(block, source), f"the image {source}")
        elif tag not in INLINE and not _is_html_alone(element):
            name = NAMES.get(tag, f"<{tag}>")
            reader.block(tag, get("id"), line, f"a {name}")

    def _link(self, href: str, kind: str | None, block: tuple[int, str]) -> None:
        if kind == "footnote-backref":
            return
        if kind == "footnote-ref":
            name = href.partition(":")[2]
            mark = f"[^{name}]"
            self.reader.add("note", name, _at(block, mark), f"the note {mark}")
        else:
            self.reader.add("link", href, _at(block, href), f"the link to {href}")

    def _html(self, text: str, block: tuple[int, str]) -> None:
        """List what stands in HTML that Markdown has put away."""
        for match in HTML_PLACEHOLDER_RE.finditer(text):
            html = str(self.md.htmlStash.rawHtmlBlocks[int(match[1])])
            if cell := re.fullmatch(r"<!-- cell (\d+) -->\s*", html):
                self.reader.block("cell", cell[1], block[0], f"cell {cell[1]}")
            elif html.startswith(CODE):
                self.reader.block("pre", None, block[0], "a fenced block")
            else:
                for tag in tags_of(html):
                    self._tag(tag.name, tag.attributes, block)

    def _tag(
        self, tag: str, attributes: dict[str, str], block: tuple[int, str]
    ) -> None:
        if tag == "a" and "href" in attributes:
            self._link(attributes["href"], None, block)
        elif tag == "img":
            source = attributes.get("src", "")
            name = f"the image {source}"
            self.reader.add("image", source, _at(block, source), name)
        elif tag not in INLINE:
            key = [attributes.get(name) for name in ("id", "d")]
            self.reader.block(tag, key, block[0], f"<{tag}>")


def _is_html_alone(element: Element) -> bool:
    """Tell whether a paragraph only holds the place of a block of HTML or code."""
    text = (element.text or "").strip()
    return element.tag == "p" and bool(HTML_PLACEHOLDER_RE.fullmatch(text))


def _at(block: tuple[int, str], text: str) -> int:
    line, written = block
    return line + written.count("\n", 0, max(written.find(text), 0))


def _key_of(kind: str, written: str) -> Any:
    """Return what both languages share: keys and numbers, not the words of a place."""
    if kind == "value":
        match = VALUE.fullmatch(written)
        return (match[1], match[2] or "") if match else written
    parts = [part.partition(",") for part in written[1:-1].split(";")]
    return [(key.strip(), *NUMBER.findall(place)) for key, _, place in parts]

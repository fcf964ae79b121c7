"""What a page is made of, as Markdown reads it: sections, blocks, links, notes.

The same reader as for the page itself, so nothing that is shown escapes: a heading
underlined or quoted, a link written as HTML, an image by reference.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache, partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, STX
from pymdownx.arithmatex import ArithmatexExtension
from pymdownx.superfences import SuperFencesCodeExtension

from builder.errors import PageError
from builder.notebook.chapter import Chapter
from builder.prose.sources import CITATION
from builder.prose.values import VALUE

# As in mkdocs.yml, but for what only concerns how things look.
EXTENSIONS = {
    "attr_list": AttrListExtension,
    "md_in_html": MarkdownInHtmlExtension,
    "tables": TableExtension,
    "pymdownx.arithmatex": partial(ArithmatexExtension, generic=True),
    "pymdownx.superfences": SuperFencesCodeExtension,
}
NAMES = {"p": "paragraph", "ul": "list", "ol": "numbered list", "li": "list item"}
NAMES |= {"table": "table", "tr": "row", "td": "table cell", "th": "table cell"}
NAMES |= {"blockquote": "quotation", "hr": "rule", "pre": "fenced block"}
CODE = '<div class="highlight">'
HEADING = re.compile("h([1-6])")
NUMBER = re.compile(r"\d+|\b[A-Z]\b")  # of a page, a section, an appendix
# Words in another language are marked in one of the two pages only.
INLINE = set("a b code em i img small span strong sub sup text tspan br".split())
# Marks before the first word of a block.
LEAD = re.compile(r"[ \t>]*(?:[-*+] +|\d+[.)] +|#+ *|\| *|\[\^[^\]]*\]: *)*")


@dataclass(frozen=True)
class Item:
    """A block, a link, a note: what it is, what tells it apart, where it stands."""

    kind: str
    key: Any
    line: int
    name: str
    section: str | None = None


@dataclass
class Outline:
    """The blocks of a page in their order, and what stands in its lines, by kind."""

    path: Path
    blocks: list[Item] = field(default_factory=list)
    inline: dict[str, list[Item]] = field(default_factory=dict)

    @property
    def headings(self) -> list[Item]:
        return [item for item in self.blocks if item.kind == "heading"]


def read_outline(chapter: Chapter) -> Outline:
    """Read a page; PageError for a footnote that is there twice, or for nothing."""
    return _read(Path(chapter.path), _lines_of(chapter))


@lru_cache(maxsize=100)  # while serving, one page changes at a time
def _read(path: Path, text: str) -> Outline:
    reader = _Reader(path, text)
    known = [make() for make in EXTENSIONS.values()]
    md = Markdown(extensions=[*known, _Footnotes(reader)])
    # As on the page: after code, before links.
    md.inlinePatterns.register(_Mark(VALUE.pattern, "value"), "value", 177)
    md.inlinePatterns.register(_Mark(CITATION.pattern, "citation"), "citation", 176)
    md.treeprocessors.register(_Before(md, reader), "before", 40)  # inline: 20
    md.treeprocessors.register(_After(md, reader), "after", -50)
    md.convert(text)
    return reader.outline


def _lines_of(chapter: Chapter) -> str:
    """Return the prose in the lines of its file, with a remark where a cell runs."""
    lines: dict[int, str] = {}
    for cell in chapter.cells:
        text = f"<!-- cell {cell.number} -->" if cell.is_code else cell.source
        lines |= dict(enumerate(text.split("\n"), start=cell.line))
    return "\n".join(lines.get(n, "") for n in range(1, max(lines) + 1))


class _Mark(InlineProcessor):
    """Leaves what only this site reads as an element that says what was written."""

    def __init__(self, pattern: str, kind: str) -> None:
        super().__init__(pattern)
        self.kind = kind

    def handleMatch(self, m: re.Match, data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        return Element(self.kind, {"written": m[0]}), m.start(0), m.end(0)


class _Reader:
    """Finds where blocks stand, and lists what they are."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text
        self.outline = Outline(path)
        self.section: str | None = None
        self.found: dict[Element, tuple[int, str]] = {}  # line and text of a block
        self.lines = [LEAD.sub("", line, count=1) for line in text.split("\n")]
        self.here = 0

    def locate(self, written: str) -> int | None:
        """Return the line where a text begins, which stands below the last one."""
        first = written.strip().partition("\n")[0].partition(STX)[0]
        first = LEAD.sub("", first, count=1)
        for number in range(self.here, len(self.lines)):
            if first and self.lines[number].startswith(first):
                self.here = number + 1
                return number + 1
        return self.here if first else None

    def line_of(self, text: str, after: int = 0) -> int:
        return self.text.count("\n", 0, self.text.find(text, after)) + 1

    def block(self, kind: str, key: Any, line: int, name: str) -> None:
        item = Item(kind, key, line, name, self.section)
        self.outline.blocks.append(item)
        if kind == "heading":
            self.section = key[1]

    def add(self, kind: str, key: Any, line: int, name: str) -> None:
        item = Item(kind, key, line, name, self.section)
        self.outline.inline.setdefault(kind, []).append(item)


class _Footnotes(FootnoteExtension):
    """Footnotes of which each is defined once, and used."""

    def __init__(self, reader: _Reader) -> None:
        super().__init__()
        self.reader = reader

    def setFootnote(self, id: str, text: str) -> None:
        if id in self.footnotes:
            start = f"[^{id}]:"
            first = self.reader.text.find(start)
            line = self.reader.line_of(start, first + 1)
            before = self.reader.line_of(start)
            cause = f"the note [^{id}] stands here a second time, after line {before}"
            cause += "; give it a name of its own, or take it out"
            raise PageError(cause, path=self.reader.path, line=line)
        super().setFootnote(id, text)

    def require_used(self) -> None:
        for name in self.footnotes:
            if name not in self.footnote_order:
                cause = f"nothing leads to the note [^{name}]; write [^{name}] where it"
                cause += " belongs, or take it out"
                line = self.reader.line_of(f"[^{name}]:")
                raise PageError(cause, path=self.reader.path, line=line)


class _Before(Treeprocessor):
    """Notes the line of each block, while it still has the words of the author."""

    def __init__(self, md: Markdown, reader: _Reader) -> None:
        super().__init__(md)
        self.md, self.reader = md, reader

    def run(self, root: Element) -> None:
        open_, reader = [], self.reader  # blocks that begin with a block
        for element in root.iter():
            if element.get("class") == "footnote":  # notes stand where they like
                reader.here = 0
            written = self._written(element)
            open_.append((element, written))
            if line := reader.locate(written):
                reader.found |= {one: (line, text) for one, text in open_}
                open_ = []
        reader.found |= {one: (reader.here, text) for one, text in open_}

    def _written(self, element: Element) -> str:
        """Return how an author may have begun a block."""
        text = element.text or ""
        if element.get("class") == "arithmatex":
            return "$$"
        if html := HTML_PLACEHOLDER_RE.fullmatch(text.strip()):
            text = str(self.md.htmlStash.rawHtmlBlocks[int(html[1])])
            return "```text" if text.startswith(CODE) else text
        return text


class _After(Treeprocessor):
    def __init__(self, md: Markdown, reader: _Reader) -> None:
        super().__init__(md)
        self.md, self.reader = md, reader

    def run(self, root: Element) -> None:
        for child in root:
            self._visit(child, (1, ""))
        for known in self.md.registeredExtensions:
            if isinstance(known, _Footnotes):
                known.require_used()

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
            words = re.sub(r"\s*\{#[\w-]+\}\s*$", "", written)
            level, key = int(heading[1]), get("id")
            name = f"the section '{words}' (level {level}, id {key})"
            reader.block("heading", (level, key), line, name)
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
                for tag, attributes in _Tags(html).found:
                    self._tag(tag, attributes, block)

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


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


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

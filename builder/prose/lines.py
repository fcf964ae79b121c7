"""The blocks of a page, and the lines of its file where they stand."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, STX

from builder.prose.drawings import KIND

CODE = '<div class="highlight">'
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
    words: str = ""  # of a heading


@dataclass
class Outline:
    """What stands on a page, in its order: all blocks, headings, links and so on."""

    path: Path
    items: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))


class Reader:
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

    def block(self, kind: str, key: Any, line: int, name: str, words: str = "") -> None:
        item = Item(kind, key, line, name, self.section, words)
        self.outline.items["block"].append(item)
        if kind == "heading":
            self.outline.items[kind].append(item)
            self.section = key[1]

    def add(self, kind: str, key: Any, line: int, name: str) -> None:
        item = Item(kind, key, line, name, self.section)
        self.outline.items[kind].append(item)


class Before(Treeprocessor):
    """Notes the line of each block, while it still has the words of the author."""

    def __init__(self, md: Markdown, reader: Reader) -> None:
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
        if element.get("class") == KIND:
            return f"![{element[0].get('alt')}]("
        if html := HTML_PLACEHOLDER_RE.fullmatch(text.strip()):
            text = str(self.md.htmlStash.rawHtmlBlocks[int(html[1])])
            return "```text" if text.startswith(CODE) else text
        return text

"""What a page is made of, as Markdown reads it: sections, blocks, links, notes.

The same reader as for the page itself, so nothing that is shown escapes: a heading
underlined or quoted, a link written as HTML, an image by reference.
"""

import re
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import InlineProcessor

from builder.errors import PageError
from builder.notebook.chapter import Chapter
from builder.prose.drawings import DrawingBlock
from builder.prose.lines import Before, Outline, Reader
from builder.prose.listing import Listing
from builder.prose.sources import CITATION
from builder.prose.values import VALUE

# As in mkdocs.yml, but for what only concerns how things look.
EXTENSIONS = ["attr_list", "md_in_html", "sane_lists", "tables"]
EXTENSIONS += ["pymdownx.arithmatex", "pymdownx.superfences"]
SETTINGS = {"pymdownx.arithmatex": {"generic": True}}


def read_outline(chapter: Chapter) -> Outline:
    """Read a page; PageError for a footnote that is there twice, or for nothing."""
    return _read(Path(chapter.path), _lines_of(chapter))


@lru_cache(maxsize=100)  # while serving, one page changes at a time
def _read(path: Path, text: str) -> Outline:
    reader = Reader(path, text)
    notes = _Footnotes(reader)
    md = Markdown(extensions=[*EXTENSIONS, notes], extension_configs=SETTINGS)
    md.parser.blockprocessors.register(DrawingBlock(md.parser), "drawing", 75)
    # As on the page: after code, before links.
    md.inlinePatterns.register(_Mark(VALUE.pattern, "value"), "value", 177)
    md.inlinePatterns.register(_Mark(CITATION.pattern, "citation"), "citation", 176)
    md.treeprocessors.register(Before(md, reader), "before", 40)  # inline: 20
    md.treeprocessors.register(Listing(md, reader), "after", -50)
    md.convert(text)
    notes.require_used()
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


class _Footnotes(FootnoteExtension):
    """Footnotes of which each is defined once, and used."""

    def __init__(self, reader: Reader) -> None:
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

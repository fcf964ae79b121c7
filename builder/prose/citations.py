"""Citations: `[@key, place]` in the prose, a note in the page's language below it."""

import re
from html import escape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from builder.prose.page import OnPage, Page
from builder.prose.sources import CITATION, Parts

MARGIN = 'class="margin" aria-hidden="true" data-search-exclude'


class Citations(InlineProcessor):
    """Leaves an empty mark for each citation, and remembers what it cites."""

    def __init__(self, page: Page) -> None:
        super().__init__(CITATION.pattern)
        self.page = page
        self.found: list[tuple[str, Parts]] = []

    def handleMatch(self, m: re.Match, data: str) -> tuple[Element, int, int]:  # type: ignore[override]
        self.found.append((m[1], self.page.sources.parts(m, self.page.path)))
        mark = Element("sup", {"citation": str(len(self.found) - 1)})
        return mark, m.start(0), m.end(0)


class Notes(OnPage, Treeprocessor):
    """Gives the marks their notes, in the order in which they are read."""

    def __init__(self, md: Markdown, page: Page, cited: Citations) -> None:
        super().__init__(md, page)
        known = md.registeredExtensions
        (self.notes,) = (one for one in known if isinstance(one, FootnoteExtension))
        self.cited = cited
        self.names: dict[Parts, str] = {}

    def run(self, root: Element) -> None:
        by_hand = len(self.notes.footnotes)
        marks = {}
        for mark in [e for e in root.iter("sup") if "citation" in e.attrib]:
            number = int(mark.attrib.pop("citation"))
            marks[number] = mark, self._note(*self.cited.found[number])
        for number in sorted(marks):  # as Markdown itself tells apart marks of one note
            self._link(*marks[number], self.cited.found[number][1])
        if len(self.notes.footnotes) > by_hand:
            self._append(root, by_hand)

    def _note(self, text: str, parts: Parts) -> str:
        """Name a note after its citation; two that read alike are told apart."""
        if parts in self.names:
            return self.names[parts]
        sources, lang = self.page.sources, self.page.lang
        stem = name = "-".join(re.findall(r"\w+", text))
        number = 1
        while name in self.notes.footnotes:
            number += 1
            name = f"{stem}-{number}"
        full = "; ".join(sources.full(key, lang, place) for key, place in parts)
        self.notes.setFootnote(name, f"{full}.")
        self.names[parts] = name
        return name

    def _link(self, mark: Element, name: str, parts: Parts) -> None:
        self.notes.addFootnoteRef(name)
        mark.set("id", self.notes.makeFootnoteRefId(name, found=True))
        href = "#" + self.notes.makeFootnoteId(name)
        link = SubElement(mark, "a", {"href": href, "class": "footnote-ref"})
        link.text = str(list(self.notes.footnotes).index(name) + 1)
        if self.page.margin:
            short = self.page.sources.short
            brief = escape("; ".join(short(key, place) for key, place in parts))
            beside = self.md.htmlStash.store(f"<small {MARGIN}>{brief}</small>")
            mark.tail = beside + (mark.tail or "")

    def _append(self, root: Element, by_hand: int) -> None:
        """Put the notes below those that the author wrote by hand."""
        div = self.notes.makeFootnotesDiv(root)
        assert div is not None  # for there is a note
        (listed,) = div.iter("ol")
        listed[:] = new = listed[by_hand:]
        self.md.treeprocessors["inline"].run(div)
        written = root.find(".//div[@class='footnote']/ol") if by_hand else None
        if written is None:
            root.append(div)
        else:
            written.extend(new)

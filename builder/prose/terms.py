"""Terms are explained at their first use on a page.

The explanation is a popover of HTML itself: it opens with mouse, key or touch, closes
with Escape, and needs no script.
"""

import re
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from builder.prose.page import OnPage

# No term is marked inside these.
CLOSED = set("a button code pre h1 h2 h3 h4 h5 h6 figure svg math summary".split())
CLOSED |= {"sup", "small", "table"}
CLOSED_CLASSES = {"arithmatex", "fold", "footnote"}


class _Open(HTMLParser):
    """Counts the tags that stand open in HTML that Markdown put away in pieces."""

    depth = 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.depth += tag in CLOSED

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag in CLOSED


class Terms(OnPage, Treeprocessor):
    """Marks the first use of each term of the glossary in a page's words."""

    def run(self, root: Element) -> None:
        self.seen: set[str] = set()
        self.raw = _Open()
        if self.page.glossary.forms:
            self._visit(root)

    def _visit(self, parent: Element) -> None:
        """Mark the words of an element, in the order in which they are read."""
        first, parent.text = parent.text or "", ""
        children = list(parent)
        parent[:] = []
        self._add(parent, first)
        for child in children:
            tail, child.tail = child.tail or "", ""
            if child.tag not in CLOSED and child.get("class") not in CLOSED_CLASSES:
                self._visit(child)
            parent.append(child)
            self._add(parent, tail)

    def _add(self, parent: Element, text: str) -> None:
        """Put a text at the end of an element."""
        for part in self._marked(text):
            if isinstance(part, Element):
                parent.append(part)
            elif len(parent):
                parent[-1].tail = (parent[-1].tail or "") + part
            else:
                parent.text = (parent.text or "") + part

    def _marked(self, text: str) -> Iterator[str | Element]:
        here, text = 0, HTML_PLACEHOLDER_RE.sub(self._quote, text)
        for html in HTML_PLACEHOLDER_RE.finditer(text):
            yield from self._explained(text[here : html.start()])
            yield html[0]
            here = html.end()
            self.raw.feed(self._put_away(html))
        yield from self._explained(text[here:])

    def _put_away(self, html: re.Match) -> str:
        return str(self.md.htmlStash.rawHtmlBlocks[int(html[1])])

    def _quote(self, html: re.Match) -> str:
        """Take back a curved quote: it may stand inside a phrase."""
        put_away = self._put_away(html)
        return put_away if put_away in "“”‘’" else html[0]

    def _explained(self, text: str) -> Iterator[str | Element]:
        glossary, here = self.page.glossary, 0
        for match in glossary.pattern.finditer(text):
            name = glossary.means(match)
            if name is None or name in self.seen or self.raw.depth > 0:
                continue
            self.seen.add(name)
            yield text[here : match.start()]
            # In no form, so it needs no type.
            button = {"class": "term", "popovertarget": f"term-{name}"}
            term = Element("button", button)
            term.text = match[0]
            yield term
            yield self.md.htmlStash.store(self._definition(name))
            here = match.end()
        yield text[here:]

    def _definition(self, name: str) -> str:
        """Write the explanation: HTML, as a popover is said by an attribute alone."""
        glossary = self.page.glossary
        text = escape(glossary.terms[name][glossary.lang]["text"])
        return (
            f'<span class="definition" popover id="term-{name}" data-search-exclude>'
            f'{text} <a href="glossary.html#{name}">{self.page.words["glossary"]}</a>'
            "</span>"
        )

"""Where tags stand in a page: what is changed there leaves the rest to the letter."""

from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate

Edit = tuple[int, int, str]  # from, to, and what stands there from now on


@dataclass
class Tag:
    """A start tag: html[start:end], and where what it holds ends, if that is text."""

    name: str
    attributes: dict[str, str]
    start: int
    end: int
    text_end: int = 0


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        lines = html.split("\n")
        self.line_starts = list(accumulate((len(one) + 1 for one in lines), initial=0))
        self.found: list[Tag] = []
        self.feed(html)
        self.close()

    def _here(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        start, text = self._here(), self.get_starttag_text() or ""
        self.found.append(Tag(tag, known, start, start + len(text)))

    def handle_endtag(self, tag: str) -> None:
        if self.found and self.found[-1].name == tag and not self.found[-1].text_end:
            self.found[-1].text_end = self._here()


def tags_of(html: str) -> list[Tag]:
    """List the start tags of a page."""
    return _Tags(html).found


def edited(html: str, edits: Iterable[Edit]) -> str:
    """Return a page with other texts in some places.

    >>> edited("abc", [(2, 2, "-"), (0, 1, "A")])
    'Ab-c'
    """
    for start, end, text in sorted(edits, reverse=True):
        html = html[:start] + text + html[end:]
    return html

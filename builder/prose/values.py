"""Numbers and words of a run in the prose: `{{ row_sum:.2f }}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from markdown.inlinepatterns import InlineProcessor

from builder.prose.dates import in_words
from builder.prose.page import Page
from builder.prose.syntax import outside_code

if TYPE_CHECKING:
    from builder.notebook.chapter import Cell, Chapter
    from builder.notebook.run import Result

VALUE = re.compile(r"\{\{\s*(\w+)\s*(?::\s*([^{}\s]*)\s*)?\}\}|\{\{\s[^{}\n]*\}*")
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
SWAP = str.maketrans(",.", ".,")


class Drawing(str):
    """Markdown that stands for a name on a line alone."""


def show(value: object, spec: str, language: str) -> str:
    """Format a value as its readers write it.

    >>> show(1234.5, ",.2f", "pt"), show("2014-09-02", "", "en")
    ('1.234,50', '2 September 2014')
    """
    if isinstance(value, str):
        if day := DAY.fullmatch(value):
            return in_words([*map(int, day.groups())], language)
        return format(value, spec)
    if isinstance(value, float) and not spec:
        raise ValueError("say how many digits to show, for example :.2f")
    text = format(value, spec).replace("-", "\N{MINUS SIGN}")
    return text.translate(SWAP) if language == "pt" else text


class Values:
    """The values a chapter names, filled into its texts; each must be used."""

    def __init__(
        self, chapter: Chapter, results: Mapping[int, Result], language: str
    ) -> None:
        self.chapter, self.language = chapter, language
        self.known: dict[str, object] = {}
        self.unused: dict[str, Cell] = {}
        for cell in chapter.code:
            for name, value in results[cell.number].values.items():
                if name in self.known:
                    raise chapter.error(f"names the value '{name}' a second time", cell)
                self.known[name], self.unused[name] = value, cell

    def shown(self, match: re.Match) -> str:
        """Return what stands for a `VALUE`; ValueError says why nothing does."""
        name, spec = match[1], match[2]
        if not name:
            raise ValueError(f"cannot read '{match[0]}'; write {{{{ name:.2f }}}}")
        if name not in self.known:
            known = ", ".join(self.known) or "none"
            raise ValueError(f"no cell names a value '{name}' (named: {known})")
        if isinstance(self.known[name], Drawing):
            raise ValueError(f"'{name}' is a drawing; give it a line of its own")
        self.unused.pop(name, None)
        try:
            return show(self.known[name], spec or "", self.language)
        except ValueError as error:
            raise ValueError(f"{match[0]}: {error}") from error

    def fill(self, text: str, cell: Cell) -> str:
        """Put the values into a text that stands in `cell`, not into its code."""

        def value(match: re.Match) -> str:
            try:
                return self.shown(match)
            except ValueError as error:
                before = 0 if cell.is_code else text.count("\n", 0, match.start())
                where = type(cell)(cell.source, cell.line + before, cell.number)
                raise self.chapter.error(str(error), where) from error

        return outside_code(VALUE, value, text)

    def require_all_used(self) -> None:
        for name, cell in self.unused.items():
            cause = f"names the value '{name}', which the prose never uses"
            raise self.chapter.error(cause, cell)


class Value(InlineProcessor):
    """Shows a page's values where its words name them."""

    def __init__(self, page: Page) -> None:
        super().__init__(VALUE.pattern)
        self.page = page

    def handleMatch(self, m: re.Match, data: str) -> tuple[str, int, int]:  # type: ignore[override]
        try:
            return self.page.values.shown(m), m.start(0), m.end(0)
        except ValueError as error:
            raise self.page.error(str(error), m[0]) from error

"""The Markdown of one page: what this site adds to it, as one extension."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension

from builder.errors import PageError
from builder.prose.citations import CitationExtension
from builder.prose.corners import CornerExtension
from builder.prose.drawings import DrawingExtension, Drawings
from builder.prose.formulas import FormulaExtension
from builder.prose.glossary import Glossary
from builder.prose.head import HeadExtension
from builder.prose.myths import MythExtension
from builder.prose.paper import PaperExtension
from builder.prose.places import PlaceExtension
from builder.prose.punctuation import PunctuationExtension
from builder.prose.sources import Sources
from builder.prose.syntax import written_at
from builder.prose.terms import TermExtension
from builder.prose.values import ValueExtension, Values


@dataclass(frozen=True)
class Page:
    """What the extensions know of the page that is being made."""

    path: Path
    lang: str
    values: Values
    sources: Sources
    glossary: Glossary
    words: dict[str, Any]  # of the interface, in the page's language
    drawings: Drawings
    margin: bool = False  # citations stand beside the text, too
    explained: bool = True  # terms are marked at their first use
    description: str = ""  # stands under the title
    timed: bool = False  # and says how long the page takes to read

    def error(self, cause: str, *texts: str) -> PageError:
        """Tell a fault at the line of the first of these texts that is found."""
        path, line = written_at(self.path, *texts)
        return PageError(cause, path=path, line=line)


class Prose(Extension):
    """All extensions of this room, for one page."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page

    def extendMarkdown(self, md: Markdown) -> None:
        PlaceExtension(self.page).extendMarkdown(md)
        ValueExtension(self.page).extendMarkdown(md)
        CitationExtension(self.page).extendMarkdown(md)
        if self.page.explained:
            TermExtension(self.page).extendMarkdown(md)
        DrawingExtension(self.page).extendMarkdown(md)
        FormulaExtension(self.page.error).extendMarkdown(md)
        MythExtension(self.page).extendMarkdown(md)
        PunctuationExtension().extendMarkdown(md)
        CornerExtension().extendMarkdown(md)
        PaperExtension().extendMarkdown(md)
        HeadExtension(self.page).extendMarkdown(md)


def extended(extensions: list, page: Page) -> list:
    """Return a list of Markdown's extensions with this page's, without another's."""
    return [*(e for e in extensions if not isinstance(e, Prose)), Prose(page)]

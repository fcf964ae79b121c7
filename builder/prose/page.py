"""What is known of the page that is being made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown import Markdown
from markdown.util import Processor

from builder.errors import PageError
from builder.prose.syntax import fault_at

if TYPE_CHECKING:
    from builder.prose.drawings import Drawings
    from builder.prose.glossary import Glossary
    from builder.prose.sources import Sources
    from builder.prose.values import Values


@dataclass(frozen=True)
class Page:
    """What the steps of its Markdown know of a page."""

    path: Path
    lang: str
    values: Values
    sources: Sources
    glossary: Glossary
    words: dict[str, Any]  # of the interface, in the page's language
    drawings: Drawings
    explained: bool  # terms are marked at their first use, and reading it is timed
    description: str = ""  # stands under the title
    margin: bool = True  # citations stand beside the text, too

    def error(self, cause: str, *texts: str) -> PageError:
        """Tell a fault at the line of the first of these texts that is found."""
        return fault_at(self.path, cause, *texts)


class OnPage(Processor):
    """A step of Markdown that knows the page."""

    def __init__(self, md: Markdown, page: Page) -> None:
        super().__init__(md)
        self.page = page

"""The Markdown of one page: what this site adds to it, as one extension."""

from markdown import Markdown
from markdown.extensions import Extension

from builder.prose.citations import Citations, Notes
from builder.prose.corners import Corners
from builder.prose.drawings import DrawingBlock, Drawn
from builder.prose.formulas import Formulas
from builder.prose.head import Head
from builder.prose.myths import Myths
from builder.prose.page import Page
from builder.prose.paper import Paper
from builder.prose.places import Places
from builder.prose.punctuation import Punctuation
from builder.prose.terms import Terms
from builder.prose.values import Value


class Prose(Extension):
    """All steps of this room, for one page; `footnotes` must be read before it.

    Each has its place by a number, the larger ones first; what Markdown does of its
    own is named with its number.
    """

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page

    def extendMarkdown(self, md: Markdown) -> None:
        page, trees = self.page, md.treeprocessors
        # After line ends are settled (30), before fences are taken out (25).
        md.preprocessors.register(Places(md, page), "places", 27)
        # After indented code (80), before paragraphs (10).
        md.parser.blockprocessors.register(DrawingBlock(md.parser), "drawing", 75)
        # After code (190), before links and raw HTML (170 and less) are read.
        md.inlinePatterns.register(Value(page), "value", 177)
        cited = Citations(page)
        md.inlinePatterns.register(cited, "citation", 176)  # as a footnote's mark
        # After all citations are found (20), before notes are linked back (15).
        trees.register(Notes(md, page, cited), "citation", 18)
        # After images are read (20), before MkDocs follows their links (0).
        trees.register(Drawn(md, page), "drawn", 5)
        trees.register(Corners(md), "corners", 0)
        # When headings have their ids (5).
        if page.explained:
            trees.register(Terms(md, page), "terms", -10)
        trees.register(Formulas(md, page), "formulas", -20)
        trees.register(Myths(md, page), "myths", -20)
        trees.register(Punctuation(md), "punctuation", -30)
        # MkDocs has made addresses of links by then (0); notes stand apart (50).
        trees.register(Paper(md), "paper", -40)
        trees.register(Head(md, page), "head", -40)


def extended(extensions: list, page: Page) -> list:
    """Return a list of Markdown's extensions with this page's, without another's."""
    return [*(e for e in extensions if not isinstance(e, Prose)), Prose(page)]

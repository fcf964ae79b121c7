"""Places that a page has for what is written elsewhere: lists and drawings.

On a line alone: `<!-- glossary -->`, `<!-- sources: group -->`, `{{ timeline }}`.
"""

import re
from collections.abc import Mapping

from markdown.preprocessors import Preprocessor

from builder.prose.page import OnPage
from builder.prose.syntax import outside_code
from builder.prose.values import Drawing

LINE = re.compile(r"^(?:<!-- (glossary) -->|\{\{\s*(\w+)\s*\}\})$", re.MULTILINE)


FIGURE = re.compile(
    r'<figure.*?aria-label="(.*?)".*<figcaption>(.*)</figcaption></figure>'
)
FOLD = re.compile(r"<details[^>]*><summary>(.*)</summary>|</details>")


def in_words(text: str, known: Mapping[str, object]) -> str:
    """Say the drawings of a text in words, in Markdown that leaves the site."""

    def told(match: re.Match) -> str:
        drawing = known.get(match[2])
        if not isinstance(drawing, Drawing):
            return match[0]
        return FOLD.sub(r"\1", FIGURE.sub(r"_\1_\n\n_\2_", drawing)).strip()

    return outside_code(LINE, told, text)


class Places(OnPage, Preprocessor):
    """Fills the places of one page before Markdown reads it."""

    def run(self, lines: list[str]) -> list[str]:
        page = self.page

        def filled(match: re.Match) -> str:
            if match[1]:
                return page.glossary.listed(page.words)
            drawing = page.values.known.get(match[2])
            return drawing if isinstance(drawing, Drawing) else match[0]

        text = outside_code(LINE, filled, "\n".join(lines))
        return page.sources.list_in(text, page.path, page.lang).split("\n")

"""Highlighted code with a mark only where the colour changes."""

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

import pygments
import pymdownx.highlight
from pygments.formatter import Formatter
from pygments.lexer import Lexer
from pygments.token import STANDARD_TYPES, _TokenType

from builder.notebook.cache import Cache

# Pygments tells more kinds of words apart than Material has colours for.
# Brackets and operators stay plain too: half of all marks, a third of a page's weight.
PLAIN = set("n o p ow kc w sa dl fm vm err x g esc ld".split())
LONG = 150  # lines: data, or whole modules folded away; a page must stay light
LONG_PLAIN = PLAIN | {"m", "nb", "nf", "s"}
ALIKE = {
    "s": "s1 s2 sb sc si ss se cp sh sr sx",
    "m": "il mb mf mh mi mo",
    "k": "kd kn kp kr kt nd ni nl nt",
    "nb": "bp no",
    "nf": "nc ne nn",
    "c": "c1 ch cm cs sd",
    "na": "nv vc vg vi",
}
COLOUR = {kind: first for first, others in ALIKE.items() for kind in others.split()}

Tokens = Iterable[tuple[_TokenType, str]]


class Colours:
    """Has each block coloured once: it stands in both languages, and in later builds.

    `cache` keeps what came of a block, under a key with this module's own code.
    """

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self.code = Path(__file__).read_text(encoding="utf-8")
        pymdownx.highlight.highlight = self.highlight

    def highlight(self, code: str, lexer: Lexer, formatter: Formatter) -> str:
        frame = pygments.format([], formatter).replace("<span></span>", "")
        before, end, after = frame.partition("</code>")

        def coloured() -> str:
            return before + marked(lexer.get_tokens(code)) + end + after

        return self.cache.get(f"{self.code}\n{lexer.name}\n{frame}\n{code}", coloured)


def marked(tokens: Tokens) -> str:
    """Write code as HTML.

    >>> from pygments.token import Token
    >>> marked([(Token.Keyword, "if"), (Token.Name, " a"), (Token.Operator, "<")])
    '<span class="k">if</span> a&lt;'
    """
    known = list(tokens)
    lines = sum(text.count("\n") for _, text in known)
    parts = []
    for kind, text in _joined(known, LONG_PLAIN if lines > LONG else PLAIN):
        html = escape(text, quote=False)
        parts.append(f'<span class="{kind}">{html}</span>' if kind else html)
    return "".join(parts)


def _joined(tokens: Tokens, plain: set[str]) -> Iterator[tuple[str, str]]:
    """Join what has one colour, also over blanks; without a colour the kind is ""."""
    colour, shown, blanks = "", "", ""
    for token, text in tokens:
        kind = _colour(token)
        kind = "" if kind in plain else kind
        if not kind and not text.strip():
            blanks += text
        elif kind == colour:
            shown, blanks = shown + blanks + text, ""
        else:
            yield colour, shown
            yield "", blanks
            colour, shown, blanks = kind, text, ""
    yield colour, shown
    yield "", blanks


def _colour(token: _TokenType) -> str:
    """Return Material's short name for a kind of word, or of what it is one of."""
    kinds = (STANDARD_TYPES.get(one, "") for one in reversed(token.split()))
    kind = next(filter(None, kinds), "")
    return COLOUR.get(kind, kind)

"""Highlighted code with a mark only where the colour changes."""

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

import pygments
import pymdownx.highlight
from pygments.formatter import Formatter
from pygments.lexer import Lexer
from pygments.token import STANDARD_TYPES, Name, _TokenType

from builder.notebook.cache import Cache

# Pygments tells more kinds of words apart than Material has colours for.
# Brackets and operators stay plain too: half of all marks, a third of a page's weight.
PLAIN = set("n o p ow kc w sa dl fm vm err x g esc ld".split())
LINK = "link"
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
        self.elsewhere: frozenset[str] | None = None  # on a chapter: others' names
        pymdownx.highlight.highlight = self.highlight

    def highlight(self, code: str, lexer: Lexer, formatter: Formatter) -> str:
        frame = pygments.format([], formatter).replace("<span></span>", "")
        before, end, after = frame.partition("</code>")

        in_sight = self.elsewhere is not None and lexer.name == "Python"
        linked = sorted(self.elsewhere or ()) if in_sight else None

        def coloured() -> str:
            return before + marked(lexer.get_tokens(code), linked) + end + after

        key = f"{self.code}\n{linked}\n{lexer.name}\n{frame}\n{code}"
        return self.cache.get(key, coloured)


def marked(tokens: Tokens, linked: Iterable[str] | None = None) -> str:
    """Write code as HTML.

    Code of a chapter has each line in a mark of its own, and names that are `linked`
    lead, once, to the page of code.

    >>> from pygments.token import Token
    >>> marked([(Token.Keyword, "if"), (Token.Name, " a"), (Token.Operator, "<")])
    '<span class="k">if</span> a&lt;'
    """
    if linked is None:
        return "".join(_mark(*part) for part in _joined(tokens, set()))
    lines = [""]  # each in a mark of its own: on a phone it wraps by itself
    for kind, text in _joined(tokens, set(linked)):
        first, *others = (_mark(kind, line) for line in text.split("\n"))
        lines[-1] += first
        lines += others
    *whole, rest = (f'<span class="l">{line}</span>' for line in lines)
    return "\n".join([*whole, "" if not lines[-1] else rest])


def _mark(kind: str, text: str) -> str:
    html = escape(text, quote=False)
    if kind == LINK:
        return f'<a href="code.html#{html}">{html}</a>'
    return f'<span class="{kind}">{html}</span>' if kind and text else html


def _joined(tokens: Tokens, linked: set[str]) -> Iterator[tuple[str, str]]:
    """Join what has one colour, also over blanks; without a colour the kind is "".

    What is `linked` is taken from there where it first stands.
    """
    colour, shown, blanks = "", "", ""
    for token, text in tokens:
        kind = _colour(token)
        if token is Name and text in linked:
            linked.remove(text)
            kind = LINK
        if not kind and not text.strip():
            blanks += text
        elif kind == colour != LINK:
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
    kind = COLOUR.get(kind, kind)
    return "" if kind in PLAIN else kind

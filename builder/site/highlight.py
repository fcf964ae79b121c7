"""Highlighted code with a mark only where the colour changes."""

import re

import pygments
import pymdownx.highlight

BLOCK = re.compile(r'(?s)(<div class="highlight"><pre>)<span></span>(.*?)</pre>')
MARK = re.compile(r'<span class="(\w+)">([^<]*)</span>')
AGAIN = re.compile(r'<span class="(\w+)">([^<]*)</span>(\s*)<span class="\1">')
# Pygments tells more kinds of words apart than Material has colours for.
# Brackets and operators stay plain too: half of all marks, a third of a page's weight.
PLAIN = set("n o p ow kc w sa dl fm vm err x g esc ld".split())
LONG = 150  # lines: data, or whole modules folded away; a page must stay light
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


class Colours:
    """Has each block coloured once: it stands in both languages, and in later builds.

    `cache` keeps what Pygments made of a block.
    """

    def __init__(self, cache):
        self.cache = cache
        pymdownx.highlight.highlight = self.highlight

    def highlight(self, code, lexer, formatter):
        options = sorted(formatter.options.items())
        key = f"{lexer.name} {type(formatter).__name__} {options}\n{code}"
        return self.cache.get(
            key, lambda: pygments.highlight(code, lexer, formatter)
        )


def merge_marks(html):
    """Drop the marks of plain words in code blocks, and join those of one colour."""
    return BLOCK.sub(lambda block: f"{block[1]}{_merged(block[2])}</pre>", html)


def _merged(code):
    plain = PLAIN | {"m", "nb", "nf", "s"} if code.count("\n") > LONG else PLAIN

    def mark(match):
        kind = COLOUR.get(match[1], match[1])
        return match[2] if kind in plain else f'<span class="{kind}">{match[2]}</span>'

    code = MARK.sub(mark, code)
    while (joined := AGAIN.sub(r'<span class="\1">\2\3', code)) != code:
        code = joined
    return code

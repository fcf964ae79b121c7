"""Material's style sheets without the rules for what is on no page."""

import re
from pathlib import Path

RULE = re.compile(r"([^{}]*)(\{[^{}]*\})")
EMPTY = re.compile(r"[^{};]*\{\}")
PROPERTY = re.compile(r'(?<=[{;])(--[\w-]+):(?:"[^"]*"|[^;}"])*;?')
# The classes, and the values of attributes, that a selector asks for.
ASKED = re.compile(r'\.([A-Za-z_][\w-]*)|\[[\w-]+="?([\w-]+)"?\]')
WORD = re.compile(r"[A-Za-z_][\w-]*")
# Parts of Material that its script knows and no page has.
ABSENT = re.compile(
    r"md-(annotation|author|banner|code__|consent|feedback|hero|post|progress|source"
    r"|social|status|tabs?\b|tabs__|tag|tooltip|version)|tabbed-|mermaid|js-focus-visible"
)
DATA = 2**18  # a script as large as this carries data and names no class


def lighten_styles(site: Path) -> None:
    """Keep the rules whose every class is in a page's tags or a script's words."""
    texts = {p: p.read_text(encoding="utf-8") for p in site.rglob("*.css")}
    tags = [
        tag
        for page in site.rglob("*.html")
        for tag in re.findall(r"<[a-z][^>]*>", page.read_text(encoding="utf-8"))
    ]
    scripts = [
        script.read_text(encoding="utf-8")
        for script in site.glob("assets/**/*.js")
        if script.stat().st_size < DATA
    ]
    words = set(WORD.findall("\n".join(tags + scripts)))
    words.discard("rtl")  # a script asks for it, and no page is written that way
    words = {word for word in words if not ABSENT.match(word)}
    for path in site.glob("assets/stylesheets/*.css"):
        # Material's script for old browsers is left out (material.py).
        text = texts[path].replace(".focus-visible", ":focus-visible")
        texts[path] = needed_rules(text, words)
    for path in site.glob("assets/*.css"):  # our own, written to be read
        path.write_text(_dense(texts[path]), encoding="utf-8", newline="\n")
    # An icon is a property that only dropped rules used.
    known = PROPERTY.sub(_value, "\n".join([*texts.values(), *tags, *scripts]))
    used = set(re.findall(r"--[\w-]+", known))
    for path in site.glob("assets/stylesheets/*.css"):
        text = PROPERTY.sub(lambda p: p[0] if p[1] in used else "", texts[path])
        path.write_text(_without_empty(text), encoding="utf-8", newline="\n")


def needed_rules(style: str, words: set[str]) -> str:
    """Return a style sheet without the selectors that ask for other than `words`.

    >>> needed_rules(".a,.b .c:not(.d){x:y}@media print{.b{x:y}}", {"a", "c"})
    '.a{x:y}'
    """

    def asks_for_known(selector: str) -> bool:
        while (bare := re.sub(r"\([^()]*\)", "", selector)) != selector:
            selector = bare  # what stands in :is() or :not() need not be there
        return all((a or b) in words for a, b in ASKED.findall(selector))

    def needed(rule: re.Match[str]) -> str:
        selectors = re.split(r",(?![^()]*\))", rule[1])
        kept = ",".join(filter(asks_for_known, selectors))
        return kept + rule[2] if kept else ""

    return _without_empty(RULE.sub(needed, style))


def _value(definition: re.Match[str]) -> str:
    return definition[0].removeprefix(definition[1])


def _without_empty(style: str) -> str:
    while (less := EMPTY.sub("", style)) != style:
        style = less
    return style


def _dense(style: str) -> str:
    """Drop comments and blanks that mean nothing.

    >>> _dense("/* a */ .b :is(c, d) {\\n  x: y;\\n}")
    '.b :is(c,d){x:y}'
    """
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = re.sub(r"\s+", " ", style)
    style = re.sub(r" ?([{};,]) ?|(?<=:) (?=[^{}]*[;}])", r"\1", style)
    return style.replace(";}", "}").strip()

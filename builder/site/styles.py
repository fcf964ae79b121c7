"""One style sheet: Material's, without the rules for what is on no page, and ours."""

import re
import shutil
from pathlib import Path

from builder.errors import PageError

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
# Ours, in `look/styles`, in the order in which one rule gives way to the next.
OURS = (
    "palette",
    "type",
    "shell",
    "page",
    "margin",
    "terms",
    "output",
    "gaze",
    "home",
    "code",
    "myths",
    "live",
    "search",
    "phone",
    "print",
)
DATA = 2**18  # a script as large as this carries data and names no class


def join_styles(site: Path) -> None:
    """Make `assets/site.css`, the one sheet that a page waits for.

    Of Material's rules it keeps those whose every class is in a page's tags or a
    script's words.
    """
    theirs = [*site.glob("assets/stylesheets/main.*.css")]
    theirs += site.glob("assets/stylesheets/palette.*.css")
    _require_known(site / "styles")
    ours = [site / "styles" / f"{name}.css" for name in OURS]
    texts = {p: p.read_text(encoding="utf-8") for p in [*theirs, *ours]}
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
    for path in theirs:
        # Material's script for old browsers is left out (material.py).
        text = texts[path].replace(".focus-visible", ":focus-visible")
        texts[path] = needed_rules(text, words)
    for path in ours:  # written to be read
        texts[path] = _dense(texts[path])
    # An icon is a property that only dropped rules used.
    known = PROPERTY.sub(_value, "\n".join([*texts.values(), *tags, *scripts]))
    used = set(re.findall(r"--[\w-]+", known))
    for path in theirs:
        text = PROPERTY.sub(lambda p: p[0] if p[1] in used else "", texts[path])
        texts[path] = _without_empty(text)
    whole = "\n".join(text.strip() for text in texts.values()) + "\n"
    (site / "assets/site.css").write_text(whole, encoding="utf-8", newline="\n")
    for folder in ("assets/stylesheets", "styles"):
        shutil.rmtree(site / folder)


def _require_known(folder: Path) -> None:
    found = {path.stem for path in folder.glob("*.css")}
    if strange := found.symmetric_difference(OURS):
        raise PageError(
            f"the sheets here and their order in builder/site/styles.py differ: "
            f"{', '.join(sorted(strange))}. Name each there",
            path=folder,
        )


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

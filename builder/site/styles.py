"""One style sheet: Material's, without the rules for what is on no page, and ours."""

import re
import shutil
from pathlib import Path

from builder.errors import PageError

RULE = re.compile(r"([^{}]*)(\{[^{}]*\})")
EMPTY = re.compile(r"[^{};]*\{\}")
FRAMES = re.compile(r"@keyframes (\w+)\{(?:[^{}]*\{[^{}]*\})*\}")
PROPERTY = re.compile(r'(?<=[{;])(--[\w-]+):(?:"[^"]*"|[^;}"])*;?')
# The classes, and the values of attributes, that a selector asks for.
ASKED = re.compile(r'\.([A-Za-z_][\w-]*)|\[[\w-]+="?([\w-]+)"?\]')
WORD = re.compile(r"[A-Za-z_][\w-]*")
# The names of elements in it.
NAMED = re.compile(r"(?<![\w.#\[:\"=@-])([a-z][a-z0-9]*)(?![\w-])")
# Parts of Material that its script knows, or a word of a script is called like, and no
# page has.
ABSENT = re.compile(
    r"md-(annotation|author|banner|code__|consent|dialog|feedback|hero|post|progress"
    r"|source|social|status|tabs?\b|tabs__|tag|tooltip|version)|tabbed-|mermaid"
    r"|js-focus-visible|(card|end|example|filename|grid|hll|inline|keys|linenos|middle"
    r"|note|red|result|success)$"
)
# Ours, in `look/styles`, in the order in which one rule gives way to the next.
OURS = "palette type shell page margin terms output gaze home code myths live".split()
OURS += "search phone print".split()
DATA = 2**18  # a script as large as this carries data and names no class


def join_styles(site: Path) -> None:
    """Make `assets/site.css`, the one sheet that a page waits for.

    Of Material's rules it keeps those whose every class and element is in a page's tags
    or a script's words.
    """
    theirs = [*site.glob("assets/stylesheets/main.*.css")]
    theirs += site.glob("assets/stylesheets/palette.*.css")
    _require_known(site / "styles")
    ours = [site / "styles" / f"{name}.css" for name in OURS]
    pages = "\n".join(
        tag
        for page in site.rglob("*.html")
        for tag in re.findall(r"<[a-z][^>]*>", page.read_text(encoding="utf-8"))
    )
    scripts = "\n".join(
        script.read_text(encoding="utf-8")
        for script in site.glob("assets/**/*.js")
        if script.stat().st_size < DATA
    )
    mine = "\n".join(_dense(path.read_text(encoding="utf-8")) for path in ours)
    style = "\n".join(path.read_text(encoding="utf-8").strip() for path in theirs)
    # Material's script for old browsers is left out (patches.py).
    style = style.replace(".focus-visible", ":focus-visible")
    style = needed_rules(style, _words(pages, scripts))
    style = _needed_names(style, mine, pages + scripts)
    whole = f"{style.strip()}\n{mine.strip()}\n"
    (site / "assets/site.css").write_text(whole, encoding="utf-8", newline="\n")
    for folder in ("assets/stylesheets", "styles"):
        shutil.rmtree(site / folder)


def _words(pages: str, scripts: str) -> set[str]:
    """What a selector may ask for; a name of two letters in a script is no class."""
    words = set(WORD.findall(pages))
    words |= {word for word in WORD.findall(scripts) if len(word) > 2}
    words.discard("rtl")  # a script asks for it, and no page is written that way
    return {word for word in words if not ABSENT.match(word)} | {"from", "to"}


def _needed_names(style: str, ours: str, others: str) -> str:
    """Leave out properties and movements that nobody uses, or that ours say anew.

    An icon is a property that only dropped rules used.
    """
    anew = {found[1] for found in PROPERTY.finditer(ours)}
    style = PROPERTY.sub(lambda p: "" if p[1] in anew else p[0], style)
    before = ""
    while style != before:
        before = style
        known = "\n".join([style, ours, others])
        known = PROPERTY.sub(lambda p: p[0].removeprefix(p[1]), known)
        used = set(re.findall(r"--[\w-]+", known))
        style = PROPERTY.sub(lambda p: p[0] if p[1] in used else "", style)  # noqa: B023
    moved = " ".join(re.findall(r"animation[\w-]*:([^;}]*)", style))
    style = FRAMES.sub(lambda f: f[0] if f[1] in moved else "", style)
    return _without_empty(style)


def _require_known(folder: Path) -> None:
    found = {path.stem for path in folder.glob("*.css")}
    if strange := found.symmetric_difference(OURS):
        cause = "the sheets here and their order in builder/site/styles.py differ: "
        cause += f"{', '.join(sorted(strange))}. Name each there"
        raise PageError(cause, path=folder)


def needed_rules(style: str, words: set[str]) -> str:
    """Return a style sheet without the selectors that ask for other than `words`.

    >>> needed_rules(".a,.b .c:not(.d),kbd{x:y}@media print{.b{x:y}}", {"a", "c"})
    '.a{x:y}'
    """

    def asks_for_known(selector: str) -> bool:
        while (bare := re.sub(r"\([^()]*\)", "", selector)) != selector:
            selector = bare  # what stands in :is() or :not() need not be there
        asked = {a or b for a, b in ASKED.findall(selector)}
        bare = re.sub(r"\[.*?\]|::?[\w-]+", "", selector)
        return (asked | set(NAMED.findall(bare))) <= words

    def needed(rule: re.Match[str]) -> str:
        selectors = re.split(r",(?![^()]*\))", rule[1])
        kept = ",".join(filter(asks_for_known, selectors))
        return kept + rule[2] if kept else ""

    return _without_empty(RULE.sub(needed, style))


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

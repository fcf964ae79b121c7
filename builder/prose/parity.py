"""Two originals: no page, section, paragraph, link or cell in one language only."""

import ast
from collections import Counter
from collections.abc import Callable
from functools import cache, partial
from itertools import zip_longest
from pathlib import Path

from builder.errors import PageError
from builder.notebook.cache import Cache
from builder.notebook.chapter import Chapter
from builder.prose.lines import Item, Outline
from builder.prose.outline import read_outline

KNOWN = ("en", "pt")  # languages in which this room can write dates and sources
ORDERED = ("block", "link", "image", "note", "citation")
# The order of words in a sentence is each language's own.
COUNTED = ("value", "formula")


def require_parity(
    docs: Path, languages: list[str], read: Callable[[Path], Chapter], known: Cache
) -> None:
    """Compare each page of the first language with its twin in every other one.

    `read` gives the chapter of a path; `known` keeps which two were found alike.
    """
    for path in sorted(docs.rglob("*")):
        if not path.exists():
            cause = f"this link leads to nothing: {path.readlink()}"
            raise PageError(cause, path=path)
    first, *others = languages
    for name in require_pages(docs, languages):
        chapter = read(docs / first / name)
        for other in others:
            twin = read(docs / other / name)
            compare = partial(_compare, chapter, twin)
            known.get(f"{_code()}{chapter}{twin}", compare)


def require_pages(docs: Path, languages: list[str]) -> list[str]:
    """Return the names of the pages, each of which stands in every language."""
    _require_known(docs, languages)
    pages = {lang: {p.name for p in (docs / lang).glob("*.md")} for lang in languages}
    names = sorted(set().union(*pages.values()))
    for name in names:
        for lang in languages:
            if name not in pages[lang]:
                there = [f"{docs.name}/{o}/{name}" for o in pages if name in pages[o]]
                cause = f"this page is missing; it exists as {', '.join(there)}"
                raise PageError(cause, path=docs / lang / name)
    return names


def _require_known(docs: Path, languages: list[str]) -> None:
    """Refuse a page in no language of the site, and a language that nobody wrote."""
    for lang in languages:
        if lang not in KNOWN:
            cause = f"the language '{lang}' is none of {', '.join(KNOWN)}, in which "
            cause += "dates and sources can be written: take it out of mkdocs.yml"
            raise PageError(cause, path=docs / lang)
    folders = " or ".join(f"{docs.name}/{lang}" for lang in languages)
    for path in sorted(docs.rglob("*.md")):
        if path.parent not in [docs / lang for lang in languages]:
            cause = f"no language of the site has this page: a page stands in {folders}"
            raise PageError(cause, path=path)


@cache
def _code() -> str:
    """What the outcome of a comparison hangs on, besides the two pages."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return "".join(file.read_text(encoding="utf-8") for file in files)


def _compare(chapter: Chapter, twin: Chapter) -> str:
    here, there = read_outline(chapter), read_outline(twin)
    for outline in (here, there):
        _require_ids(outline)
    _require_alike("heading", here, there)
    _compare_code(chapter, twin)
    for kind in ORDERED:
        _require_alike(kind, here, there)
    for kind in COUNTED:
        _require_no_more(kind, here, there)
        _require_no_more(kind, there, here)
    return "alike"


def _require_ids(outline: Outline) -> None:
    seen = set()
    for heading in outline.items["heading"]:
        level, name = heading.key
        cause = ""
        if level > 1 and not name:
            words = heading.words
            cause = f"the section '{words}' needs an id, the same in each language:"
            cause += f" {'#' * level} {words} {{#short-english-name}}"
        elif name and name in seen:
            cause = f"the id '{name}' names a second section; give it its own"
        if cause:
            raise PageError(cause, path=outline.path, line=heading.line)
        seen.add(name)


def _require_alike(kind: str, here: Outline, there: Outline) -> None:
    """Raise a PageError at the first item that is not the same in both pages."""
    for mine, its in zip_longest(here.items[kind], there.items[kind]):
        if mine and its and (mine.kind, mine.key) == (its.kind, its.key):
            continue
        if mine:
            raise _no_twin(mine, here, its, there)
        raise _no_twin(its, there, None, here)


def _require_no_more(kind: str, here: Outline, there: Outline) -> None:
    """Raise a PageError at an item that a section has more often than its twin."""
    mine, its = ([(i.section, i.key) for i in o.items[kind]] for o in (here, there))
    more = Counter(mine) - Counter(its)
    for item in here.items[kind]:
        if (item.section, item.key) in more:
            where = f"section '{item.section}'" if item.section else "start"
            cause = f"{item.name} is not as often in the {where} of {_short(there)}"
            raise PageError(cause, path=here.path, line=item.line)


def _no_twin(item: Item, page: Outline, its: Item | None, twin: Outline) -> PageError:
    cause = f"{item.name} has no twin in its place in {_short(twin)}"
    if its:
        cause += f":{its.line}, where {its.name} stands"
    return PageError(cause, path=page.path, line=item.line)


def _short(page: Outline | Chapter) -> str:
    return f"{page.path.parent.name}/{page.path.name}"


def _compare_code(chapter: Chapter, twin: Chapter) -> None:
    for here, there in zip_longest(chapter.code, twin.code):
        if here is None or there is None:
            one, cell = (chapter, here) if here else (twin, there)
            raise one.error("this cell stands in one language only", cell)
        name_and_line = f"{_short(twin)}:{there.line}"
        if set(here.options) != set(there.options):
            cause = f"options {sorted(here.options)} here, {sorted(there.options)} in"
            raise chapter.error(f"{cause} {name_and_line}", here)
        names = here.options.get("values"), there.options.get("values")
        if names[0] != names[1]:
            cause = f'values="{names[0]}" here, values="{names[1]}" in {name_and_line}'
            raise chapter.error(cause, here)
        if skeleton(here.source) != skeleton(there.source):
            cause = f"differs from {name_and_line} in more than its texts and comments"
            raise chapter.error(cause, here)


class _WithoutTexts(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant("") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.JoinedStr:
        """Keep the values of an f-string and their formats; words go elsewhere."""
        values = [v for v in node.values if isinstance(v, ast.FormattedValue)]
        for value in values:
            value.value = self.visit(value.value)
        return ast.JoinedStr([*values])


def skeleton(source: str) -> str:
    """Return code without its texts, comments and layout.

    >>> skeleton('print("gato")  # cat') == skeleton("print('cat')")
    True
    """
    return ast.dump(_WithoutTexts().visit(ast.parse(source)))

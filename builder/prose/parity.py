"""Two originals: no page, section or cell in one language only."""

import ast
from itertools import zip_longest

from builder.errors import PageError
from builder.notebook.chapter import headings


def require_parity(docs, languages, read):
    """Compare each page of the first language with its twin in every other one.

    `read` gives the chapter of a path.
    """
    for path in sorted(docs.rglob("*")):
        if not path.exists():
            cause = f"this link leads to nothing: {path.readlink()}"
            raise PageError(cause, path=path)
    first, *others = languages
    for name in require_pages(docs, languages):
        chapter = read(docs / first / name)
        for other in others:
            _compare(chapter, read(docs / other / name))


def require_pages(docs, languages):
    """Return the names of the pages, each of which stands in every language."""
    pages = {lang: {p.name for p in (docs / lang).glob("*.md")} for lang in languages}
    names = sorted(set().union(*pages.values()))
    for name in names:
        for lang in languages:
            if name not in pages[lang]:
                cause = (
                    f"this page is missing; it exists as {_where(docs, pages, name)}"
                )
                raise PageError(cause, path=docs / lang / name)
    return names


def _where(docs, pages, name):
    return ", ".join(
        f"{docs.name}/{lang}/{name}" for lang in pages if name in pages[lang]
    )


def _compare(chapter, twin):
    for one in (chapter, twin):
        seen = set()
        for line, level, text, name in headings(one):
            if level > 1 and not name:
                cause = f"the section '{text}' needs an id, the same in each language:"
                cause += f" {'#' * level} {text} {{#short-english-name}}"
                raise PageError(cause, path=one.path, line=line)
            if name and name in seen:
                cause = f"the id '{name}' names a second section; give it its own"
                raise PageError(cause, path=one.path, line=line)
            seen.add(name)
    for here, there in zip_longest(headings(chapter), headings(twin)):
        if not here or not there or (here[1], here[3]) != (there[1], there[3]):
            (line, level, text, name), path, other = (
                (here, chapter.path, twin.path)
                if here
                else (there, twin.path, chapter.path)
            )
            cause = (
                f"the section '{text}' (level {level}, id {name}) has no twin in its"
            )
            cause += f" place in {other.parent.name}/{other.name}"
            raise PageError(cause, path=path, line=line)
    for here, there in zip_longest(chapter.code, twin.code):
        if here is None or there is None:
            one, cell = (chapter, here) if here else (twin, there)
            raise one.error("this cell stands in one language only", cell)
        if set(here.options) != set(there.options):
            cause = f"options {sorted(here.options)} here, {sorted(there.options)} in"
            raise chapter.error(
                f"{cause} {twin.path.parent.name}/{twin.path.name}", here
            )
        if here.source == there.source:
            continue
        if skeleton(here.source) != skeleton(there.source):
            cause = (
                f"differs from {twin.path.parent.name}/{twin.path.name} in more than"
            )
            raise chapter.error(f"{cause} its texts and comments", here)


class _WithoutTexts(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.Constant("") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node):
        """Keep the values of an f-string and their formats; words go elsewhere."""
        values = [v for v in node.values if isinstance(v, ast.FormattedValue)]
        for value in values:
            value.value = self.visit(value.value)
        return ast.JoinedStr(values)


def skeleton(source):
    """Return code without its texts, comments and layout.

    >>> skeleton('print("gato")  # cat') == skeleton("print('cat')")
    True
    """
    return ast.dump(_WithoutTexts().visit(ast.parse(source)))

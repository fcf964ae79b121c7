"""One statement of a program: its text, and what the build knows of it."""

import ast
import copy
import functools
from collections.abc import Iterator
from dataclasses import dataclass

from builder.program.names import Names, names_of


@dataclass(frozen=True, eq=False)
class Statement:
    """A statement at the top of a program, with the remarks above it.

    It stands in a file of `snippets/`, or in a cell of a page, counted from 1.
    """

    text: str
    node: ast.stmt
    file: str = ""
    cell: int = 0

    @functools.cached_property
    def names(self) -> Names:
        return names_of(self.node)

    @property
    def is_import(self) -> bool:
        return isinstance(self.node, (ast.Import, ast.ImportFrom))

    @property
    def is_definition(self) -> bool:
        return isinstance(self.node, (ast.FunctionDef, ast.ClassDef))


@functools.lru_cache(2000)  # a page of code asks for the cells of all pages
def statements_of(source: str, file: str = "", cell: int = 0) -> tuple[Statement, ...]:
    """Take code apart, each import by itself; ValueError if two share a line.

    >>> [one.text for one in statements_of("import a, b\\n\\n# one\\nx = 1\\n")]
    ['import a', 'import b', '# one\\nx = 1']
    """
    return tuple(_apart(source, file, cell))


def _apart(source: str, file: str, cell: int) -> Iterator[Statement]:
    lines, end = source.split("\n"), 0
    for node in ast.parse(source).body:
        first = min([node.lineno, *(d.lineno for d in _decorators(node))])
        if first <= end:  # it stands behind a semicolon
            cause = f"two statements on one line: {lines[first - 1].strip()}"
            raise ValueError(f"{cause}; give each its own")
        text = "\n".join(lines[end : node.end_lineno]).strip("\n")
        end = node.end_lineno or first
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                alone = copy.copy(node)
                alone.names = [alias]
                yield Statement(ast.unparse(alone), alone, file, cell)
        else:
            yield Statement(text, node, file, cell)


def _decorators(node: ast.stmt) -> list[ast.expr]:
    return getattr(node, "decorator_list", [])

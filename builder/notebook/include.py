"""Bring code from `snippets/` into a page: `--8<-- "attention.py:softmax"`."""

import ast
import functools
import re
import sys
from pathlib import Path

from builder.errors import PageError
from builder.source import read_source

INCLUDE = re.compile(r'^--8<-- "(?P<file>[\w./-]+?)(?::(?P<name>\w+))?"$', re.MULTILINE)
DEFINITIONS = {ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef}


def expand_includes(
    source: str,
    folder: Path,
    path: Path,
    line: int,
    cell: int,
    records: Path | None = None,
) -> str:
    """Replace each include line by the code it names, without its docstring.

    What stands in `records/` comes from the folder of records in use, if one is given.
    """

    def code(match: re.Match[str]) -> str:
        at = line + source.count("\n", 0, match.start())
        file = folder / match["file"]
        if records and file.parent == folder / "records":
            file = records / file.name
        if not file.is_file() or ".." in file.parts:
            cause = f"there is no {folder.name}/{match['file']} to include"
            raise PageError(cause, path=path, line=at, cell=cell)
        try:
            text = extract(read_source(file), match["name"])
        except SyntaxError as error:
            cause = f"Python cannot read {folder.name}/{match['file']}:{error.lineno}"
            cause += f": {error.msg}"
            raise PageError(cause, path=path, line=at, cell=cell) from error
        if text is None:
            cause = f"{folder.name}/{match['file']} defines no '{match['name']}'"
            raise PageError(cause, path=path, line=at, cell=cell)
        return text

    expanded = INCLUDE.sub(code, source)
    if "--8<--" in expanded:
        at = line + source[: source.index("--8<--")].count("\n")
        cause = 'cannot read this include; write --8<-- "file.py:name" on a line alone'
        raise PageError(cause, path=path, line=at, cell=cell)
    return expanded


@functools.cache  # both languages ask for the same
def extract(text: str, name: str | None = None) -> str | None:
    """Return the lines that define `name` at the top of `text`, ready to be pasted.

    Without docstrings, and without blank lines inside a definition, which would end it.
    Without a name: the whole module but the imports from its neighbours, which a page
    has shown before, and what runs only as a program. None if nothing has that name.

    >>> print(extract('def f(x):\\n    "Twice."\\n\\n    return 2 * x\\n', "f"))
    def f(x):
        return 2 * x
    """
    tree, lines = _parsed(text), text.split("\n")
    if name is None:
        kept = [node for node in tree.body if not _left_out(node)]
        text = ""
        for before, node in zip([None, *kept], kept):
            apart = {type(before), type(node)} & DEFINITIONS
            above = node.lineno - 1
            while lines[above - 1].startswith("#"):
                above -= 1
            remarks = [f"{line}\n" for line in lines[above : node.lineno - 1]]
            text += "\n\n\n" if apart else "\n"
            text += "".join(remarks) + _pasteable(node, lines)
        return text.strip("\n")
    for node in tree.body:
        if name in _names(node):
            return _pasteable(node, lines)
    return None


_parsed = functools.lru_cache(ast.parse)


def _left_out(node: ast.stmt) -> bool:
    """Tell whether a page does without a statement of a module."""
    if isinstance(node, ast.ImportFrom):
        return node.module not in sys.stdlib_module_names | {"numpy", "matplotlib"}
    return isinstance(node, ast.If) or isinstance(node, ast.Expr)


def _names(node: ast.stmt) -> set[str | None]:
    targets = getattr(node, "targets", [getattr(node, "target", None)])
    return {getattr(node, "name", None), *(getattr(t, "id", None) for t in targets)}


def _pasteable(node: ast.stmt, lines: list[str]) -> str:
    """Return the lines of a statement without its docstrings and blank lines."""
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(d.lineno for d in decorators)])
    kept = dict(enumerate(lines[first - 1 : node.end_lineno], start=first))
    for inner in ast.walk(node):
        text = _docstring(inner)
        if text:
            for number in range(text.lineno, (text.end_lineno or text.lineno) + 1):
                del kept[number]
    return "\n".join(line for line in kept.values() if line.strip())


def _docstring(node: ast.AST) -> ast.Expr | None:
    body = getattr(node, "body", None)
    first = body[0] if isinstance(body, list) and body else None
    value = getattr(first, "value", None)
    if isinstance(first, ast.Expr) and isinstance(value, ast.Constant):
        return first if isinstance(value.value, str) else None
    return None

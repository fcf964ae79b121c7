"""Bring code from `snippets/` into a page: `--8<-- "attention.py:softmax"`."""

import ast
import re

from .errors import PageError

INCLUDE = re.compile(r'^--8<-- "(?P<file>[\w./-]+?)(?::(?P<name>\w+))?"$', re.MULTILINE)


def expand_includes(source, folder, path, line, cell):
    """Replace each include line by the code it names, without its docstring."""

    def code(match):
        at = line + source.count("\n", 0, match.start())
        file = folder / match["file"]
        if not file.is_file():
            cause = f"there is no {folder.name}/{match['file']} to include"
            raise PageError(cause, path=path, line=at, cell=cell)
        try:
            text = extract(file.read_text(encoding="utf-8"), match["name"])
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


def extract(text, name=None):
    """Return the lines that define `name` at the top of `text`, without docstring.

    Without a name: the whole module but its docstring. None if nothing has that name.

    >>> print(extract('def f(x):\\n    "Twice."\\n    return 2 * x\\n', "f"))
    def f(x):
        return 2 * x
    """
    tree, lines = ast.parse(text), text.splitlines()
    if name is None:
        return "\n".join(_without_docstring(tree, lines, 1, len(lines))).strip("\n")
    for node in tree.body:
        if name in _names(node):
            first = min([node.lineno, *(d.lineno for d in _decorators(node))])
            return "\n".join(_without_docstring(node, lines, first, node.end_lineno))
    return None


def _names(node):
    targets = getattr(node, "targets", [getattr(node, "target", None)])
    return {getattr(node, "name", None), *(getattr(t, "id", None) for t in targets)}


def _decorators(node):
    return getattr(node, "decorator_list", [])


def _without_docstring(node, lines, first, last):
    kept = dict(enumerate(lines[first - 1 : last], start=first))
    first_statement = node.body[0] if getattr(node, "body", None) else None
    value = getattr(first_statement, "value", None)
    is_text = isinstance(value, ast.Constant) and isinstance(value.value, str)
    if isinstance(first_statement, ast.Expr) and is_text:
        for number in range(first_statement.lineno, first_statement.end_lineno + 1):
            del kept[number]
    return kept.values()

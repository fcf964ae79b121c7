"""Bring code from `snippets/` into a page: `--8<-- "attention.py:softmax"`."""

import ast
import copy
import functools
import re
import sys
from pathlib import Path

from builder.errors import PageError
from builder.notebook.code_key import DOCUMENTED, FUNCTIONS, Bare, docstring
from builder.source import read_source

INCLUDE = re.compile(r'^--8<-- "(?P<file>[\w./-]+?)(?::(?P<name>\w+))?"$', re.MULTILINE)
Function = ast.FunctionDef | ast.AsyncFunctionDef
IMPORT = re.compile(r"^(?:import|from) .*[^(]$", re.MULTILINE)
LINE = 88


def expand_includes(
    source: str,
    folder: Path,
    path: Path,
    line: int,
    cell: int,
    records: Path | None = None,
) -> str:
    """Replace each include line by the code it names: no docstrings, no annotations.

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
        seen.update(IMPORT.findall(source[: match.start()]))
        new = [line for line in text.split("\n") if line not in seen]
        seen.update(IMPORT.findall(text))
        return "\n".join(new).strip("\n")

    seen: set[str] = set()  # imports, of which a cell needs each once
    expanded = INCLUDE.sub(code, source)
    if "--8<--" in expanded:
        at = line + source[: source.index("--8<--")].count("\n")
        cause = 'cannot read this include; write --8<-- "file.py:name" on a line alone'
        raise PageError(cause, path=path, line=at, cell=cell)
    return expanded


@functools.cache  # both languages ask for the same
def extract(text: str, name: str | None = None) -> str | None:
    """Return the lines that define `name` at the top of `text`, ready to be pasted.

    Without docstrings, without annotations of functions, and without blank lines inside
    a definition, which would end it. Without a name: the whole module but the imports
    from its neighbours, which a page has shown before, or for annotations alone, and
    what runs only as a program. None if nothing has that name.

    >>> print(extract('def f(x: int):\\n    "Twice."\\n\\n    return 2 * x\\n', "f"))
    def f(x):
        return 2 * x
    """
    tree, lines = _parsed(text), text.split("\n")
    if name is None:
        kept = [node for node in tree.body if not _left_out(node)]
        used = {name for node in kept for name in _uses(_pasteable(node, lines))}
        kept = [node for node in kept if _imports(node) <= used]
        text = ""
        for before, node in zip([None, *kept], kept):
            apart = {type(before), type(node)} & {*DOCUMENTED}
            above = node.lineno - 1
            while lines[above - 1].startswith("#"):
                above -= 1
            remarks = [f"{line}\n" for line in lines[above : node.lineno - 1]]
            remarks = [line for line in remarks if not line.startswith("# fmt:")]
            text += "\n\n\n" if apart else "\n"
            text += "".join(remarks) + _pasteable(node, lines)
        return text.strip("\n")
    return next((_pasteable(n, lines) for n in tree.body if name in _names(n)), None)


_parsed = functools.lru_cache(ast.parse)


def _left_out(node: ast.stmt) -> bool:
    """Tell whether a page does without a statement of a module."""
    if isinstance(node, ast.ImportFrom):
        known = sys.stdlib_module_names | {"numpy", "matplotlib"}
        return (node.module or "").partition(".")[0] not in known
    return isinstance(node, ast.If) or isinstance(node, ast.Expr)


def _imports(node: ast.stmt) -> set[str]:
    """The names that an import brings, if it could be for annotations."""
    if isinstance(node, ast.ImportFrom):
        return {alias.asname or alias.name for alias in node.names}
    return set()


def _uses(text: str) -> list[str]:
    return [node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)]


def _names(node: ast.stmt) -> set[str | None]:
    targets = getattr(node, "targets", [getattr(node, "target", None)])
    return {getattr(node, "name", None), *(getattr(t, "id", None) for t in targets)}


def _pasteable(node: ast.stmt, lines: list[str]) -> str:
    """Return the lines of a statement, without docstrings, annotations and gaps."""
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(d.lineno for d in decorators)])
    kept = dict(enumerate(lines[first - 1 : node.end_lineno], start=first))
    for inner in ast.walk(node):
        if text := docstring(inner):
            for number in range(text.lineno, (text.end_lineno or text.lineno) + 1):
                del kept[number]
        if isinstance(inner, FUNCTIONS):
            _drop_annotations(inner, kept)
    return "\n".join(line for line in kept.values() if line.strip())


def _drop_annotations(function: Function, kept: dict[int, str]) -> None:
    """Write the head of a function anew, and its variables, in a dict of lines."""
    for node in ast.walk(function):
        if isinstance(node, ast.AnnAssign) and node.value:
            line = kept[node.lineno].encode()
            before, after = node.target.end_col_offset, node.annotation.end_col_offset
            kept[node.lineno] = (line[:before] + line[after:]).decode()
    bare = Bare().visit(copy.deepcopy(function.args))
    if not function.returns and ast.dump(bare) == ast.dump(function.args):
        return
    first = last = function.lineno
    while not kept[last].rstrip().endswith(":"):
        last += 1
    indent, _, _ = kept[first].partition("def ")
    head = f"{indent}def {function.name}("
    inside = ast.unparse(bare).replace("'", '"')
    whole = f"{head}{inside}):"
    if len(whole) > LINE:
        space = " " * (len(indent) - len(indent.lstrip()))
        whole = f"{head}\n{space}    {inside}\n{space}):"
    for number in range(first + 1, last + 1):
        del kept[number]
    kept[first] = whole

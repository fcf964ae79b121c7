"""A hash of what code does: words about it, layout and Python's version aside."""

import ast
import copy
import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any


def code_key(snippets: Path, *scripts: str) -> str:
    """Hash the code behind some files of a folder, those that they import included."""
    key = hashlib.sha256()
    for file in sorted(behind(snippets, *scripts)):
        text = file.read_text(encoding="utf-8")
        key.update(f"{file.name}\n{_canonical(text)}\n".encode())
    return key.hexdigest()[:20]


@functools.lru_cache
def _canonical(text: str) -> str:
    return canonical(ast.parse(text))


def behind(snippets: Path, *scripts: str) -> set[Path]:
    """Find what some files of a folder import from it, and what that imports."""
    files = {path.stem: path for path in Path(snippets).glob("*.py")}
    return {*in_order(files, [Path(script).stem for script in scripts])}


def in_order(files: Mapping[str, Path], names: Iterable[str]) -> Iterator[Path]:
    """The modules of these names and what they import of `files`, each after that."""
    done: set[str] = set()

    def visit(name: str) -> Iterator[Path]:
        if name in done or name not in files:
            return
        done.add(name)
        text = files[name].read_text(encoding="utf-8")
        for other in sorted({one.rpartition(".")[2] for one in imported(text)}):
            yield from visit(other)
        yield files[name]

    for name in sorted(names):
        yield from visit(name)


@functools.lru_cache
def imported(text: str) -> tuple[str, ...]:
    """Name the modules that code imports, wherever it does.

    >>> imported("import a, b.c; from d import e")
    ('a', 'b.c', 'd')
    """
    found: list[str] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return tuple(found)


def canonical(node: Any) -> str:
    """Write a syntax tree as a text that each version of Python writes alike.

    What newer versions add to a node is empty in code that older ones can read. Left
    out are docstrings, and the annotations of functions, which Python does not heed.

    >>> canonical(ast.parse('"Adds."\\nx = 1 +  1  # two')) == canonical(
    ...     ast.parse("x = (1 + 1)")
    ... )
    True
    """
    if isinstance(node, list):
        return "[" + " ".join(map(canonical, node)) + "]"
    if not isinstance(node, ast.AST):
        return repr(node)
    if isinstance(node, ast.Constant):
        return f"({node.value!r})"  # but not its kind: u"text"
    if isinstance(node, FUNCTIONS):
        node = Bare().visit(copy.deepcopy(node))
        node.returns = None
    if isinstance(node, ast.JoinedStr):  # some versions end it in an empty text
        node.values = [v for v in node.values if getattr(v, "value", None) != ""]
    said = docstring(node)
    parts = [
        f"{name}={canonical(value[1:] if said and name == 'body' else value)}"
        for name, value in sorted(ast.iter_fields(node))
        if value is not None and value != [] and not isinstance(value, ast.expr_context)
    ]
    return f"{type(node).__name__}({' '.join(parts)})"


FUNCTIONS = ast.FunctionDef, ast.AsyncFunctionDef
DOCUMENTED = ast.Module, ast.ClassDef, *FUNCTIONS


class Bare(ast.NodeTransformer):
    """A function without the annotations of its arguments and variables."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(node.arg)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Any:
        return node.value and ast.Assign([node.target], node.value)


def docstring(node: ast.AST) -> ast.stmt | None:
    """The statement that says what a module, a class or a function is for."""
    if isinstance(node, DOCUMENTED) and ast.get_docstring(node) is not None:
        return node.body[0]
    return None

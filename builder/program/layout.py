"""Statements as the text of a program: imports first, blank lines as PEP 8 has them."""

import ast
import sys
import textwrap
from collections.abc import Iterable, Sequence

from builder.program.statement import Statement


def chunks(statements: Sequence[Statement]) -> list[str]:
    """Lay statements out in pieces that, joined, are a program; others share them."""
    imports = import_lines(one.node for one in statements if one.is_import)
    others = [one for one in statements if not one.is_import]
    parts = ["\n".join(imports) + "\n"] if imports else []
    before: Statement | None = None
    for one in others:
        parts.append(_gap(before, one, bool(imports)) + one.text + "\n")
        before = one
    return parts


def _gap(before: Statement | None, one: Statement, imports: bool) -> str:
    """The blank lines between two statements."""
    if before is None:
        return "\n" * (imports + (imports and one.is_definition))
    if before.is_definition or one.is_definition:
        return "\n\n"
    return "\n" if (before.file, before.cell) != (one.file, one.cell) else ""


def import_lines(nodes: Iterable[ast.stmt]) -> list[str]:
    """Write imports once each, the standard library's first, in their usual order.

    >>> import_lines(ast.parse("import numpy\\nimport os\\nfrom os import a").body)
    ['import os', 'from os import a', '', 'import numpy']
    """
    plain: set[tuple[str, str]] = set()
    whole: dict[str, set[str]] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            plain |= {(one.name, ast.unparse(one)) for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole.setdefault(node.module, set()).update(map(ast.unparse, node.names))
    lines = [(module, f"import {text}") for module, text in sorted(plain)]
    for module, names in sorted(whole.items()):
        lines += [(module, line) for line in _from(module, sorted(names))]
    own = [line for module, line in lines if _is_standard(module)]
    others = [line for module, line in lines if not _is_standard(module)]
    return [*own, *([""] if own and others else []), *others]


def _from(module: str, names: list[str]) -> list[str]:
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= 88:
        return [line]
    rows = textwrap.wrap(f"{', '.join(names)},", 84)
    return [f"from {module} import (", *(f"    {row}" for row in rows), ")"]


def _is_standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names


def count(program: str) -> int:
    """Count lines, blank ones aside.

    >>> count("a = 1\\n\\nb = 2\\n")
    2
    """
    return sum(1 for line in program.split("\n") if line.strip())

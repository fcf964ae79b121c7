"""Of a table that a program reads row by row, the rows that it names."""

import ast
from collections.abc import Iterable, Sequence
from itertools import pairwise

from builder.program.statement import Statement


def with_rows_named(statements: Sequence[Statement]) -> list[Statement]:
    """Leave out of the library's tables what nobody names.

    >>> table = 'T = {\\n    "a": 1,\\n    "b": 2,\\n}'
    >>> both = [Statement(text, ast.parse(text).body[0]) for text in (table, 'T["b"]')]
    >>> [one.text for one in with_rows_named(both)]
    ['T = {\\n    "b": 2,\\n}', 'T["b"]']
    """
    return [one if one.cell else _shorter(one, statements) for one in statements]


def _shorter(one: Statement, statements: Iterable[Statement]) -> Statement:
    lines = one.text.split("\n")
    match ast.parse(one.text).body:  # its lines are those of the text
        case [ast.Assign([ast.Name(name)], ast.Dict() as table)]:
            rows = _rows(table)
            named = _named(name, (s.node for s in statements if s is not one))
        case _:
            return one
    if not named or not named < set(rows):
        return one
    for row in sorted(set(rows) - named, key=lambda row: -rows[row].start):
        del lines[rows[row].start : rows[row].stop]
    text = "\n".join(lines)
    return Statement(text, ast.parse(text).body[0], one.file)


def _rows(table: ast.Dict) -> dict[str, range]:
    """The lines of each row, counted from 0; none if rows share a line."""
    found = {
        key.value: range(key.lineno - 1, value.end_lineno or key.lineno)
        for key, value in zip(table.keys, table.values)
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }
    head, end = range(table.lineno), range((table.end_lineno or 1) - 1, 0)
    whole = len(found) == len(table.keys)
    edges = pairwise([head, *found.values(), end])
    return found if whole and all(a.stop <= b.start for a, b in edges) else {}


def _named(name: str, nodes: Iterable[ast.AST]) -> set[str]:
    """The rows that are named, as in `TABLE["row"]`; none if it is used otherwise."""
    found, uses = [], 0
    for node in (part for whole in nodes for part in ast.walk(whole)):
        match node:
            case ast.Subscript(ast.Name(table), ast.Constant(str(row))):
                found += [row] if table == name else []
            case ast.Name(table):
                uses += table == name
    return set(found) if len(found) == uses else set()

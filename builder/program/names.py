"""Which names a statement needs, gives and brings along, read from its syntax alone."""

import ast
import symtable
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

FUNCTIONS = ast.FunctionDef, ast.AsyncFunctionDef
SCOPES = ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp


@dataclass
class Names:
    """The names of one statement at the top of a program.

    `needs` must be there when it runs, `later` when what it defines is called; it gives
    the names in `gives`, and those in `surely` whichever way it goes.
    """

    needs: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)
    gives: set[str] = field(default_factory=set)
    surely: set[str] = field(default_factory=set)


def names_of(statement: ast.stmt) -> Names:
    """Read a statement in the order in which it runs.

    >>> found = names_of(ast.parse("for i in range(n): total = i + total").body[0])
    >>> sorted(found.needs), sorted(found.gives), sorted(found.surely)
    (['n', 'range', 'total'], ['i', 'total'], [])
    """
    names = Names()
    names.surely = _statement(statement, set(), names)
    return names


def _block(body: Iterable[ast.stmt], known: set[str], names: Names) -> set[str]:
    for node in body:
        known = _statement(node, known, names)
    return known


def _statement(node: ast.stmt, known: set[str], names: Names) -> set[str]:
    """Take in one statement; return the names that are surely known after it."""
    for expression in _at_once(node):
        names.needs |= loads(expression) - known
    given = set(_given(node))
    names.gives |= given
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            names.later |= _free(node)
        case ast.ClassDef():
            inner = Names()
            _block(node.body, known, inner)
            names.needs |= inner.needs - known
            names.later |= inner.later
        case ast.If():
            one = _block(node.body, known, names)
            return one & _block(node.orelse, known, names)
        case ast.For() | ast.AsyncFor() | ast.While():
            _block([*node.body, *node.orelse], known | given, names)
            return known  # perhaps there was nothing to go through
        case ast.With() | ast.AsyncWith():
            return _block(node.body, known | given, names)
        case ast.Try() | ast.TryStar():
            sure = _block([*node.body, *node.orelse], known, names)
            for handler in node.handlers:
                inside = known | {handler.name or ""}
                sure &= _block(handler.body, inside, names) | {""}
            return _block(node.finalbody, sure, names)
        case ast.Match():
            for case in node.cases:
                caught = {name for part in ast.walk(case.pattern) for name in _of(part)}
                names.gives |= caught
                _block(case.body, known | caught, names)
            return known
    return known | given


def _at_once(node: ast.stmt) -> Iterator[ast.AST]:
    """What a statement works out when it is its turn, not inside of its blocks."""
    if isinstance(node, FUNCTIONS):
        yield from node.decorator_list
        yield from filter(None, [*node.args.defaults, *node.args.kw_defaults])
    elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        yield ast.Name(node.target.id, ast.Load())
        yield node.value
    else:
        for name, value in ast.iter_fields(node):
            parts = value if isinstance(value, list) else [value]
            if name not in ("body", "orelse", "finalbody", "handlers", "cases"):
                yield from (part for part in parts if isinstance(part, ast.AST))
            if name == "cases":
                yield from (case.guard for case in value if case.guard)


def _given(node: ast.stmt) -> Iterator[str]:
    """The names that a statement itself binds, not those of its blocks."""
    if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        yield node.name
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        for alias in node.names:
            yield alias.asname or alias.name.partition(".")[0]
    else:
        for expression in _at_once(node):
            yield from _stores(expression)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def _stores(node: ast.AST) -> Iterator[str]:
    """The names that an expression binds; the variables of a comprehension are its own.

    >>> [*_stores(ast.parse("[y := x for x in xs]", mode="eval").body)]
    ['y']
    """
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    own = {node.target} if isinstance(node, ast.comprehension) else set()
    for part in ast.iter_child_nodes(node):
        if part not in own:
            yield from _stores(part)


def _of(pattern: ast.AST) -> list[str]:
    names = getattr(pattern, "name", None), getattr(pattern, "rest", None)
    return [name for name in names if name]


def loads(node: ast.AST) -> set[str]:
    """The names that an expression reads, but for those that it makes itself.

    >>> sorted(loads(ast.parse("[x * k for x in xs]", mode="eval")))
    ['k', 'xs']
    """
    if isinstance(node, ast.Name):
        return {node.id} if isinstance(node.ctx, ast.Load) else set()
    inner = set().union(*map(loads, ast.iter_child_nodes(node)))
    if isinstance(node, SCOPES):
        targets = (part for one in node.generators for part in ast.walk(one.target))
        return inner - {part.id for part in targets if isinstance(part, ast.Name)}
    if isinstance(node, ast.Lambda):
        return inner - {
            part.arg for part in ast.walk(node.args) if isinstance(part, ast.arg)
        }
    return inner


def _free(function: ast.stmt) -> set[str]:
    """The names that a function, or one within it, looks for outside."""
    return set(_outside(symtable.symtable(ast.unparse(function), "<function>", "exec")))


def _outside(table: symtable.SymbolTable) -> Iterator[str]:
    for inner in table.get_children():
        for symbol in inner.get_symbols():
            if symbol.is_global() and symbol.is_referenced():
                yield symbol.get_name()
        yield from _outside(inner)

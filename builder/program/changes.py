"""Which objects a statement changes in place, and which names may share one.

Syntax does not say it, so this is a judgement with names that are known to change what
they belong to; a test runs every program of the site to see that nothing is missed.
"""

import ast
from collections.abc import Iterable, Iterator

from builder.program.names import FUNCTIONS

METHODS = set(
    "append extend insert pop popitem remove clear sort reverse update add discard "
    "setdefault fill put resize partition setflags itemset "  # of arrays
    "random normal standard_normal integers choice shuffle permutation permuted "
    "uniform exponential binomial poisson bytes "  # draws: a generator moves on
    "sample randint randrange gauss choices seed rand randn".split()
)
FIRST = set("next shuffle heappush heappop setattr delattr fill_diagonal put".split())
FIRST |= set("copyto place putmask at".split())  # functions that change what they get
THROUGH = set("zip enumerate reversed list tuple iter asarray atleast_2d".split())
VIEWS = set("reshape ravel view transpose swapaxes squeeze".split())
GROUPS = ast.Tuple, ast.List, ast.Dict, ast.Set, ast.IfExp, ast.BoolOp, ast.Starred

Changers = dict[str, set[str | int]]  # function: its arguments, by name and by place


def root(node: ast.AST) -> str | None:
    """The name at the head of `name.part[i].reshape(n)`; none of a new object.

    >>> root(ast.parse("h[0].T.reshape(2)", mode="eval").body), root(ast.Constant(1))
    ('h', None)
    """
    while not isinstance(node, ast.Name):
        if isinstance(node, (ast.Attribute, ast.Subscript, ast.Starred)):
            node = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr not in VIEWS:
                return None
            node = node.func.value
        else:
            return None
    return node.id


def changes(body: Iterable[ast.AST], changers: Changers, modules: set[str]) -> set[str]:
    """The names whose objects some code changes in place.

    `changers` are the functions that change an argument. A module is no such object,
    but to draw from `np.random` moves on a generator that it keeps, "np.random.".
    """
    found: set[str | None] = set()
    for node in _running(body):
        if isinstance(node, (ast.Attribute, ast.Subscript)):
            if not isinstance(node.ctx, ast.Load):
                found.add(root(node))
        elif isinstance(node, ast.AugAssign):
            found.add(root(node.target))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            if isinstance(node.value.func, ast.Attribute):  # what else would it be for
                found.add(root(node.value.func.value))
        if isinstance(node, ast.Call):
            found.update(_call(node, changers))
            found.add(_common_generator(node, modules))
    return {name for name in found if name and name not in modules}


def _call(node: ast.Call, changers: Changers) -> Iterator[str | None]:
    name = _name(node)
    places = changers.get(name, set())
    if isinstance(node.func, ast.Attribute):
        if node.func.attr in METHODS or "self" in places:
            yield root(node.func.value)
        places = places | {p - 1 for p in places if isinstance(p, int)}
    for place, argument in enumerate(node.args):
        if place in places or place == 0 and name in FIRST:
            yield root(argument)
    for keyword in node.keywords:
        if keyword.arg == "out" or keyword.arg in places:
            yield root(keyword.value)


def _common_generator(node: ast.Call, modules: set[str]) -> str | None:
    """Name the generator that a module keeps for all, if a call draws from it."""
    if isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
        before = ast.unparse(node.func.value)
        if before.partition(".")[0] in modules and before.endswith("random"):
            return f"{before}."
    return None


def _running(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Walk through what runs when its turn comes: not into functions."""
    open_ = [*body]
    while open_:
        node = open_.pop()
        yield node
        if not isinstance(node, (*FUNCTIONS, ast.Lambda)):
            open_ += ast.iter_child_nodes(node)


def changers_in(statements: Iterable[ast.stmt], modules: set[str]) -> Changers:
    """Find the functions, and methods, that change what they are given."""
    functions = {}
    for statement in statements:
        for node in [statement, *getattr(statement, "body", [])]:
            if isinstance(node, FUNCTIONS):
                functions[node.name] = node
    found: Changers = {}
    while True:  # until no function adds anything to what is known
        before = sum(map(len, found.values()))
        for name, function in functions.items():
            inner = [n for n in ast.walk(function) if isinstance(n, FUNCTIONS)]
            body = [statement for one in inner for statement in one.body]
            changed = changes(body, found, modules)
            changed = with_aliases(changed, aliases(function.body))
            for place, one in enumerate(function.args.args):
                if one.arg in changed:
                    found.setdefault(name, set()).update({place, one.arg})
        if sum(map(len, found.values())) == before:
            return found


def aliases(body: Iterable[ast.AST]) -> set[tuple[str, str]]:
    """Pairs of names that may stand for one object, or for a part of it.

    >>> sorted(aliases(ast.parse("a = b[1:]; for_ = f(c)").body))
    [('a', 'b')]
    """
    found = set()
    for node in _running(body):
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.For)):
            value = node.iter if isinstance(node, ast.For) else node.value
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            pairs = (pair for one in targets for pair in _pairs(one, value))
            for target, part in pairs:
                given = (one for one in ast.walk(target) if isinstance(one, ast.Name))
                names = [one.id for one in given if isinstance(one.ctx, ast.Store)]
                found |= {(one, two) for one in names for two in _sources(part)}
    return found


def _pairs(target: ast.AST, value: ast.AST | None) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Which part of a target gets which of a value: a, b = c, d; a, b in zip(c, d)."""
    targets, parts = getattr(target, "elts", []), getattr(value, "elts", [])
    if isinstance(value, ast.Call) and _name(value) == "zip":
        parts = value.args
    if isinstance(value, ast.Call) and _name(value) == "enumerate":
        targets, parts = targets[1:], value.args[:1]
    starred = any(isinstance(one, ast.Starred) for one in [*targets, *parts])
    if targets and len(targets) == len(parts) and not starred:
        for one, part in zip(targets, parts):
            yield from _pairs(one, part)
    elif value:
        yield target, value


def _sources(node: ast.AST) -> Iterator[str]:
    if name := root(node):
        yield name
    elif isinstance(node, GROUPS) or _hands_on(node):
        for part in ast.iter_child_nodes(node):
            yield from _sources(part)


def _hands_on(node: ast.AST) -> bool:
    """Tell whether a call gives its arguments, or their parts, and no copies."""
    return isinstance(node, ast.Call) and _name(node) in THROUGH


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def with_aliases(names: set[str], pairs: set[tuple[str, str]]) -> set[str]:
    """Add all names that may stand for the same objects."""
    found, before = set(names), 0
    while len(found) > before:
        before = len(found)
        found |= {name for pair in pairs if found & {*pair} for name in pair}
    return found

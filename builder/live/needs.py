"""What a cell needs that is loaded only when it does: Matplotlib, and the records."""

import ast
from typing import TypeGuard

plotting = {"matplotlib"}  # names that draw


def draws(source: str) -> bool:
    """Tell whether a cell uses Matplotlib; remember what it defines that would."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return False
    for node in tree.body:
        if imports_matplotlib(node):
            plotting.update(a.asname or a.name.partition(".")[0] for a in node.names)
        elif any(map(imports_matplotlib, ast.walk(node))):
            return True
        elif plotting & {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}:
            if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                return True
            plotting.add(node.name)
    return False


def imports_matplotlib(node: ast.AST) -> TypeGuard[ast.Import | ast.ImportFrom]:
    modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
    if isinstance(node, ast.ImportFrom):
        modules = [node.module or ""]
    tops = {name.partition(".")[0] for name in modules}
    return bool(tops & {"matplotlib", "mpl_toolkits"})


def trains(source: str) -> bool:
    """Tell whether a cell asks for one of the trainings that come with the site."""
    try:
        nodes = ast.walk(ast.parse(source))
    except SyntaxError:
        return False
    calls = [node.func for node in nodes if isinstance(node, ast.Call)]
    return any(isinstance(f, ast.Name) and f.id == "replay" for f in calls)

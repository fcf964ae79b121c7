"""Pages, and the file with all models, take `snippets/` as one room: no name twice."""

import ast
from collections import defaultdict
from pathlib import Path

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets"


def top_level_names(tree):
    for node in tree.body:
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        for one in (node, *targets):
            name = getattr(one, "name", getattr(one, "id", None))
            if name:
                yield name


def test_each_name_stands_for_one_thing():
    files = defaultdict(list)
    for path in sorted(SNIPPETS.glob("*.py")):
        for name in top_level_names(ast.parse(path.read_text(encoding="utf-8"))):
            files[name].append(path.name)
    twice = {name: where for name, where in files.items() if len(where) > 1}
    assert not twice, f"stand in more than one file: {twice}"
    assert len(files) > 100

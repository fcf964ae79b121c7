"""Docstrings say what code does not: a short head, an example, no page of sections."""

import ast
from pathlib import Path

import pytest

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets"
FILES = [
    path
    for path in sorted(SNIPPETS.glob("*.py"))
    if "\ndef " in path.read_text(encoding="utf-8")
]
DOCUMENTED = ast.Module, ast.ClassDef, ast.FunctionDef


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_docstrings_are_at_most_a_third_of_a_file(path):
    text = path.read_text(encoding="utf-8")
    nodes = [n for n in ast.walk(ast.parse(text)) if isinstance(n, DOCUMENTED)]
    found = [node.body[0] for node in nodes if ast.get_docstring(node)]
    lines = sum(one.end_lineno - one.lineno + 1 for one in found)
    assert 3 * lines <= len(text.splitlines())


def test_every_file_with_functions_is_read():
    assert len(FILES) >= 20

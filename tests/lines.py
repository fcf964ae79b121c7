"""`make lines`: how much code there is, room by room, and what of it is too long.

A line counts if it has code: no blank, no comment, no docstring. Words (YAML), data
and what others wrote (`vendor`) do not count.
"""

import ast
import re
import sys
from collections import defaultdict
from pathlib import Path

from pygments.lexers import get_lexer_by_name
from pygments.token import Comment

ROOT = Path(__file__).resolve().parents[1]
CODE = {
    ".css": "css",
    ".html": "html+jinja",
    ".js": "javascript",
    ".py": "python",
    ".xml": "xml+jinja",
}
FILE, FUNCTION = 250, 40  # the most lines of one
HAVE_DOCSTRINGS = ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef


def code_lines(name, text):
    """Return the numbers of the lines that hold code.

    >>> sorted(code_lines("a.py", "# A comment\\nx = 1  # more\\n\\ny = 2"))
    [2, 4]
    >>> sorted(code_lines("a.js", "/* A\\ncomment */\\nlet x = '//';"))
    [3]
    """
    lexer = get_lexer_by_name(CODE[Path(name).suffix], stripnl=False)
    number, found = 1, set()
    for kind, value in lexer.get_tokens(text):
        said = kind in Comment and kind not in Comment.Preproc  # `{% if %}` is none
        for offset, line in enumerate(value.split("\n")):
            if line.strip() and not said:
                found.add(number + offset)
        number += value.count("\n")
    return found - docstring_lines(text) if name.endswith(".py") else found


def tree(text):
    return ast.parse(re.sub(r"(?m)^%.*", "pass", text))  # a command of IPython


def docstring_lines(text):
    bodies = [node.body for node in ast.walk(tree(text)) if documented(node)]
    return {
        line
        for body in bodies
        for line in range(body[0].lineno, body[0].end_lineno + 1)
    }


def documented(node):
    return isinstance(node, HAVE_DOCSTRINGS) and ast.get_docstring(node) is not None


def functions(text):
    """Yield each function of a Python file: (name, first line, last line)."""
    for node in ast.walk(tree(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.lineno, node.end_lineno


def too_long(name, text):
    """Name a file, or functions in it, with too many lines of code."""
    lines = code_lines(name, text)
    if len(lines) > FILE:
        yield f"{name}: {len(lines)} lines, more than {FILE}"
    for function, first, last in functions(text) if name.endswith(".py") else []:
        count = len(lines & set(range(first, last + 1)))
        if count > FUNCTION:
            yield f"{name}:{first}: {function} has {count} lines, more than {FUNCTION}"


def sources(*folders):
    """Yield the code in folders: (path, its text)."""
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix in CODE and not {"vendor", "__pycache__"} & set(path.parts):
                yield path, path.read_text(encoding="utf-8")


def room(path):
    """Name the folder and, in `builder` and its like, the room that a file lies in."""
    return "/".join(path.parts[: min(2, len(path.parts) - 1)])


def main():
    folders = sys.argv[1:] or ["builder", "snippets", "tests"]
    rooms, totals, long = defaultdict(int), defaultdict(int), []
    for path, text in sources(*folders):
        count = len(code_lines(path.name, text))
        rooms[room(path)] += count
        totals[path.parts[0]] += count
        if path.parts[0] != "tests":
            long += too_long(path.as_posix(), text)
    for name, count in sorted((rooms | totals).items()):
        print(f"{count:6} {name}")
    print("\n".join(long) or f"no file over {FILE} lines, no function over {FUNCTION}")


if __name__ == "__main__":
    main()

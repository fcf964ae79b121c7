"""One file that holds all models: `snippets/` behind `experiment.py`, in order.

And behind what short forms ask for most often. All else is left out; the first line of
each module's docstring stays as a remark above its code.
"""

import ast
from collections.abc import Sequence
from pathlib import Path

from builder.notebook.code_key import behind
from builder.program.layout import chunks
from builder.program.statement import Statement

NAME = "birth_of_attention"
MAIN = "experiment.py"
ASKED_FOR = "states.py", "tables.py"  # by many blocks that train


def names_in(library: Sequence[Statement], snippets: Path) -> set[str]:
    """The names that may be imported from the one file."""
    files = {path.name for path in behind(snippets, *ASKED_FOR, MAIN)}
    return {
        name
        for one in library
        if one.file in files and not one.is_import
        for name in one.names.gives
    }


def written(library: Sequence[Statement], snippets: Path, head: str) -> str:
    """Return the file's text; `head` says what it is, in remarks of Python."""
    files = {path.name: path for path in behind(snippets, *ASKED_FOR, MAIN)}
    kept = [one for one in library if one.file in files]
    kept.sort(key=lambda one: one.file == MAIN)  # it runs all others: last
    text, file = head.rstrip("\n") + "\n\n", ""
    for piece, one in zip(chunks(kept), [None, *(s for s in kept if not s.is_import)]):
        if one and one.file != file:
            file = one.file
            remark = f"# --- {file}: {_first_line(files[file])}"
            piece = f"\n\n{remark}\n\n{piece.lstrip()}"
        text += piece
    return f'{text}\n\nif __name__ == "__main__":\n    main()\n'


def _first_line(path: Path) -> str:
    words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return words.split("\n")[0]

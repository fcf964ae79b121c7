"""The blocks of a chapter as programs, and what the chapter brings from elsewhere."""

import ast
from collections.abc import Iterable, Sequence
from functools import cached_property

from builder.notebook.chapter import Cell, Chapter
from builder.notebook.records import calls
from builder.program.layout import chunks
from builder.program.needed import Program
from builder.program.rows import with_rows_named
from builder.program.statement import Statement, statements_of

CORPUS = "make_corpus"


class Blocks:
    """A chapter's statements after those of the library, all in one space of names."""

    def __init__(self, chapter: Chapter, library: Sequence[Statement]) -> None:
        self.chapter = chapter
        own: list[Statement] = []
        for cell in chapter.code:
            try:
                own += statements_of(cell.source, cell=cell.number)
            except ValueError as error:
                raise chapter.error(str(error), cell) from error
        self.program = Program([*library, *own])
        self.kept: dict[int, list[Statement]] = {}

    def needed(self, cell: Cell) -> list[Statement]:
        """The statements that a cell needs, its own included, in their order."""
        if cell.number not in self.kept:
            self.kept[cell.number] = self._find(cell)
        return self.kept[cell.number]

    def _find(self, cell: Cell) -> list[Statement]:
        all_ = self.program.statements
        own = [at for at, one in enumerate(all_) if one.cell == cell.number]
        try:
            found = [all_[at] for at in self.program.needed(own)]
        except KeyError as error:
            cause = f"uses the name '{error.args[0]}', which no cell above gives, "
            cause += "and no file of snippets/: write it right, or import it"
            raise self.chapter.error(cause, cell) from None
        for one in found:
            prints = not one.is_definition and calls(one.node, "print")
            if prints and one.cell not in (0, cell.number):
                cause = f"needs what cell {one.cell} does where it prints, so its "
                cause += "program would print that too: print there in a cell of its "
                cause += f"own, or outside of '{one.text.strip().splitlines()[0]}'"
                raise self.chapter.error(cause, cell)
        return found

    @cached_property
    def prelude(self) -> list[Statement]:
        """What the page uses of the library, and does not show, in its order."""
        used = {one for cell in self.chapter.code for one in self.needed(cell)}
        before = [
            one for one in self.program.statements if not one.cell and one in used
        ]
        self._require_one_meaning(before)
        return before

    def _require_one_meaning(self, before: Iterable[Statement]) -> None:
        """No variable of a page may take the place of what the library calls."""
        calls = {n for one in before for n in one.names.later | one.names.needs}
        given = {n: s.file for s in before if not s.is_import for n in s.names.gives}
        for one in self.program.statements:
            for name in one.names.gives & calls & set(given):
                if one.cell and not one.is_definition:
                    (cell,) = (c for c in self.chapter.code if c.number == one.cell)
                    cause = f"gives the name '{name}' to something else than "
                    cause += f"{given[name]}, which this page uses: call it otherwise"
                    raise self.chapter.error(cause, cell)

    @cached_property
    def elsewhere(self) -> set[str]:
        """The names of the library that the code of the page uses."""
        own = [one.names for one in self.program.statements if one.cell]
        used = {n for names in own for n in names.needs | names.later}
        given = (one.names.gives for one in self.prelude if not one.is_import)
        return used.intersection(*[set().union(*given)])

    # --- as text

    def alone(self, cell: Cell) -> list[str]:
        """The program of a cell, in pieces that other programs share."""
        return self._written(self.needed(cell), cell)

    def with_file(self, cell: Cell, file: str, names: set[str]) -> list[str] | None:
        """The same, with the `names` that a `file` gives imported from there.

        None if the program needs no corpus: it is short enough.
        """
        needed = self.needed(cell)
        if not any(CORPUS in one.names.gives for one in needed):
            return None
        kept = [one for one in needed if one.cell or not one.names.gives & names]
        given = {n for one in needed if one not in kept for n in one.names.gives}
        used = {n for one in kept for n in one.names.needs | one.names.later}
        kept = [one for one in kept if not one.is_import or one.names.gives & used]
        if imported := ", ".join(sorted(used & given)):
            text = f"from {file} import {imported}"
            kept.insert(0, Statement(text, ast.parse(text).body[0]))
        return self._written(kept, cell)

    def _written(self, statements: Sequence[Statement], cell: Cell) -> list[str]:
        statements = with_rows_named(statements)
        own = [one for one in statements if one.cell == cell.number]
        kept = [one for one in statements if one not in own or one.is_import]
        parts = chunks(kept)
        block = without_imports(cell.source)
        if block and parts:
            apart = any(one.is_definition for one in (*own[:1], *kept[-1:]))
            block = ("\n\n" if apart else "\n") + block
        return [*parts, f"{block}\n"] if block else parts

    def calls(self, cell: Cell, name: str) -> list[ast.Call]:
        """The calls of a function that a cell's program makes by this name."""
        return [call for one in self.needed(cell) for call in calls(one.node, name)]


def without_imports(source: str) -> str:
    """Return a cell's lines but for its imports.

    >>> without_imports("import numpy as np\\n\\nx = np.zeros(2)\\n")
    'x = np.zeros(2)'
    """
    lines: list[str | None] = [*source.split("\n")]
    for node in ast.parse(source).body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            for number in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                lines[number - 1] = None
    return "\n".join(line for line in lines if line is not None).strip("\n")

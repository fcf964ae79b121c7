"""Where the code of `snippets/` is met: in which cell of a chapter, in which test."""

import ast
import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from builder.notebook.chapter import Cell, Chapter
from builder.program.catalogue import given
from builder.program.statement import Statement, statements_of


class Place(NamedTuple):
    """A cell; `explains` if the definition itself can be read there, unfolded."""

    chapter: Chapter
    cell: Cell
    explains: bool


def places(
    chapters: Iterable[Chapter], known: Mapping[str, Statement]
) -> dict[str, Place]:
    """Find for each name that chapters use the first cell that defines it in sight.

    Else the first that uses it: in sight, or else folded away.
    """
    found: list[dict[str, Place]] = [{}, {}, {}]  # the better ones last
    for chapter in chapters:
        for cell, name, explains in _met(chapter, known):
            rank = 2 if explains else "fold" not in cell.options
            found[rank].setdefault(name, Place(chapter, cell, explains))
    return {name: one for rank in found for name, one in rank.items()}


def _met(
    chapter: Chapter, known: Mapping[str, Statement]
) -> Iterator[tuple[Cell, str, bool]]:
    """Go through the names that a chapter means as the library does."""
    cells = [(cell, [*statements_of(cell.source)]) for cell in chapter.code]
    statements = [one for _, all_ in cells for one in all_]
    own = {
        name
        for one in statements
        for name in one.names.gives & set(known)
        if not one.is_import and ast.dump(one.node) != ast.dump(known[name].node)
    }
    for cell, all_ in cells:
        for one in all_:
            here = set(given(one)) & set(known) - own
            if here and "fold" in cell.options:
                continue  # the library itself, brought along
            used = (one.names.needs | one.names.later) & set(known) - own
            for name in sorted(here | used):
                yield cell, name, name in here


def tests(folder: Path, known: Mapping[str, Statement]) -> dict[str, list[str]]:
    """Find the tests that use each name, those that use it most first."""
    found: dict[str, Counter[str]] = {}
    for path in sorted(folder.glob("test_*.py")):
        for name in _used(_parsed(path.read_text(encoding="utf-8")), known):
            found.setdefault(name, Counter())[path.name] += 1
    return {
        name: [file for file, _ in counts.most_common()]
        for name, counts in found.items()
    }


_parsed = functools.lru_cache(ast.parse)  # for both languages, and for the next build


def _used(tree: ast.Module, known: Mapping[str, Statement]) -> Iterator[str]:
    """Each use of a name that a test has imported, or takes from an imported file."""
    modules: dict[str, str] = {}
    imported: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {one.asname or one.name: one.name for one in node.names}
        if isinstance(node, ast.ImportFrom):
            for one in node.names:
                if one.name in known and known[one.name].file == f"{node.module}.py":
                    imported[one.asname or one.name] = one.name
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in imported:
            yield imported[node.id]
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            file = f"{modules.get(node.value.id)}.py"
            if node.attr in known and known[node.attr].file == file:
                yield node.attr

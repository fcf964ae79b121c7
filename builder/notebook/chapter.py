"""Read a page's source: front matter, prose, code cells and their options."""

import ast
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jupytext

from builder.errors import PageError
from builder.notebook.fences import require_fences
from builder.notebook.front import front_matter
from builder.notebook.include import expand_includes
from builder.notebook.kernel import LIMIT
from builder.output.kinds import KINDS
from builder.prose.marks import raw_mark
from builder.source import read_source

OWN = {  # of a cell, whatever it gives
    "fold": "fold the code away behind this summary",
    "limit": 'how long the cell may take in a build: "120 s"',
    "short": 'a shorter version, for the live page: "steps = 50; units = 8"',
    "takes": 'how long the cell takes in a browser: "20 s"',
    "values": "names of variables that the prose uses",
}
OPTIONS = sorted({*OWN, *(name for kind in KINDS for name in kind.OPTIONS)})


@dataclass(frozen=True)
class Cell:
    """A stretch of prose, number 0, or one code cell: these are counted from 1."""

    source: str
    line: int
    number: int = 0
    options: dict[str, str] = field(default_factory=dict)

    @property
    def is_code(self) -> bool:
        return self.number > 0


@dataclass(frozen=True)
class Chapter:
    """One page of one language, as its author wrote it, includes resolved."""

    path: Path
    cells: tuple[Cell, ...]
    is_notebook: bool
    prelude: str = ""  # code of earlier chapters, which this one runs and does not show

    @property
    def code(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_code]

    def error(self, cause: str, cell: Cell) -> PageError:
        return PageError(cause, path=self.path, line=cell.line, cell=cell.number)


def read_chapter(path: Path, snippets: Path, records: Path | None = None) -> Chapter:
    """Read `path`; code that stands in the folder `snippets` is brought in.

    A page without `jupyter:` in its front matter is one stretch of prose.
    """
    text = read_source(path)
    front, start = front_matter(text, path)
    line = text.count("\n", 0, start) + 1
    require_fences(text[start:], path, "jupyter" in front, line)
    if "jupyter" not in front:
        return Chapter(Path(path), (Cell(text[start:], line),), is_notebook=False)
    cells, number = [], 0
    for raw in jupytext.reads(text[start:].lstrip("\n"), fmt="md").cells:
        # At the start of a line: the same letters may stand in the cell's options.
        start = text.find("\n" + raw.source, start - 1) + 1
        line = text.count("\n", 0, start) + 1
        if raw.cell_type == "raw" or not start:  # no page shows it
            cause = f"Jupytext hides this from the page: {raw.source[:40]!r}"
            raise PageError(cause, path=path, line=line)
        start += len(raw.source)
        if raw.cell_type == "markdown":
            cells.append(Cell(raw.source, line))
            continue
        number += 1
        source = expand_includes(raw.source, snippets, path, line, number, records)
        _require_python(source, path, line, number)
        cells.append(Cell(source, line, number, _options(raw, path, line - 1, number)))
    return Chapter(Path(path), tuple(cells), is_notebook=True)


def _require_python(source: str, path: Path, line: int, number: int) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # of "\d": Pythons differ in what they say
            cause = "" if ast.parse(source).body else "has no code; leave it out"
    except SyntaxError as error:
        at, lines = error.lineno or 1, source.split("\n")
        text = lines[min(at, len(lines)) - 1].strip()
        cause = f"SyntaxError: {error.msg} (line {at} of the cell: {text})"
    except (RecursionError, MemoryError):
        cause = "Python cannot read it: too much inside one another; write it simpler"
    if cause:
        raise PageError(cause, path=path, line=line, cell=number)


def _options(raw: Any, path: Path, line: int, number: int) -> dict[str, str]:
    options, cause = dict(raw.metadata), ""
    options.pop("lines_to_next_cell", None)  # Jupytext's note on blank lines
    for name, value in options.items():
        if name == "incorrectly_encoded_metadata":
            cause = f'cannot read the options {value}; write name="..."'
        elif name not in OPTIONS:
            cause = f"unknown cell option '{name}'; use one of: {', '.join(OPTIONS)}"
        elif not isinstance(value, str):
            cause = f"the option '{name}' takes a text: write {name}=\"...\""
        elif name == "values":
            names = value.split()
            if len({*names}) < len(names) or not all(map(str.isidentifier, names)):
                cause = f'cannot read values="{value}"; write values="n total"'
        elif name == "limit" and not LIMIT.fullmatch(value):
            cause = f'cannot read limit="{value}"; write limit="120 s" or limit="2 min"'
        elif name != "short" and (mark := raw_mark(value)):
            cause = f"the option '{name}' is plain text and would show '{mark}'"
        if cause:
            raise PageError(cause, path=path, line=line, cell=number)
    return options

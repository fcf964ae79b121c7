"""Read a page's source: front matter, prose, code cells and their options."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import jupytext

from .errors import PageError
from .include import expand_includes
from .kernel import LIMIT

OPTIONS = {
    "alt": "what the figure shows, for those who cannot see it",
    "caption": "the figure's caption",
    "fold": "fold the code away behind this summary",
    "limit": "how long the cell may take in a build: \"120 s\"",
    "short": "a shorter version, for the live page: \"steps = 50; units = 8\"",
    "table": "caption of the table that the cell prints",
    "takes": "how long the cell takes in a browser: \"20 s\"",
    "values": "names of variables that the prose uses",
}
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{#([\w-]+)\})?\s*$")


@dataclass(frozen=True)
class Cell:
    """A stretch of prose or one code cell; `number` counts code cells from 1."""

    source: str
    line: int
    number: int | None = None
    options: dict | None = None

    @property
    def is_code(self):
        return self.number is not None


@dataclass(frozen=True)
class Chapter:
    """One page of one language, as its author wrote it, includes resolved."""

    path: Path
    cells: tuple
    is_notebook: bool

    @property
    def code(self):
        return [cell for cell in self.cells if cell.is_code]

    @property
    def prose(self):
        return [cell for cell in self.cells if not cell.is_code]

    def error(self, cause, cell):
        return PageError(cause, path=self.path, line=cell.line, cell=cell.number)


def read_chapter(path, snippets, records=None):
    """Read `path`; code that stands in the folder `snippets` is brought in.

    A page without `jupyter:` in its front matter is one stretch of prose.
    """
    text = Path(path).read_text(encoding="utf-8")
    front = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    start = front.end() if front else 0
    if not (front and re.search(r"^jupyter:", front[1], re.MULTILINE)):
        line = text.count("\n", 0, start) + 1
        return Chapter(Path(path), (Cell(text[start:], line),), is_notebook=False)
    cells, number, notebook = [], 0, jupytext.reads(text, fmt="md")
    if notebook.metadata.get("kernelspec", {}).get("language") != "python":
        cause = "a page with 'jupyter:' needs a kernelspec with 'language: python'"
        raise PageError(cause, path=path, line=1)
    for raw in notebook.cells:
        if raw.cell_type == "raw":
            continue
        if raw.source.startswith("%%"):  # Jupytext's mark for another language
            line = text.count("\n", 0, text.index("\n```", start - 1)) + 2
            cause = "only Python runs here; for anything else write ```text"
            raise PageError(cause, path=path, line=line)
        # At the start of a line: the same letters may stand in the cell's options.
        start = text.index("\n" + raw.source, start - 1) + 1
        line = text.count("\n", 0, start) + 1
        start += len(raw.source)
        if raw.cell_type == "markdown":
            cells.append(Cell(raw.source, line))
            continue
        number += 1
        source = expand_includes(raw.source, snippets, path, line, number, records)
        _require_python(source, path, line, number)
        cells.append(Cell(source, line, number, _options(raw, path, line - 1, number)))
    return Chapter(Path(path), tuple(cells), is_notebook=True)


def _require_python(source, path, line, number):
    try:
        cause = "" if ast.parse(source).body else "has no code; leave it out"
    except SyntaxError as error:
        text = source.splitlines()[(error.lineno or 1) - 1].strip()
        cause = f"SyntaxError: {error.msg} (line {error.lineno} of the cell: {text})"
    if cause:
        raise PageError(cause, path=path, line=line, cell=number)


def _options(raw, path, line, number):
    options = dict(raw.metadata)
    options.pop("lines_to_next_cell", None)  # Jupytext's note on blank lines
    for name in options:
        if name not in OPTIONS:
            known = ", ".join(OPTIONS)
            cause = f"unknown cell option '{name}'; use one of: {known}"
            raise PageError(cause, path=path, line=line, cell=number)
        if not isinstance(options[name], str):
            cause = f"the option '{name}' takes a text: write {name}=\"...\""
            raise PageError(cause, path=path, line=line, cell=number)
    limit = options.get("limit", "60 s")
    if not LIMIT.fullmatch(limit):
        cause = f'cannot read limit="{limit}"; write limit="120 s" or limit="2 min"'
        raise PageError(cause, path=path, line=line, cell=number)
    return options


def headings(chapter):
    """List (line, level, text, id) of the headings in a chapter's prose."""
    found = []
    for cell in chapter.prose:
        fenced = False
        for offset, line in enumerate(cell.source.splitlines()):
            fenced ^= line.lstrip().startswith(("```", "~~~"))
            match = None if fenced else HEADING.match(line)
            if match:
                level, text, name = len(match[1]), match[2], match[3]
                found.append((cell.line + offset, level, text, name))
    return found

"""All code of `snippets/` as one program: what chapters use without showing it."""

from collections.abc import Iterator
from pathlib import Path

from builder.errors import PageError
from builder.notebook.code_key import imported
from builder.notebook.include import extract
from builder.program.statement import Statement, statements_of
from builder.source import read_source

MAKERS = "train_all.py", "record.py", "trainings.py", "machine.py"  # of records


def library(snippets: Path, records: Path | None = None) -> list[Statement]:
    """Return the statements of all modules, each after those that it imports.

    They share one space of names, so no two may give one name, but by an import. Who
    makes the records is left out.
    """
    folders = [Path(snippets), Path(records or Path(snippets, "records"))]
    files = {path.stem: path for folder in folders for path in folder.glob("*.py")}
    found: list[Statement] = []
    given: dict[str, Path] = {}
    for path in _in_order(files):
        if path.name in MAKERS:
            continue
        for one in statements_of(extract(read_source(path)) or "", path.name):
            for name in () if one.is_import else one.names.gives:
                if (first := given.setdefault(name, path)) != path:
                    cause = f"gives the name '{name}', as {first.name} does; "
                    cause += "chapters know both files, so call one of them otherwise"
                    raise PageError(cause, path=path)
            found.append(one)
    return found


def _in_order(files: dict[str, Path]) -> Iterator[Path]:
    """Each module after those that it imports."""
    done: dict[str, None] = {}

    def visit(name: str) -> Iterator[Path]:
        if name in done or name not in files:
            return
        done[name] = None
        for other in sorted(_imported(files[name])):
            yield from visit(other)
        yield files[name]

    for name in sorted(files):
        yield from visit(name)


def _imported(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    return {name.rpartition(".")[2] for name in imported(text)}

"""All code of `snippets/` as one program: what chapters use without showing it."""

from pathlib import Path

from builder.errors import PageError
from builder.notebook.code_key import in_order
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
    for path in in_order(files, files):
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

"""The recorded trainings: which folder of them is true of the code as it stands.

The project brings `snippets/records`. Where code, settings or a file differ, what does
not fit is trained into the cache before any cell runs, and the build says so.
"""

import ast
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from filelock import FileLock

from builder.errors import PageError
from builder.notebook.chapter import Chapter
from builder.notebook.code_key import behind, canonical, code_key

MAKER = "train_all.py"
TRAINER, LIST = "record.py", "trainings.py"


class Records:
    """A folder of records; `index` says what made each file of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self.index: dict[str, Any] = {"files": {}}
        try:
            text = Path(folder, "index.json").read_text(encoding="utf-8")
            self.index = json.loads(text)
        except (OSError, ValueError):
            pass  # no folder of records, or a damaged one: nothing in it fits

    def fit(self, everything: str) -> bool:
        """Tell whether all files are there, undamaged, and of the code as it stands."""
        return self.index.get("all") == everything and all(
            self._sha256(name) == known["sha256"]
            for name, known in self.index["files"].items()
        )

    def _sha256(self, name: str) -> str | None:
        try:
            return hashlib.sha256((self.folder / name).read_bytes()).hexdigest()
        except OSError:
            return None

    @property
    def digest(self) -> str:
        """A hash of all that is in the folder, for keys."""
        text = json.dumps(self.index, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def read_by_pages(self) -> list[Path]:
        """The files with parameters: what a page reads, and a browser needs."""
        return [self.folder / name for name in self.settings]

    @property
    def settings(self) -> dict[str, dict[str | None, str]]:
        """What each file with parameters was trained with."""
        files = self.index["files"].items()
        texts = {n: one["settings"] for n, one in files if one.get("parameters")}
        made = {n: calls(ast.parse(text), "Settings") for n, text in texts.items()}
        return {name: arguments(call) for name, (call,) in made.items()}


def records_in_use(snippets: Path, cache: Path) -> Records:
    """Return the project's records if they fit, else train what does not."""
    snippets, cache = Path(snippets), Path(cache)
    own = Records(snippets / "records")
    code, everything = keys(snippets)
    if own.fit(everything) or not (snippets / MAKER).is_file():
        return own
    folder = cache / "records" / everything
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / "records.lock"):  # builds side by side train once
        if not Records(folder).fit(everything):
            print("Not every record of a training fits the code:", flush=True)
            make(snippets, folder, code, everything, "--from", own.folder, "--leash")
    return Records(folder)


def keys(snippets: Path) -> tuple[str, str]:
    """Hash the code behind each model's trainings, as JSON, and all with their list."""
    codes = {
        name: code_key(snippets, TRAINER, file)
        for name, file in models(snippets).items()
    }
    return json.dumps(codes), code_key(snippets, MAKER)


def models(snippets: Path) -> dict[str, str]:
    """Name the file of each model that is trained: what the list of trainings imports.

    So a new model, or a change in one, leaves the records of the others as they are.
    """
    listed = Path(snippets, LIST)
    text = listed.read_text(encoding="utf-8") if listed.is_file() else ""
    imports = [n for n in ast.parse(text).body if isinstance(n, ast.ImportFrom)]
    return {one.name: f"{node.module}.py" for node in imports for one in node.names}


def behind_training(snippets: Path) -> set[Path]:
    """Find the code behind all trainings: the models too, but not the list of them."""
    return behind(snippets, TRAINER, LIST) - {Path(snippets, LIST)}


def make(snippets: Path, folder: Path, *arguments: str | Path) -> None:
    """Run the maker of records; it ends when this process does."""
    command = [sys.executable, snippets / MAKER, folder, *arguments]
    own = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    with tempfile.TemporaryDirectory() as fresh:
        # What Python compiled of code that was changed within a second is out of date.
        own["PYTHONPYCACHEPREFIX"] = fresh
        with subprocess.Popen(
            list(map(str, command)), stdin=subprocess.PIPE, env=os.environ | own
        ) as running:
            code = running.wait()
    if code:
        cause = f"the trainings of the pages failed (exit code {code}); see above"
        raise PageError(cause, path=snippets / MAKER)


def require_recorded(chapter: Chapter, snippets: Path, records: Records) -> None:
    """A page may ask for what was recorded, and not define anew what made it."""
    trees = [ast.parse(cell.source) for cell in chapter.code]
    if not any(calls(tree, "replay") for tree in trees):
        return
    known = records.settings.values()
    for cell, tree in zip(chapter.code, trees):
        for call in calls(tree, "Settings"):
            if not any(arguments(call).items() <= one.items() for one in known):
                cause = f"asks for a training that is not recorded: {ast.unparse(call)}"
                cause += "; add it to RUNS in snippets/trainings.py"
                raise chapter.error(cause, cell)
    recorded = {}
    for file in behind_training(snippets):
        for node in definitions(ast.parse(file.read_text(encoding="utf-8"))):
            recorded[node.name] = file.name, canonical(node)
    for cell, tree in zip(chapter.code, trees):
        for node in definitions(tree):
            name, code = recorded.get(node.name, ("", canonical(node)))
            if code != canonical(node):
                cause = f"defines '{node.name}' other than snippets/{name}, with which "
                cause += "the records were made that this page reads: change it there, "
                cause += "or give this one another name"
                raise chapter.error(cause, cell)


def calls(tree: ast.AST, name: str) -> list[ast.Call]:
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [node for node in found if getattr(node.func, "id", None) == name]


def arguments(call: ast.Call) -> dict[str | None, str]:
    """The arguments of a call of Settings that are written out, as text.

    None names what is unpacked (`**more`), and no record has it.
    """
    given: dict[str | None, ast.expr] = {"model": call.args[0]} if call.args else {}
    given |= {one.arg: one.value for one in call.keywords}
    return {name: ast.unparse(value) for name, value in given.items()}


def definitions(tree: ast.Module) -> list[ast.FunctionDef | ast.ClassDef]:
    return [n for n in tree.body if isinstance(n, (ast.FunctionDef, ast.ClassDef))]


def main() -> None:
    """Train everything anew into the project's own folder: `make train`."""
    snippets = Path(__file__).resolve().parents[2] / "snippets"
    make(snippets, snippets / "records", *keys(snippets), *sys.argv[1:], "--leash")


if __name__ == "__main__":
    main()

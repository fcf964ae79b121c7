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
from pathlib import Path

from filelock import FileLock

from .code_key import behind, canonical, code_key
from .errors import PageError

MAKER = "train_all.py"


class Records:
    """A folder of records; `index` says what made each file of it."""

    def __init__(self, folder):
        self.folder, self.index = Path(folder), {"files": {}}
        try:
            text = Path(folder, "index.json").read_text(encoding="utf-8")
            self.index = json.loads(text)
        except (OSError, ValueError):
            pass  # no folder of records, or a damaged one: nothing in it fits

    def fit(self, everything):
        """Tell whether all files are there, undamaged, and of the code as it stands."""
        return self.index.get("all") == everything and all(
            self._sha256(name) == known["sha256"]
            for name, known in self.index["files"].items()
        )

    def _sha256(self, name):
        try:
            return hashlib.sha256((self.folder / name).read_bytes()).hexdigest()
        except OSError:
            return None

    @property
    def digest(self):
        """A hash of all that is in the folder, for keys."""
        text = json.dumps(self.index, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def read_by_pages(self):
        """The files with parameters: what a page reads, and a browser needs."""
        files = self.index["files"].items()
        return [self.folder / name for name, known in files if known.get("parameters")]


def records_in_use(snippets, cache):
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


def keys(snippets):
    """Hash the code behind one training, and that with the list of trainings."""
    return code_key(snippets, "record.py"), code_key(snippets, MAKER)


def make(snippets, folder, *arguments):
    """Run the maker of records; it ends when this process does."""
    one_thread = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, snippets / MAKER, folder, *arguments]
    with subprocess.Popen(
        list(map(str, command)), stdin=subprocess.PIPE, env=os.environ | one_thread
    ) as running:
        code = running.wait()
    if code:
        cause = f"the trainings of the pages failed (exit code {code}); see above"
        raise PageError(cause, path=snippets / MAKER)


def require_recorded_code(chapter, snippets):
    """A page that reads records may not define anew what they were made with."""
    trees = [ast.parse(cell.source) for cell in chapter.code]
    calls = (node for tree in trees for node in ast.walk(tree))
    if not any(getattr(getattr(c, "func", None), "id", "") == "replay" for c in calls):
        return
    recorded = {}
    for file in behind(snippets, "record.py"):
        for node in definitions(ast.parse(file.read_text(encoding="utf-8"))):
            recorded[node.name] = file.name, canonical(node)
    for cell, tree in zip(chapter.code, trees):
        for node in definitions(tree):
            file, code = recorded.get(node.name, ("", canonical(node)))
            if code != canonical(node):
                cause = f"defines '{node.name}' other than snippets/{file}, with which "
                cause += "the records were made that this page reads: change it there, "
                cause += "or give this one another name"
                raise chapter.error(cause, cell)


def definitions(tree):
    return [n for n in tree.body if isinstance(n, (ast.FunctionDef, ast.ClassDef))]


def main():
    """Train everything anew into the project's own folder: `make train`."""
    snippets = Path(__file__).resolve().parents[2] / "snippets"
    make(snippets, snippets / "records", *keys(snippets), *sys.argv[1:], "--leash")


if __name__ == "__main__":
    main()

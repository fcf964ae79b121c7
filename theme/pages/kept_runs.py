"""Trainings are run once for all pages, and again when their code changes."""

import ast
import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np


def train_all(snippets, cache):
    """Name the folder of kept trainings to the pages, and train what is not there."""
    script = Path(snippets, "replay.py")
    if not script.is_file() or "KEPT_RUNS" in os.environ:
        return
    folder = Path(cache, "runs", code_key(snippets, script))
    os.environ["KEPT_RUNS"] = str(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with Path(cache, "runs.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # builds side by side train once
        if not Path(folder, "complete").exists():
            print("Training the models of the pages (once)", flush=True)
            subprocess.run([sys.executable, script], check=True)
            for other in folder.parent.iterdir():
                if other != folder:
                    shutil.rmtree(other)


def code_key(snippets, script):
    """Name what a training depends on: the code behind a script, NumPy, the machine."""
    key = hashlib.sha256(f"{np.__version__} {platform.machine()}".encode())
    for file in sorted(behind(snippets, script)):
        key.update(without_docstrings(file.read_text(encoding="utf-8")).encode())
    return key.hexdigest()[:20]


def behind(snippets, script):
    """Find the files that a script imports from its folder, and those that they do."""
    found, open_ = set(), [Path(script)]
    while open_:
        file = open_.pop()
        found.add(file)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                other = Path(snippets, f"{node.module}.py")
                if other.is_file() and other not in found:
                    open_.append(other)
    return found


def without_docstrings(code):
    """Return code whose comments, docstrings and layout cannot matter.

    >>> without_docstrings('"Adds."\\nx = 1 +  1  # two')
    'x = 1 + 1'
    """
    tree = ast.parse(code)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            if isinstance(getattr(body[0].value, "value", None), str):
                node.body = body[1:]
    return ast.unparse(tree)

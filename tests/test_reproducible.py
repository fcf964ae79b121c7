"""Two builds of one commit are byte for byte the same, wherever and whenever."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Moves the clock of a whole Python process, before anything is imported.
LATER = """
import datetime, time
real, shift = time.time, 400 * 86400.0 + 12345.6
time.time = lambda: real() + shift
class later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromtimestamp(real() + shift, tz)
    @classmethod
    def utcnow(cls):
        return cls.now()
class date(datetime.date):
    @classmethod
    def today(cls):
        return later.now().date()
datetime.datetime, datetime.date = later, date
"""


def digests(site):
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_a_build_elsewhere_and_later_gives_the_same_bytes(site, tmp_path):
    copy = tmp_path / "another folder"
    copy.mkdir()
    for name in ("docs", "snippets", "theme"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, copy / name, ignore=ignore)
    shutil.copy(ROOT / "mkdocs.yml", copy)
    clock = tmp_path / "clock"
    clock.mkdir()
    (clock / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONPATH": str(clock),
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
    }
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    done = subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert digests(copy / "site") == digests(site)

"""Two builds of one commit are byte for byte the same, wherever and whenever."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import small_site

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


def build(folder, environment, clock):
    """Build in a folder: later, elsewhere on Earth, by somebody with other settings."""
    clock.mkdir()
    (clock / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    own = {"PYTHONPATH": str(clock), "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q"],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **own, **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return digests(folder / "site")


def test_a_build_elsewhere_and_later_gives_the_same_bytes(site, tmp_path):
    """Cells run anew in the small site below; here, what the build makes of them."""
    copy = tmp_path / "another folder"
    for name in ("docs", "snippets", "theme", ".cache"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, copy / name, ignore=ignore)
    shutil.rmtree(copy / ".cache/live")  # packed anew
    shutil.copy(ROOT / "mkdocs.yml", copy)
    assert build(copy, {}, tmp_path / "clock") == digests(site)


DRAWN = """import matplotlib.pyplot as plt
plt.plot([1, 2], label=str({"b", "a", "c"}))
plt.legend()
plt.show()
print(cats + 1)"""


def test_cells_give_the_same_bytes_for_who_has_other_settings(tmp_path):
    """Of Matplotlib, IPython, Python and the system: each of these would show."""
    folders = [small_site.make(tmp_path / name) for name in ("one", "another one")]
    for folder in folders:
        for name in ("docs/pt/cats.md", "docs/en/cats.md"):
            cell = f'```python caption="x" alt="A line that goes up."\n{DRAWN}'
            small_site.change(folder, name, "```python\nprint(cats + 1)", cell)
    first = small_site.build(folders[0])
    assert first.returncode == 0, first.stderr
    start = "cats = 'dogs'; print('Bom dia'); import warnings; warnings.warn('miau')"
    home = tmp_path / "home"
    settings = {
        ".config/matplotlib/matplotlibrc": "lines.linewidth: 9\nfont.size: 30\n",
        ".ipython/profile_default/startup/00.py": start,
        "startup.py": start,
    }
    small_site.write(home, settings)
    umask = os.umask(0o077)
    try:
        environment = {
            "HOME": str(home),
            "MATPLOTLIBRC": str(home / ".config/matplotlib/matplotlibrc"),
            "IPYTHONDIR": str(home / ".ipython"),
            "PYTHONSTARTUP": str(home / "startup.py"),
            "PYTHONWARNINGS": "error",
            "PYTHONOPTIMIZE": "2",
        }
        second = build(folders[1], environment, tmp_path / "clock")
    finally:
        os.umask(umask)
    assert second == digests(folders[0] / "site")

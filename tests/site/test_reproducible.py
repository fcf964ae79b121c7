"""Two builds of one commit are byte for byte the same, wherever and whenever."""

import os

import small_site
from elsewhere import (
    OLDEST,
    PLAIN,
    X86,
    before_cells,
    build,
    copy_project,
    different,
    files,
    keep_cells,
    told,
)

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


def later(folder):
    """The environment of a build that runs later, elsewhere on Earth."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(LATER, encoding="utf-8")
    return {"PYTHONPATH": str(folder), "TZ": "Pacific/Auckland", "LC_ALL": "C"}


def test_a_build_elsewhere_later_and_on_an_old_processor_gives_the_same_bytes(
    site, tmp_path
):
    """Each kernel proves what it runs on; Portuguese cells are kept from here.

    They are the English ones but for texts; `make anywhere` runs both.
    """
    copy, variant = copy_project(tmp_path / "another folder"), OLDEST if X86 else PLAIN
    before_cells(copy, LATER, variant.proof())
    keep_cells(copy, "pt")
    second = build(copy, variant, **later(tmp_path / "clock"))
    found = different(files(site), second)
    assert not found, f"the second build differs from the first:\n{told(found)}"


def test_where_two_sites_differ_is_told_by_file_and_line():
    ours = {"a.html": b"<p>\n0.333\n", "b.html": b"", "c.html": b"same"}
    theirs = {"a.html": b"<p>\n0.334\n", "c.html": b"same"}
    assert told(different(ours, theirs)).splitlines() == [
        "  a.html, line 2, character 5: '0.333\\n' and '0.334\\n'",
        "  b.html, is missing in the second",
    ]


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
        environment |= later(tmp_path / "clock")
        second = build(folders[1], PLAIN, **environment)
    finally:
        os.umask(umask)
    found = different(files(folders[0] / "site"), second)
    assert not found, told(found)

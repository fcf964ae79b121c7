"""What a cell may do and how much: its limits, its folder, its environment."""

import json
import os
import tempfile
from pathlib import Path

import nbformat
import pytest
import small_site
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from traitlets.config import PyFileConfigLoader

from builder.errors import PageError
from builder.notebook import kernel, run
from builder.notebook.chapter import Cell, Chapter, read_chapter

NOTEBOOK = kernel.KERNELS.parent


def chapter_of(*sources, **options):
    cells = [Cell(s, 10 * n, n, options) for n, s in enumerate(sources, start=1)]
    return Chapter(Path("docs/pt/page.md"), tuple(cells), is_notebook=True)


def run_cells(*sources, **options):
    """Run cells as a page runs them; return {number: Result} or raise a PageError."""
    chapter = chapter_of(*sources, **options)
    return run.results({"cells": executed(chapter)}, chapter)


def executed(chapter):
    notebook = run.runnable(chapter)
    config = PyFileConfigLoader("jupyter_nbconvert_config.py", str(NOTEBOOK))
    nb = nbformat.reads(notebook, as_version=4)
    client = NotebookClient(nb, config=config.load_config())
    try:
        client.execute()
    except CellExecutionError as error:
        raise run.explain_failure(error, chapter, notebook) from error
    return nb["cells"]


# What each of these does must be refused, with these words.
REFUSED = {
    "urllib": ("urlopen('http://127.0.0.1:9')", "may not use the network"),
    "connect": ("socket.socket().connect(('127.0.0.1', 9))", "the network"),
    "bind": ("socket.socket().bind(('127.0.0.1', 0))", "the network"),
    "look up": ("socket.getaddrinfo('localhost', 80)", "the network"),
    "subprocess": ("subprocess.run([sys.executable, '-V'])", "start or end a process"),
    "system": ("os.system('exit')", "start or end a process"),
    "kill": ("os.kill(os.getpid(), 0)", "start or end a process"),
    "spawn": (
        "multiprocessing.get_context('spawn').Process(target=print).start()",
        "start or end a process",
    ),
    "write": ("open(outside, 'w')", "in its own folder only"),
    "append": ("outside.open('a')", "in its own folder only"),
    "low level": ("os.open(outside, os.O_RDWR)", "in its own folder only"),
    "numpy": ("np.save(outside.with_name('x'), np.ones(1))", "its own folder only"),
    "way round": ("open(f'../{outside.parent.name}/x', 'w')", "own folder only"),
    "copy": ("shutil.copy(outside, outside.with_name('x'))", "own folder only"),
    "remove": ("outside.unlink()", "in its own folder only"),
    "rename": ("outside.rename('here')", "in its own folder only"),
    "folder": ("outside.with_name('x').mkdir()", "in its own folder only"),
    "tree": ("shutil.rmtree(outside.parent)", "in its own folder only"),
    "database": ("sqlite3.connect(outside)", "in its own folder only"),
}
if hasattr(os, "fork"):
    REFUSED["fork"] = ("os.fork() or os._exit(0)", "start or end a process")
    REFUSED["exec"] = ("os.execv('/bin/true', ['true'])", "start or end a process")
ALLOWED = {
    "read": "outside.read_text()",
    "write": "Path('own').write_text('x')",
    "rename": "Path('own').rename('other')",
    "folder": "shutil.rmtree(tempfile.mkdtemp())",
    "home": "Path('~/x').expanduser().write_text('x')",
    "unnamed": "tempfile.TemporaryFile().write(b'x')",
    "numpy": "np.save('x', np.ones(1))",
    "nowhere": "open(os.devnull, 'w').write('x')",
    "database": "sqlite3.connect(':memory:').close()",
    "threads": "list(ThreadPoolExecutor().map(len, ['x']))",
}
ATTEMPTS = """
import json, multiprocessing, os, shutil, socket, sqlite3, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen
import numpy as np
outside, told = Path(OUTSIDE), {}
for name, code in CODES.items():
    try:
        exec(code)
    except Exception as error:
        told[name] = str(error)
print(json.dumps(told).replace(str(outside.parent), ""))
"""


def test_a_cell_reaches_no_network_no_process_and_no_file_of_others(tmp_path):
    outside = tmp_path / "theirs"
    outside.write_text("kept", encoding="utf-8")
    codes = {f"may {name}": code for name, code in ALLOWED.items()}
    codes |= {name: code for name, (code, _) in REFUSED.items()}
    given = f"OUTSIDE, CODES = {str(outside)!r}, {codes!r}"
    told = json.loads(run_cells(given + ATTEMPTS)[1].text)
    assert told.keys() == REFUSED.keys()
    for name, (_, words) in REFUSED.items():
        assert "a cell may" in told[name] and words in told[name], told[name]
    assert [path.name for path in tmp_path.iterdir()] == ["theirs"]
    assert outside.read_text(encoding="utf-8") == "kept"


def test_a_cell_gets_an_environment_of_what_it_needs_and_no_more(monkeypatch):
    foreign = {"SECRET_TOKEN", "PATH", "USER", "PYTHONWARNINGS", "LC_ALL", "MPLSTYLE"}
    for name in foreign:
        monkeypatch.setenv(name, "default")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    names = set(run_cells("import os\nprint(*os.environ)")[1].text.split())
    assert {"HOME", "TMPDIR", "IPYTHONDIR", "OMP_NUM_THREADS"} <= names
    assert not foreign & names


def test_the_folder_of_a_cell_is_gone_after_it():
    own = run_cells(
        "open('meow', 'w').write('x' * 9);", "print(len(open('meow').read()))"
    )
    assert own[2].text == "9\n"
    assert not list(Path(tempfile.gettempdir()).glob(f"{kernel.FOLDER}*/meow"))


# What a cell does, and what the build then says of it.
ENDS = {
    "leaves": ("exit()", "may not end the page's Python; leave exit() out"),
    "raises SystemExit": ("raise SystemExit", "end the page's Python; leave it out"),
    "prints much": (
        "while True:\n    print('x' * 99)",
        r"TooMuchOutput: prints more than 1,000,000 characters; print less "
        "(line 2 of the cell: print('x' * 99))",
    ),
    "prints much and goes on": (
        "try:\n    print('x' * 10**7)\nexcept Exception:\n    pass",
        "prints more than 1,000,000 characters; print less",
    ),
    "prints much below Python": (
        "import os\nfor _ in range(300):\n    os.write(1, b'x' * 4999)",
        "prints more than 1,000,000 characters; print less",
    ),
    "draws much": (
        "display({'image/svg+xml': '<svg>' + ' ' * 6_000_000}, raw=True)",
        "draws 6 MB; 5 MB are the most a cell may draw: draw fewer points",
    ),
}


@pytest.mark.parametrize("fault", ENDS)
def test_a_cell_that_does_too_much_is_named(fault, capfd):
    code, words = ENDS[fault]
    with pytest.raises(PageError) as raised:
        run_cells("print(1)", code)
    assert str(raised.value).startswith("docs/pt/page.md:20: cell 2: ")
    assert words in str(raised.value)


LEAKS = {
    "the working directory": "import os; print(os.getcwd())",
    "the temporary folder": "import tempfile; print(tempfile.gettempdir())",
    "the home folder": "from pathlib import Path; print([Path.home()])",
    "the environment": "import os; print(os.environ)",
    "a package's file": "import numpy as np; print(np.__file__)",
    "a library's file": "import json; print(json.__file__)",
    "the interpreter": "import sys; print(sys.executable)",
    "the path": "import sys; print(sys.path)",
    "the name of a code": "f = lambda: 1; print(f.__code__.co_filename)",
    "a traceback": "import traceback\ntry:\n    1 / 0\nexcept Exception:\n"
    "    print(traceback.format_exc())",
}


def test_a_path_of_the_building_machine_is_no_output():
    chapter = chapter_of(*LEAKS.values())
    printed = executed(chapter)
    for cell in chapter.code:
        alone = [raw for raw in printed if raw["metadata"]["page_cell"] == cell.number]
        words = f":{cell.line}: cell {cell.number}: prints a path of this machine: "
        with pytest.raises(PageError, match=words):
            run.results({"cells": alone}, chapter)


@pytest.mark.parametrize("form", ["{}", "a,{}/x.py:3", '<text>"{}"</text>'])
def test_a_path_is_found_in_texts_figures_and_values(form):
    path = str(kernel.ROOT / "docs")
    text = form.format(path)
    for outputs in (
        {"output_type": "stream", "name": "stdout", "text": text},
        {"output_type": "display_data", "data": {"image/svg+xml": text}},
        {"output_type": "display_data", "data": {run.VALUES: {"here": text}}},
    ):
        raw = {"metadata": {"page_cell": 1}, "outputs": [outputs]}
        with pytest.raises(PageError, match=f"this machine: .*{path}"):
            run.results({"cells": [raw]}, chapter_of("x"))


@pytest.mark.parametrize("text", ["/", "/usr/bin", "docs/pt", "~/x", "C:\\x", "page"])
def test_a_path_that_other_machines_have_may_be_shown(text):
    assert not kernel.paths_of_this_machine().search(text)


def test_windows_paths_are_found_as_they_are_printed(monkeypatch):
    monkeypatch.setattr(kernel, "ROOT", "C:\\Users\\Ana\\site")
    monkeypatch.setattr(kernel.os.path, "abspath", str)
    monkeypatch.setattr(kernel.os.path, "realpath", str)
    for form in (
        "C:\\Users\\Ana\\site\\x",
        r"C:\\Users\\Ana\\site",
        "C:/Users/Ana/site",
    ):
        assert kernel.paths_of_this_machine().search(f"in {form!s} ")[0] == form


@pytest.mark.parametrize(
    ("limit", "seconds"), [("1 s", 1), ("120 s", 120), ("2 min", 120)]
)
def test_a_fence_says_how_long_its_cell_may_take(limit, seconds):
    (cell,) = json.loads(run.runnable(chapter_of("x", limit=limit)))["cells"]
    assert kernel.time_limit(cell) == seconds
    del cell["metadata"]["limit"]
    assert kernel.time_limit(cell) == 60


@pytest.mark.parametrize("limit", ["", "0 s", "60", "60s", "1.5 min", "1 h", "-1 s"])
def test_a_limit_that_cannot_be_read_is_an_error(limit, tmp_path):
    page = small_site.CATS_EN.replace('python values="cats"', f'python limit="{limit}"')
    small_site.write(tmp_path, {"cats.md": page, "small.py": small_site.SNIPPET})
    words = rf'cats.md:16: cell 1: cannot read limit="{limit}"; write limit="120 s" or'
    with pytest.raises(PageError, match=words):
        read_chapter(tmp_path / "cats.md", tmp_path)


WHERE = "ERROR   -  docs/pt/cats.md:27: cell 2: "
BUILDS = {
    'limit="1 s"\nwhile True:\n    pass': "still runs after 1 s; make it shorter, or "
    'allow it more: limit="2 s"',
    "\nimport os\nos._exit(3)": "ended the Python that runs the page (exit code 3: "
    "os._exit(), a crash or too little memory)",
    "\nimport os\nprint(os.getcwd())": "prints a path of this machine: ",
}


@pytest.mark.parametrize("code", BUILDS)
def test_a_build_stops_at_a_cell_without_end_and_keeps_nothing(tmp_path_factory, code):
    site = small_site.copy(tmp_path_factory)
    kept = set((site / ".cache/pt").iterdir())
    for page in ("docs/pt/cats.md", "docs/en/cats.md"):
        old = "```python\nprint(cats + 1)"
        small_site.change(site, page, old, f"```python {code}")
    built = small_site.build(site, "-q")
    assert built.returncode == 1
    assert built.stderr.startswith(f"{WHERE}{BUILDS[code]}")
    assert built.stderr.count("\n") == 1
    assert set((site / ".cache/pt").iterdir()) == kept


def test_a_secret_of_the_build_is_nowhere_in_it(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "s3cr3t")
    site = small_site.copy(tmp_path_factory)
    for page in ("docs/pt/cats.md", "docs/en/cats.md"):
        new = "import os\nprint([v for v in os.environ.values() if len(v) < 9])"
        small_site.change(site, page, "print(cats + 1)", new)
    built = small_site.build(site, "-q")
    assert (built.returncode, built.stderr) == (0, "")
    texts = ["cats.html", "cats.ipynb", "cats.py"]
    files = [site / "site" / name for name in texts] + [*(site / ".cache/pt").iterdir()]
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert "s3cr3t" not in text
    assert "UTC" in (site / "site/cats.html").read_text(encoding="utf-8")

"""Live Python in a real browser, from a folder without a network and from a server."""

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import firefox
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import AXE, until
from conftest import Visit

from builder.live import packs

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = [
    f"{folder}{path.stem}.html"
    for language, folder in (("pt", ""), ("en", "en/"))
    for path in sorted((ROOT / "docs" / language).glob("*.md"))
    if "```python" in path.read_text(encoding="utf-8")
]
DRAWS = ":scope > .output figure"
SETTLED = """numbers => {
  const cells = [...document.querySelectorAll(".cell")];
  return (numbers ?? [...cells.keys()]).every(at => /same|different|error|unrun/.test(
    cells[at].querySelector(".live-status")?.dataset.state));
}"""


class Notebook:
    """A page of the site, driven as a reader would; cells count from 1."""

    def __init__(self, tab, name=None):
        self.tab, self.page = tab, tab.open(name) if name else tab.page
        self.requests = []
        self.page.on("request", lambda request: self.requests.append(request.url))

    def cell(self, number):
        return self.page.locator(".cell").nth(number - 1)

    def fold(self, number):
        return self.cell(number).locator(":scope > details:not(.live-older)")

    def open(self, number):
        if self.fold(number).and_(self.page.locator(":not([open])")).count():
            self.fold(number).locator("summary").click()

    def press(self, number, action):
        self.open(number)
        button = self.cell(number).locator(f"[data-live={action}]")
        if button.locator("xpath=ancestor::*[@popover]").count():
            self.cell(number).locator("[popovertarget]").click()
        button.click()

    def settled(self, number=None):
        numbers = None if number is None else [number - 1]
        until(self.page, SETTLED, numbers, seconds=240)

    def run(self, number):
        self.press(number, "run")
        self.settled(number)

    def write(self, number, code):
        """Replace a cell's code and run it, with the keyboard."""
        self.press(number, "edit")
        editor = self.cell(number).locator(".cm-content")
        editor.focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(code)
        self.page.keyboard.press("Shift+Enter")

    def state(self, number):
        return self.cell(number).locator(".live-status").get_attribute("data-state")

    def status(self, number):
        return self.cell(number).locator(".live-status").inner_text()

    def cells_with(self, code):
        texts = self.page.locator(".cell > .highlight, .cell > details .highlight")
        found = enumerate(texts.all_text_contents(), 1)
        return [number for number, text in found if code in text]

    def first(self, selector):
        """Return the number of the first cell that has this."""
        cell = self.page.locator(f".cell:has({selector})").first
        index = "node => [...document.querySelectorAll('.cell')].indexOf(node)"
        return 1 + cell.evaluate(index)

    def edit(self, number, old, new):
        """Change a cell's code in one place and run it."""
        code = self.cell(number).locator(".highlight code").text_content()
        assert old in code
        self.write(number, code.rstrip().replace(old, new))
        self.settled(number)

    def gives(self, number, code):
        """Write a cell, run it, and return what came out, as text."""
        self.write(number, code)
        self.settled(number)
        return self.output(number).inner_text()

    def output(self, number):
        return self.cell(number).locator(":scope > .output:visible")


@pytest.fixture
def notebook(visit, site):
    """Open a chapter from the folder, with no network at all."""

    def new(name="en/self-attention.html", **options):
        tab = visit(f"{site.as_uri()}/", **options)
        tab.context.set_offline(True)
        return Notebook(tab, name)

    return new


@pytest.fixture(scope="module")
def tab(chromium, site):
    tab = Visit(chromium, f"{site.as_uri()}/")
    tab.context.set_offline(True)
    yield tab
    tab.context.close()


@pytest.fixture
def one(tab):
    """A chapter that several tests share: each begins with all as on the page."""
    if tab.page.url == "about:blank":
        one = Notebook(tab, "en/self-attention.html")
    else:
        one = Notebook(tab)
        one.page.get_by_role("button", name="Start again").click()
    yield one
    assert not tab.foreign and not tab.errors
    one.page.locator("[data-live=reset]").evaluate_all(
        "all => all.map(one => one.click())"
    )
    one.page.locator("details[open]").evaluate_all(
        "all => all.map(one => one.open = 0)"
    )


# --- what is shipped


def manifest():
    return json.loads((packs.RUNTIME / "manifest.json").read_text(encoding="utf-8"))


def test_the_runtime_is_pyodides_own():
    """Wheels against Pyodide's lock file, the rest against the manifest."""
    lock = json.loads((packs.RUNTIME / "pyodide-lock.json").read_text(encoding="utf-8"))
    assert lock["info"]["version"] == "0.27.7"
    locked = {p["file_name"]: p for p in lock["packages"].values()}
    entries = {entry["file"]: entry for entry in manifest()}
    ours = {p.name for p in packs.RUNTIME.iterdir() if p.is_file()}
    ours |= {f"fonts/{p.name}" for p in packs.RUNTIME.glob("fonts/*.woff2")}
    assert ours - {"manifest.json", "compile.py"} == set(entries)
    for name, entry in entries.items():
        digest = sha256((packs.RUNTIME / name).read_bytes()).hexdigest()
        assert digest == entry["sha256"], name
        assert all(entry[key] for key in ("name", "version", "licence", "source"))
        if name.endswith(".whl"):
            assert digest == locked[name]["sha256"], name
            assert entry["version"] == locked[name]["version"]


def test_every_packed_file_is_a_file_of_pyodide():
    """Packs leave files out and change none; compiled ones have a test of their own."""
    official = {}
    for path in packs.RUNTIME.iterdir():
        official[path.name] = path.read_bytes() if path.is_file() else None
        if path.suffix in (".whl", ".zip"):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    short = re.sub("^python3.*?(site-packages|[.]zip)/", "", name)
                    official[short] = archive.read(name)
    made = packs.packs()
    assert list(made) == ["script", "wasm", "python", "numpy", "matplotlib"]
    with zipfile.ZipFile(io.BytesIO(made["python"]["python_stdlib.zip"])) as library:
        made["library"] = {name: library.read(name) for name in library.namelist()}
    for files in made.values():
        for name, data in files.items():
            own = name == "worker.js" or name.startswith("builder/")
            assert own or name == "python_stdlib.zip" or data == official[name], name
    with zipfile.ZipFile(packs.RUNTIME / "python_stdlib.zip") as theirs:
        shipped = {re.sub("[.]pyc$", ".py", name) for name in made["library"]}
        assert shipped == set(theirs.namelist())


def test_compiled_modules_are_what_their_sources_give():
    """Pyodide compiles each anew, in a process without this one's event loop."""
    program = (
        "import compile, pathlib;"
        "print(compile.wrong(pathlib.Path('compiled.zip').read_bytes()))"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=packs.RUNTIME, capture_output=True, text=True)
    assert re.fullmatch(r"\d{3} right\n", done.stdout), done.stdout + done.stderr


def test_what_is_shipped_and_transferred_is_bounded(site):
    folder = site / "assets/live"
    runs = sum(path.stat().st_size for path in folder.glob("records-*"))
    shipped = sum(path.stat().st_size for path in folder.iterdir()) - runs
    first = sum(
        path.stat().st_size
        for path in folder.iterdir()
        if not path.name.startswith(("matplotlib-", "records-", "codemirror", "pt.js"))
    )
    print(f"shipped {shipped}, before the first NumPy output {first}")
    assert shipped <= 26e6
    assert first <= 14e6
    assert 1e6 < runs <= 8e6  # eight trainings, fetched only by cells that ask for one


def test_a_changed_runtime_file_stops_the_build(tmp_path, monkeypatch):
    for path in packs.RUNTIME.iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path)
    (tmp_path / "pyodide.js").unlink()
    (tmp_path / "pyodide.js").write_text("// not Pyodide's", encoding="utf-8")
    monkeypatch.setattr(packs, "RUNTIME", tmp_path)
    with pytest.raises(packs.PageError, match="manifest"):
        packs.require_origin()


# --- what a reader gets


# Portuguese from a folder. The build proves that the English cells are the same code
# (parity.py), test_paste that they print what they show; so one, from a server.
VISITS = [
    (name, "http" if name.startswith("en/") else "file")
    for name in CHAPTERS
    if not name.startswith("en/") or name == "en/soft-search.html"
    if name != "index.html"  # its one cell is folded: no button for all
]


@pytest.mark.parametrize(("name", "scheme"), VISITS)
def test_every_cell_gives_what_the_page_shows(visit, site, server, name, scheme):
    tab = visit(server if scheme == "http" else f"{site.as_uri()}/")
    if scheme == "file":
        tab.context.set_offline(True)
    notebook = Notebook(tab, name)
    notebook.press(1, "all")
    notebook.settled()
    count = notebook.page.locator(".cell").count()
    different = {
        number: notebook.cell(number).inner_text()
        for number in range(1, count + 1)
        if notebook.state(number) != "same"
    }
    assert not different
    assert not notebook.page.locator(".cell > details[open]").count()
    assert count > 3
    if "diary" not in name:  # its calendar is made by the build
        drawn = notebook.page.locator(".cell > .output:not([hidden]) figure svg")
        assert drawn.count()


def test_nothing_is_loaded_before_the_first_click(visit, base):
    tab, asked = visit(base), []
    tab.page.on("request", lambda request: asked.append(request.url))
    page = tab.open("self-attention.html")
    page.wait_for_timeout(500)
    assert any("assets/live.js" in url for url in asked)  # it does listen
    assert not [url for url in asked if "assets/live/" in url]
    assert page.locator(".live button").first.is_visible()


SEEN = """
window.seen = [];
new MutationObserver(() => {
  const meter = document.querySelector(".live-bar progress:not([hidden])");
  if (meter) window.seen.push(meter.nextSibling.textContent);
}).observe(document.querySelector(".live-bar"), {subtree: true, childList: true});
"""


def test_copying_loads_scripts_only_and_the_first_run_shows_how_far_it_is(visit, site):
    one = Notebook(visit(f"{site.as_uri()}/"), "en/self-attention.html")
    one.press(1, "copy")
    until(one.page, "document.querySelector('.live-status:not(:empty)')")
    assert "runs alone" in one.status(1)
    files = [site / url.partition("/site/")[2] for url in one.requests]
    assert 10 <= len(files) <= 15 and sum(file.stat().st_size for file in files) < 1e5
    assert one.page.locator(".live-bar progress").is_hidden()
    one.page.evaluate(SEEN)
    one.press(1, "run")
    one.settled(1)
    seen = one.page.evaluate("window.seen")
    loaded = [re.fullmatch(r"Loading Python (.*) / (.*) MB", told) for told in seen]
    steps = [(float(one[1]), float(one[2])) for one in loaded]
    assert len(steps) > 5 and steps == sorted(steps)
    assert steps[0][0] < 2 < 10 < steps[0][1] == steps[-1][1] < 14
    assert one.state(1) == "same"
    assert one.page.locator(".live-bar progress").is_hidden()


# --- what earlier chapters made

BEGAN = """
document.querySelectorAll(".cell")[1].querySelector("samp")?.textContent == "began\\n"
"""


TABLE = "print_table(['word', 'times'], [['cat', 1]])"


def test_what_earlier_chapters_made_is_there_before_the_first_cell(notebook):
    """In each session: the first, one begun anew, and one after Stop."""
    one = notebook()
    button = one.page.get_by_role
    assert "def print_table" not in one.page.locator("article").text_content()
    assert "cat" in one.gives(1, TABLE)
    assert one.output(1).locator("table").count() == 1
    button("button", name="Start again").click()
    one.output(1).evaluate("node => node.replaceChildren()")
    one.run(1)
    assert one.output(1).locator("table").count() == 1
    one.write(2, "print_table = print('on')\nwhile True:\n    pass")
    until(one.page, BEGAN.replace("began", "on"))
    button("button", name="Stop", exact=True).click()
    assert "table" not in one.gives(2, f"{TABLE}\nprint(len('done'))")
    assert [one.output(n).locator("table").count() for n in (1, 2)] == [1, 1]


def test_a_session_ended_while_it_is_made_is_made_once_again(notebook):
    """Stop and Start again at any time leave nothing half done."""
    one = notebook()
    one.run(1)
    for wait in (0, 50, 400):
        one.page.get_by_role("button", name="Start again").click()
        one.press(2, "run")
        one.page.wait_for_timeout(wait)
        stop = one.page.get_by_role("button", name="Stop", exact=True)
        stop.click(force=True)  # it may have nothing to stop any more
        one.press(2, "run")
        one.settled(2)
        assert one.state(2) == "same"
    assert one.gives(1, TABLE)


def test_a_reader_may_write_anew_what_earlier_chapters_made(one):
    number = max(one.cells_with("print_table("))
    one.write(1, "def print_table(header, rows):\n    print('mine', len(header))")
    one.settled(1)
    one.write(2, f"{TABLE}")
    one.settled(2)
    assert "mine 2" in one.output(2).inner_text()
    for cell in (1, 2):
        one.press(cell, "reset")
    one.run(number)
    assert one.state(number) == "same"


def test_only_a_change_of_what_trains_trains_anew(notebook):
    """Who edits a function of the page's own waits for no training."""
    one = notebook("en/bottleneck.html")
    training, own = min(one.cells_with("replay(")), min(one.cells_with("def "))
    assert own < training
    code = one.cell(own).locator(".highlight code").text_content()
    one.write(own, f"{code}print('mine')")
    one.settled(own)
    one.run(training)
    assert one.state(training) == "same"
    assert one.state(own) == "different"
    one.write(own, "def train(*_, **__):\n    raise ValueError('trained anew')")
    one.settled(own)
    one.run(training)
    assert "trained anew" in one.cell(training).locator(".live-error").inner_text()


# --- cells whose code is folded away


ORDER = """
node => [...node.children].map(child =>
  child.hidden ? "hidden" : child.className.replace("fold live-", ""))
"""


def test_a_folded_cell_stays_closed_and_its_output_above(one):
    number = one.first(DRAWS)
    assert one.fold(number).count() == 1
    one.press(1, "all")
    one.settled()
    assert one.page.locator(".cell > details[open]").count() == 0
    assert one.cell(number).locator(".live-status").is_visible()
    assert one.state(number) == "same"
    assert one.cell(number).evaluate(ORDER) == [
        "output",
        "hidden",
        "fold",
        "live-status",
    ]
    one.edit(number, "(weights", "(weights[::-1]")
    order = ["output", "older", "fold", "live-status"]
    assert one.cell(number).evaluate(ORDER) == order
    one.write(number, "print('mine')")
    one.settled(number)
    assert one.cell(number).evaluate(ORDER) == order
    one.press(number, "reset")
    assert one.cell(number).evaluate(ORDER) == ["output", "fold", "live-status"]


def test_a_cell_that_fails_opens_its_fold_at_the_line(one):
    """Code of earlier chapters fails; the page's line that called it is marked."""
    number = one.first(DRAWS)
    above = number - 1
    assert one.fold(number).count() and not one.fold(above).count()
    one.write(above, "weights = np.ones((2, 3))")
    one.settled(above)
    one.press(1, "all")
    one.settled()
    assert one.status(number) == f"ValueError, cell {number}, line 1"
    shown = one.cell(number).locator(".live-error").inner_text()
    assert "code of earlier chapters, line" in shown and "cell 0" not in shown
    assert one.fold(number).evaluate("node => node.open")
    strip = one.cell(number).locator(".live-line").bounding_box()
    line = one.cell(number).locator(".highlight .l").first.bounding_box()
    assert strip["height"] == line["height"] > 10 and abs(strip["y"] - line["y"]) < 2
    one.press(above, "reset")


def test_a_figure_drawn_otherwise_is_different(notebook):
    """Text apart, a curve that falls instead of rising, and one in another colour."""
    one = notebook("en/longer-sentence.html")
    (curve,) = one.cells_with("loglog(lengths, 1000 * seconds")
    one.edit(curve, 'seconds, "C2D-"', 'seconds[::-1], "C2D-"')
    assert one.state(curve) == "different"
    one.press(curve, "reset")
    one.run(curve)
    assert one.state(curve) == "same"
    one.edit(curve, 'seconds, "C2D-"', 'seconds, "C4D-"')
    assert one.state(curve) == "different"


VIEWS = """figure => [
  [...figure.querySelectorAll("path")].map(one => one.style.getPropertyValue("--w")),
  [...figure.querySelectorAll("i")].map(one => one.textContent),
  [...figure.querySelectorAll("td")].map(one => one.style.getPropertyValue("--w")),
  [...figure.querySelectorAll("td")].map(one => one.textContent)]"""


def test_one_weight_changed_changes_three_views(notebook):
    """In the view that the reader has chosen, with its words and languages."""
    one = notebook("soft-search.html")
    number, *_ = one.cells_with("print_weights(")
    built = one.cell(number).locator(".gaze")
    before, caption = built.evaluate(VIEWS), built.locator("figcaption").inner_text()
    built.locator("label:has([value=table])").click()
    one.edit(number, "print_weights(", "rows[1, 0] = 0.5\nprint_weights(")
    assert one.state(number) == "different"
    assert "matplotlib-" not in " ".join(one.requests)
    drawn = one.output(number).locator(".gaze")
    changed = [
        [at for at, pair in enumerate(zip(old, new, strict=True)) if len({*pair}) > 1]
        for old, new in zip(before, drawn.evaluate(VIEWS))
    ]
    assert changed == [[3], [3], [4], [4]]  # the first cell is the table's corner
    assert drawn.locator("td").nth(4).inner_text() == "0,50"
    assert drawn.locator("table").is_visible()
    drawn.locator("label:has([value=lines])").click()
    assert not drawn.locator("table").is_visible()
    drawn.locator(".asks label").nth(1).hover()
    assert drawn.locator("i:visible").all_inner_texts() == ["50%", "13%", "85%"]
    langs = ".asks", ".asked", "th[scope=row]", "th[scope=col]"
    found = [drawn.locator(side).first.get_attribute("lang") for side in langs]
    assert found == ["pt", "en", "pt", "en"]
    assert "Figura feita agora" in drawn.get_attribute("aria-label")
    assert drawn.locator("figcaption").inner_text() == caption


def test_what_is_no_weight_is_a_text_or_a_table(one):
    number, *_ = one.cells_with("print_weights(")
    one.write(number, "print('mine')")
    one.settled(number)
    assert one.output(number).locator("samp").inner_text().strip() == "mine"
    one.write(number, "print_table(['', 'a'], [['b', 7]])")
    one.settled(number)
    assert one.output(number).locator("table").count() == 1
    assert one.output(number).locator(".gaze").count() == 0


def test_figures_come_when_a_cell_draws(notebook):
    one = notebook("en/longer-sentence.html")
    drawing = one.first(f"{DRAWS}.plot")
    last = drawing - 1
    one.run(last)  # NumPy only, though what earlier chapters made imports Matplotlib
    loaded = " ".join(one.requests)
    assert "numpy-" in loaded and "matplotlib-" not in loaded
    assert [one.state(number) for number in range(1, drawing)] == ["same"] * last
    assert one.status(drawing) == ""
    one.write(last, "import matplotlib.pyplot as plt\nlines = plt.plot([1, 2])")
    one.settled(last)
    assert one.output(last).locator("figure svg").count() == 1
    assert "matplotlib-" in " ".join(one.requests)
    one.press(last, "reset")
    one.run(drawing)
    assert one.state(drawing) == "same"


def test_with_the_keyboard_alone_a_number_changes_the_heat_map(notebook):
    """In Portuguese, from a folder, without a network: see the issue's last line."""
    one = notebook("self-attention.html")
    keys = one.page.keyboard
    edit = one.cell(1).locator("[data-live=edit]")
    one.cell(1).locator("[data-live=run]").focus()
    keys.press("Tab")
    assert edit.evaluate("element => element === document.activeElement")
    assert edit.get_attribute("aria-label") == "Editar, célula 1"
    keys.press("Enter")
    until(one.page, "document.activeElement.matches('.cm-content')")
    lines = one.cell(1).locator(".cm-line").all_inner_texts()
    (line,) = [at for at, text in enumerate(lines) if "default_rng(2014)" in text]
    keys.press("Control+Home")
    for _ in range(line):
        keys.press("ArrowDown")
    for _ in range(lines[line].index("4)") + 1):
        keys.press("ArrowRight")
    keys.press("Backspace")
    keys.type("5")
    assert "default_rng(2015)" in one.cell(1).locator(".cm-content").inner_text()
    keys.press("Escape")
    assert edit.evaluate("element => element === document.activeElement")
    number = one.first(DRAWS)
    heat_map = one.cell(number)
    built = heat_map.locator("table").first.text_content()
    one.fold(number).locator("summary").focus()
    keys.press("Enter")
    heat_map.locator("[data-live=run]").focus()
    keys.press("Enter")
    one.settled(number)
    assert one.state(number) == "different"
    drawn = one.output(number).locator("table")
    assert drawn.text_content() != built
    assert "diferente" in heat_map.locator(".live-status").inner_text()
    older = heat_map.locator(".live-older")
    assert older.locator("table").text_content() == built


def test_an_error_names_the_line_and_says_what_it_means(one):
    one.write(2, "a = 1\nb = undefined_name\n")
    one.settled(2)
    output = one.output(2)
    assert one.state(2) == "error"
    assert "This name does not exist yet" in output.inner_text()
    shown = output.locator("pre").last.inner_text()
    assert "cell 2, line 2" in shown and "undefined_name" in shown
    assert "pages" not in shown and "session" not in shown
    assert one.cell(2).locator(".live-failed").inner_text() == "b = undefined_name"
    one.write(2, "np.ones((2, 3)) @ np.ones((2, 3))")
    one.settled(2)
    assert "The shapes do not fit together" in output.inner_text()
    one.write(2, "for i in range(3)\n    print(i)")
    one.settled(2)
    assert "Python cannot read this line" in output.inner_text()
    one.run(3)
    assert "cell 2 failed" in one.cell(3).locator(".live-status").inner_text()
    one.write(2, "def deep(n):\n    return deep(n + 1)\n\ndeep(0)")
    one.settled(2)
    assert "calls itself without end" in output.inner_text()
    one.press(2, "reset")
    one.run(3)
    assert one.state(3) == "same"


def test_one_failure_is_one_failure(one):
    """What did not run says so, and is not painted as an error of its own."""
    one.write(2, "1 / 0")
    one.settled(2)
    one.press(1, "all")
    one.settled()
    count = one.page.locator(".cell").count()
    states = [one.state(number) for number in range(1, count + 1)]
    assert states == ["same", "error", *["unrun"] * (count - 2)]
    assert one.status(count) == "not run: cell 2 failed"


FETCH = "from pyodide.http import pyfetch\nawait pyfetch('https://a.example')"
LACKING = {
    FETCH: "no network",
    "input()": "A page cannot ask",
    "from urllib.request import urlopen\nurlopen('http://a.example')": "no network",
    "from urllib.request import urlopen\nurlopen('https://a.example')": "no network",
    "import requests": "no network",
    "import sqlite3": "does not exist in a browser",
    "import ssl": "does not exist in a browser",
    "x = 1\n%timeit x": "only Python runs",
    "!pip install x": "only Python runs",
    "import subprocess\nsubprocess.run(['ls'])": "cannot start other programs",
}


def test_what_a_browser_lacks_is_said_plainly(one):
    for code, words in LACKING.items():
        text = one.gives(2, code)
        assert one.state(2) == "error" and words in text, code
        assert "loadPackage" not in text and "pip install p" not in text


def test_both_languages_say_the_same(site):
    told = []
    for language in ("pt", "en"):
        text = (site / f"assets/live/{language}.js").read_text(encoding="utf-8")
        words = json.loads(text[text.index("{") : text.rindex("}") + 1])["words"]
        told.append((set(words), set(words["errors"])))
    assert told[0] == told[1]


def test_a_cell_may_wait(one):
    code = "import asyncio\nawait asyncio.sleep(0.01)\nawait asyncio.sleep(0, 'done')"
    assert one.gives(2, code).endswith("'done'")


def test_texts_and_figures_come_in_the_order_of_their_making(one):
    draw = "plt.plot([1, 2])\nplt.show()\n"
    load = "import matplotlib.pyplot as plt\n"
    one.gives(2, f"{load}print('a')\n{draw}print('b')\n{draw}")
    kinds = one.output(2).locator(":scope > pre, :scope > figure")
    tags = kinds.evaluate_all("nodes => nodes.map(one => one.localName)")
    assert tags == ["pre", "figure", "pre", "figure"]


def test_the_last_expression_is_shown_as_in_jupyter(one):
    one.write(2, "print('first')\nnp.arange(3) / 2")
    one.settled(2)
    text = one.output(2).locator("pre").inner_text()
    assert text == "first\narray([0. , 0.5, 1. ])"
    one.write(2, "{'a': 1};")
    one.settled(2)
    assert one.output(2).count() == 0
    one.write(2, "{'b': 1, 'a': [2]}")
    one.settled(2)
    assert one.output(2).locator("pre").inner_text() == "{'b': 1, 'a': [2]}"


def test_text_streams_while_a_cell_runs_and_stop_ends_it(one):
    one.write(2, "print('began')\nwhile True:\n    pass")
    until(one.page, BEGAN)
    assert one.page.locator(".live-stale").count() == 0
    one.page.get_by_role("button", name="Stop", exact=True).click()
    until(one.page, "!document.querySelector('.live-stale')")
    assert "The session starts again" in one.page.locator(".live-message").inner_text()
    assert one.cell(2).locator(".live-status").inner_text() == "stopped"
    one.write(2, "while True:\n    pass")
    old = one.output(2).locator("samp")
    stale = "document.querySelectorAll('.cell')[1].matches('.live-stale:has(samp)')"
    until(one.page, stale)  # of before, and pale
    assert old.inner_text() == "began\n"
    assert "the previous result" in one.status(2)
    one.page.get_by_role("button", name="Stop", exact=True).click()
    one.press(2, "reset")
    one.run(3)
    assert [one.state(number) for number in (1, 2, 3)] == ["same"] * 3


@pytest.mark.parametrize("broken", ["print = 5", "import builtins; builtins.print = 5"])
def test_a_broken_session_ends_with_the_changes(one, broken):
    one.write(2, broken)
    one.settled(2)
    one.run(3)
    assert one.state(3) == "error"
    one.page.get_by_role("button", name="Discard changes").click()
    assert one.status(3) == ""
    one.run(3)
    assert [one.state(number) for number in (1, 2, 3)] == ["same"] * 3


def test_a_flood_is_cut_and_a_huge_allocation_refused(one):
    one.write(2, "for i in range(10**5):\n    print(i, 'x' * 100)")
    one.settled(2)
    text = one.output(2).inner_text()
    assert 90_000 < len(text) < 110_000
    assert "More than 100 thousand characters" in text
    one.write(2, "np.ones((10**5, 10**4))")
    one.settled(2)
    assert "There is not enough memory" in one.output(2).inner_text()
    one.write(2, "a = []\nwhile True:\n    a.append(bytearray(10**7))")
    one.settled(2)
    assert "There is not enough memory" in one.output(2).inner_text()
    assert "with memory to spare" in one.page.locator(".live-message").inner_text()
    text = one.gives(2, "raise ValueError('x' * 10**7)")
    assert 90_000 < len(text) < 110_000
    assert "More than 100 thousand characters" in text
    one.press(2, "reset")
    one.run(2)
    assert one.state(2) == "same"


def test_a_long_cell_says_so_and_has_a_short_version(notebook):
    one = notebook()
    options = "{takes: '20 s', short: 'steps = 3; n = 2'}"
    assert one.cell(2).locator("[data-live=shorter]").count() == 0
    one.cell(2).evaluate(f"node => Object.assign(node.dataset, {options})")
    one.write(2, "steps = 500\nn  =  7\nfor i in range(steps):\n    print(i * n)")
    one.settled(2)
    told = one.cell(2).locator(".live [popover]").text_content()
    assert "training again takes about 20 s" in told
    one.press(2, "shorter")
    shown = "document.querySelectorAll('.cell')[1].querySelector('samp').innerText"
    until(one.page, shown + " == '0\\n2\\n4'")
    assert "steps = 500" in one.cell(2).locator(".cm-content").inner_text()


def test_progress_on_one_line_takes_the_place_of_what_was_there(one):
    one.write(2, "for i in range(3):\n    print(i, end='\\r')\nprint('done')")
    one.settled(2)
    assert one.output(2).locator("samp").inner_text().strip() == "done"


def test_what_is_missing_is_said_and_asked_for_again(visit, site, tmp_path):
    """A stick taken out too early: the page says so, and tries again when asked."""
    said = (
        "[...document.querySelectorAll('.live-status')].map(s => s.textContent).join()"
    )
    copy = shutil.copytree(site, tmp_path / "stick")
    (lost,) = (copy / "assets/live").glob("numpy-*-2.js")
    tab = visit(f"{copy.as_uri()}/")
    one = Notebook(tab, "en/self-attention.html")
    kept = lost.rename(tmp_path / lost.name)
    one.press(2, "run")
    one.settled(2)
    assert "could not be loaded" in one.cell(2).locator(".live-status").inner_text()
    kept.rename(lost)
    blocks = copy / "en/self-attention.blocks.js"
    kept = blocks.rename(tmp_path / blocks.name)
    one.press(3, "copy")
    until(
        one.page, f"{said}.includes('A file that this page needs could not be loaded')"
    )
    one.run(2)
    assert "could not be loaded" in one.status(2)
    kept.rename(blocks)
    tab.errors.clear()
    one.run(2)
    assert one.state(2) == "same"
    one.press(3, "copy")
    until(one.page, f"{said}.includes('runs alone')")


def test_a_cell_that_runs_again_gives_the_same_numbers(one):
    """Random numbers are drawn anew from where the cell first began."""
    one.write(1, "rng = np.random.default_rng(1)")
    draws = "x = rng.random()\nprint(f'{x:.6f}')"
    one.write(2, draws)
    one.settled(2)
    one.write(3, draws)
    one.settled(3)
    first, second = (one.output(n).inner_text() for n in (2, 3))
    assert first != second
    for _ in range(2):
        one.run(2)
        assert one.output(2).inner_text() == first
        one.run(3)
        assert one.output(3).inner_text() == second


HOLDERS = """
import random
class Holder:
    pass

random.seed(1)
np.random.seed(2)
holder, seen = Holder(), []
holder.generators = {"a": [np.random.default_rng(3)]}
"""
COUNTS = """
seen.append(len(seen))
x += 1
generator = holder.generators["a"][0]
print(seen, x.sum(), random.random(), np.random.rand(), generator.random())
"""


def test_cells_run_in_any_order_give_what_the_page_shows(one):
    last = one.page.locator(".cell").count()
    for number in (last, 1, last, 5, last):
        one.run(number)
        assert one.state(number) == "same", number
    one.write(2, HOLDERS)
    one.settled(2)
    first = one.gives(3, COUNTS)
    for number in (3, 2, 3, 1, 3):
        one.run(number)
    assert one.output(3).inner_text() == first


def test_a_change_above_is_run_before_what_stands_below(one):
    one.run(3)
    one.write(
        1,
        "words, n = ['a', 'b'], 2\nx = np.random.default_rng(0).random((2, 4))",
    )
    one.settled(1)
    one.run(3)
    assert one.state(2) == one.state(3) == "different"


def test_edits_survive_a_reload_until_they_are_discarded(notebook):
    one = notebook()
    built = one.output(2).inner_text()
    one.write(2, "print('mine')")
    one.settled(2)
    assert one.output(2).inner_text() != built
    one.page.reload()
    editor = one.cell(2).locator(".cm-content")
    editor.wait_for()
    assert editor.inner_text() == "print('mine')"
    bar = one.page.locator(".live-bar")
    assert "Your changes from last time are here" in bar.inner_text()
    one.run(2)
    assert "mine" in one.output(2).inner_text()
    bar.get_by_role("button", name="Discard changes").click()
    assert one.cell(2).locator(".cm-editor").count() == 0
    assert one.output(2).inner_text() == built
    one.requests.clear()
    one.page.reload()
    one.page.wait_for_timeout(500)
    assert not [url for url in one.requests if "assets/live/" in url]


def test_the_page_as_edited_can_be_taken_away(one):
    one.write(2, "print('mine')")
    one.settled(2)
    with one.page.expect_download() as download:
        one.page.get_by_role("button", name="More of this page").click()
        one.page.locator(".live-bar").get_by_text("Download .py").click()
    assert download.value.suggested_filename == "self-attention.py"
    script = Path(download.value.path()).read_text(encoding="utf-8")
    assert "print('mine')\n" in script and "def softmax" in script
    compile(script, "script", "exec")
    with one.page.expect_download() as download:
        one.press(2, "save")
    assert download.value.suggested_filename == "self-attention-2.py"
    assert Path(download.value.path()).read_text(encoding="utf-8") == "print('mine')\n"


@pytest.mark.parametrize("end", ["ipynb", "py"])
def test_a_download_from_a_folder_is_a_download(one, site, end):
    with one.page.expect_download() as download:
        one.page.locator(f".downloads a[href$={end}]").click()
    name = f"self-attention.{end}"
    assert download.value.suggested_filename == name
    given = Path(download.value.path()).read_text(encoding="utf-8")
    assert given == (site / "en" / name).read_text(encoding="utf-8")


HOSTILE = """
class Page:
    def _repr_html_(self):
        return (
            "<p id='x' onclick='pwned=1' class='md-header' style='position:fixed'>"
            "<b>bold</b><script>pwned=1</script><img src=x onerror='pwned=1'>"
            "<a href='javascript:pwned=1'>link</a><iframe srcdoc='<script>1</script>'>"
            "</iframe><style>*{display:none}</style><input onfocus='pwned=1' autofocus>"
            "<input type='radio' name='search' style='--w:url(https://a.example/x)'>"
            "<svg onload='pwned=1' style='position:fixed;fill:url(https://a.example/x)'>"
            "<script>pwned=1</script><g id='__palette'><use href='https://a.example/x'/>"
            "<animate onbegin='pwned=1' attributeName='x' dur='1s'/>"
            "<foreignObject><body onload='pwned=1'></body></foreignObject></g></svg>"
        )

print("<script>pwned=1</script><img src=x onerror=pwned=1>")
Page()
"""


def test_what_a_cell_writes_is_shown_and_runs_nothing(one):
    one.write(2, HOSTILE)
    one.settled(2)
    one.page.wait_for_timeout(300)
    output = one.output(2)
    assert output.locator("samp").first.inner_text().startswith("<script>pwned=1<")
    assert output.locator("b").inner_text() == "bold"
    assert one.page.evaluate("typeof pwned") == "undefined"
    unwanted = "script, img, iframe, style, foreignObject, animate"
    assert output.locator(unwanted).count() == 0
    assert output.locator("input").count() == 1  # the radio
    attributes = output.evaluate(
        "node => [...node.querySelectorAll('*')].flatMap(one => [...one.attributes])"
        ".map(one => `${one.name}=${one.value}`)"
    )
    scraps = r"^on|^auto|javascript|https?:|fixed|id=|md-header|search"
    assert not [one for one in attributes if re.search(scraps, one)]
    # The policy reports what it finds when the text is parsed: a second lock.
    assert all("inline event handler" in error for error in one.tab.errors)
    one.tab.errors.clear()
    one.write(2, "import js\njs.document")
    one.settled(2)
    assert one.state(2) == "error"  # no document in a worker


def test_two_pages_run_side_by_side(visit, site):
    tab = visit(f"{site.as_uri()}/")
    first = Notebook(tab, "en/self-attention.html")
    other = tab.context.new_page()
    tab.page = other
    second = Notebook(tab, "longer-sentence.html")
    first.press(2, "run")
    second.press(2, "run")
    first.settled(2)
    second.settled(2)
    assert first.state(2) == second.state(2) == "same"


def test_without_script_there_are_no_buttons(visit, base):
    page = visit(base, java_script_enabled=False).open("self-attention.html")
    assert page.locator(".live, .live-bar").count() == 0


def test_live_pages_shut_nobody_out(visit, server):
    tab = visit(server, color_scheme="light", viewport={"width": 360, "height": 700})
    one = Notebook(tab, "en/self-attention.html")
    one.run(2)
    one.write(3, "print(undefined)")
    one.settled(3)
    one.write(2, "print('x')")
    one.settled(2)
    for scheme, name in (("light", "default"), ("dark", "slate")):
        one.page.emulate_media(color_scheme=scheme)
        until(one.page, f"document.body.dataset.mdColorScheme == '{name}'")
        results = Axe().run(one.page, options=AXE)
        assert results.violations_count == 0, results.generate_report()
    for button in one.page.locator(".live button, .live-bar button").all():
        box = button.bounding_box()
        if box:
            assert box["height"] >= 24 and box["width"] >= 24
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert one.cell(2).locator("[role=status]").count() == 1


@pytest.mark.parametrize("name", CHAPTERS)
def test_each_page_has_a_strict_policy(pages, name):
    (tag,) = pages[name].select("meta[http-equiv=Content-Security-Policy]")
    rules = dict(rule.strip().partition(" ")[::2] for rule in tag["content"].split(";"))
    assert rules["default-src"] == "'none'"
    assert "unsafe-eval" not in rules["script-src"].replace("wasm-unsafe-eval", "")
    assert "unsafe-inline" not in rules["script-src"]
    assert "http" not in tag["content"] and "*" not in tag["content"]


@pytest.mark.skipif(not firefox.find(), reason="no Firefox is installed here")
def test_firefox_runs_a_chapter_from_a_folder_without_network(site, tmp_path):
    browser = firefox.Firefox(tmp_path)
    try:
        browser.open(f"{site.as_uri()}/self-attention.html")
        browser.evaluate("document.querySelector('[data-live=all]').click()")
        browser.until(f"({SETTLED})()")
        states = browser.evaluate(
            "[...document.querySelectorAll('.live-status')]"
            ".map(one => one.dataset.state).join(' ')"
        )
        assert set(states.split()) == {"same"}
        assert len(states.split()) > 10
    finally:
        browser.close()

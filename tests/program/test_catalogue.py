"""The page of code: every name of snippets/ stands on it, and links lead to it."""

import ast
import gzip
import json
import re
from pathlib import Path

import pytest
import yaml

from builder.errors import PageError
from builder.notebook.chapter import Cell, Chapter
from builder.program import shown
from builder.program.catalogue import Catalogue, given, signature
from builder.program.library import library
from builder.program.statement import statements_of

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "docs" / "code.yml"
FILE = """cats = 2
def double(number):
    return 2 * number
def four():
    return double(cats)
"""
WORDS = """- id: all
  title: {pt: Tudo, en: All}
  about: {pt: Gatos., en: Cats.}
  files:
    small.py:
      cats: {pt: Gatos., en: Cats.}
      double: {pt: Dobra., en: Doubles.}
      four: {pt: Quatro., en: Four.}
"""
PAGES = ["code.html", "en/code.html"]


def catalogue_of(folder, words=WORDS, code=FILE):
    path = folder / "code.yml"
    path.write_text(words, encoding="utf-8")
    return Catalogue(path, [*statements_of(code, "small.py")])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "      four: {pt: Quatro., en: Four.}\n",
            "",
            "yml:5: small.py lacks four:",
        ),
        ("four:", "five:", "yml:8: five is no name of snippets/small.py; take it out"),
        (", en: Doubles.", "", "yml:7: small.py: double: the field 'en' is missing"),
        ("Dobra.", "''", "yml:7: small.py: double: pt must be a text, not ''"),
        ("{pt: Dobra., en: Doubles.}", "", "yml:7: .*double must be a mapping"),
        ("small.py", "large.py", "yml:5: large.py is no file of snippets/ with code"),
        ("id: all", "id: cats", "yml:1: the id 'cats' must be of letters, .* no name"),
        ("about: {pt: Gatos., en: Cats.}", "", "yml:1: code, all: the field 'about'"),
    ],
)
def test_what_is_wrong_in_the_data_file_is_named(tmp_path, old, new, message):
    assert WORDS.count(old) == 1
    with pytest.raises(PageError, match=message):
        catalogue_of(tmp_path, WORDS.replace(old, new))


def test_a_file_that_no_group_has_is_named(tmp_path):
    path = tmp_path / "code.yml"
    path.write_text(WORDS, encoding="utf-8")
    more = [*statements_of(FILE, "small.py"), *statements_of("dogs = 1", "more.py")]
    with pytest.raises(PageError, match="yml:1: says nothing of snippets/more.py"):
        Catalogue(path, more)


def test_a_name_stands_in_the_group_of_its_file(tmp_path):
    path = tmp_path / "code.yml"
    words = WORDS + "    more.py:\n      dogs: {pt: C., en: D.}\n"
    path.write_text(words.replace("four:", "dogs2:"), encoding="utf-8")
    code = FILE.replace("def four()", "def dogs2()")
    more = [*statements_of(code, "small.py"), *statements_of("dogs = 1", "more.py")]
    assert Catalogue(path, more).listed == ["cats", "double", "dogs2", "dogs"]
    path.write_text(words.replace("four:", "dogs:", 1), encoding="utf-8")
    with pytest.raises(PageError, match="yml:8: dogs stands in more.py, not in small"):
        Catalogue(path, more)


def test_no_file_is_no_page(tmp_path):
    assert Catalogue(tmp_path / "code.yml", []).listed == []


def test_who_uses_whom(tmp_path):
    known = catalogue_of(tmp_path)
    assert known.used_by("double") == ["four"] and known.used_by("four") == []
    assert known.uses(["four"]) == []  # of its own file


@pytest.mark.parametrize(
    ("code", "called"),
    [
        ("def f(a, *, b=1): pass", "f(a, *, b=1)"),
        ("class f(NamedTuple):\n    x: int\n    y: int = 2", "f(x, y=2)"),
        ("class f(namedtuple('f', 'x y')): pass", "f(x, y)"),
        ("class f:\n    def __init__(self, a): pass", "f(a)"),
        ("f = namedtuple('f', 'x y')", "f(x, y)"),
        ("f = 3", "f"),
    ],
)
def test_signatures(code, called):
    (one,) = statements_of(code)
    assert given(one) == ["f"] and signature("f", one.node) == called


# --- where chapters and tests have a name


def chapter_of(*cells):
    made = [
        Cell(source, 10 * number, number, options)
        for number, (source, options) in enumerate(cells, start=1)
    ]
    return Chapter(Path("cats.md"), tuple(made), is_notebook=True)


DOUBLE = "def double(number):\n    return 2 * number"


@pytest.mark.parametrize(
    ("cells", "number", "explains"),
    [
        ([("x = double(1)", {}), (DOUBLE, {})], 2, True),
        ([(DOUBLE, {"fold": "Code"}), ("x = double(1)", {})], 2, False),
        ([("x = double(1)", {"fold": "Code"})], 1, False),
        ([("def double(n):\n    return n + n\nx = double(1)", {})], None, None),
        ([("double = 3\nx = double", {})], None, None),
    ],
)
def test_the_first_cell_that_shows_a_name_else_that_uses_it(
    tmp_path, cells, number, explains
):
    found = shown.places([chapter_of(*cells)], catalogue_of(tmp_path).statements)
    place = found.get("double")
    assert (place and (place.cell.number, place.explains)) == (
        number and (number, explains)
    )


def test_tests_are_found_by_the_names_that_they_use(tmp_path):
    known = catalogue_of(tmp_path).statements
    texts = {
        "test_a.py": "from small import double\ndouble(1)\n",
        "test_b.py": "import small\nsmall.double(1), small.double(2)\n",
        "test_c.py": "'double'\ndouble = 1\nprint(double)\n",
        "helper.py": "from small import double\ndouble(1)\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = shown.tests(tmp_path, known)
    assert found == {"double": ["test_b.py", "test_a.py"]}


# --- the data


def test_each_name_has_one_plain_sentence_a_language():
    groups = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    for group in groups:
        for names in group["files"].values():
            for name, texts in names.items():
                for text in texts.values():
                    assert text.endswith(".") and len(text.split()) <= 30, name
                    assert not re.search(r"[.!?] [A-Z]", text), text


# --- the site


@pytest.mark.parametrize("name", PAGES)
def test_every_name_of_the_library_is_a_place_on_the_page(pages, name):
    names = [n for one in library(ROOT / "snippets") for n in given(one)]
    headings = {tag["id"]: tag.text for tag in pages[name].select("h4")}
    assert set(headings) == set(names) and len(names) > 100
    for one, call in headings.items():
        assert re.fullmatch(rf"{one}(\(.*\))?", call, re.DOTALL)


def test_every_link_to_a_name_leads_to_one(pages):
    ids = {name: {t["id"] for t in pages[name].select("[id]")} for name in PAGES}
    count = 0
    for page, soup in pages.items():
        folder = "en/" if page.startswith("en/") else ""
        for link in soup.select('a[href*="code.html#"]'):
            file, _, name = link["href"].partition("#")
            assert file == "code.html" and name in ids[f"{folder}{file}"], (page, name)
            count += 1
    assert count > 100


@pytest.mark.parametrize("name", PAGES)
def test_places_on_the_page_and_in_chapters_are_there(pages, name):
    soup = pages[name]
    ids = {page: {t["id"] for t in of.select("[id]")} for page, of in pages.items()}
    folder = name.removesuffix("code.html")
    links = [link["href"] for link in soup.select(".facts a")]
    assert len(links) > 150
    for href in links:
        file, _, place = href.partition("#")
        page = f"{folder}{file}" if file else name
        assert not place or place in ids[page], href
    for told in soup.select(".facts code"):
        if told.text.startswith("tests/"):
            assert (ROOT / told.text).is_file()


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_light(site, name):
    assert len(gzip.compress((site / name).read_bytes(), mtime=0)) < 70_000


@pytest.mark.parametrize("folder", ["", "en/"])
def test_search_knows_names_and_sentences_but_no_code(site, folder):
    path = site / folder / "search" / "search_index.json"
    entries = json.loads(path.read_text(encoding="utf-8"))["docs"]
    found = {e["location"]: e for e in entries if e["location"].startswith("code.html")}
    assert "softmax" in found["code.html#softmax"]["title"]
    text = " ".join(entry["text"] for entry in found.values())
    assert "def " not in text and "tests/snippets" not in text


@pytest.mark.parametrize("name", PAGES)
def test_the_one_file_is_handed_over_by_a_server_and_a_folder(visit, base, site, name):
    page = visit(base).open(name)
    with page.expect_download() as taken:
        page.click("a[download]")
    assert taken.value.suggested_filename == "birth_of_attention.py"
    text = Path(taken.value.path()).read_text(encoding="utf-8")
    assert text == (site / "birth_of_attention.py").read_text(encoding="utf-8")
    ast.parse(text)

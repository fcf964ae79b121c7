"""Each block of a chapter, copied, is a program that prints what stands under it."""

import ast
import random
import shutil
import statistics
import subprocess
import sys

import outputs
import programs
import pytest
from bs4 import BeautifulSoup

from builder.notebook.code_key import canonical
from builder.program.names import names_of
from builder.prose.parity import skeleton

CHAPTERS = outputs.pages(runs=True)
CORPUS = "def make_corpus("


@pytest.fixture(scope="module", params=CHAPTERS)
def page(request, site):
    """A chapter's name, its programs, and what the page shows under each block."""
    made = programs.blocks(site, request.param)
    return request.param, made, programs.shown(site, request.param)


@pytest.mark.parametrize("name", [n for n in CHAPTERS if not n.startswith("en/")])
def test_every_block_prints_and_draws_what_the_page_shows(name, site, tmp_path):
    """Alone, in both languages; and five short forms of the English page, by lot.

    In one process, which makes the corpus once, with birth_of_attention.py beside it:
    that no program but a short one imports it is tested below. A Portuguese one with a
    corpus is not run if it is the English one but for texts (one a page is, below).
    """
    one_file = site / "birth_of_attention.py"
    (tmp_path / one_file.name).write_bytes(one_file.read_bytes())
    texts, wanted = {}, {}
    for page, kind in [(name, "alone"), (f"en/{name}", "alone"), (f"en/{name}", "short")]:
        under = programs.shown(site, page)
        found = programs.texts(programs.blocks(site, page), kind)
        assert kind == "short" or len(found) == len(under)
        twins = programs.texts(programs.blocks(site, f"en/{name}"), kind)
        chosen = [*found]
        if kind == "short":
            chosen = random.Random(name).sample(chosen, min(5, len(chosen)))
        for number in chosen:
            text, where = found[number], f"{page}, block {number}, {kind}"
            if page == name and CORPUS in text:
                assert skeleton(text) == skeleton(twins[number]), where
            else:
                texts[where], wanted[where] = text, under[number]
    given = programs.run(texts, tmp_path)
    assert given.keys() == texts.keys()
    for where, expected in wanted.items():
        one = given[where]
        assert not one.pop("raised"), f"{where}: {one}"
        assert programs.same(one, expected), f"{where}: {one['text']}"


def statements(program):
    """What each statement of a program does, and the names that it gives."""
    found = ast.parse(program).body
    return {canonical(ast.Module([one], [])): names_of(one).gives for one in found}


def test_a_short_form_is_the_program_less_what_the_one_file_has(page, site):
    name, made, _ = page
    there = statements((site / "birth_of_attention.py").read_text(encoding="utf-8"))
    whole = programs.texts(made)
    for number, text in programs.texts(made, "short").items():
        alone, short = statements(whole[number]), statements(text)
        own = [one for one in short if "birth_of_attention" not in one]
        assert own == [one for one in alone if one in own], (name, number)
        (brought,) = (names for one, names in short.items() if one not in own)
        assert brought
        for one, names in alone.items():
            if names & brought:
                assert one in there, (name, number, names)


def test_a_block_pasted_into_a_clean_python(page, tmp_path):
    """One a page, drawn by lot: without this project; its record, if any, beside it."""
    name, made, under = page
    texts = programs.texts(made)
    printing = [n for n in texts if under[n]["text"] and CORPUS not in texts[n]]
    number = random.Random(name).choice(printing or [min(texts)])
    for record in made["programs"][str(number)]["records"]:
        shutil.copy(programs.RECORDS / record, tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", "-"],
        input=texts[number],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        env={"PYTHONUTF8": "1", "MPLBACKEND": "svg", "HOME": str(tmp_path)},
        check=False,
    )
    assert (done.stdout, done.stderr) == (under[number]["text"], "")


def test_no_statement_could_be_left_out(page, site, tmp_path):
    """Blocks in sight that print and need no corpus, each statement in turn."""
    name, made, under = page
    if not name.startswith("en/"):
        return  # the same statements
    cells = BeautifulSoup((site / f"{name}.html").read_text("utf-8"), "html.parser")
    folded = [cell.find("details", "fold") for cell in cells.select(".cell")]
    left_out = {}
    for number, text in programs.texts(made).items():
        if CORPUS not in text and under[number]["text"] and not folded[number - 1]:
            for what, program in programs.without(text):
                left_out[f"{number}: {what}"] = program
    given = programs.run(left_out, tmp_path)
    assert len(given) == len(left_out)
    for what, one in given.items():
        expected = {**under[int(what.partition(":")[0])], "raised": ""}
        assert one != expected, f"{name}, block {what}: nobody misses it"


def test_programs_are_short(site):
    plain, long, short = {}, {}, {}
    for name in CHAPTERS:
        made = programs.blocks(site, name)
        for number, known in made["programs"].items():
            where = f"{name}, block {number}"
            text = programs.texts(made)[int(number)]
            kept = long if "short" in known else plain
            kept[where] = known["alone"]["lines"]
            assert known["alone"]["lines"] == lines(text)
            assert ("short" in known) == (CORPUS in text)
            if "short" in known:
                short[where] = known["short"]["lines"]
    assert statistics.median(plain.values()) <= 60, plain
    assert max(long.values()) <= 800, long
    assert max(short.values()) <= 60, short


def lines(text):
    return sum(1 for line in text.split("\n") if line.strip())


def test_the_first_lines_name_page_version_licence_and_records(page):
    name, made, _ = page
    for number, text in programs.texts(made).items():
        first, *rest = text.split("\n")
        assert "1.0.0 (MIT)" in first and f"{name.rpartition('/')[2]}.html" in first
        assert first.endswith(f" {number}")
        records = made["programs"][str(number)]["records"]
        asked = [node for node in ast.walk(ast.parse(text)) if is_replay(node)]
        assert bool(records) == bool(asked)
        head = "\n".join(rest).partition("\n\n")[0]
        assert all(record in head for record in records)


def is_replay(node):
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "replay"


def test_programs_need_only_numpy_and_matplotlib(page):
    _, made, _ = page
    imported = set()
    for text in programs.texts(made).values():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            if isinstance(node, ast.ImportFrom):
                imported.add(node.module.split(".")[0])
    assert imported - sys.stdlib_module_names <= {"numpy", "matplotlib"}

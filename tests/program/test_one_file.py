"""birth_of_attention.py: one file with all models, which runs alone and is imported."""

import os
import re
import subprocess
import sys

import programs
import pytest

NAME = "birth_of_attention.py"


@pytest.fixture(scope="module")
def text(site):
    return (site / NAME).read_text(encoding="utf-8")


def run(arguments, folder, text):
    (folder / NAME).write_text(text, encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={**environment, **programs.kernels(), "OPENBLAS_NUM_THREADS": "1"},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def code_lines(text):
    return sum(1 for line in text.split("\n") if line.strip())


def test_it_is_short_and_reads_from_top_to_bottom(text):
    assert code_lines(text) <= 1100
    parts = re.split(r"^# --- (\w+\.py): .*$", text, flags=re.MULTILINE)
    sizes = dict(zip(parts[1::2], map(code_lines, parts[2::2]), strict=True))
    corpus = [sizes[name] for name in ("lexicon.py", "grammar.py", "corpus.py")]
    assert sum(corpus) <= 200
    assert list(sizes)[0] == "lexicon.py" and list(sizes)[-1] == "experiment.py"
    for name in (
        "one_vector",
        "two_cursors",
        "cursors_in_step",
        "soft_search",
        "transformer",
    ):
        assert f"{name}.py" in sizes


def test_importing_it_does_nothing(text, tmp_path):
    names = "soft_search, make_corpus, replay"
    assert run(["-c", f"from birth_of_attention import {names}"], tmp_path, text) == ""
    left = {path.name for path in tmp_path.iterdir()}
    assert left - {"__pycache__"} == {NAME}


def test_with_a_record_it_prints_the_numbers_of_the_pages(text, site, tmp_path):
    record = programs.RECORDS / "soft-search-30-1.npz"
    printed = run([NAME, "--record", record], tmp_path, text)
    page = programs.shown(site, "en/first-try")
    losses = next(one["text"] for one in page.values() if "step " in one["text"])
    last = losses.strip().split("\n")[-1]
    assert last in printed
    error = next(
        one["text"] for one in page.values() if "AER of the att" in one["text"]
    )
    assert f"alignment error rate {re.search(r'0[.][0-9]+', error)[0]}" in printed


def test_run_alone_it_trains_a_search_that_looks_at_the_right_words(text, tmp_path):
    printed = run([NAME], tmp_path, text)
    score = float(re.search(r"BLEU ([0-9.]+)", printed)[1])
    assert score > 85
    assert re.search(r"nunca <- never ", printed) and "médicas <- doctors" in printed


def test_a_file_that_is_no_record_of_the_pages_is_refused(text, tmp_path):
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, NAME, "--record", "cats-30-1.npz"],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 1 and "Expected a record" in done.stderr

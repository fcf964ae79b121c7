"""What the replay must show, on every seed, and the rules of training."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from batches import batches, numericalize
from bs4 import BeautifulSoup
from corpus import make_corpus, vocabularies
from evaluation import (
    attend,
    evaluate_alignment,
    evaluate_by_length,
    select_lengths,
    translate_all,
)
from metrics import (
    alignment_error_rate,
    bleu,
    exact_match,
    precision,
)
from model import Settings
from one_vector import one_vector
from record import read_marks, token_accuracy
from records.seeds import SEEDS_BLEU_30, SEEDS_EXACT_30, SEEDS_MARKS_30
from replay import progress, read_record, record_key, record_name, replay
from soft_search import soft_search
from training import train
from trainings import RUNS

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets"
BLEU = json.loads((Path(__file__).parents[1] / "reference" / "bleu.json").read_text())


def every(model, longest, name):
    """A mark of each of the five seeds, from their records."""
    files = sorted(SNIPPETS.glob(f"records/{model.replace(' ', '-')}-{longest}-*.npz"))
    assert len(files) == 5
    return np.array([read_marks(file)[name] for file in files], float)


def test_pages_know_the_spread_of_the_seeds():
    assert len(SEEDS_BLEU_30) == 6
    for model in SEEDS_BLEU_30:
        for known, name in [(SEEDS_BLEU_30, "BLEU"), (SEEDS_EXACT_30, "exact")]:
            seeds = every(model, 30, name)
            low, middle, high = known[model]
            assert (low == seeds.min(axis=0)).all()
            assert middle == [sorted(column)[2] for column in seeds.T]
            assert (high == seeds.max(axis=0)).all()
        for name, spread in SEEDS_MARKS_30[model].items():
            assert spread == sorted(every(model, 30, name))[::2]


def test_every_seed_keeps_the_bounds():
    """Fixed before the test set was looked at."""
    trained = "exact, lengths trained on"
    d, c = every("soft search", 30, trained), every("cursors in step", 30, trained)
    a = every("one vector", 30, trained)
    assert d.min() >= 0.95
    assert (d - c).min() >= 0.20 and (d - a).min() >= 0.70
    a, d = every("one vector", 30, "BLEU"), every("soft search", 30, "BLEU")
    assert a[:, 0].min() >= 75
    assert (a[:, 0] - a[:, 4]).min() >= 50
    assert (d[:, 0] - d[:, 4]).max() <= 3
    assert every("soft search", 40, "BLEU")[:, 6].min() >= 96
    short = every("soft search", 20, "BLEU")
    assert (short[:, 0] - short[:, 6]).min() >= 20, "visibly falling"
    assert every("soft search", 30, "AER").max() <= 0.18
    assert every("soft search", 30, "content").min() >= 0.90


def shown_table(pages, name, caption):
    for output in pages[name].select(".output"):
        if caption in output.get_text():
            rows = output.select("tr")
            return {
                row.find(["th", "td"]).get_text(): [
                    cell.get_text() for cell in row.find_all(["th", "td"])[1:]
                ]
                for row in rows
            }
    raise AssertionError(f"{name} has no table '{caption}'")


def test_the_run_of_a_page_is_the_first_of_the_five_seeds(pages):
    """Evaluated anew, as every build does, from the recorded parameters."""
    shown = shown_table(pages, "en/first-try.html", "Attention against the gold")
    for row, name in [("AER of the attention", "AER"),
                      ("content words on a sure link", "content")]:  # fmt: skip
        assert float(shown[row][0]) == every("soft search", 30, name)[0]
    for caption, model in [
        ("Two cursors on test", "two cursors"),
        ("Cursors in step on test", "cursors in step"),
    ]:
        marks = shown_table(pages, "en/cursors.html", caption)["BLEU"]
        first = every(model, 30, "BLEU")[0]
        assert [float(x) for x in marks] == pytest.approx(first, abs=0.55)


@pytest.fixture(scope="module")
def small():
    """A corpus and a model that learn in seconds."""
    corpus = make_corpus(5, lengths=range(4, 10), per_length=400, clauses=9000)
    lists = vocabularies(corpus.train)
    settings = Settings(
        soft_search, longest=9, steps=600, hidden=32, embedding=16, alignment=16,
        output=32, keep_at=(0, 10),
    )  # fmt: skip
    data = numericalize(corpus.train, *lists)
    return corpus, lists, settings, data


def test_a_short_training_learns_to_translate_and_to_align(small):
    corpus, lists, settings, data = small
    run = train(settings, data, *map(len, lists))
    assert run.losses[:20].mean() > 3 > 1 > run.losses[-20:].mean()
    test = numericalize(corpus.test, *lists)
    translated = select_lengths(translate_all(run.parameters, soft_search, test), 4, 9)
    assert bleu(*translated) > 40
    marks = evaluate_alignment(run.parameters, soft_search, corpus.test, test)
    assert marks["AER"] < marks["diagonal"]
    before = evaluate_alignment(run.kept[0], soft_search, corpus.test, test)
    assert marks["content"] > before["content"] + 0.3


def test_the_same_settings_train_to_the_same_bytes_in_any_process(small):
    _, lists, settings, data = small
    settings = settings._replace(steps=30)
    run = train(settings, data, *map(len, lists))
    code = (
        f"import sys; sys.path.insert(0, {str(SNIPPETS)!r})\n"
        "import hashlib\n"
        "from batches import numericalize\n"
        "from corpus import make_corpus, vocabularies\n"
        "from model import Settings\n"
        "from soft_search import soft_search\n"
        "from training import train\n"
        "c = make_corpus(5, lengths=range(4, 10), per_length=400, clauses=9000)\n"
        "lists = vocabularies(c.train)\n"
        f"settings = {settings!r}\n"
        "run = train(settings, numericalize(c.train, *lists), *map(len, lists))\n"
        "whole = b''.join(value.tobytes() for value in run.parameters.values())\n"
        "print(hashlib.sha256(whole).hexdigest())"
    )
    ours = b"".join(value.tobytes() for value in run.parameters.values())
    env = os.environ | {"PYTHONHASHSEED": "77"}
    theirs = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, check=True
    ).stdout.decode()
    assert theirs.strip() == hashlib.sha256(ours).hexdigest()
    other = train(settings._replace(seed=2), data, *map(len, lists))
    assert not np.array_equal(other.parameters["W"], run.parameters["W"])


def test_training_stops_when_it_leaves_the_numbers(small):
    """On every processor: a rate near float32's end (3.4e38) must overflow."""
    _, lists, settings, data = small
    wild = settings._replace(rate=1e38, steps=50, warm_up=1)
    with (
        np.errstate(all="ignore"),
        pytest.raises(
            FloatingPointError,
            match=r"loss is \S+, its gradient \S+ at step [12]. Lower",
        ),
    ):
        train(wild, data, *map(len, lists))


def test_short_lengths_are_drawn_more_often_and_none_beyond_the_longest(small):
    _, _, settings, data = small
    drawn = batches(data, settings._replace(longest=8, batch=2))
    lengths = [next(drawn)[0].shape[1] for _ in range(1500)]
    assert set(lengths) == {4, 5, 6, 7, 8}
    assert 1.4 < lengths.count(4) / lengths.count(8) < 2.9
    with pytest.raises(ValueError, match="longest=3.*raise longest"):
        next(batches(data, settings._replace(longest=3)))


def test_a_record_is_read_as_long_as_settings_and_sentences_are_its_own(
    tmp_path, small, monkeypatch
):
    corpus, _, settings, _ = small
    settings = settings._replace(steps=3)
    monkeypatch.setenv("RECORDS", str(tmp_path))
    key, file = record_key(settings, corpus.train), f"{record_name(settings)}.npz"
    arrays = {"end/W": np.ones(5), "10/W": np.zeros(5), "losses": np.ones(3)}
    np.savez(tmp_path / file, key=key, made=("today", "here"), **arrays)
    run = replay(settings, corpus.train)
    assert run.parameters["W"].tolist() == 5 * [1] and run.made == ("today", "here")
    assert run.kept[10]["W"].tolist() == 5 * [0] and run.losses.tolist() == 3 * [1]
    for other in (settings._replace(rate=0.01), settings._replace(seed=3)):
        assert "E_x" in replay(other, corpus.train).parameters, "trained"
    assert "E_x" in replay(settings, corpus.train[:-1]).parameters, "trained"
    np.savez(tmp_path / file, key=key, made=("", ""), losses=np.ones(3))
    assert "E_x" in replay(settings, corpus.train).parameters, "no parameters kept"
    assert len(list(tmp_path.iterdir())) == 1, "nothing was written"


@pytest.mark.parametrize("damage", ["empty", "half", "flipped"])
def test_a_damaged_record_is_an_error_that_says_what_to_do(tmp_path, damage):
    file = tmp_path / "run.npz"
    np.savez(file, key="k", made=("", ""), losses=np.ones(3), **{"end/W": np.ones(500)})
    whole = file.read_bytes()
    middle = len(whole) // 2
    flipped = whole[:middle] + b"XXXX" + whole[middle + 4 :]
    damaged = {"empty": b"", "half": whole[:middle], "flipped": flipped}[damage]
    file.write_bytes(damaged)
    with pytest.raises(ValueError, match="no whole record.*Delete it"):
        read_record(file)


def test_progress_tells_loss_and_time_to_one_who_watches(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    tell = progress("soft search")
    for step in (19, 20, 40):
        tell(step, 40, 1.5)
    shown = capsys.readouterr().err
    assert re.search(r"soft search: step 20 of 40, loss 1.500, +\d+ s left", shown)
    assert shown.endswith("\n") and shown.count("\r") == 1


def test_progress_is_silent_when_nobody_watches(capsys):
    progress("soft search")(20, 40, 1.5)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("case", BLEU["cases"], ids=lambda case: case["name"])
def test_bleu_is_that_of_sacrebleu(case):
    ours = bleu([t.split() for t in case["ours"]], [t.split() for t in case["right"]])
    assert ours == pytest.approx(case["bleu"], abs=1e-9)


@pytest.mark.parametrize("written", [["a", "b", "c"], ["a"], []])
def test_bleu_without_four_words_is_zero_as_in_sacrebleu(written):
    assert bleu([written], [["a", "b", "c", "d"]]) == 0


def test_aer_on_a_case_worked_out_by_hand():
    found, sure = [{(0, 0), (1, 1), (2, 0)}], [{(0, 0), (2, 2)}]
    possible = [{(0, 0), (2, 2), (1, 1)}]
    assert alignment_error_rate(found, sure, possible) == pytest.approx(1 - 3 / 5)


def test_marks_refuse_lists_of_different_lengths():
    for mark in (exact_match, token_accuracy, bleu):
        with pytest.raises(ValueError, match="Given 1 translations and 0 ref.*choose"):
            mark([["a"]], [])


@pytest.mark.parametrize(
    "mark, given",
    [
        (lambda: exact_match([], []), "0 translations and 0 references"),
        (lambda: token_accuracy([], []), "0 translations and 0 references"),
        (lambda: token_accuracy([["a"]], [[]]), "0 words in the references"),
        (lambda: bleu([], []), "0 translations and 0 references"),
        (lambda: alignment_error_rate([], [], []), "0 links, found or sure"),
        (lambda: precision([set()], [{(0, 0)}]), "0 links found"),
        (lambda: select_lengths({}, 5, 9), "0 sources of 5 to 9 words"),
        (lambda: evaluate_by_length({7: ([[1]], [[1]])}), "0 sources of 10 to 14"),
        (lambda: evaluate_alignment({}, soft_search, [], {}), "0 lengths of sources"),
        (lambda: numericalize([], ["a"], ["b"]), "0 pairs"),
        (lambda: next(batches({}, Settings(one_vector))), "no sentences"),
        (lambda: train(Settings(one_vector), {}, 5, 5), "no sentences"),
    ],
)
def test_nothing_has_no_mark_and_teaches_nothing(mark, given):
    with pytest.raises(ValueError, match=f"Given {given}.*Expected .*[.:] [A-Za-z]"):
        mark()


@pytest.mark.parametrize(
    "wrong", ["batch", "hidden", "embedding", "output", "alignment", "steps"]
)
def test_settings_of_zero_are_refused_before_training(small, wrong):
    _, lists, settings, data = small
    with pytest.raises(ValueError, match=f"Given {wrong}=0.*at least 1.*raise"):
        train(settings._replace(**{wrong: 0}), data, *map(len, lists))


def test_every_run_of_the_pages_is_trained_beforehand(site):
    """So that two processes share the work, and no cell trains by itself."""
    asked = set()
    for page in site.rglob("*.html"):
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        settings = r"Settings\(\s*(\w+),\s*longest=(\d+),\s*seed=1\s*[,)]"
        for cell in soup.select(".cell pre"):
            asked |= set(re.findall(settings, cell.get_text()))
    assert asked == {(repr(run.model), str(run.longest)) for run in RUNS}


def test_weights_of_a_batch_of_one_length_never_see_padding(small):
    corpus, lists, settings, data = small
    run = train(settings._replace(steps=5), data, *map(len, lists))
    for source, target in data.values():
        alpha = attend(run.parameters, soft_search, source[:3], target[:3])
        assert alpha.shape[2] == source.shape[1]
        np.testing.assert_allclose(alpha.sum(axis=-1), 1, rtol=1e-5)

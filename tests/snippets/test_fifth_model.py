"""A model that nothing in the project knows: it trains, translates, is evaluated."""

import ast
from pathlib import Path

import numpy as np
import pytest
from batches import numericalize
from corpus import make_corpus, vocabularies
from evaluation import evaluate_alignment, select_lengths, translate_all
from luong import luong
from metrics import bleu
from model import Settings, initialise
from replay import record_name
from tape import Node, backward
from training import train
from trainings import LENGTHS

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets"


@pytest.fixture(scope="module")
def trained():
    corpus = make_corpus(5, lengths=range(4, 8), per_length=400, clauses=9000)
    lists = vocabularies(corpus.train)
    settings = Settings(
        luong, longest=7, steps=300, hidden=32, embedding=16, keep_at=(0,)
    )  # fmt: skip
    data = numericalize(corpus.train, *lists)
    return corpus, numericalize(corpus.test, *lists), train(
        settings, data, *map(len, lists)
    )  # fmt: skip


def test_it_learns_to_translate(trained):
    _, test, run = trained
    before, after = (
        bleu(*select_lengths(translate_all(parameters, luong, test), 5, 7))
        for parameters in (run.kept[0], run.parameters)
    )
    assert run.losses[-20:].mean() < 0.5 * run.losses[:20].mean()
    assert after > 20 > 5 > before


def test_its_alignment_is_evaluated(trained):
    corpus, test, run = trained
    before, after = (
        evaluate_alignment(parameters, luong, corpus.test, test)
        for parameters in (run.kept[0], run.parameters)
    )
    assert after["AER"] < before["AER"] - 0.2
    assert after["content"] > before["content"] + 0.2


def test_its_gradients_are_those_of_finite_differences():
    rng = np.random.default_rng(3)
    settings = Settings(luong, hidden=3, embedding=2, output=4)
    shapes = {k: v.shape for k, v in initialise(settings, 5, 4).items()}
    p = {name: Node(rng.normal(size=shape)) for name, shape in shapes.items()}
    source, target, tape = np.array([[0, 1, 4]]), np.array([[3, 2, 0]]), []
    backward(luong.loss(p, source, target, tape), tape)
    for name, node in p.items():
        step = rng.normal(size=node.value.shape)
        ends = []
        for sign in (1e-6, -1e-6):
            moved = p | {name: Node(node.value + sign * step)}
            ends.append(luong.loss(moved, source, target).value)
        slope = (ends[0] - ends[1]) / 2e-6
        assert slope == pytest.approx((node.grad * step).sum(), rel=1e-6), name


def test_it_is_short():
    file = Path(__file__).with_name("luong.py")
    assert len(file.read_text(encoding="utf-8").splitlines()) < 45


def test_its_record_has_its_name():
    assert record_name(Settings(luong, seed=3)) == "Luong-30-3"
    assert "model=Luong" in repr(Settings(luong))


@pytest.mark.parametrize(
    "file", ["training", "batches", "evaluation", "metrics", "record", "replay",
             "train_all", "model"]
)  # fmt: skip
def test_what_all_models_share_knows_none_by_name(file):
    """Neither what it imports nor what it writes names one of the four."""
    tree = ast.parse((SNIPPETS / f"{file}.py").read_text(encoding="utf-8"))
    names = {model.name for model in LENGTHS} | {repr(model) for model in LENGTHS}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if ">>>" not in node.value:
                assert not any(name in node.value for name in names), node.value
        if isinstance(node, ast.ImportFrom):
            assert node.module not in names
        if isinstance(node, ast.Name):
            assert node.id not in names

"""The experiment in small: train the search, translate, and see where it looked."""

import argparse
from pathlib import Path

import numpy as np
from batches import numericalize
from corpus import Corpus, make_corpus, vocabularies
from cursors_in_step import cursors_in_step
from evaluation import attend, evaluate_alignment, select_lengths, translate_all
from metrics import bleu, exact_match
from model import Model, Settings
from one_vector import one_vector
from replay import progress, read_record
from soft_search import soft_search
from training import Run, train
from two_cursors import two_cursors

MODELS = one_vector, two_cursors, cursors_in_step, soft_search
SMALL = Settings(soft_search, longest=12, steps=800)


def main() -> None:
    """Train the search small; or, with --record, mark a training of the pages."""
    arguments = argparse.ArgumentParser(description="The birth of attention, in small")
    arguments.add_argument("--record", type=Path, help="read a training of the pages")
    file = arguments.parse_args().record
    corpus = make_corpus(seed=1)
    model, longest, run = read(file) if file else learn(SMALL, corpus)
    for step in (1, 100, 200, 500, 1000, 2000):
        if step <= len(run.losses):
            loss = run.losses[max(0, step - 20) : step].mean()
            print(f"step {step:4}: loss {loss:.3f}")
    mark(model, longest, run, corpus)
    if model.attend:
        show_alignment(model, longest, run, corpus)


def learn(settings: Settings, corpus: Corpus) -> tuple[Model, int, Run]:
    lists = vocabularies(corpus.train)
    data = numericalize(corpus.train, *lists)
    on_step = progress(settings.model.name)
    run = train(settings, data, len(lists[0]), len(lists[1]), on_step)
    return settings.model, settings.longest, run


def read(file: Path) -> tuple[Model, int, Run]:
    """Read a record; its name says of which model, up to how many words."""
    known = {model.name.replace(" ", "-"): model for model in MODELS}
    name, _, rest = file.stem.rpartition("-")[0].rpartition("-")
    _, run = read_record(file)
    if name not in known or not run.parameters:
        raise SystemExit(
            f"Given {file.name}. Expected a record with parameters, named as in "
            "soft-search-30-1.npz. Take one from the pages."
        )
    return known[name], int(rest), run


def mark(model: Model, longest: int, run: Run, corpus: Corpus) -> None:
    """Mark translations of sentences of 5 words to the longest trained on."""
    lists = vocabularies(corpus.train)
    data = numericalize(corpus.test, *lists)
    short = {n: both for n, both in data.items() if n <= longest}
    chosen = select_lengths(translate_all(run.parameters, model, short), 5, longest)
    print(f"{model.name}, test sentences of 5 to {longest} words:")
    print(
        f"BLEU {bleu(*chosen):.1f}, right to the last word {exact_match(*chosen):.1%}"
    )
    if model.attend:
        links = evaluate_alignment(run.parameters, model, corpus.test, short)
        print(f"alignment error rate {links['AER']:.3f}")


def show_alignment(model: Model, longest: int, run: Run, corpus: Corpus) -> None:
    """Print, for each word of one translation, where it looked most."""
    one = next(p for p in corpus.test if len(p.source) == min(longest, 11))
    lists = vocabularies(corpus.train)
    ((source, target),) = numericalize([one], *lists).values()
    weights = attend(run.parameters, model, source, target)[0]
    print(" ".join(one.source))
    for word, row in zip(one.target, weights):
        print(f"{word:>14} <- {one.source[np.argmax(row)]:12} {row.max():.2f}")

"""The experiment in small: train the search, translate, and see where it looked."""

import argparse
from pathlib import Path

from batches import numericalize
from corpus import make_corpus, vocabularies
from cursors_in_step import cursors_in_step
from evaluation import attend, evaluate_alignment, select_lengths, translate_all
from metrics import bleu, exact_match
from model import Settings
from one_vector import one_vector
from replay import read_record, replay
from soft_search import soft_search
from transformer import transformer, transformer_trained_longer
from two_cursors import two_cursors


def main() -> None:
    """Train the search small; or, with --record, mark a training of the pages."""
    arguments = argparse.ArgumentParser(description="The birth of attention, in small")
    arguments.add_argument("--record", type=Path, help="a record that the pages offer")
    file, corpus = arguments.parse_args().record, make_corpus(seed=1)
    settings = read_name(file) if file else Settings(soft_search, longest=12, steps=800)
    run = read_record(file)[1] if file else replay(settings, corpus.train)
    print(f"step {len(run.losses)}: loss {run.losses[-20:].mean():.3f}")

    lists, (model, longest, *_) = vocabularies(corpus.train), settings
    test = [one for one in corpus.test if len(one.source) <= longest]
    data = numericalize(test, *lists)
    chosen = select_lengths(translate_all(run.parameters, model, data), 5, longest)
    print(f"{model.name}, test sentences of 5 to {longest} words:")
    print(f"BLEU {bleu(*chosen):.1f}, no word wrong in {exact_match(*chosen):.1%}")
    if model.attend is None:
        return
    links = evaluate_alignment(run.parameters, model, test, data)
    print(f"alignment error rate {links['AER']:.3f}")
    one = next(pair for pair in test if len(pair.source) == 11)
    print(" ".join(one.source))
    ((source, target),) = numericalize([one], *lists).values()
    for word, row in zip(one.target, attend(run.parameters, model, source, target)[0]):
        print(f"{word:>14} <- {one.source[row.argmax()]:12} {row.max():.2f}")


def read_name(file: Path) -> Settings:
    """What a record is of, by its name: soft-search-30-1.npz."""
    models = one_vector, two_cursors, cursors_in_step, soft_search, transformer
    known = {one.name: one for one in (*models, transformer_trained_longer)}
    name, *numbers = file.stem.replace("-", " ").rsplit(" ", 2)
    if name not in known:
        raise SystemExit(f"Given {file}. Expected a record that the pages offer.")
    return Settings(known[name], longest=int(numbers[0]), seed=int(numbers[1]))

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

MODELS = (
    one_vector, two_cursors, cursors_in_step, soft_search,
    transformer, transformer_trained_longer,
)  # fmt: skip


def main() -> None:
    """Train the search small; or, with --record, mark a training of the pages."""
    arguments = argparse.ArgumentParser(description="The birth of attention, in small")
    arguments.add_argument("--record", type=Path, help="a record that the pages offer")
    file, corpus = arguments.parse_args().record, make_corpus(seed=1)
    settings = read_name(file) if file else Settings(soft_search, longest=12, steps=800)
    run = read_record(file)[1] if file else replay(settings, corpus.train)
    for step in (1, 100, 200, 500, 1000, 2000):
        if step <= len(run.losses):
            print(
                f"step {step:4}: loss {run.losses[max(0, step - 20) : step].mean():.3f}"
            )

    lists, (model, longest, *_) = vocabularies(corpus.train), settings
    test = [one for one in corpus.test if len(one.source) <= longest]
    data = numericalize(test, *lists)
    chosen = select_lengths(translate_all(run.parameters, model, data), 5, longest)
    print(f"{model.name}, test sentences of 5 to {longest} words:")
    print(
        f"BLEU {bleu(*chosen):.1f}, right to the last word {exact_match(*chosen):.1%}"
    )
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
    models = {model.name.replace(" ", "-"): model for model in MODELS}
    name, *numbers = file.stem.rsplit("-", 2)
    if name not in models or not file.is_file():
        raise SystemExit(
            f"Given {file}. Expected a record that the pages offer, by name."
        )
    longest, seed = map(int, numbers)
    return Settings(models[name], longest, seed)

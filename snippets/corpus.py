"""Sentences for training, development and test, of every length, none in two sets."""

import random
import zlib
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from grammar import Pair, clause, combine, pair
from lexicon import CONJUNCTIONS

SETS = ["test", "dev"] + 8 * ["train"]  # a tenth of the clauses, a tenth, the rest


class Corpus(NamedTuple):
    """Three lists of pairs; no clause of one set occurs in another.

    Training pairs have no links: nobody may learn from them.
    """

    train: list
    dev: list
    test: list


def split_of(one: Pair) -> str:
    """Name the set a clause belongs to, by its letters alone.

    >>> split_of(pair("the cat sleeps", "o gato dorme"))
    'train'
    """
    return SETS[zlib.crc32(" ".join(one.source).encode()) % len(SETS)]


def clauses_by_length(rng: random.Random, how_many: int) -> dict[str, dict]:
    """Write clauses: {set: {source length: list of different ones}}."""
    found: dict[str, dict] = {name: {} for name in SETS}
    seen = set()
    for _ in range(how_many):
        one = clause(rng)
        if one.source not in seen:
            seen.add(one.source)
            found[split_of(one)].setdefault(len(one.source), []).append(one)
    return found


@cache
def first_clauses(lengths: tuple[int, ...], left: int) -> list[int]:
    """List the lengths of clauses that can come first where words are left to write.

    >>> first_clauses((3, 8), 12)  # 3 + 1 + 8, or 8 + 1 + 3
    [3, 8]
    """
    goes_on = lambda n: n < left and first_clauses(lengths, left - n - 1)  # noqa: E731
    return [n for n in lengths if n == left or goes_on(n)]


def sentence(
    rng: random.Random, clauses: dict[int, list], length: int, links: bool = True
) -> Pair:
    """Join clauses to a sentence of a given number of source words, if that can be.

    >>> one = pair("the cat sleeps", "o gato dorme")
    >>> sentence(random.Random(2), {3: [one]}, 7, links=False).target
    ('o', 'gato', 'dorme', 'e', 'o', 'gato', 'dorme')
    """
    lengths = tuple(clauses)
    if not first_clauses(lengths, length):
        raise ValueError(
            f"Given a length of {length} words. Expected one that clauses of "
            f"{sorted(lengths)} words and a word between two can make up. Ask for "
            f"another length, {min(lengths)} words or more."
        )
    left = length
    parts: list[Pair] = []
    while left:
        n = rng.choice(first_clauses(lengths, left))
        parts.append(rng.choice(clauses[n]))
        left -= n
        if left:
            english = rng.choice([*CONJUNCTIONS])
            parts.append(pair(english, CONJUNCTIONS[english], content=False))
            left -= 1
    if links:
        return combine(parts)
    source: list[str] = []
    target: list[str] = []
    for part in parts:
        source += part.source
        target += part.target
    return Pair(tuple(source), tuple(target))


def make_corpus(
    seed: int,
    lengths: Sequence[int] = range(4, 41),
    per_length: int = 1000,
    clauses: int = 24000,
) -> Corpus:
    """Write a corpus of sources of some lengths, out of so many clauses.

    Odd lengths from 5 on are tested (40 sentences each), even ones from 6 on are for
    development (20 each). `per_length` training pairs have each length; of the shortest
    there are fewer different ones, so some come again.
    """
    if per_length < 1 or not len(lengths):
        raise ValueError(
            f"Given {per_length} pairs of each length and {len(lengths)} lengths. "
            "Expected at least 1 of each."
        )
    rng = random.Random(seed)
    known = clauses_by_length(rng, clauses)
    corpus = Corpus([], [], [])
    for length in lengths:
        for _ in range(per_length):
            corpus.train.append(sentence(rng, known["train"], length, False))
        if length >= 5:
            name, size = ("test", 40) if length % 2 else ("dev", 20)
            different = {}
            for _ in range(20 * size):
                one = sentence(rng, known[name], length)
                different[one.source] = one
                if len(different) == size:
                    break
            if len(different) < size:
                raise ValueError(
                    f"Given {clauses} clauses, which make {len(different)} sentences "
                    f"of {length} words for the set {name}. Expected {size}. "
                    "Write more clauses."
                )
            getattr(corpus, name).extend(different.values())
    return corpus


def vocabularies(pairs: Sequence[Pair]) -> tuple[list[str], list[str]]:
    """List the words of both sides, in alphabetical order.

    >>> vocabularies([pair("a cat", "um gato", (0, 0), (1, 1))])
    (['a', 'cat'], ['gato', 'um'])
    """
    sources = {word for one in pairs for word in one.source}
    targets = {word for one in pairs for word in one.target}
    return sorted(sources), sorted(targets)

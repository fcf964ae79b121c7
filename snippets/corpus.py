"""Sentences for training, development and test, of every length, none in two sets."""

import zlib
from collections import namedtuple
from collections.abc import Sequence
from functools import cache
from itertools import chain
from random import Random

from grammar import Pair, clause, combine, word_pair
from lexicon import entries

Corpus = namedtuple("Corpus", "train dev test")  # no clause of one is in another
SETS = ["test", "dev"] + 8 * ["train"]  # a tenth of the clauses, a tenth, the rest


def clauses_by_length(rng: Random, how_many: int) -> dict[str, dict]:
    """Write clauses: {set: {source length: list of different ones}}.

    The letters of a clause alone decide which set it belongs to.
    """
    found: dict[str, dict] = {name: {} for name in SETS}
    clauses = [clause(rng) for _ in range(how_many)]
    for words, one in {one.source: one for one in clauses}.items():
        name = SETS[zlib.crc32(" ".join(words).encode()) % len(SETS)]
        found[name].setdefault(len(words), []).append(one)
    return found


@cache
def first_clauses(lengths: tuple[int, ...], left: int) -> list[int]:
    """List the lengths of clauses that can come first where words are left to write.

    >>> first_clauses((3, 8), 12)  # 3 + 1 + 8, or 8 + 1 + 3
    [3, 8]
    """
    short = [n for n in lengths if n <= left]
    return [n for n in short if n == left or first_clauses(lengths, left - n - 1)]


def sentence(
    rng: Random, clauses: dict[int, list], length: int, links: bool = True
) -> Pair:
    """Join clauses to a sentence of a given number of source words, if that can be.

    >>> one = Pair(("the", "cat", "sleeps"), ("o", "gato", "dorme"))
    >>> sentence(Random(2), {3: [one]}, 7, links=False).target
    ('o', 'gato', 'dorme', 'e', 'o', 'gato', 'dorme')
    """
    lengths = tuple(clauses)
    parts: list[Pair] = []
    if not first_clauses(lengths, length):
        raise ValueError(f"Given {length} words: no clauses make that. Ask for others.")
    while length > 0:
        if parts:
            parts.append(word_pair(rng.choice(entries("conjunction"))))
        n = rng.choice(first_clauses(lengths, length))
        parts.append(rng.choice(clauses[n]))
        length -= n + 1
    if links:
        return combine(parts)
    sources, targets, *_ = zip(*parts)
    return Pair(tuple(chain(*sources)), tuple(chain(*targets)))


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
    rng, corpus = Random(seed), Corpus([], [], [])
    known = clauses_by_length(rng, clauses)
    for length in lengths:
        for _ in range(per_length):
            corpus.train.append(sentence(rng, known["train"], length, links=False))
        name, size = ("test", 40) if length % 2 else ("dev", 20)
        different: dict[tuple, Pair] = {}
        for _ in range(20 * size if length >= 5 else 0):
            if len(different) < size:
                one = sentence(rng, known[name], length)
                different[one.source] = one
        if length >= 5 and len(different) < size:
            raise ValueError(f"Given {clauses} clauses: too few. Write more.")
        getattr(corpus, name).extend(different.values())
    return corpus


def vocabularies(pairs: Sequence[Pair]) -> tuple[list[str], ...]:
    """List the words of both sides, in alphabetical order.

    >>> vocabularies([Pair(("a", "cat"), ("um", "gato"))])
    (['a', 'cat'], ['gato', 'um'])
    """
    return tuple(
        sorted({word for one in pairs for word in one[side]}) for side in (0, 1)
    )

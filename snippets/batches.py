"""Sentences as numbers, and batches of them.

Data are a dict {source length: (source, target)} of integer arrays: (sentences, length)
and (sentences, T_y), where a target ends in 0, and -1 fills the rest. In a batch all
sources have one length, so that no source position is ever padding.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from grammar import Pair
from model import Settings, check_settings


def numericalize(
    pairs: Sequence[Pair], source_words: list[str], target_words: list[str]
) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """Turn words into their places in two vocabularies; 0 is the target's end.

    >>> numericalize([Pair(("a", "cat"), ("gato",))], ["a", "cat"], ["gato"])
    {2: (array([[0, 1]]), array([[1, 0]]))}
    """
    if not len(pairs):
        raise ValueError("Given 0 pairs of sentences. Expected at least 1: make some.")
    source_ids = {word: i for i, word in enumerate(source_words)}
    target_ids = {word: i for i, word in enumerate(target_words, start=1)}
    by_length: dict[int, list] = {}
    for pair in pairs:
        by_length.setdefault(len(pair.source), []).append(pair)
    data = {}
    for length, group in sorted(by_length.items()):
        longest = max(len(pair.target) for pair in group)
        source = [[source_ids[word] for word in pair.source] for pair in group]
        target = np.full((len(group), longest + 1), -1, np.int64)
        for row, pair in zip(target, group):
            row[: len(pair.target) + 1] = [*(target_ids[w] for w in pair.target), 0]
        data[length] = np.array(source, np.int64), target
    return data


def batches(data: dict, settings: Settings) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Draw batches for ever: a length, short ones more often, then sentences of it.

    >>> from soft_search import soft_search
    >>> data = {4: (np.zeros((9, 4), int), np.array([[5, 0, -1]] * 9))}
    >>> source, target = next(batches(data, Settings(soft_search, batch=2)))
    >>> source.shape, target.tolist()
    ((2, 4), [[5, 0], [5, 0]])
    """
    check_settings(settings)
    if not any(len(source) for source, _ in data.values()):
        raise ValueError("Given no sentences. Expected at least one pair: make some.")
    rng = np.random.default_rng([settings.seed, 2014])
    lengths = np.array([length for length in data if length <= settings.longest])
    if not len(lengths):
        raise ValueError(
            f"Given longest={settings.longest}, and sentences of {min(data)} words and "
            "more. Expected some that short: raise longest."
        )
    while True:
        source, target = data[rng.choice(lengths, p=1 / lengths / (1 / lengths).sum())]
        rows = rng.integers(len(source), size=settings.batch)
        used = (target[rows] >= 0).any(axis=0)
        yield source[rows], target[rows][:, used]

"""What a trained Transformer scores, and what each of its heads looks at.

Weights are (LAYERS, batch, heads, T, T) as in `layers.py`; a share is the mean over
sentences and words that look, (LAYERS, heads). Parameters are those of a `Run`.
"""

from collections.abc import Sequence

import numpy as np
from evaluation import as_nodes
from grammar import Pair
from transformer import read, words_before, write


def next_scores(
    parameters: dict, source: Sequence[int], before: Sequence[int]
) -> np.ndarray:
    """Score each word that could follow each word before: (T_y, words), float64."""
    p = as_nodes(parameters)
    memory, _ = read(p, np.array([source]))
    logits, *_ = write(p, np.array([before]), memory)
    return logits.value[0]


def head_looks(
    parameters: dict, source: np.ndarray, target: np.ndarray
) -> dict[str, np.ndarray]:
    """Where each head of each layer looks while it reads, back, and across."""
    p = as_nodes(parameters)
    memory, reading = read(p, source)
    _, _, looks = write(p, words_before(target), memory)
    back, across = zip(*looks)
    found = {"reading": reading, "back": back, "across": across}
    return {name: np.stack(weights) for name, weights in found.items()}


def share_beside(weights: np.ndarray, step: int) -> np.ndarray:
    """The share of weight on the word so many places on, of words that have one.

    >>> share_beside(np.eye(3)[None, None, None], 0)
    array([[1.]])
    """
    return np.diagonal(weights, step, -2, -1).mean(axis=(1, -1))


def share_on_links(weights: np.ndarray, links: Sequence[set]) -> np.ndarray:
    """The share of weight on links (target place, source place), a set a sentence."""
    total, words = np.zeros(weights[:, 0, :, 0, 0].shape), 0
    for number, one in enumerate(links):
        for i, j in one:
            total += weights[:, number, :, i, j]
        words += len({i for i, _ in one})
    return total / words


def head_habits(
    parameters: dict, pairs: Sequence[Pair], data: dict
) -> dict[str, np.ndarray]:
    """What heads look at in pairs, and their data: {what: share (LAYERS, heads)}.

    Gold links are the sure and the possible ones, of target words that have any.
    """
    found: dict[str, list] = {}
    for length, both in data.items():
        looks = head_looks(parameters, *both)
        for row, one in enumerate(p for p in pairs if len(p.source) == length):
            words = len(one.target)
            reading, back, across = (w[:, row : row + 1] for w in looks.values())
            back = back[..., :words, :words]
            links = {*one.sure, *one.possible}
            shares = {
                "reading, word before": share_beside(reading, -1),
                "reading, itself": share_beside(reading, 0),
                "reading, word after": share_beside(reading, 1),
                "back, word before": share_beside(back, -1),
                "back, itself": share_beside(back, 0),
                "across, gold links": share_on_links(across, [links]),
            }
            for name, share in shares.items():
                found.setdefault(name, []).append(share)
    return {name: np.mean(shares, axis=0) for name, shares in found.items()}

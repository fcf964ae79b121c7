"""Translate with a trained model, and mark what it writes and where it looks.

Parameters are those of a `Run`, the model is the one that they are of; data as in
`batches.py`.
"""

from collections.abc import Sequence

import numpy as np
from grammar import Pair
from metrics import (
    alignment_error_rate,
    bleu,
    check_any,
    exact_match,
    precision,
)
from model import Model
from tape import Node

BANDS = ((5, 9), (10, 14), (15, 19), (20, 24), (25, 29), (30, 34), (35, 40))


def as_nodes(parameters: dict) -> dict[str, Node]:
    """Make nodes of parameters, in float64: rounding then turns no choice of a word.

    Which of two words is likelier can hang on the last digits of float32, and those on
    the processor.

    >>> as_nodes({"b": np.zeros(2, np.float32)})["b"].value.dtype
    dtype('float64')
    """
    return {name: Node(np.asarray(value, float)) for name, value in parameters.items()}


def translate(parameters: dict, model: Model, source: np.ndarray) -> list[list[int]]:
    """Translate sources (batch, T_x) into lists of words, without the end."""
    return model.translate(as_nodes(parameters), source)


def attend(
    parameters: dict, model: Model, source: np.ndarray, target: np.ndarray
) -> np.ndarray:
    """Where a model looks while it writes given translations: (batch, T_y, T_x)."""
    if model.attend is None:
        raise ValueError(f"Given {model.name}. Expected a model with attend.")
    return model.attend(as_nodes(parameters), source, target)


def translate_all(parameters: dict, model: Model, data: dict) -> dict:
    """Translate data: {source length: (translations, references)}."""
    translated = {}
    for length, (source, target) in data.items():
        references = [[int(word) for word in row if word > 0] for row in target]
        translated[length] = translate(parameters, model, source), references
    return translated


def select_lengths(translated: dict, shortest: int, longest: int) -> tuple[list, list]:
    """Gather the translations and references of some source lengths.

    >>> select_lengths({4: ([[1]], [[2]]), 5: ([[3]], [[4]])}, 5, 9)
    ([[3]], [[4]])
    """
    chosen = [both for n, both in translated.items() if shortest <= n <= longest]
    check_any(len(chosen), f"sources of {shortest} to {longest} words")
    ours, right = zip(*chosen)
    return sum(ours, []), sum(right, [])


def evaluate_by_length(translated: dict) -> tuple[list, list]:
    """BLEU and exact match, over each of the BANDS of source lengths."""
    sets = [select_lengths(translated, *band) for band in BANDS]
    return [bleu(*both) for both in sets], [exact_match(*both) for both in sets]


def evaluate_alignment(
    parameters: dict, model: Model, pairs: Sequence[Pair], data: dict
) -> dict[str, float]:
    """Compare where a model looks with the gold links of pairs, and their data.

    "AER"; "content", the share of nouns, adjectives, verbs and adverbs whose heaviest
    weight is on a sure link; "possible", the share of all words whose heaviest weight
    is on a possible link; "diagonal", the AER of looking at one's own place.
    """
    check_any(len(data), "lengths of sources")
    found, steps, gold = [], [], []
    for length, both in data.items():
        alphas = attend(parameters, model, *both)
        for pair, alpha in zip((p for p in pairs if len(p.source) == length), alphas):
            gold.append(pair)
            found.append(hard_alignment(alpha[: len(pair.target)]))
            steps.append({(i, min(i, length - 1)) for i in range(len(pair.target))})
    sure = [set(pair.sure) for pair in gold]
    possible = [set(pair.possible) | set(pair.sure) for pair in gold]
    content = [{(i, j) for i, j in a if i in p.content} for a, p in zip(found, gold)]
    return {
        "AER": alignment_error_rate(found, sure, possible),
        "content": precision(content, sure),
        "possible": precision(found, possible),
        "diagonal": alignment_error_rate(steps, sure, possible),
    }


def hard_alignment(alpha: np.ndarray) -> set[tuple[int, int]]:
    """Link each target word to the source word of its largest weight, (T_y, T_x).

    >>> sorted(hard_alignment(np.array([[0.9, 0.1], [0.8, 0.2]])))
    [(0, 0), (1, 0)]
    """
    return {(i, int(j)) for i, j in enumerate(alpha.argmax(axis=-1))}

"""The scores that papers name, one query at a time; one learns to replace another.

A query q or a state s is a vector, keys k or annotations h are rows; `additive_scores`,
of `forward.py`, is the one that the others are held against. Parameters p as there.
Luong is Luong, Pham and Manning 2015, arXiv 1508.04025; Graves, Graves, Wayne and
Danihelka 2014, arXiv 1410.5401.
"""

from collections.abc import Callable, Sequence

import numpy as np
from decoder import END
from forward import (
    additive_scores,
    annotations,
    decoder_cell,
    initial_state,
    soft_attention,
    stable_softmax,
    translate_greedily,
)
from training import adam_step


def dot_scores(q: np.ndarray, k: np.ndarray) -> np.ndarray:
    """Each key times the query: Luong's dot, Eq. 8.

    >>> dot_scores(np.array([1.0, 2.0]), np.eye(2))
    array([1., 2.])
    """
    return k @ q


def scaled_dot_scores(q: np.ndarray, k: np.ndarray) -> np.ndarray:
    """The same on a scale that does not grow: Vaswani et al. 2017, Eq. 1."""
    return k @ q / np.sqrt(len(q))


def general_scores(s: np.ndarray, h: np.ndarray, W: np.ndarray) -> np.ndarray:
    """A matrix between state and annotations: Luong's general, Eq. 8."""
    return h @ (s @ W)


def concat_scores(
    s: np.ndarray, h: np.ndarray, W: np.ndarray, v: np.ndarray
) -> np.ndarray:
    """State and annotation end to end, through one matrix: Luong's concat, Eq. 8."""
    pairs = [np.concatenate([s, h_j]) for h_j in h]
    return np.tanh(np.array(pairs) @ W) @ v


def cosine_scores(q: np.ndarray, k: np.ndarray, beta: float) -> np.ndarray:
    """How alike the directions are, times a strength: Graves, Eq. 5-6.

    >>> cosine_scores(np.array([3.0, 0.0]), np.array([[9.0, 0.0], [0.0, 1.0]]), 2)
    array([2., 0.])
    """
    lengths = np.linalg.norm(q) * np.linalg.norm(k, axis=1)
    return beta * (k @ q) / lengths


def asking_states(
    p: dict[str, np.ndarray], h: np.ndarray, written: Sequence[int]
) -> np.ndarray:
    """The states s_{i-1} that ask for each word of a given translation."""
    s, y, states = initial_state(p, h), END, []
    for word in written:
        states.append(s)
        c, _ = soft_attention(s, h, p["W_a"], p["U_a"], p["v_a"])
        s = decoder_cell(p, s, p["E_y"][y], c)
        y = word
    return np.array(states)


def translate_by_score(
    p: dict[str, np.ndarray], words: Sequence[int], score: Callable
) -> list[int]:
    """Translate as the soft search does, with a score of one's own: score(s, h)."""
    h = annotations(p, words)

    def look(s: np.ndarray, i: int) -> np.ndarray:
        return stable_softmax(score(s, h)) @ h

    return translate_greedily(p, words, initial_state(p, h), look)


def imitate(
    lessons: Sequence, W: np.ndarray, U: np.ndarray, v: np.ndarray, steps: int = 300
) -> tuple[np.ndarray, np.ndarray]:
    """Learn W_Q and W_K whose scaled products give the weights of additive scores.

    Lessons are pairs (s, h) of all states and annotations of a sentence; s and h stay.
    """
    rng, width = np.random.default_rng(2017), np.sqrt(len(v))
    wanted = [
        stable_softmax(np.array([additive_scores(one, h, W, U, v) for one in s]))
        for s, h in lessons
    ]
    values = {
        name: rng.standard_normal(old.shape) / np.sqrt(len(old))
        for name, old in (("W_Q", W), ("W_K", U))
    }
    means, squares = ({n: np.zeros_like(x) for n, x in values.items()} for _ in "mv")
    for step in range(steps):
        grads = {name: np.zeros_like(value) for name, value in values.items()}
        for lesson in rng.integers(len(lessons), size=32):
            s, h = lessons[lesson]
            q, k = s @ values["W_Q"], h @ values["W_K"]
            surplus = stable_softmax(q @ k.T / width) - wanted[lesson]
            grads["W_Q"] += s.T @ surplus @ k / (width * 32 * len(s))
            grads["W_K"] += h.T @ surplus.T @ q / (width * 32 * len(s))
        adam_step(values, grads, means, squares, step, 0.03 * (1 - step / steps))
    return values["W_Q"], values["W_K"]

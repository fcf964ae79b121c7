"""The scores that papers name, one query at a time; one learns to replace another.

A query q or a state s is a vector, keys k or annotations h are rows; `additive_scores`,
of `forward.py`, is the one that the others are held against. Parameters, sources and
targets as in `evaluation.py`. Luong is Luong, Pham and Manning 2015, arXiv 1508.04025;
Graves, Graves, Wayne and Danihelka 2014, arXiv 1410.5401.
"""

from collections.abc import Sequence

import numpy as np
from decoder import encoder_decoder
from encoder import bidirectional_encoder
from model import Model, lecun_normal
from soft_search import (
    additive_attention,
    attention_weights,
    context,
    soft_search_parameters,
)
from tape import Node
from training import adam_step


def dot_scores(q: np.ndarray, k: np.ndarray) -> np.ndarray:
    """Each key times the query: Luong's dot, section 3.1.

    >>> dot_scores(np.array([1.0, 2.0]), np.eye(2))
    array([1., 2.])
    """
    return k @ q


def scaled_dot_scores(q: np.ndarray, k: np.ndarray) -> np.ndarray:
    """The same on a scale that does not grow: Vaswani et al. 2017, Eq. 1."""
    return k @ q / np.sqrt(len(q))


def general_scores(s: np.ndarray, h: np.ndarray, W: np.ndarray) -> np.ndarray:
    """A matrix between state and annotations: Luong's general, section 3.1."""
    return h @ (s @ W)


def concat_scores(
    s: np.ndarray, h: np.ndarray, W: np.ndarray, v: np.ndarray
) -> np.ndarray:
    """State and annotation as one, through one matrix: Luong's concat, section 3.1."""
    pairs = [np.concatenate([s, h_j]) for h_j in h]
    return np.tanh(np.array(pairs) @ W) @ v


def cosine_scores(q: np.ndarray, k: np.ndarray, beta: float) -> np.ndarray:
    """How alike the directions are, times a strength: Graves, Eq. 5-6.

    >>> cosine_scores(np.array([3.0, 0.0]), np.array([[9.0, 0.0], [0.0, 1.0]]), 2)
    array([2., 0.])
    """
    lengths = np.linalg.norm(q) * np.linalg.norm(k, axis=1)
    return beta * (k @ q) / lengths


def search_by_product(W_Q: np.ndarray, W_K: np.ndarray) -> Model:
    """The soft search with another score: the scaled product of s W_Q and h W_K."""

    def read(p: dict, source: np.ndarray, tape: list | None = None) -> tuple:
        h, _ = bidirectional_encoder(p, source)
        s_0, _ = additive_attention(p, source)
        k = h.value @ W_K  # once a sentence

        def look(s: Node, i: int) -> tuple[Node, Node]:
            q = s.value @ W_Q
            scores = (k @ q[..., None])[..., 0] / np.sqrt(q.shape[-1])
            alpha = attention_weights(Node(scores))
            return context(alpha, h), alpha

        return s_0, look

    return encoder_decoder("product", soft_search_parameters, read, attends=True)


def imitate(
    lessons: Sequence, W: np.ndarray, U: np.ndarray, steps: int = 300
) -> tuple[np.ndarray, np.ndarray]:
    """Learn W_Q and W_K, of the sizes of W and U, whose scaled products look alike.

    Lessons are what `asking_states` gives; of each only the weights are imitated, and
    states and annotations stay as they are.
    """
    rng, width = np.random.default_rng(2017), np.sqrt(W.shape[1])
    p = {"W_Q": lecun_normal(W.shape, rng), "W_K": lecun_normal(U.shape, rng)}
    means, squares = ({n: np.zeros_like(x) for n, x in p.items()} for _ in "mv")
    for step in range(steps):
        lesson = lessons[int(rng.integers(len(lessons)))]
        rows = rng.integers(len(lesson[0]), size=32)
        s, h, wanted = (part[rows] for part in lesson)
        q, k = s @ p["W_Q"], h @ p["W_K"]
        alpha = attention_weights(Node(q @ k.swapaxes(1, 2) / width)).value
        surplus = (alpha - wanted) / (width * alpha[..., 0].size)
        grads = {"W_Q": (s.swapaxes(1, 2) @ surplus @ k).sum(axis=0)}
        grads["W_K"] = (h.swapaxes(1, 2) @ surplus.swapaxes(1, 2) @ q).sum(axis=0)
        adam_step(p, grads, means, squares, step, 0.03 * (1 - step / steps))
    return p["W_Q"], p["W_K"]

"""The scores that papers name, one query at a time; one learns to replace another.

A query q or a state s is a vector, keys k or annotations h are rows; `additive_scores`,
of `forward.py`, is the one that the others are held against. Parameters, sources and
targets as in `evaluation.py`. Luong is Luong, Pham and Manning 2015, arXiv 1508.04025;
Graves, Graves, Wayne and Danihelka 2014, arXiv 1410.5401.
"""

from collections.abc import Callable, Sequence

import numpy as np
from decoder import encoder_decoder, teacher_forcing
from encoder import bidirectional_encoder
from evaluation import as_nodes
from forward import additive_scores, stable_softmax
from model import Model
from soft_search import (
    additive_attention,
    attention_weights,
    context,
    soft_search_parameters,
)
from tape import Node
from training import adam_step


def dot_scores(q: np.ndarray, k: np.ndarray) -> np.ndarray:
    """Each key times the query: Luong's dot, Sec. 3.1.

    >>> dot_scores(np.array([1.0, 2.0]), np.eye(2))
    array([1., 2.])
    """
    return k @ q


def scaled_dot_scores(q: np.ndarray, k: np.ndarray) -> np.ndarray:
    """The same on a scale that does not grow: Vaswani et al. 2017, Eq. 1."""
    return k @ q / np.sqrt(len(q))


def general_scores(s: np.ndarray, h: np.ndarray, W: np.ndarray) -> np.ndarray:
    """A matrix between state and annotations: Luong's general, Sec. 3.1."""
    return h @ (s @ W)


def concat_scores(
    s: np.ndarray, h: np.ndarray, W: np.ndarray, v: np.ndarray
) -> np.ndarray:
    """State and annotation end to end, through one matrix: Luong's concat."""
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
    parameters: dict, source: np.ndarray, target: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The states s_{i-1} that ask for each word of given translations; whom they ask.

    States are (batch, T_y, n), annotations (batch, T_x, 2 n).
    """
    p, states = as_nodes(parameters), []
    h, _ = bidirectional_encoder(p, source)
    s_0, look = additive_attention(p, source)

    def note(s: Node, i: int) -> tuple[Node, Node]:
        states.append(s.value)
        return look(s, i)

    teacher_forcing(p, target, s_0, note)
    return np.stack(states, axis=1), h.value


def search_by(score: Callable, steers: bool = True) -> Model:
    """The soft search with a score of one's own: score(s, h), of one state.

    If it does not steer, the decoder goes on by its own score, and only the weights are
    those of the other.
    """

    def read(p: dict, source: np.ndarray, tape: list | None = None) -> tuple:
        h, _ = bidirectional_encoder(p, source)
        s_0, own = additive_attention(p, source)

        def look(s: Node, i: int) -> tuple[Node, Node]:
            e = np.array([score(*both) for both in zip(s.value, h.value)])
            alpha = attention_weights(Node(e))
            return context(alpha, h) if steers else own(s, i)[0], alpha

        return s_0, look

    return encoder_decoder("own score", soft_search_parameters, read, attends=True)


def imitate(
    lessons: Sequence, W: np.ndarray, U: np.ndarray, v: np.ndarray, steps: int = 300
) -> tuple[np.ndarray, np.ndarray]:
    """Learn W_Q and W_K whose scaled products give the weights of additive scores.

    Lessons are what `asking_states` gives; states and annotations stay as they are.
    """
    rng, width = np.random.default_rng(2017), np.sqrt(len(v))
    wanted = [
        stable_softmax(additive_scores(s[:, :, None], h[:, None], W, U, v))
        for s, h in lessons
    ]
    values = {
        name: rng.standard_normal(old.shape) / np.sqrt(len(old))
        for name, old in (("W_Q", W), ("W_K", U))
    }
    means, squares = ({n: np.zeros_like(x) for n, x in values.items()} for _ in "mv")
    for step in range(steps):
        one = int(rng.integers(len(lessons)))
        rows = rng.integers(len(wanted[one]), size=32)
        s, h, alpha = (x[rows] for x in (*lessons[one], wanted[one]))
        q, k = s @ values["W_Q"], h @ values["W_K"]
        surplus = stable_softmax(q @ np.swapaxes(k, 1, 2) / width) - alpha
        surplus /= width * surplus[..., 0].size
        to_q, to_k = surplus @ k, np.swapaxes(surplus, 1, 2) @ q
        grads = {"W_Q": np.tensordot(s, to_q, ((0, 1), (0, 1)))}
        grads["W_K"] = np.tensordot(h, to_k, ((0, 1), (0, 1)))
        adam_step(values, grads, means, squares, step, 0.03 * (1 - step / steps))
    return values["W_Q"], values["W_K"]

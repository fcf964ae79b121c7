"""RNNsearch, the model with attention: where to look is computed from the last state.

"The paper" is Bahdanau, Cho and Bengio, arXiv 1409.0473v7, section 3. Parameters,
sources and targets as in `decoder.py`; `look` too. The annotations h are (batch, T_x,
2 n), scores e and weights alpha (batch, T_x).
"""

from collections.abc import Callable

import numpy as np
from decoder import decoder_parameters, encoder_decoder
from encoder import bidirectional_encoder, encoder_parameters
from model import Settings, lecun_normal, zeros
from operations import linear, tanh
from tape import Node, record


def soft_search_parameters(
    size: Settings, source_words: int, target_words: int
) -> dict:
    """As v_a begins at 0, attention begins uniform."""
    n, n_a = size.hidden, size.alignment
    return {
        **encoder_parameters(size, source_words),
        **decoder_parameters(size, target_words, 2 * n),
        "W_a": (lecun_normal, (n, n_a)),
        "U_a": (lecun_normal, (2 * n, n_a)),
        "v_a": (zeros, (n_a,)),
    }


def energies(Ws: Node, Uh: Node, v: Node, tape: list | None = None) -> Node:
    """How well each source word answers the state: e_ij = v . tanh(W s_{i-1} + U h_j).

    Ws is (batch, n'), computed once a target word; Uh, (batch, T_x, n'), once a
    sentence; v, (n',). The paper, App. A.1.2.

    >>> Ws, Uh = Node(np.zeros((1, 2))), Node(np.ones((1, 3, 2)))
    >>> energies(Ws, Uh, Node(np.array([1.0, 0.5]))).value.round(3)
    array([[1.142, 1.142, 1.142]])
    """
    t = np.tanh(Ws.value[:, None] + Uh.value)

    def backward(grad: np.ndarray) -> None:
        to_sum = grad[..., None] * (v.value * (1 - t * t))
        Ws.grad += to_sum.sum(axis=1)
        Uh.grad += to_sum
        v.grad += grad.reshape(-1) @ t.reshape(-1, v.value.size)

    return record(t @ v.value, backward, tape)


def attention_weights(e: Node, tape: list | None = None) -> Node:
    """A softmax over the source words (Eq. 6): each row adds up to 1.

    >>> attention_weights(Node(np.zeros((1, 4)))).value
    array([[0.25, 0.25, 0.25, 0.25]])
    """
    exponentials = np.exp(e.value - e.value.max(axis=-1, keepdims=True))
    alpha = exponentials / exponentials.sum(axis=-1, keepdims=True)

    def backward(grad: np.ndarray) -> None:
        inner = (grad * alpha).sum(axis=-1, keepdims=True)
        e.grad += alpha * (grad - inner)

    return record(alpha, backward, tape)


def context(alpha: Node, h: Node, tape: list | None = None) -> Node:
    """The average of the annotations, weighted by the attention: (batch, 2 n), Eq. 5.

    >>> alpha, h = Node(np.array([[0.25, 0.75]])), Node(np.array([[[0.0], [8.0]]]))
    >>> context(alpha, h).value
    array([[6.]])
    """
    c = (alpha.value[:, None] @ h.value)[:, 0]

    def backward(grad: np.ndarray) -> None:
        alpha.grad += (h.value @ grad[..., None])[..., 0]
        h.grad += alpha.value[..., None] * grad[:, None]

    return record(c, backward, tape)


def additive_attention(
    p: dict[str, Node], source: np.ndarray, tape: list | None = None
) -> tuple[Node, Callable]:
    """Look everywhere, a little: section 3.1, Eq. 4-6, and App. A.1.2, A.2.2."""
    h, first = bidirectional_encoder(p, source, tape)
    s_0 = tanh(linear(first, p["W_s"], tape=tape), tape)
    Uh = linear(h, p["U_a"], tape=tape)

    def look(s: Node, i: int) -> tuple[Node, Node]:
        e = energies(linear(s, p["W_a"], tape=tape), Uh, p["v_a"], tape)
        alpha = attention_weights(e, tape)
        return context(alpha, h, tape), alpha

    return s_0, look


soft_search = encoder_decoder(
    "soft search", soft_search_parameters, additive_attention, attends=True
)

"""The decoder of three models: before each word it looks, and renews its state.

"The paper" is Bahdanau, Cho and Bengio, arXiv 1409.0473v7: section 3.1, App. A.2.2.
What a model has read gives the first state s, (batch, n), and `look(s, i)`: what the
decoder gets to see before it writes target word i, the context (batch, width), and with
which weights, (batch, T_x), or None. Parameters p are Nodes by name; Ey is the
embedding of the word before, (batch, m). Sources are integer arrays (batch, T_x),
targets (batch, T_y), with -1 after the end.
"""

from collections.abc import Callable

import numpy as np
from model import Model, Settings, embedding, lecun_normal, orthogonal, zeros
from operations import concatenate, cross_entropy, embed, linear, stack, tanh
from recurrent import gru
from tape import Node

END = 0  # the target word that ends a sentence, and starts one


def decoder_parameters(size: Settings, target_words: int, width: int) -> dict:
    """How each parameter is drawn, and its shape, for contexts of some width."""
    n, m = size.hidden, size.embedding
    return {
        "E_y": (embedding, (target_words, m)),
        "W": (lecun_normal, (m + width, 3 * n)),
        "U": (orthogonal, (n, 3 * n)),
        "b": (zeros, (3 * n,)),
        "V": (lecun_normal, (size.output, target_words)),
        "b_v": (zeros, (target_words,)),
        "W_s": (lecun_normal, (n, n)),
        "b_o": (zeros, (size.output,)),
        "O": (lecun_normal, (n + m + width, size.output)),
    }


def decoder_step(
    p: dict[str, Node],
    s: Node,
    Ey: Node,
    look: Callable,
    i: int,
    tape: list | None = None,
) -> tuple[Node, Node, Node | None]:
    """Look, and renew the state: s_i = f(s_{i-1}, y_{i-1}, c_i); c_i; the weights."""
    c, alpha = look(s, i)
    x = linear(concatenate([Ey, c], tape), p["W"], p["b"], tape)
    return gru(x, s, p["U"], tape), c, alpha


def output_layer(
    p: dict[str, Node], s: Node, Ey: Node, c: Node, tape: list | None = None
) -> Node:
    """Logits (..., words) of p(y_i | ...) = g(y_{i-1}, s_i, c_i), Eq. 4.

    The paper has a maxout instead of the tanh, and s_{i-1} instead of s_i.
    """
    t = tanh(linear(concatenate([s, Ey, c], tape), p["O"], p["b_o"], tape), tape)
    return linear(t, p["V"], p["b_v"], tape)


def teacher_forcing(
    p: dict[str, Node],
    target: np.ndarray,
    s: Node,
    look: Callable,
    tape: list | None = None,
) -> tuple[Node, list]:
    """Run along a translation that is given: logits (T_y, batch, words), T_y weights.

    Whatever the model would have written, the word before is the right one.
    """
    before = np.column_stack([np.full(len(target), END), target[:, :-1]])
    Ey = embed(p["E_y"], np.maximum(before, 0).T, tape)
    states, contexts, weights = [], [], []
    for i in range(target.shape[1]):
        s, c, alpha = decoder_step(p, s, Ey[i], look, i, tape)
        states.append(s)
        contexts.append(c)
        weights.append(alpha)
    s, c = stack(states, 0, tape), stack(contexts, 0, tape)
    return output_layer(p, s, Ey, c, tape), weights


def greedy_decode(source: np.ndarray, logits_after: Callable) -> list[list[int]]:
    """Write at each place the likeliest word, until the end or 2 T_x + 5 words.

    logits_after(y, i) gives the logits (batch, words) of word i; y, (batch,), are the
    words just before it.
    """
    y = np.full(len(source), END)
    written: list[list[int]] = [[] for _ in source]
    going = np.full(len(source), True)
    for i in range(2 * source.shape[1] + 5):
        y = logits_after(y, i).argmax(axis=-1)
        going &= y != END
        for k in np.flatnonzero(going):
            written[k].append(int(y[k]))
        if not going.any():
            break
    return written


def encoder_decoder(
    name: str, parameters: Callable, read: Callable, attends: bool = False
) -> Model:
    """Make a model of how it reads: read(p, source, tape) gives s_0 and `look`.

    A model attends if its `look` gives weights.
    """

    def loss(
        p: dict[str, Node],
        source: np.ndarray,
        target: np.ndarray,
        tape: list | None = None,
    ) -> Node:
        s_0, look = read(p, source, tape)
        logits, _ = teacher_forcing(p, target, s_0, look, tape)
        return cross_entropy(logits, target.T, tape)

    def translate(p: dict[str, Node], source: np.ndarray) -> list[list[int]]:
        s, look = read(p, source)

        def logits_after(y: np.ndarray, i: int) -> np.ndarray:
            nonlocal s
            Ey = embed(p["E_y"], y)
            s, c, _ = decoder_step(p, s, Ey, look, i)
            return output_layer(p, s, Ey, c).value

        return greedy_decode(source, logits_after)

    def attend(
        p: dict[str, Node], source: np.ndarray, target: np.ndarray
    ) -> np.ndarray:
        _, alphas = teacher_forcing(p, target, *read(p, source))
        return np.stack([alpha.value for alpha in alphas], axis=1)

    return Model(name, parameters, loss, translate, attend if attends else None)

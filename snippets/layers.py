"""The layers of a Transformer, each with its way back: attention with several heads.

"The paper" is Vaswani et al. 2017, arXiv 1706.03762v7, section 3. Words are (batch, T,
d), where d is its d_model; W, (d, 4 d), is its W^Q, W^K, W^V and W^O side by side; keys
and values, side by side too, are (batch, T, 2 d); weights (batch, heads, T_q, T_k). The
parameters p are those of one layer, as Nodes by name.

After each sublayer stands norm(x + sublayer(x)), as in the paper; most Transformers
since then normalise before it, x + sublayer(norm(x)). There is no dropout.
"""

from collections.abc import Callable

import numpy as np
from operations import linear
from tape import Node, Unrecorded, record

HEADS = 4  # the paper's h; it has 8


def causal_mask(queries: int, keys: int) -> np.ndarray:
    """Who may look at whom: a word at itself and those before it, section 3.2.3.

    The queries are the last of the words that are looked at.

    >>> causal_mask(2, 3).astype(int)
    array([[1, 1, 0],
           [1, 1, 1]])
    """
    return np.tri(queries, keys, keys - queries, dtype=bool)


def split_heads(x: np.ndarray) -> np.ndarray:
    """Give each head its part of each word, as a view: (batch, heads, T, d / heads)."""
    return x.reshape(*x.shape[:-1], HEADS, -1).swapaxes(1, 2)


def scaled_dot_product_attention(
    Q: Node,
    KV: Node,
    mask: np.ndarray | None = None,
    tape: list | None = None,
) -> tuple[Node, np.ndarray]:
    """softmax(Q K^T / sqrt(d_k)) V for each head, side by side again; the weights.

    The paper, Eq. 1. A mask is True where a query may look at a key.

    >>> Q, KV = Node(np.zeros((1, 1, 4))), Node(np.ones((1, 2, 8)))
    >>> scaled_dot_product_attention(Q, KV)[0].value
    array([[[1., 1., 1., 1.]]])
    """
    k, v = map(split_heads, np.split(KV.value, 2, axis=-1))
    scale = k.shape[-1] ** -0.5  # 1 / sqrt(d_k)
    q = split_heads(Q.value) * scale
    weights = q @ k.swapaxes(-1, -2)
    if mask is not None:
        weights[..., ~mask] = -np.inf
    weights -= weights.max(axis=-1, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(axis=-1, keepdims=True)

    def backward(grad: np.ndarray) -> None:
        g = split_heads(grad)
        to_k, to_v = map(split_heads, np.split(KV.grad, 2, axis=-1))
        to_v += weights.swapaxes(-1, -2) @ g
        to_scores = g @ v.swapaxes(-1, -2)
        to_scores -= np.einsum("...k,...k->...", to_scores, weights)[..., None]
        to_scores *= weights
        split_heads(Q.grad)[...] += to_scores @ k * scale
        to_k += to_scores.swapaxes(-1, -2) @ q

    context = np.ascontiguousarray((weights @ v).swapaxes(1, 2))
    return record(context.reshape(Q.value.shape), backward, tape), weights


def each_word(
    x: Node, W: Node, b: Node | None = None, tape: list | None = None
) -> Node:
    """x W + b for each word: one large product is faster than one a sentence."""
    shape = x.value.shape
    y = linear(view(x, (-1, shape[-1])), W, b, tape)
    return view(y, (*shape[:-1], -1))


def view(x: Node, shape: tuple) -> Node:
    """The same numbers and gradients in another shape."""
    value = x.value.reshape(shape)
    if isinstance(x, Unrecorded):
        return Unrecorded(value)
    return Node(value, x.grad.reshape(shape))


def queries_keys_values(
    W: Node, x: Node, tape: list | None = None
) -> tuple[Node, Node]:
    """What words ask, and what they answer with, for all heads."""
    d = W.value.shape[0]
    QKV = each_word(x, W[:, : 3 * d], tape=tape)
    return QKV[..., :d], QKV[..., d:]


def multi_head_attention(
    W: Node,
    Q: Node,
    KV: Node,
    mask: np.ndarray | None = None,
    tape: list | None = None,
) -> tuple[Node, np.ndarray]:
    """Let several heads look at once: Concat(head_1, ...) W^O, section 3.2.2."""
    context, weights = scaled_dot_product_attention(Q, KV, mask, tape)
    return each_word(context, W[:, -W.value.shape[0] :], tape=tape), weights


def relu(x: Node, tape: list | None = None) -> Node:
    """Each number, or 0 if it is negative: in place, as no way back needs the old."""
    np.maximum(x.value, 0, out=x.value)

    def backward(grad: np.ndarray) -> None:
        grad *= x.value > 0

    return go_on(x, backward, tape)


def go_on(x: Node, backward: Callable, tape: list | None) -> Node:
    """Note on the tape what was done to a node in place."""
    if tape is not None:
        tape.append((x, backward))
    return x


def layer_normalisation(x: Node, norm: Node, tape: list | None = None) -> Node:
    """Give each word mean 0 and variance 1, then a learned gain and bias, norm: (2, d).

    Ba, Kiros and Hinton 2016, arXiv 1607.06450, Eq. 4.

    >>> norm = Node(np.array([[1.0, 1.0], [0.0, 5.0]]))
    >>> layer_normalisation(Node(np.array([[[2.0, 8.0]]])), norm).value.round(3)
    array([[[-1.,  6.]]])
    """
    gain, bias = norm.value
    unit = x.value - x.value.mean(axis=-1, keepdims=True)
    variance = np.einsum("...d,...d->...", unit, unit)[..., None] / len(gain)
    shrink = 1 / np.sqrt(variance + 1e-5)
    unit *= shrink

    def backward(grad: np.ndarray) -> None:
        rows = grad.reshape(-1, len(gain))
        norm.grad[0] += np.einsum("nd,nd->d", rows, unit.reshape(rows.shape))
        norm.grad[1] += rows.sum(axis=0)
        to_unit = grad * gain
        along = np.einsum("...d,...d->...", to_unit, unit)[..., None] / len(gain)
        to_unit -= to_unit.mean(axis=-1, keepdims=True)
        to_unit -= along * unit
        x.grad += shrink * to_unit

    y = unit * gain
    y += bias
    return record(y, backward, tape)


def add_and_norm(x: Node, y: Node, norm: Node, tape: list | None = None) -> Node:
    """norm(x + y), where y is what a sublayer made of x; y is used up. Section 3.1."""
    y.value += x.value

    def backward(grad: np.ndarray) -> None:
        x.grad += grad

    return layer_normalisation(go_on(y, backward, tape), norm, tape)


def feed_forward(p: dict[str, Node], x: Node, tape: list | None = None) -> Node:
    """The same small network for each word: max(0, x W_1 + b_1) W_2 + b_2, Eq. 2."""
    inner = relu(each_word(x, p["W_1"], p["b_1"], tape), tape)
    return each_word(inner, p["W_2"], p["b_2"], tape)


def encoder_block(
    p: dict[str, Node], x: Node, tape: list | None = None
) -> tuple[Node, np.ndarray]:
    """One layer that reads: each source word looks at all of them, section 3.1."""
    Q, KV = queries_keys_values(p["self"], x, tape)
    looked, weights = multi_head_attention(p["self"], Q, KV, None, tape)
    x = add_and_norm(x, looked, p["norm"][0], tape)
    return add_and_norm(x, feed_forward(p, x, tape), p["norm"][1], tape), weights


def decoder_block(
    p: dict[str, Node],
    y: Node,
    memory: Node,
    past: Node | None = None,
    tape: list | None = None,
) -> tuple[Node, Node, tuple[np.ndarray, np.ndarray]]:
    """One layer that writes: target words look at those before, then at the source.

    memory is the keys and values of the source; past, those of target words that were
    written before y, if they are not in y. Gives the words, the keys and values with
    those of y, and the weights of both looks.
    """
    Q, KV = queries_keys_values(p["self"], y, tape)
    if past is not None:
        KV = Unrecorded(np.concatenate([past.value, KV.value], axis=1))
    mask = causal_mask(y.value.shape[1], KV.value.shape[1])
    looked, back = multi_head_attention(p["self"], Q, KV, mask, tape)
    y = add_and_norm(y, looked, p["norm"][0], tape)
    Q = each_word(y, p["cross"][:, : y.value.shape[-1]], tape=tape)
    looked, across = multi_head_attention(p["cross"], Q, memory, None, tape)
    y = add_and_norm(y, looked, p["norm"][1], tape)
    y = add_and_norm(y, feed_forward(p, y, tape), p["norm"][2], tape)
    return y, KV, (back, across)

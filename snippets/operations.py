"""The operations of the networks, each with its way back for the tape.

Axes written as ... may be none or several. The tape is that of `tape.py`.
"""

from collections.abc import Sequence

import numpy as np
from tape import Node, record


def linear(x: Node, W: Node, b: Node | None = None, tape: list | None = None) -> Node:
    """x W + b: (..., inputs) times (inputs, outputs), plus (outputs,).

    >>> linear(Node(np.eye(2)), Node(np.full((2, 3), 4.0))).value
    array([[4., 4., 4.],
           [4., 4., 4.]])
    """
    y = x.value @ W.value if b is None else x.value @ W.value + b.value

    def backward(grad: np.ndarray) -> None:
        x.grad += grad @ W.value.T
        rows = grad.reshape(-1, W.value.shape[1])
        W.grad += x.value.reshape(-1, W.value.shape[0]).T @ rows
        if b is not None:
            b.grad += rows.sum(axis=0)

    return record(y, backward, tape)


def tanh(x: Node, tape: list | None = None) -> Node:
    """The hyperbolic tangent of each number: squeezed between -1 and 1."""
    y = np.tanh(x.value)

    def backward(grad: np.ndarray) -> None:
        x.grad += (1 - y**2) * grad

    return record(y, backward, tape)


def embed(E: Node, ids: np.ndarray, tape: list | None = None) -> Node:
    """The embedding of each word, (*ids.shape, m): rows of a table (words, m).

    >>> embed(Node(np.array([[1.0], [2.0]])), np.array([1, 1, 0])).value.ravel()
    array([2., 2., 1.])
    """

    def backward(grad: np.ndarray) -> None:
        one_hot = (ids.reshape(-1) == np.arange(len(E.value))[:, None]).astype(
            E.value.dtype
        )
        E.grad += one_hot @ grad.reshape(-1, E.value.shape[1])

    return record(E.value[ids], backward, tape)


def stack(nodes: Sequence[Node], axis: int = 0, tape: list | None = None) -> Node:
    """Nodes of one shape as one node, along a new axis."""

    def backward(grad: np.ndarray) -> None:
        for node, part in zip(nodes, np.moveaxis(grad, axis, 0)):
            node.grad += part

    return record(np.stack([node.value for node in nodes], axis), backward, tape)


def concatenate(nodes: Sequence[Node], tape: list | None = None) -> Node:
    """Nodes side by side along the last axis.

    >>> concatenate([Node(np.zeros(2)), Node(np.ones(1))]).value
    array([0., 0., 1.])
    """
    y = np.concatenate([node.value for node in nodes], axis=-1)

    def backward(grad: np.ndarray) -> None:
        ends = np.cumsum([node.value.shape[-1] for node in nodes])[:-1]
        for node, part in zip(nodes, np.split(grad, ends, axis=-1)):
            node.grad += part

    return record(y, backward, tape)


def log_softmax(logits: np.ndarray) -> np.ndarray:
    """Log-probabilities of scores, along the last axis: no logarithm of 0."""
    log_p = logits - logits.max(axis=-1, keepdims=True)
    log_p -= np.log(np.exp(log_p).sum(axis=-1, keepdims=True))
    return log_p


def cross_entropy(logits: Node, ids: np.ndarray, tape: list | None = None) -> Node:
    """The mean of -log p of the right words, in nats: logits (..., words), ids (...).

    Where ids is -1 no word is asked for. Four words, all equally likely, give log 4:

    >>> cross_entropy(Node(np.zeros((2, 4))), np.array([3, -1])).value.round(4)
    np.float64(1.3863)
    """
    counts = ids >= 0
    log_p, right = log_softmax(logits.value[counts]), ids[counts]
    each = np.arange(len(right))

    def backward(grad: np.ndarray) -> None:
        wanted = np.exp(log_p)
        wanted[each, right] -= 1
        logits.grad[counts] += wanted * (grad / len(right))

    return record(-log_p[each, right].mean(), backward, tape)

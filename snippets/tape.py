"""A tape for reverse-mode differentiation, in networks called backpropagation.

Going forward, each operation makes a `Node` of its result and notes on the tape how a
gradient goes back through it: by the chain rule, from what it made to what it was made
from. `backward` reads the tape from its end. When it comes to a node, all that used
the node stands behind it, so the sum of its gradient is complete.

Operations take the tape last: an empty list is a fresh one, without one nothing is
noted. A gradient has the shape of its value.
"""

from collections.abc import Callable
from typing import Any

import numpy as np


class Node:
    """A value, and the gradient of the loss with respect to it.

    A part shares its memory with the whole, where the gradients of parts add up:

    >>> whole = Node(np.array([1.0, 2.0, 3.0]))
    >>> whole[1:2].grad += 5
    >>> whole.grad
    array([0., 5., 0.])
    """

    def __init__(self, value: np.ndarray, grad: np.ndarray | None = None) -> None:
        self.value = value
        self.grad = np.zeros_like(value) if grad is None else grad

    def __getitem__(self, part: Any) -> "Node":
        value, grad = self.value[part], self.grad[part]
        if np.size(grad) and not np.may_share_memory(grad, self.grad):
            raise IndexError(
                f"Given the index {part} of a node of shape {self.value.shape}. "
                "Expected one that gives a view: a copy would lose its gradient. Write "
                "a slice, such as node[0:1]; for rows of a table, embed."
            )
        return Node(value, grad)


class Unrecorded(Node):
    """The result of an operation without a tape: a value, and no way back from it."""

    def __init__(self, value: np.ndarray) -> None:
        self.value = value

    def __getitem__(self, part: Any) -> Node:
        return Unrecorded(self.value[part])

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(
            f"Given the {name} of a node that no tape has recorded. Expected one with "
            "a gradient. Hand a tape to the operation that made it."
        )


def record(
    value: np.ndarray, backward: Callable[[np.ndarray], None], tape: list | None
) -> Node:
    """Make the node of a result, and note on the tape how its gradient goes back."""
    if tape is None:
        return Unrecorded(value)
    node = Node(value)
    tape.append((node, backward))
    return node


def backward(loss: Node, tape: list) -> None:
    """Find the gradient of every node that a loss was made from; use up the tape.

    >>> from operations import linear
    >>> x, W, tape = Node(np.array([[1.0, 2.0]])), Node(np.array([[3.0], [4.0]])), []
    >>> backward(linear(x, W, tape=tape), tape)
    >>> x.grad, W.grad.ravel()
    (array([[3., 4.]]), array([1., 2.]))
    """
    if loss.value.size != 1:
        raise ValueError(f"Given a loss of shape {loss.value.shape}: add it up first.")
    noted = (np.may_share_memory(loss.grad, node.grad) for node, _ in reversed(tape))
    if not any(noted):
        raise ValueError(
            "Given a tape that did not record this loss, or is used up. Expected its "
            "own: compute the loss anew, with an empty list as the tape."
        )
    loss.grad += 1
    while tape:
        node, go_back = tape.pop()
        go_back(node.grad)

"""A small tape: it remembers each operation of a model and takes gradients back.

A `Node` is a value and the gradient of the loss with respect to it. An operation
computes a new node and appends to the tape a function that hands the gradient of
its result on to what it was made from. `backward` calls them in reverse order.
That is reverse-mode differentiation, or backpropagation.
"""

import numpy as np


class Node:
    """A value and the gradient of the loss with respect to it, of the same shape.

    Parameters
    ----------
    value : ndarray
    grad : ndarray, optional
        Zeros unless given.

    Raises
    ------
    IndexError
        When a part is asked for that would be a copy: one number, or rows from a list.

    Examples
    --------
    A part of a node shares its memory, so gradients of parts meet in the whole:

    >>> whole = Node(np.array([1.0, 2.0, 3.0]))
    >>> part = whole[1:2]
    >>> part.grad += 5
    >>> whole.grad
    array([0., 5., 0.])
    """

    def __init__(self, value, grad=None):
        self.value = value
        self.grad = np.zeros_like(value) if grad is None else grad

    def __getitem__(self, part):
        value, grad = self.value[part], self.grad[part]
        if np.size(grad) and not np.may_share_memory(grad, self.grad):
            raise IndexError(
                f"Given the index {part} of a node of shape {self.value.shape}. "
                "Expected one that gives a view: a copy would lose its gradient. Write "
                "a slice, such as node[0:1]; for rows of a table, lookup."
            )
        return Node(value, grad)


def backward(tape, loss):
    """Fill in the gradient of every node that `loss` was made from.

    Parameters
    ----------
    tape : list of functions
        What the operations appended, in the order in which they were carried out.
    loss : Node
        One number.

    Examples
    --------
    >>> x = Node(np.array([[1.0, 2.0]]))
    >>> W = Node(np.array([[3.0], [4.0]]))
    >>> tape = []
    >>> y = linear(tape, x, W)
    >>> backward(tape, y)
    >>> y.value, x.grad, W.grad.ravel()
    (array([[11.]]), array([[3., 4.]]), array([1., 2.]))
    """
    if loss.value.size != 1:
        raise ValueError(
            f"the gradient of a loss needs one number, got {loss.value.shape} of them; "
            "add them up first"
        )
    loss.grad += 1
    for give_back in reversed(tape):
        give_back()


def linear(tape, x, W, b=None):
    """x W + b, row by row.

    Parameters
    ----------
    x : Node, shape (..., inputs)
    W : Node, shape (inputs, outputs)
    b : Node, shape (outputs,), optional

    Examples
    --------
    >>> linear([], Node(np.eye(2)), Node(np.full((2, 3), 4.0))).value
    array([[4., 4., 4.],
           [4., 4., 4.]])
    """
    y = Node(x.value @ W.value if b is None else x.value @ W.value + b.value)
    def give_back():
        x.grad += y.grad @ W.value.T
        rows = y.grad.reshape(-1, W.value.shape[1])
        W.grad += x.value.reshape(-1, W.value.shape[0]).T @ rows
        if b is not None:
            b.grad += rows.sum(axis=0)
    tape.append(give_back)
    return y


def tanh(tape, x):
    """The hyperbolic tangent of each number: squeezed between -1 and 1.

    Examples
    --------
    >>> tanh([], Node(np.array([0.0, 100.0]))).value
    array([0., 1.])
    """
    y = Node(np.tanh(x.value))
    def give_back():
        x.grad += (1 - y.value**2) * y.grad
    tape.append(give_back)
    return y


def lookup(tape, E, ids):
    """The rows of a table: the vector (embedding) of each word.

    Parameters
    ----------
    E : Node, shape (words, width)
    ids : integer array of any shape

    Returns
    -------
    Node, shape (*ids.shape, width)

    Examples
    --------
    >>> lookup([], Node(np.array([[1.0], [2.0]])), np.array([1, 1, 0])).value.ravel()
    array([2., 2., 1.])
    """
    y = Node(E.value[ids])
    def give_back():
        one_hot = (ids.reshape(-1) == np.arange(len(E.value))[:, None]).astype(
            E.value.dtype
        )
        E.grad += one_hot @ y.grad.reshape(-1, E.value.shape[1])
    tape.append(give_back)
    return y


def stack(tape, nodes, axis=0):
    """Nodes of one shape as one node, along a new axis.

    Examples
    --------
    >>> stack([], [Node(np.zeros(2)), Node(np.ones(2))]).value.shape
    (2, 2)
    """
    y = Node(np.stack([node.value for node in nodes], axis))
    def give_back():
        for node, grad in zip(nodes, np.moveaxis(y.grad, axis, 0)):
            node.grad += grad
    tape.append(give_back)
    return y


def join(tape, nodes):
    """Nodes side by side along the last axis.

    Examples
    --------
    >>> join([], [Node(np.zeros(2)), Node(np.ones(1))]).value
    array([0., 0., 1.])
    """
    y = Node(np.concatenate([node.value for node in nodes], axis=-1))
    def give_back():
        ends = np.cumsum([node.value.shape[-1] for node in nodes])[:-1]
        for node, grad in zip(nodes, np.split(y.grad, ends, axis=-1)):
            node.grad += grad
    tape.append(give_back)
    return y

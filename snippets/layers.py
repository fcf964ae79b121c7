"""The parts that the four models share, with the paper's symbols.

"The paper" is Bahdanau, Cho and Bengio, arXiv 1409.0473v7. A batch holds sentences
of one source length, so that no source position is ever padding.
"""

import numpy as np
from tape import Node


def gru(tape, x, s, U):
    """One step of a gated recurrent unit: the new state from the old.

        z = sigmoid(x_z + s U_z)           how much of the state is renewed
        r = sigmoid(x_r + s U_r)           how much of it the proposal sees
        proposal = tanh(x_p + (r s) U_p)
        new state = (1 - z) s + z proposal

    Parameters
    ----------
    x : Node, shape (..., batch, 3 n)
        What comes in, already multiplied by its weights: x_z, x_r, x_p side by side.
    s : Node, shape (..., batch, n)
        The state.
    U : Node, shape (..., n, 3 n)
        U_z, U_r, U_p side by side.

    Returns
    -------
    Node, shape (..., batch, n)

    References
    ----------
    The paper, App. A.1.1 and A.2; Cho et al. 2014, arXiv 1406.1078, Eq. 5-8. PyTorch's
    GRU differs: it swaps z and 1 - z and multiplies by r after U_p.

    Examples
    --------
    With all weights zero the gates are half open and the proposal is 0:

    >>> x, U = Node(np.zeros((1, 3))), Node(np.zeros((1, 3)))
    >>> gru([], x, Node(np.ones((1, 1))), U).value
    array([[0.5]])
    """
    n = s.value.shape[-1]
    U_gates, U_p = U.value[..., : 2 * n], U.value[..., 2 * n :]
    x_gates, x_p = x.value[..., : 2 * n], x.value[..., 2 * n :]
    gates = 0.5 + 0.5 * np.tanh(0.5 * (x_gates + s.value @ U_gates))  # the sigmoid
    z, r = gates[..., :n], gates[..., n:]
    seen = r * s.value
    proposal = np.tanh(x_p + seen @ U_p)
    y = Node(s.value + z * (proposal - s.value))
    def give_back():
        to_p = y.grad * z * (1 - proposal**2)
        to_seen = to_p @ U_p.swapaxes(-1, -2)
        to_gates = np.empty_like(gates)
        to_gates[..., :n] = y.grad * (proposal - s.value)
        to_gates[..., n:] = to_seen * s.value
        to_gates *= gates * (1 - gates)
        x.grad[..., : 2 * n] += to_gates
        x.grad[..., 2 * n :] += to_p
        U.grad[..., : 2 * n] += s.value.swapaxes(-1, -2) @ to_gates
        U.grad[..., 2 * n :] += seen.swapaxes(-1, -2) @ to_p
        s.grad += y.grad * (1 - z) + to_seen * r + to_gates @ U_gates.swapaxes(-1, -2)
    tape.append(give_back)
    return y


def energies(tape, Ws, Uh, v):
    """How well each source position answers the state: e_ij = v . tanh(W s + U h_j).

    Parameters
    ----------
    Ws : Node, shape (batch, n')
        W s_{i-1}: the state that asks, once a target word.
    Uh : Node, shape (batch, T_x, n')
        U h_j of every source position, once a sentence.
    v : Node, shape (n',)

    Returns
    -------
    Node, shape (batch, T_x)

    References
    ----------
    The paper, section 3.1 and App. A.1.2.

    Examples
    --------
    >>> Ws, Uh = Node(np.zeros((1, 2))), Node(np.ones((1, 3, 2)))
    >>> energies([], Ws, Uh, Node(np.array([1.0, 0.5]))).value.round(3)
    array([[1.142, 1.142, 1.142]])
    """
    t = np.tanh(Ws.value[:, None] + Uh.value)
    e = Node(t @ v.value)
    def give_back():
        to_sum = e.grad[..., None] * (v.value * (1 - t * t))
        Ws.grad += to_sum.sum(axis=1)
        Uh.grad += to_sum
        v.grad += e.grad.reshape(-1) @ t.reshape(-1, v.value.size)
    tape.append(give_back)
    return e


def attention_weights(tape, e):
    """Attention weights: a softmax over the source positions, the last axis.

    Parameters
    ----------
    e : Node, shape (batch, T_x)

    Returns
    -------
    Node, shape (batch, T_x)
        Positive, each row adds up to 1.

    References
    ----------
    The paper, Eq. 6.

    Examples
    --------
    >>> attention_weights([], Node(np.zeros((1, 4)))).value
    array([[0.25, 0.25, 0.25, 0.25]])
    """
    exponentials = np.exp(e.value - e.value.max(axis=-1, keepdims=True))
    alpha = Node(exponentials / exponentials.sum(axis=-1, keepdims=True))
    def give_back():
        inner = (alpha.grad * alpha.value).sum(axis=-1, keepdims=True)
        e.grad += alpha.value * (alpha.grad - inner)
    tape.append(give_back)
    return alpha


def context(tape, alpha, h):
    """The context: the average of the annotations, weighted by the attention.

    Parameters
    ----------
    alpha : Node, shape (batch, T_x)
    h : Node, shape (batch, T_x, 2 n)

    Returns
    -------
    Node, shape (batch, 2 n)

    References
    ----------
    The paper, Eq. 5.

    Examples
    --------
    >>> alpha, h = Node(np.array([[0.25, 0.75]])), Node(np.array([[[0.0], [8.0]]]))
    >>> context([], alpha, h).value
    array([[6.]])
    """
    c = Node((alpha.value[:, None] @ h.value)[:, 0])
    def give_back():
        alpha.grad += (h.value @ c.grad[..., None])[..., 0]
        h.grad += alpha.value[..., None] * c.grad[:, None]
    tape.append(give_back)
    return c


def surprise(tape, logits, ids):
    """The loss: the mean of -log p of the words that were right.

    Parameters
    ----------
    logits : Node, shape (..., words)
        Scores of every word; a softmax makes probabilities of them.
    ids : integer array, shape (...)
        The right words; -1 marks places after the end, which do not count.

    Returns
    -------
    Node
        One number, in nats a word.

    References
    ----------
    The paper, section 2: training maximises the log-probability of the translation.

    Examples
    --------
    Four words, all equally likely: log 4.

    >>> surprise([], Node(np.zeros((2, 4))), np.array([3, -1])).value.round(4)
    np.float64(1.3863)
    """
    counts = ids >= 0
    rows, right = logits.value[counts], ids[counts]
    each = np.arange(len(right))
    log_p = rows - rows.max(axis=-1, keepdims=True)
    log_p -= np.log(np.exp(log_p).sum(axis=-1, keepdims=True))
    loss = Node(-log_p[each, right].mean())
    def give_back():
        wanted = np.exp(log_p)
        wanted[each, right] -= 1
        logits.grad[counts] += wanted * (loss.grad / len(right))
    tape.append(give_back)
    return loss

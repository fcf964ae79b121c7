"""Two cursors, one in each sentence, and the sum over all the ways they can move.

The source cursor stands on word t, the target cursor after u words. One move at a
time: write the next target word (u + 1) or step to the next source word (t + 1). A
sentence pair allows many such paths, and nobody says which is right; dynamic
programming adds up the probabilities of all of them. That makes the model an RNN
transducer (Graves 2012, arXiv 1211.3711).
"""

import numpy as np
from models import END, read_both_ways, states
from tape import Node, linear, lookup, stack

ADVANCE = END  # the last step of the source cursor leaves the sentence and ends both


def add_up_paths(log_write, log_advance):
    """Add up the probabilities of all paths to each place of the grid.

    Parameters
    ----------
    log_write, log_advance : ndarray, shape (T, U + 1, ...)
        Log-probability of each move at source word t after u target words. Further
        axes are a batch.

    Returns
    -------
    log_here : ndarray, shape (T, U + 1, ...)
        Log-probability of being at (t, u) at some time.
    log_done : ndarray, shape (U + 1, ...)
        Log-probability of leaving the source with u words written.

    References
    ----------
    Graves 2012, section 2.4, Eq. 16 (alpha) and 17.

    Examples
    --------
    Every move as likely as the other, two words in, one word out: 2 paths of 3 moves.

    >>> half = np.log(np.full((2, 2), 0.5))
    >>> here, done = add_up_paths(half, half)
    >>> np.exp(here)
    array([[1. , 0.5],
           [0.5, 0.5]])
    >>> np.exp(done)
    array([0.25, 0.25])
    """
    dtype = np.result_type(log_write, log_advance, np.float32)  # integers: float64
    log_here = np.full(log_write.shape, -np.inf, dtype)
    arriving = np.full_like(log_here[0], -np.inf)
    arriving[0] = 0
    for t in range(len(log_here)):
        log_here[t] = arriving
        for u in range(1, len(arriving)):
            by_writing = log_here[t, u - 1] + log_write[t, u - 1]
            log_here[t, u] = np.logaddexp(arriving[u], by_writing)
        arriving = log_here[t] + log_advance[t]
    return log_here, arriving


def share_of_moves(log_write, log_advance, lengths):
    """How much of the probability of a translation goes through each move.

    Parameters
    ----------
    log_write, log_advance : ndarray, shape (T, U + 1, batch)
    lengths : integer array, shape (batch,)
        The number of target words of each sentence, at most U.

    Returns
    -------
    log_p : ndarray, shape (batch,)
        Log-probability of each translation, over all paths.
    by_writing, by_advancing : ndarray, shape (T, U + 1, batch)
        The shares: also the gradient of `log_p` for the moves' log-probabilities. 0
        for a translation that no path gives.

    Raises
    ------
    ValueError
        If a length is not one of 0 to U.

    References
    ----------
    Graves 2012, section 2.4, Eq. 18-20 (beta and the gradient).

    Examples
    --------
    >>> half = np.log(np.full((2, 2, 1), 0.5))
    >>> log_p, write, advance = share_of_moves(half, half, np.array([1]))
    >>> np.exp(log_p), write[:, 0, 0]
    (array([0.25]), array([0.5, 0.5]))
    """
    longest = log_write.shape[1] - 1
    if len(lengths) and not 0 <= np.min(lengths) <= np.max(lengths) <= longest:
        raise ValueError(
            f"Given translations of {np.min(lengths)} to {np.max(lengths)} words, and "
            f"moves at 0 to {longest} words. Expected lengths within these. Count the "
            "words without the end, or score more places."
        )
    log_here, log_done = add_up_paths(log_write, log_advance)
    sentence = np.arange(len(lengths))
    log_p = log_done[lengths, sentence]
    to_go = np.full_like(log_done, -np.inf)
    to_go[lengths, sentence] = np.where(np.isinf(log_p), 0, -log_p)
    by_writing, by_advancing = np.zeros_like(log_here), np.zeros_like(log_here)
    for t in reversed(range(len(log_here))):
        to_go = log_advance[t] + to_go
        by_advancing[t] = np.exp(log_here[t] + to_go)
        for u in reversed(range(longest)):
            by_going_on = log_write[t, u] + to_go[u + 1]
            by_writing[t, u] = np.exp(log_here[t, u] + by_going_on)
            to_go[u] = np.logaddexp(to_go[u], by_going_on)
    return log_p, by_writing, by_advancing


def surprise_of_paths(tape, logits, target):
    """The loss of two cursors: -log p of the translations, in nats a target word.

    Parameters
    ----------
    logits : Node, shape (T_x, T_y + 1, batch, words)
        Scores of every move at every place; word `ADVANCE` is the step of the source
        cursor.
    target : integer array, shape (batch, T_y)
        The right words without the end; -1 after it.

    Returns
    -------
    Node
        One number.
    """
    top = logits.value.max(axis=-1, keepdims=True)
    log_p = logits.value - top
    log_p -= np.log(np.exp(log_p).sum(axis=-1, keepdims=True))
    words = np.zeros((target.shape[1] + 1, len(target)), int)
    words[:-1] = np.maximum(target.T, 0)
    u, b = np.indices(words.shape)
    lengths = (target >= 0).sum(axis=1)
    total, by_writing, by_advancing = share_of_moves(
        log_p[:, u, b, words], log_p[..., ADVANCE], lengths
    )
    loss = Node(-total.sum() / lengths.sum())
    def give_back():
        scale = loss.grad / lengths.sum()
        grad = np.exp(log_p) * (by_writing + by_advancing)[..., None]
        grad[..., ADVANCE] -= by_advancing
        grad[:, u, b, words] -= by_writing
        logits.grad += grad * scale
    tape.append(give_back)
    return loss


def meet(tape, p, h, s):
    """Score every move wherever a source word and a state of the writer meet.

    Parameters
    ----------
    h : Node, shape (T, batch, 2 n)
        Annotations of the source words.
    s : Node, shape (U, batch, n)
        States of the writer.

    Returns
    -------
    logits : Node, shape (T, U, batch, words)

    References
    ----------
    Graves 2012, section 2.3, adds the scores of two networks; here, as in many later
    transducers, the sum goes through a tanh and one more layer.
    """
    a, b = linear(tape, h, p["A"], p["b_a"]), linear(tape, s, p["B"])
    t = Node(np.tanh(a.value[:, None] + b.value))
    def give_back():
        to_sum = (1 - t.value**2) * t.grad
        a.grad += to_sum.sum(axis=1)
        b.grad += to_sum.sum(axis=0)
    tape.append(give_back)
    return linear(tape, t, p["V"], p["b_v"])


def two_cursors(tape, p, source, target):
    """Score every move of both cursors at every place of the grid.

    The reader is the one of soft search; the writer knows only what it has written.

    Parameters
    ----------
    source : integer array, shape (batch, T_x)
    target : integer array, shape (batch, T_y)
        The right words without the end; -1 after it.

    Returns
    -------
    logits : Node, shape (T_x, T_y + 1, batch, words)

    References
    ----------
    Bahdanau's e-mail, published by Karpathy, 3 December 2024: the first idea.
    """
    h, _ = read_both_ways(tape, p, source)
    h = stack(tape, [h[:, t] for t in range(source.shape[1])])
    before = np.maximum(np.column_stack([np.full(len(target), END), target]), 0)
    x = linear(tape, lookup(tape, p["E_y"], before.T), p["W"], p["b"])
    s = stack(tape, states(tape, x, p["U"]))
    return meet(tape, p, h, s)

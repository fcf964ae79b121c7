"""Three models, each as the way it looks at the source; the rest they share.

To read a batch of sources gives a first state and a function `look(s, i)`: what the
decoder gets to see of the source, and with which weights, before it writes target
word i. That function is all that sets the models apart. (The two cursors, which share
less, are in `cursors.py`.)

The paper is Bahdanau, Cho and Bengio, arXiv 1409.0473v7. A batch holds sources of one
length, so that no source position is ever padding.
"""

import numpy as np
from layers import attention_weights, context, energies, gru
from tape import Node, join, linear, lookup, stack, tanh

END = 0  # the target word that ends a sentence; as y_0 it also starts one


def states(tape, x, U):
    """Run a recurrent network along a sequence: its state after each step.

    Parameters
    ----------
    x : Node, shape (T, ..., batch, 3 n)
        The inputs, already multiplied by their weights.
    U : Node, shape (..., n, 3 n)

    Returns
    -------
    list of T Nodes, shape (..., batch, n)
        The state before the first step is 0.

    Examples
    --------
    >>> x, U = Node(np.zeros((5, 2, 12))), Node(np.zeros((4, 12)))
    >>> [s.value.shape for s in states([], x, U)] == [(2, 4)] * 5
    True
    """
    s = Node(np.zeros_like(x.value[0, ..., : U.value.shape[-2]]))
    found = []
    for i in range(len(x.value)):
        s = gru(tape, x[i], s, U)
        found.append(s)
    return found


def read_both_ways(tape, p, source):
    """Read the source forwards and backwards: one annotation for each word.

    Parameters
    ----------
    p : dict of Node
        "E_x" (words, m) and, for two directions, "W_x" (2, m, 3 n), "b_x" (2, 3 n),
        "U_x" (2, n, 3 n).
    source : integer array, shape (batch, T_x)

    Returns
    -------
    h : Node, shape (batch, T_x, 2 n)
        The annotations: both networks' states at each word, side by side.
    first : Node, shape (batch, n)
        The backward network at the first word: it has read the whole sentence.

    References
    ----------
    The paper, section 3.2 and App. A.2.1, Eq. 7.
    """
    words = lookup(tape, p["E_x"], source.T)
    ahead = linear(tape, words, p["W_x"][0], p["b_x"][0])
    back = linear(tape, words[::-1], p["W_x"][1], p["b_x"][1])
    both = states(tape, stack(tape, [ahead, back], axis=1), p["U_x"])
    ahead = stack(tape, [s[0] for s in both], axis=1)
    back = stack(tape, [s[1] for s in reversed(both)], axis=1)
    return join(tape, [ahead, back]), back[:, 0]


def one_vector(tape, p, source):
    """RNN Encoder-Decoder: the last state of the reader is all the writer gets.

    References
    ----------
    Cho et al. 2014, arXiv 1406.1078, section 2.2; the paper, App. A.2.2: "fixing c_i
    to the last forward state" makes this of its own model.
    """
    words = lookup(tape, p["E_x"], source.T)
    x = linear(tape, words, p["W_x"], p["b_x"])
    c = states(tape, x, p["U_x"])[-1]
    s_0 = tanh(tape, linear(tape, c, p["W_s"]))
    def look(s, i):
        return c, None
    return s_0, look


def cursors_in_step(tape, p, source):
    """Both cursors advance together: target word i gets to see source word i.

    Past the end of the source it keeps seeing the last word.

    References
    ----------
    Bahdanau's e-mail, published by Karpathy, 3 December 2024: the second idea.
    """
    h, first = read_both_ways(tape, p, source)
    s_0 = tanh(tape, linear(tape, first, p["W_s"]))
    last = source.shape[1] - 1
    def look(s, i):
        return h[:, min(i, last)], None
    return s_0, look


def soft_search(tape, p, source):
    """RNNsearch: where to look is computed from the last state, softly.

    References
    ----------
    The paper, section 3.1, Eq. 4-6, and App. A.1.2, A.2.2.
    """
    h, first = read_both_ways(tape, p, source)
    s_0 = tanh(tape, linear(tape, first, p["W_s"]))
    Uh = linear(tape, h, p["U_a"])
    def look(s, i):
        e = energies(tape, linear(tape, s, p["W_a"]), Uh, p["v_a"])
        alpha = attention_weights(tape, e)
        return context(tape, alpha, h), alpha
    return s_0, look


def write_word(tape, p, look, s, y, i):
    """One step of the decoder: look, renew the state, score every word.

    Parameters
    ----------
    look : function (s, i) -> context Node, weights Node or None
    s : Node, shape (batch, n)
        The state before: the one that asks where to look.
    y : integer array, shape (batch,)
        The word before.
    i : int
        The place of the word to write, from 0.

    Returns
    -------
    s : Node, shape (batch, n)
    logits : Node, shape (batch, words)
    alpha : Node, shape (batch, T_x), or None

    References
    ----------
    The paper, section 3.1, Eq. 4, and App. A.2.2 (where a maxout stands for the tanh
    of the output, and s_{i-1} for s_i).
    """
    c, alpha = look(s, i)
    Ey = lookup(tape, p["E_y"], y)
    x = linear(tape, join(tape, [Ey, c]), p["W"], p["b"])
    s = gru(tape, x, s, p["U"])
    t = tanh(tape, linear(tape, join(tape, [s, Ey, c]), p["O"], p["b_o"]))
    return s, linear(tape, t, p["V"], p["b_v"]), alpha


def write(tape, p, look, s, target):
    """Score every word at every place of a translation that is given.

    Parameters
    ----------
    target : integer array, shape (batch, T_y)
        The right words; -1 after the end.

    Returns
    -------
    logits : Node, shape (batch, T_y, words)
    alphas : list of T_y Nodes, shape (batch, T_x), or of None
    """
    before = np.full(len(target), END)
    logits, alphas = [], []
    for i, right in enumerate(target.T):
        s, scores, alpha = write_word(tape, p, look, s, before, i)
        logits.append(scores)
        alphas.append(alpha)
        before = np.maximum(right, 0)
    return stack(tape, logits, axis=1), alphas

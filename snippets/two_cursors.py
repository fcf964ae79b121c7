"""Two cursors, one in each sentence, that move by themselves: an RNN transducer.

Bahdanau's e-mail, published by Karpathy, 3 December 2024: the first idea. Graves 2012,
arXiv 1211.3711, section 2: the model.
Parameters, sources and targets as in `decoder.py`; the moves in `transducer.py`.
"""

import numpy as np
from decoder import END
from encoder import bidirectional_encoder, encoder_parameters
from model import Model, Settings, embedding, lecun_normal, orthogonal, zeros
from operations import embed, linear, stack
from recurrent import gru, run_gru
from tape import Node, record
from transducer import BLANK, transducer_loss


def two_cursors_parameters(
    size: Settings, source_words: int, target_words: int
) -> dict:
    n, m = size.hidden, size.embedding
    return {
        **encoder_parameters(size, source_words),
        "E_y": (embedding, (target_words, m)),
        "W": (lecun_normal, (m, 3 * n)),
        "U": (orthogonal, (n, 3 * n)),
        "b": (zeros, (3 * n,)),
        "V": (lecun_normal, (size.output, target_words)),
        "b_v": (zeros, (target_words,)),
        "A": (lecun_normal, (2 * n, size.output)),
        "b_a": (zeros, (size.output,)),
        "B": (lecun_normal, (n, size.output)),
    }


def joint_network(
    p: dict[str, Node], h: Node, s: Node, tape: list | None = None
) -> Node:
    """Score every move where an annotation and a state of the writer meet.

    h (T, batch, 2 n) and s (U, batch, n) give logits (T, U, batch, words). Graves 2012,
    section 2.3, adds the scores of two networks; here, as in many later transducers,
    the sum goes through a tanh and one more layer.
    """
    a, b = linear(h, p["A"], p["b_a"], tape), linear(s, p["B"], tape=tape)
    t = np.tanh(a.value[:, None] + b.value)

    def backward(grad: np.ndarray) -> None:
        to_sum = (1 - t**2) * grad
        a.grad += to_sum.sum(axis=1)
        b.grad += to_sum.sum(axis=0)

    return linear(record(t, backward, tape), p["V"], p["b_v"], tape)


def rnn_transducer(
    p: dict[str, Node],
    source: np.ndarray,
    target: np.ndarray,
    tape: list | None = None,
) -> Node:
    """Score every move at every place: (T_x, T_y + 1, batch, words).

    The target has no end here. The writer knows only what it has written.
    """
    h, _ = bidirectional_encoder(p, source, tape)
    h = stack([h[:, t] for t in range(source.shape[1])], 0, tape)
    before = np.maximum(np.column_stack([np.full(len(target), END), target]), 0)
    x = linear(embed(p["E_y"], before.T, tape), p["W"], p["b"], tape)
    s = stack(run_gru(x, p["U"], tape), 0, tape)
    return joint_network(p, h, s, tape)


def two_cursors_loss(
    p: dict[str, Node],
    source: np.ndarray,
    target: np.ndarray,
    tape: list | None = None,
) -> Node:
    words = np.where(target == END, -1, target)[:, :-1]
    return transducer_loss(rnn_transducer(p, source, words, tape), words, tape)


def two_cursors_translate(p: dict[str, Node], source: np.ndarray) -> list[list[int]]:
    """Make the likeliest move, until the source is left or 2 T_x + 5 words stand."""
    h, _ = bidirectional_encoder(p, source)
    sentence, places = np.arange(len(source)), source.shape[1]
    t, y = np.zeros(len(source), int), np.full(len(source), END)
    s = Node(np.zeros((len(source), p["U"].value.shape[0]), h.value.dtype))
    wrote = np.full(len(source), True)
    written: list[list[int]] = [[] for _ in source]
    going = wrote
    while going.any():
        x = linear(embed(p["E_y"], y), p["W"], p["b"])
        s = Node(np.where(wrote[:, None], gru(x, s, p["U"]).value, s.value))
        here = Node(h.value[sentence, np.minimum(t, places - 1)][None])
        move = joint_network(p, here, s[None]).value[0, 0].argmax(axis=-1)
        wrote = (move != BLANK) & going
        t += move == BLANK
        y = np.where(wrote, move, y)
        for k in np.flatnonzero(wrote):
            written[k].append(int(y[k]))
        lengths = np.array([len(words) for words in written])
        going = (t < places) & (lengths < 2 * places + 5)
    return written


two_cursors = Model(
    "two cursors", two_cursors_parameters, two_cursors_loss, two_cursors_translate
)

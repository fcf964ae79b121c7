"""Both cursors advance together: target word i gets to see source word i.

Bahdanau's e-mail, published by Karpathy, 3 December 2024: the second idea.
Parameters, sources and targets as in `decoder.py`; `look` too.
"""

from collections.abc import Callable

import numpy as np
from decoder import decoder_parameters, greedy_decode, teacher_forcing
from encoder import bidirectional_encoder, encoder_parameters
from model import Model, Settings
from operations import cross_entropy, linear, tanh
from tape import Node


def cursors_in_step_parameters(
    size: Settings, source_words: int, target_words: int
) -> dict:
    encoder = encoder_parameters(size, source_words)
    return encoder | decoder_parameters(size, target_words, 2 * size.hidden)


def diagonal_attention(
    p: dict[str, Node], source: np.ndarray, tape: list | None = None
) -> tuple[Node, Callable]:
    """Look at one's own place; past the end of the source, at its last word."""
    h, first = bidirectional_encoder(p, source, tape)
    s_0 = tanh(linear(first, p["W_s"], tape=tape), tape)
    last = source.shape[1] - 1

    def look(s: Node, i: int) -> tuple[Node, None]:
        return h[:, min(i, last)], None

    return s_0, look


def cursors_in_step_loss(
    p: dict[str, Node],
    source: np.ndarray,
    target: np.ndarray,
    tape: list | None = None,
) -> Node:
    s_0, look = diagonal_attention(p, source, tape)
    logits, _ = teacher_forcing(p, target, s_0, look, tape)
    return cross_entropy(logits, target.T, tape)


def cursors_in_step_translate(
    p: dict[str, Node], source: np.ndarray
) -> list[list[int]]:
    return greedy_decode(p, source, *diagonal_attention(p, source))


cursors_in_step = Model(
    "cursors in step",
    cursors_in_step_parameters,
    cursors_in_step_loss,
    cursors_in_step_translate,
)

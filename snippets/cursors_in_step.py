"""Both cursors advance together: target word i gets to see source word i.

Bahdanau's e-mail, published by Karpathy, 3 December 2024: the second idea.
Parameters, sources and targets as in `decoder.py`; `look` too.
"""

from collections.abc import Callable

import numpy as np
from decoder import decoder_parameters, encoder_decoder
from encoder import bidirectional_encoder, encoder_parameters
from model import Settings
from operations import linear, tanh
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


cursors_in_step = encoder_decoder(
    "cursors in step", cursors_in_step_parameters, diagonal_attention
)

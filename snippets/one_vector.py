"""The RNN Encoder-Decoder: of the source the decoder gets one vector, c.

Cho et al. 2014, arXiv 1406.1078, section 2.2. Bahdanau, Cho and Bengio, arXiv
1409.0473v7, App. A.2.2: "fixing c_i to the last forward state" makes this of theirs.
Parameters, sources and targets as in `decoder.py`; `look` too.
"""

from collections.abc import Callable

import numpy as np
from decoder import decoder_parameters, encoder_decoder
from model import Settings, embedding, lecun_normal, orthogonal, zeros
from operations import embed, linear, tanh
from recurrent import run_gru
from tape import Node


def one_vector_parameters(size: Settings, source_words: int, target_words: int) -> dict:
    n, m = size.hidden, size.embedding
    return {
        "E_x": (embedding, (source_words, m)),
        "W_x": (lecun_normal, (m, 3 * n)),
        "U_x": (orthogonal, (n, 3 * n)),
        "b_x": (zeros, (3 * n,)),
        **decoder_parameters(size, target_words, n),
    }


def fixed_context(
    p: dict[str, Node], source: np.ndarray, tape: list | None = None
) -> tuple[Node, Callable]:
    """Read to the last state; it is the context before every word."""
    words = embed(p["E_x"], source.T, tape)
    x = linear(words, p["W_x"], p["b_x"], tape)
    c = run_gru(x, p["U_x"], tape)[-1]
    s_0 = tanh(linear(c, p["W_s"], tape=tape), tape)

    def look(s: Node, i: int) -> tuple[Node, None]:
        return c, None

    return s_0, look


one_vector = encoder_decoder("one vector", one_vector_parameters, fixed_context)

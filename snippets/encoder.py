"""The encoder of three models: a network that reads the source in both directions.

"The paper" is Bahdanau, Cho and Bengio, arXiv 1409.0473v7: section 3.2, App. A.2.1.
Parameters p are Nodes by name, a source is an integer array (batch, T_x), m numbers
embed a word, a state has n.
"""

import numpy as np
from model import Settings, embedding, lecun_normal, orthogonal, zeros
from operations import concatenate, embed, linear, stack
from recurrent import run_gru
from tape import Node


def encoder_parameters(size: Settings, source_words: int) -> dict:
    """How each parameter is drawn, and its shape; two directions in one array."""
    n, m = size.hidden, size.embedding
    return {
        "E_x": (embedding, (source_words, m)),
        "W_x": (lecun_normal, (2, m, 3 * n)),
        "U_x": (orthogonal, (2, n, 3 * n)),
        "b_x": (zeros, (2, 3 * n)),
    }


def bidirectional_encoder(
    p: dict[str, Node], source: np.ndarray, tape: list | None = None
) -> tuple[Node, Node]:
    """The annotations (batch, T_x, 2 n), and the backward state at the first word.

    An annotation is both networks' states at a word, side by side (Eq. 7). The network
    that reads backwards has, at the first word, read the whole sentence.
    """
    words = embed(p["E_x"], source.T, tape)
    ahead = linear(words, p["W_x"][0], p["b_x"][0], tape)
    back = linear(words[::-1], p["W_x"][1], p["b_x"][1], tape)
    both = run_gru(stack([ahead, back], 1, tape), p["U_x"], tape)
    ahead = stack([s[0] for s in both], 1, tape)
    back = stack([s[1] for s in reversed(both)], 1, tape)
    return concatenate([ahead, back], tape), back[:, 0]

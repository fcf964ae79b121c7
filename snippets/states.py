"""The states with which a trained search asks, one a word that it writes."""

import numpy as np
from decoder import teacher_forcing
from encoder import bidirectional_encoder
from evaluation import as_nodes
from soft_search import additive_attention
from tape import Node


def asking_states(
    parameters: dict, source: np.ndarray, target: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The states s_{i-1} that ask for each word of given translations; whom they ask.

    And the weights of the answers. States are (batch, T_y, n), annotations
    (batch, T_x, 2 n), weights (batch, T_y, T_x).
    """
    p, states = as_nodes(parameters), []
    h, _ = bidirectional_encoder(p, source)
    s_0, look = additive_attention(p, source)

    def note(s: Node, i: int) -> tuple[Node, Node]:
        states.append(s.value)
        return look(s, i)

    _, weights = teacher_forcing(p, target, s_0, note)
    return np.stack(states, 1), h.value, np.stack([one.value for one in weights], 1)

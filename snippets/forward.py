"""The way forward in plain NumPy, one sentence at a time, as pages show it.

Each function is held equal by a test to the twin that trains, which it names. The paper
is Bahdanau, Cho and Bengio, arXiv 1409.0473v7, appendix A. Parameters p are arrays by
name, words the places of words in a vocabulary; a vector is a row.
"""

from collections.abc import Callable, Sequence

import numpy as np
from decoder import END
from transducer import BLANK


def float64_parameters(parameters: dict) -> dict[str, np.ndarray]:
    """Parameters of a training in float64. Twin: `as_nodes`."""
    return {name: W.astype(float) for name, W in parameters.items()}


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Squeeze numbers between 0 and 1."""
    return 1 / (1 + np.exp(-x))


def stable_softmax(scores: np.ndarray, axis: int = -1) -> np.ndarray:
    """Scores as shares that add up to 1, Eq. 6. Twins: `softmax`, `attention_weights`.

    >>> stable_softmax(np.array([1000.0, 1000.0]))
    array([0.5, 0.5])
    """
    largest = scores.max(axis, keepdims=True)
    powers = np.exp(scores - largest)
    total = powers.sum(axis, keepdims=True)
    return powers / total


def gru_cell(x: np.ndarray, s: np.ndarray, U: np.ndarray) -> np.ndarray:
    """One step of a gated recurrent unit, App. A.1.1. Twin: `gru`."""
    x_z, x_r, x_p = np.split(x, 3)
    U_z, U_r, U_p = np.split(U, 3, axis=1)
    z = sigmoid(x_z + s @ U_z)
    r = sigmoid(x_r + s @ U_r)
    proposal = np.tanh(x_p + (r * s) @ U_p)
    return (1 - z) * s + z * proposal


def gru_states(x: np.ndarray, U: np.ndarray) -> np.ndarray:
    """The states (T, n) along a sequence x, (T, 3 n), from 0. Twin: `run_gru`."""
    s, states = np.zeros(len(U)), []
    for x_j in x:
        s = gru_cell(x_j, s, U)
        states.append(s)
    return np.array(states)


def encode(p: dict[str, np.ndarray], words: Sequence[int]) -> np.ndarray:
    """Read a sentence; what is left is the last state, c. Twin: `fixed_context`."""
    x = p["E_x"][words] @ p["W_x"] + p["b_x"]
    return gru_states(x, p["U_x"])[-1]


def annotations(p: dict[str, np.ndarray], words: Sequence[int]) -> np.ndarray:
    """What two readers know at each word, (T, 2 n). Twin: `bidirectional_encoder`."""
    E = p["E_x"][words]
    W, U, b = p["W_x"], p["U_x"], p["b_x"]
    x_ahead = E @ W[0] + b[0]
    x_back = E[::-1] @ W[1] + b[1]
    ahead = gru_states(x_ahead, U[0])
    back = gru_states(x_back, U[1])[::-1]
    return np.concatenate([ahead, back], axis=1)


def decoder_cell(
    p: dict[str, np.ndarray], s: np.ndarray, Ey: np.ndarray, c: np.ndarray
) -> np.ndarray:
    """The next state: s_i = f(s_{i-1}, y_{i-1}, c_i). Twin: `decoder_step`."""
    x = np.concatenate([Ey, c]) @ p["W"] + p["b"]
    return gru_cell(x, s, p["U"])


def word_scores(
    p: dict[str, np.ndarray], s: np.ndarray, Ey: np.ndarray, c: np.ndarray
) -> np.ndarray:
    """A score for each word: g(y_{i-1}, s_i, c_i) before its softmax, Eq. 4.

    Twin: `output_layer`, with a tanh for the paper's maxout.
    """
    known = np.concatenate([s, Ey, c])
    t = np.tanh(known @ p["O"] + p["b_o"])
    return t @ p["V"] + p["b_v"]


def translate_greedily(
    p: dict[str, np.ndarray], words: Sequence[int], s: np.ndarray, look: Callable
) -> list[int]:
    """Write the likeliest word, till END; look(s, i): c_i. Twin: `greedy_decode`."""
    y, written = END, []
    for i in range(2 * len(words) + 5):
        Ey, c = p["E_y"][y], look(s, i)
        s = decoder_cell(p, s, Ey, c)
        scores = word_scores(p, s, Ey, c)
        y = int(scores.argmax())
        if y == END:
            break
        written.append(y)
    return written


def translate_one_vector(p: dict[str, np.ndarray], words: Sequence[int]) -> list[int]:
    """Translate while looking at the last state only. Twin: `one_vector`."""
    c = encode(p, words)
    s = np.tanh(c @ p["W_s"])

    def look(s: np.ndarray, i: int) -> np.ndarray:
        return c

    return translate_greedily(p, words, s, look)


def initial_state(p: dict[str, np.ndarray], h: np.ndarray) -> np.ndarray:
    """s_0, of the reader that goes back, at the first word: App. A.2.2."""
    first = h[0, len(p["W_s"]) :]
    return np.tanh(first @ p["W_s"])


def translate_in_step(p: dict[str, np.ndarray], words: Sequence[int]) -> list[int]:
    """Translate while looking at one's own place. Twin: `cursors_in_step`."""
    h = annotations(p, words)
    s, last = initial_state(p, h), len(h) - 1

    def look(s: np.ndarray, i: int) -> np.ndarray:
        return h[min(i, last)]

    return translate_greedily(p, words, s, look)


def additive_scores(
    s: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, v: np.ndarray
) -> np.ndarray:
    """How well each annotation answers: e_ij = v . tanh(W s_{i-1} + U h_j), App. A.1.2.

    s is one state, (n,), h all annotations, (T, 2 n). Twin: `energies`.
    """
    return np.tanh(s @ W + h @ U) @ v


def soft_attention(
    s: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, v: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Look everywhere, a little: c_i, alpha_i, Eq. 5-6. Twin: `additive_attention`."""
    e = additive_scores(s, h, W, U, v)
    alpha = stable_softmax(e)
    c = alpha @ h
    return c, alpha


def translate_soft_search(p: dict[str, np.ndarray], words: Sequence[int]) -> list[int]:
    """Translate while looking everywhere. Twin: `soft_search`."""
    h = annotations(p, words)

    def look(s: np.ndarray, i: int) -> np.ndarray:
        c, alpha = soft_attention(s, h, p["W_a"], p["U_a"], p["v_a"])
        return c

    return translate_greedily(p, words, initial_state(p, h), look)


def forward_probabilities(write: np.ndarray, advance: np.ndarray) -> np.ndarray:
    """How likely two cursors pass through each place (t, u). Twin: `forward_algorithm`.

    >>> half = np.full((2, 2), 0.5)
    >>> forward_probabilities(half, half)
    array([[1. , 0.5],
           [0.5, 0.5]])
    """
    P = np.zeros(write.shape)
    P[0, 0] = 1
    for t, u in np.ndindex(P.shape):
        if t > 0:
            above = t - 1, u
            P[t, u] += P[above] * advance[above]
        if u > 0:
            left = t, u - 1
            P[t, u] += P[left] * write[left]
    return P


def move_scores(p: dict[str, np.ndarray], h_t: np.ndarray, s: np.ndarray) -> np.ndarray:
    """A score for each move: to advance, or to write a word. Twin: `joint_network`."""
    both = h_t @ p["A"] + s @ p["B"] + p["b_a"]
    return np.tanh(both) @ p["V"] + p["b_v"]


def translate_two_cursors(p: dict[str, np.ndarray], words: Sequence[int]) -> list[int]:
    """Make the likeliest move until the source is left. Twin: `two_cursors`."""
    h, t = annotations(p, words), 0
    written: list[int] = []
    while t < len(h) and len(written) < 2 * len(h) + 5:
        x = p["E_y"][[END, *written]] @ p["W"] + p["b"]
        s = gru_states(x, p["U"])[-1]
        move = int(move_scores(p, h[t], s).argmax())
        if move == BLANK:
            t += 1
        else:
            written.append(move)
    return written

"""A Transformer forward in plain NumPy, one sentence at a time, as pages show it.

Each function is held equal by a test to the twin that trains, which it names. The paper
is Vaswani et al. 2017, arXiv 1706.03762v7, section 3. Parameters p are arrays by name,
as in `layers.py` and `transformer.py`; words are places in a vocabulary; a word is a
row of x (source) or y (target), d numbers.
"""

from collections.abc import Sequence

import numpy as np
from decoder import END
from forward import stable_softmax
from layers import HEADS, causal_mask
from transformer import layers_of, positions


def scaled_dot_product(
    Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | bool = True
) -> tuple[np.ndarray, np.ndarray]:
    """softmax(Q K^T / sqrt(d_k)) V, and the weights, Eq. 1; where the mask is True.

    Twins: `scaled_dot_product_attention`, and with checks `masked_attention`.

    >>> scaled_dot_product(np.zeros((1, 2)), np.eye(2), np.array([[10], [20]]))
    (array([[15.]]), array([[0.5, 0.5]]))
    """
    scores = Q @ K.swapaxes(-2, -1) / np.sqrt(Q.shape[-1])
    weights = stable_softmax(np.where(mask, scores, -np.inf))
    return weights @ V, weights


def multi_head(
    W: np.ndarray, x: np.ndarray, y: np.ndarray, mask: np.ndarray | bool = True
) -> tuple[np.ndarray, np.ndarray]:
    """Let several heads look from x at y, section 3.2.2. Twin: `multi_head_attention`.

    W is W^Q, W^K, W^V and W^O side by side, (d, 4 d); weights (heads, T_x, T_y).
    """
    W_Q, W_K, W_V, W_O = np.split(W, 4, axis=1)
    Q, K, V = x @ W_Q, y @ W_K, y @ W_V
    Q, K, V = (np.stack(np.split(M, HEADS, axis=1)) for M in (Q, K, V))
    context, weights = scaled_dot_product(Q, K, V, mask)
    return np.concatenate([*context], axis=1) @ W_O, weights


def layer_norm(x: np.ndarray, norm: np.ndarray) -> np.ndarray:
    """Mean 0 and variance 1 for each word, then a gain and a bias, norm: (2, d).

    Ba, Kiros and Hinton 2016, arXiv 1607.06450. Twin: `layer_normalisation`.

    >>> layer_norm(np.array([[1.0, 3.0]]), np.array([[1, 1], [0, 0]])).round(2)
    array([[-1.,  1.]])
    """
    gain, bias = norm
    mean = x.mean(axis=-1, keepdims=True)
    variance = x.var(axis=-1, keepdims=True)
    return (x - mean) / np.sqrt(variance + 1e-5) * gain + bias


def feed_forward_network(p: dict[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """The same small network for each word, Eq. 2. Twin: `feed_forward`."""
    return np.maximum(0, x @ p["W_1"] + p["b_1"]) @ p["W_2"] + p["b_2"]


def encoder_layer(
    p: dict[str, np.ndarray], x: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Source words look at one another, section 3.1; the weights of that.

    Twin: `encoder_block`.
    """
    looked, weights = multi_head(p["self"], x, x)
    x = layer_norm(x + looked, p["norm"][0])
    made = feed_forward_network(p, x)
    return layer_norm(x + made, p["norm"][1]), weights


def decoder_layer(
    p: dict[str, np.ndarray], y: np.ndarray, x: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Target words look back, then at the source x, section 3.1; the weights of that.

    Twin: `decoder_block`.
    """
    causal = causal_mask(len(y), len(y))
    looked, _ = multi_head(p["self"], y, y, causal)
    y = layer_norm(y + looked, p["norm"][0])
    looked, weights = multi_head(p["cross"], y, x)
    y = layer_norm(y + looked, p["norm"][1])
    made = feed_forward_network(p, y)
    return layer_norm(y + made, p["norm"][2]), weights


def transformer_scores(
    p: dict[str, np.ndarray], source: Sequence[int], before: Sequence[int]
) -> tuple[np.ndarray, list[np.ndarray]]:
    """Score each word that could follow each word before; where each layer looks.

    Logits (T_y, words), weights (heads, T_y, T_x). Twins: `read` and `write`.
    """
    x = p["E_x"][source]
    x = x + positions(*x.shape)
    for layer in layers_of(p, "encoder"):
        x, _ = encoder_layer(layer, x)
    y, looks = p["E_y"][before], []
    y = y + positions(*y.shape)
    for layer in layers_of(p, "decoder"):
        y, weights = decoder_layer(layer, y, x)
        looks.append(weights)
    return y @ p["V"] + p["b_v"], looks


def translate_transformer(p: dict[str, np.ndarray], words: Sequence[int]) -> list[int]:
    """Write the likeliest word, till END, without a cache. Twin: `transformer`."""
    written: list[int] = []
    while len(written) < 2 * len(words) + 5:
        scores, _ = transformer_scores(p, words, [END, *written])
        y = int(scores[-1].argmax())
        if y == END:
            break
        written.append(y)
    return written

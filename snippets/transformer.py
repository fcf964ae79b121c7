"""The Transformer: what reads and what writes only look, at others and at themselves.

"The paper" is Vaswani et al. 2017, arXiv 1706.03762v7; the layers stand in `layers.py`.
Parameters p are Nodes by name, those of all layers of one kind in one array, (LAYERS,
...). Of the settings, `hidden` is d, the paper's d_model; the others' sizes do not
count. Sources are integer arrays (batch, T_x), targets (batch, T_y), with -1 after the
end.
"""

from typing import Any

import numpy as np
from decoder import END
from layers import (
    HEADS,
    decoder_block,
    each_word,
    encoder_block,
    layer_normalisation,
)
from model import Model, Settings, embedding, lecun_normal, zeros
from operations import cross_entropy, embed
from tape import Node

LAYERS = 2  # of each kind; the paper has 6
WIDER = 2  # how much wider the inner layer is, d_ff / d_model; the paper has 4


def transformer_parameters(
    size: Settings, source_words: int, target_words: int
) -> dict:
    """How each parameter is drawn, and its shape; all layers of a kind in one array."""
    d = size.hidden
    if d % HEADS:
        raise ValueError(
            f"Given hidden={d}. Expected a multiple of {HEADS}: each of {HEADS} heads "
            f"gets an equal part. Write hidden={d + -d % HEADS}."
        )
    found: dict[str, tuple] = {
        "E_x": (embedding, (source_words, d)),
        "E_y": (embedding, (target_words, d)),
        "end": (unit_norm, (2, 2, d)),
        "V": (lecun_normal, (d, target_words)),
        "b_v": (zeros, (target_words,)),
    }
    for part, looks in {"encoder": ["self"], "decoder": ["self", "cross"]}.items():
        shapes = {
            **{look: (lecun_normal, (d, 4 * d)) for look in looks},
            "W_1": (lecun_normal, (d, WIDER * d)),
            "b_1": (zeros, (WIDER * d,)),
            "W_2": (lecun_normal, (WIDER * d, d)),
            "b_2": (zeros, (d,)),
            "norm": (unit_norm, (len(looks) + 1, 2, d)),
        }
        for name, (draw, shape) in shapes.items():
            found[f"{part}.{name}"] = draw, (LAYERS, *shape)
    return found


def unit_norm(shape: tuple, rng: np.random.Generator) -> np.ndarray:
    """For normalisations: gain 1 and bias 0."""
    return np.broadcast_to([[1.0], [0.0]], shape)


def layers_of(p: dict[str, Any], part: str) -> list[dict[str, Any]]:
    """The parameters of each layer of a part, by the names they have in a layer.

    >>> layers_of({"encoder.b_2": np.array([[1], [2]]), "b_v": [3]}, "encoder")
    [{'b_2': array([1])}, {'b_2': array([2])}]
    """
    names = [name for name in p if name.startswith(f"{part}.")]
    return [
        {name.removeprefix(f"{part}."): p[name][i] for name in names}
        for i in range(LAYERS)
    ]


def positions(T: int, d: int) -> np.ndarray:
    """Where each word stands, as waves of d / 2 lengths: (T, d), section 3.5.

    >>> positions(2, 4).round(2)
    array([[0.  , 1.  , 0.  , 1.  ],
           [0.84, 0.54, 0.01, 1.  ]])
    """
    angles = np.arange(T)[:, None] / 10000 ** (np.arange(0, d, 2) / d)
    waves = np.stack([np.sin(angles), np.cos(angles)], axis=-1)
    return waves.reshape(T, -1)[:, :d]


def embed_in_order(
    E: Node, words: np.ndarray, first: int = 0, tape: list | None = None
) -> Node:
    """The embeddings of words (batch, T), each with its position added."""
    x = embed(E, words, tape)
    T, d = x.value.shape[1:]
    x.value += positions(first + T, d)[first:]  # a constant: gradients stay
    return x


def read(p: dict[str, Node], source: np.ndarray, tape: list | None = None) -> list:
    """Read a source: its keys and values for each layer of the decoder."""
    x = embed_in_order(p["E_x"], source, 0, tape)
    for layer in layers_of(p, "encoder"):
        x = encoder_block(layer, x, tape)
    x = layer_normalisation(x, p["end"][0], tape)
    d = x.value.shape[-1]
    return [
        each_word(x, layer["cross"][:, d : 3 * d], tape=tape)
        for layer in layers_of(p, "decoder")
    ]


def write(
    p: dict[str, Node],
    before: np.ndarray,
    memory: list,
    past: list | None = None,
    tape: list | None = None,
) -> tuple[Node, list, list]:
    """Score each word that could follow: logits (batch, T, words).

    before is the word before each, (batch, T). If past is the keys and values of the
    words before those, it is the cache: they are not computed again. Also gives the
    keys and values, and the weights of the looks at the source, of each layer.
    """
    past = past or [None] * LAYERS
    first = past[0].value.shape[1] if past[0] else 0
    y, caches, looks = embed_in_order(p["E_y"], before, first, tape), [], []
    for layer, source, words in zip(layers_of(p, "decoder"), memory, past):
        y, cache, weights = decoder_block(layer, y, source, words, tape)
        caches.append(cache)
        looks.append(weights)
    y = layer_normalisation(y, p["end"][1], tape)
    return each_word(y, p["V"], p["b_v"], tape), caches, looks


def words_before(target: np.ndarray) -> np.ndarray:
    """The word before each; END before the first, and where there is no word."""
    before = np.column_stack([np.full(len(target), END), target[:, :-1]])
    return np.maximum(before, END)


def transformer_loss(
    p: dict[str, Node],
    source: np.ndarray,
    target: np.ndarray,
    tape: list | None = None,
) -> Node:
    """All words of a translation are learned at once: none waits for one before."""
    logits, *_ = write(p, words_before(target), read(p, source, tape), None, tape)
    return cross_entropy(logits, target, tape)


def transformer_translate(p: dict[str, Node], source: np.ndarray) -> list[list[int]]:
    """Write at each place the likeliest word, until the end or 2 T_x + 5 words."""
    memory, past = read(p, source), None
    y, going = np.full(len(source), END), np.full(len(source), True)
    written: list[list[int]] = [[] for _ in source]
    for _ in range(2 * source.shape[1] + 5):
        logits, past, _ = write(p, y[:, None], memory, past)
        y = logits.value[:, -1].argmax(axis=-1)
        going &= y != END
        for k in np.flatnonzero(going):
            written[k].append(int(y[k]))
        if not going.any():
            break
    return written


def look_at_source(
    p: dict[str, Node], source: np.ndarray, target: np.ndarray
) -> np.ndarray:
    """Where each head of each layer looks: (LAYERS, batch, heads, T_y, T_x)."""
    return np.stack(write(p, words_before(target), read(p, source))[2])


def transformer_attend(
    p: dict[str, Node], source: np.ndarray, target: np.ndarray
) -> np.ndarray:
    """Where the last layer looks, the mean of its heads."""
    return look_at_source(p, source, target)[-1].mean(axis=1)


transformer = Model(
    "transformer",
    transformer_parameters,
    transformer_loss,
    transformer_translate,
    transformer_attend,
)
# The same once more: a record is named by its model, and this one is trained longer.
transformer_trained_longer = transformer._replace(name="transformer trained longer")

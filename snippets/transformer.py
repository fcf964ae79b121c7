"""The Transformer: what reads and what writes only look, at others and at themselves.

"The paper" is Vaswani et al. 2017, arXiv 1706.03762v7; the layers stand in `layers.py`.
Parameters p are Nodes by name, those of all layers of one kind in one array, (LAYERS,
...). Of the settings, `hidden` is d, the paper's d_model; the others' sizes do not
count. Sources are integer arrays (batch, T_x), targets (batch, T_y), with -1 after the
end.
"""

from typing import Any

import numpy as np
from decoder import END, greedy_decode
from layers import (
    HEADS,
    decoder_block,
    each_word,
    encoder_block,
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
        "V": (narrow_normal, (d, target_words)),
        "b_v": (zeros, (target_words,)),
    }
    for part, looks in {"encoder": ["self"], "decoder": ["self", "cross"]}.items():
        shapes = {
            **{look: (narrow_normal, (d, 4 * d)) for look in looks},
            "W_1": (narrow_normal, (d, WIDER * d)),
            "b_1": (zeros, (WIDER * d,)),
            "W_2": (narrow_normal, (WIDER * d, d)),
            "b_2": (zeros, (d,)),
            "norm": (unit_norm, (len(looks) + 1, 2, d)),
        }
        for name, (draw, shape) in shapes.items():
            found[f"{part}.{name}"] = draw, (LAYERS, *shape)
    return found


def narrow_normal(shape: tuple, rng: np.random.Generator) -> np.ndarray:
    """For weights: half as wide as elsewhere, so that a layer adds little at first."""
    return lecun_normal(shape, rng) / 2


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


def read(
    p: dict[str, Node], source: np.ndarray, tape: list | None = None
) -> tuple[list, list]:
    """Read a source: its keys and values for each layer of the decoder.

    Also gives the weights with which its words look at one another, of each layer.
    """
    x, looks = embed_in_order(p["E_x"], source, 0, tape), []
    for layer in layers_of(p, "encoder"):
        x, weights = encoder_block(layer, x, tape)
        looks.append(weights)
    d = x.value.shape[-1]
    crossing = [layer["cross"] for layer in layers_of(p, "decoder")]
    return [each_word(x, W[:, d : 3 * d], tape=tape) for W in crossing], looks


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
    keys and values of each layer, and the weights of its looks: back, and at the
    source.
    """
    past = past or [None] * LAYERS
    first = past[0].value.shape[1] if past[0] else 0
    y, caches, looks = embed_in_order(p["E_y"], before, first, tape), [], []
    for layer, source, words in zip(layers_of(p, "decoder"), memory, past):
        y, cache, weights = decoder_block(layer, y, source, words, tape)
        caches.append(cache)
        looks.append(weights)
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
    memory, _ = read(p, source, tape)
    logits, *_ = write(p, words_before(target), memory, None, tape)
    return cross_entropy(logits, target, tape)


def transformer_translate(p: dict[str, Node], source: np.ndarray) -> list[list[int]]:
    """Write word by word, and keep what was computed of the words before."""
    (memory, _), past = read(p, source), None

    def logits_after(y: np.ndarray, i: int) -> np.ndarray:
        nonlocal past
        logits, past, _ = write(p, y[:, None], memory, past)
        return logits.value[:, -1]

    return greedy_decode(source, logits_after)


def transformer_attend(
    p: dict[str, Node], source: np.ndarray, target: np.ndarray
) -> np.ndarray:
    """Where the last layer looks in the source: the mean of its heads.

    On the development set it errs far less than the layer before.
    """
    _, _, looks = write(p, words_before(target), read(p, source)[0])
    _, across = looks[-1]
    return across.mean(axis=1)


transformer = Model(
    "transformer",
    transformer_parameters,
    transformer_loss,
    transformer_translate,
    transformer_attend,
)
# The same once more: a record is named by its model, and this one is trained longer.
transformer_trained_longer = transformer._replace(name="transformer trained longer")

"""What a model is, how large it is and how trained; how its parameters begin.

Parameters p are Nodes by name; shapes end in (inputs, outputs). Sources are integer
arrays (batch, T_x), targets (batch, T_y) with -1 after the end, which is word 0.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np


class Model(NamedTuple):
    """All that training, evaluation and records ask of a model.

    parameters(settings, source words, target words): {name: (how drawn, shape)}
    loss(p, source, target, tape): a Node, in nats a target word
    translate(p, source): the target words of each sentence, without the end
    attend(p, source, target): weights (batch, T_y, T_x), if it has an alignment
    """

    name: str
    parameters: Callable
    loss: Callable
    translate: Callable
    attend: Callable | None = None

    def __repr__(self) -> str:
        return self.name.replace(" ", "_")


class Settings(NamedTuple):
    """What a training depends on, besides the corpus.

    >>> from soft_search import soft_search
    >>> Settings(soft_search, longest=20)
    Settings(model=soft_search, longest=20, seed=1, steps=2000, ...)
    """

    model: Model
    longest: int = 30  # words in the longest source
    seed: int = 1
    steps: int = 2000
    batch: int = 32
    rate: float = 6e-3
    warm_up: int = 100
    clip: float = 1.0
    hidden: int = 64  # n in the paper
    embedding: int = 32  # m
    alignment: int = 48  # n'
    output: int = 64  # l
    keep_at: tuple = ()  # steps whose parameters are kept


def check_settings(settings: Settings) -> None:
    """Refuse a name instead of a model, and a training without steps or units."""
    if not isinstance(settings.model, Model):
        raise ValueError(
            f"Given the model {settings.model!r}. Expected a Model. Import it from its "
            "file."
        )
    for name in ("steps", "batch", "hidden", "embedding", "alignment", "output"):
        number = getattr(settings, name)
        if number < 1:
            raise ValueError(f"Given {name}={number}. Expected at least 1: raise it.")


def initialise(
    settings: Settings, source_words: int, target_words: int, dtype: type = np.float32
) -> dict[str, np.ndarray]:
    """Draw the parameters of a model. (For the paper's own draws see its App. B.1.)

    >>> from soft_search import soft_search
    >>> p = initialise(Settings(soft_search), 90, 140)
    >>> p["W_a"].shape, p["U_a"].shape, p["v_a"].max()
    ((64, 48), (128, 48), np.float32(0.0))
    """
    check_settings(settings)
    rng = np.random.default_rng(settings.seed)
    shapes = settings.model.parameters(settings, source_words, target_words)
    drawn = {name: draw(shape, rng) for name, (draw, shape) in shapes.items()}
    return {name: value.astype(dtype) for name, value in drawn.items()}


def zeros(shape: tuple, rng: np.random.Generator) -> np.ndarray:
    """For biases; and for what shall make no difference at the start."""
    return np.zeros(shape)


def embedding(shape: tuple, rng: np.random.Generator) -> np.ndarray:
    """For tables of words: normal, deviation 1/2."""
    return rng.standard_normal(shape) * 0.5


def lecun_normal(shape: tuple, rng: np.random.Generator) -> np.ndarray:
    """For weights: normal, variance 1 / inputs, so that sums neither grow nor fade."""
    return rng.standard_normal(shape) / np.sqrt(shape[-2])


def orthogonal(shape: tuple, rng: np.random.Generator) -> np.ndarray:
    """For recurrent weights: orthogonal matrices (n, n), side by side.

    >>> U = orthogonal((4, 12), np.random.default_rng(1))[:, 4:8]
    >>> np.allclose(U @ U.T, np.eye(4))
    True
    """
    normal, n = rng.standard_normal(shape), shape[-2]
    parts = [normal[..., k : k + n] for k in range(0, shape[-1], n)]
    return np.concatenate([np.linalg.qr(part)[0] for part in parts], axis=-1)

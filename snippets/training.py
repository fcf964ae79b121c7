"""Training: batches, Adam, and one loop for all four models."""

import math
from typing import NamedTuple

import numpy as np
from cursors import surprise_of_paths, two_cursors
from layers import surprise
from models import cursors_in_step, one_vector, soft_search, write
from tape import Node, backward

WAYS_TO_LOOK = {
    "one vector": one_vector,
    "cursors in step": cursors_in_step,
    "soft search": soft_search,
}


class Settings(NamedTuple):
    """What a training depends on, besides the corpus.

    Examples
    --------
    >>> Settings("soft search", longest=20).steps
    2000
    """

    model: str
    longest: int = 30  # the longest source sentences it sees, in words
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
    keep_at: tuple = ()  # steps whose parameters are kept as well


class Run(NamedTuple):
    """What a training gave."""

    parameters: dict  # name: ndarray
    losses: np.ndarray  # one a step
    kept: dict  # step: parameters as they were
    made: tuple = ("", "")  # if read from a record: when, and with what


def new_parameters(settings, source_words, target_words, dtype=np.float32):
    """Draw the parameters of a model.

    Recurrent matrices are orthogonal, biases and v_a zero (so that attention starts
    uniform), all others normal with variance 1 / inputs.

    Returns
    -------
    dict of ndarray

    Raises
    ------
    ValueError
        For a model of another name, or nothing of what there must be at least one.

    References
    ----------
    Bahdanau, Cho and Bengio, arXiv 1409.0473, App. B.1, for networks of 1000 units: W_a
    and U_a with deviation 0.001, others 0.01.

    Examples
    --------
    >>> p = new_parameters(Settings("soft search"), 90, 140)
    >>> p["W_a"].shape, p["U_a"].shape, p["v_a"].max()
    ((64, 48), (128, 48), np.float32(0.0))
    """
    model, n, m = settings.model, settings.hidden, settings.embedding
    if model not in [*WAYS_TO_LOOK, "two cursors"]:
        raise ValueError(
            f"Given the model {model!r}. Expected one of: "
            f"{', '.join(WAYS_TO_LOOK)}, two cursors."
        )
    check_settings(settings)
    directions = () if model == "one vector" else (2,)
    seen = n if model == "one vector" else 2 * n
    reads = 0 if model == "two cursors" else seen
    shapes = {
        "E_x": (source_words, m),
        "W_x": (*directions, m, 3 * n),
        "U_x": (*directions, n, 3 * n),
        "b_x": (*directions, 3 * n),
        "E_y": (target_words, m),
        "W": (m + reads, 3 * n),
        "U": (n, 3 * n),
        "b": (3 * n,),
        "V": (settings.output, target_words),
        "b_v": (target_words,),
    }
    if model == "two cursors":
        shapes |= {"A": (seen, settings.output), "b_a": (settings.output,)}
        shapes |= {"B": (n, settings.output)}
    else:
        shapes |= {"W_s": (n, n), "b_o": (settings.output,)}
        shapes |= {"O": (n + m + seen, settings.output)}
    if model == "soft search":
        n_a = settings.alignment
        shapes |= {"W_a": (n, n_a), "U_a": (seen, n_a), "v_a": (n_a,)}
    rng = np.random.default_rng(settings.seed)
    drawn = {name: draw(name, shape, rng) for name, shape in shapes.items()}
    return {name: value.astype(dtype) for name, value in drawn.items()}


def check_settings(settings):
    """Refuse a training of no steps, no sentences or no units.

    Examples
    --------
    >>> check_settings(Settings("soft search", batch=0))
    Traceback (most recent call last):
    ValueError: Given batch=0. Expected at least 1. Raise batch.
    """
    for name in ("steps", "batch", "hidden", "embedding", "alignment", "output"):
        number = getattr(settings, name)
        if number < 1:
            raise ValueError(
                f"Given {name}={number}. Expected at least 1. Raise {name}."
            )


def draw(name, shape, rng):
    """Draw one matrix; the start of its name tells which kind it is."""
    if name.startswith(("b", "v")):
        return np.zeros(shape)
    normal = rng.standard_normal(shape)
    if name.startswith("U") and name != "U_a":
        n = shape[-2]
        parts = [normal[..., k : k + n] for k in range(0, 3 * n, n)]
        return np.concatenate([np.linalg.qr(part)[0] for part in parts], axis=-1)
    if name.startswith("E"):
        return normal * 0.5
    return normal / np.sqrt(shape[-2])


def loss_of(tape, p, model, source, target):
    """Run a model over a batch: the loss, in nats a target word.

    Parameters
    ----------
    p : dict of Node
    source : integer array, shape (batch, T_x)
    target : integer array, shape (batch, T_y)
        -1 after the end.
    """
    if model == "two cursors":
        ended = np.where(target == 0, -1, target)[:, :-1]
        return surprise_of_paths(tape, two_cursors(tape, p, source, ended), ended)
    s_0, look = WAYS_TO_LOOK[model](tape, p, source)
    logits, _ = write(tape, p, look, s_0, target)
    return surprise(tape, logits, target.T)


def numbered(pairs, source_words, target_words):
    """Turn pairs of sentences into numbers, one array for each source length.

    Returns
    -------
    dict of int: (source, target)
        Integer arrays of shape (sentences, length) and (sentences, T_y); a target ends
        in 0, and -1 fills the rest.

    Raises
    ------
    KeyError
        For a word that is not in the lists.
    ValueError
        If there are no pairs.
    """
    if not len(pairs):
        raise ValueError(
            "Given 0 pairs of sentences. Expected at least 1. Make a corpus with some."
        )
    source_ids = {word: i for i, word in enumerate(source_words)}
    target_ids = {word: i for i, word in enumerate(target_words, start=1)}
    by_length = {}
    for pair in pairs:
        by_length.setdefault(len(pair.source), []).append(pair)
    found = {}
    for length, group in sorted(by_length.items()):
        longest = max(len(pair.target) for pair in group)
        source = [[source_ids[word] for word in pair.source] for pair in group]
        target = np.full((len(group), longest + 1), -1, np.int64)
        for row, pair in zip(target, group):
            row[: len(pair.target) + 1] = [*(target_ids[w] for w in pair.target), 0]
        found[length] = np.array(source, np.int64), target
    return found


def batches(data, settings):
    """Draw batches for ever: a length, short ones more often, then sentences of it.

    Examples
    --------
    >>> data = {4: (np.zeros((9, 4), int), np.array([[5, 0, -1]] * 9))}
    >>> source, target = next(batches(data, Settings("one vector", batch=2)))
    >>> source.shape, target
    ((2, 4), array([[5, 0],
           [5, 0]]))
    """
    check_settings(settings)
    if not any(len(source) for source, _ in data.values()):
        raise ValueError(
            "Given no sentences to draw from. Expected at least one pair. Make some "
            "with make_corpus and numbered."
        )
    rng = np.random.default_rng([settings.seed, 2014])
    lengths = np.array([length for length in data if length <= settings.longest])
    if not len(lengths):
        raise ValueError(
            f"Given sentences of {min(data)} words and more, and longest="
            f"{settings.longest}. Expected some that short. Raise longest."
        )
    while True:
        source, target = data[rng.choice(lengths, p=1 / lengths / (1 / lengths).sum())]
        rows = rng.integers(len(source), size=settings.batch)
        used = (target[rows] >= 0).any(axis=0)
        yield source[rows], target[rows][:, used]


def train(settings, data, source_words, target_words, tell=None):
    """Train one model.

    Parameters
    ----------
    settings : Settings
    data : dict of int: (source, target)
        What `numbered` made of the training pairs.
    source_words, target_words : int
        How many words there are on each side, the end of a sentence not counted.
    tell : function (step, steps, loss), optional
        Called after every step.

    Returns
    -------
    Run

    Raises
    ------
    FloatingPointError
        If the loss or the length of its gradient is no longer a finite number.

    References
    ----------
    Kingma and Ba 2015, arXiv 1412.6980, Algorithm 1 (Adam); Pascanu et al. 2013, arXiv
    1211.5063, Algorithm 1 (clipping).
    """
    values = new_parameters(settings, source_words, target_words + 1)
    means = {name: np.zeros_like(value) for name, value in values.items()}
    squares = {name: np.zeros_like(value) for name, value in values.items()}
    losses, kept = np.zeros(settings.steps), {}
    for step, (source, target) in zip(range(settings.steps), batches(data, settings)):
        if step in settings.keep_at:
            kept[step] = {name: value.copy() for name, value in values.items()}
        tape, p = [], {name: Node(value) for name, value in values.items()}
        loss = loss_of(tape, p, settings.model, source, target)
        losses[step] = loss.value
        backward(tape, loss)
        norm = np.sqrt(sum((node.grad**2).sum() for node in p.values()))
        if not np.isfinite(loss.value + norm):
            raise FloatingPointError(
                f"Training {settings.model} (seed {settings.seed}): the loss is "
                f"{loss.value}, its gradient {norm} at step {step}. Lower the rate "
                f"({settings.rate})."
            )
        scale = min(1, settings.clip / norm)
        rate = rate_at(step, settings)
        for name, value in values.items():
            grad = p[name].grad * scale
            means[name] += 0.1 * (grad - means[name])
            squares[name] += 0.001 * (grad**2 - squares[name])
            mean = means[name] / (1 - 0.9 ** (step + 1))
            square = squares[name] / (1 - 0.999 ** (step + 1))
            value -= rate * mean / (np.sqrt(square) + 1e-8)
        if tell:
            tell(step + 1, settings.steps, losses[step])
    return Run(values, losses, kept)


def rate_at(step, settings):
    """How far a step goes: growing at first, then down along half a cosine wave.

    Examples
    --------
    >>> s = Settings("one vector")
    >>> [round(rate_at(step, s), 4) for step in (0, 99, 1050, 1999)]
    [0.0001, 0.006, 0.003, 0.0]
    """
    if step < settings.warm_up:
        return settings.rate * (step + 1) / settings.warm_up
    done = (step - settings.warm_up) / (settings.steps - settings.warm_up)
    return settings.rate * 0.5 * (1 + math.cos(math.pi * done))

"""Training: one loop for every model, with Adam and clipped gradients.

Adam is Kingma and Ba 2015, arXiv 1412.6980, Algorithm 1; clipping, Pascanu et al. 2013,
arXiv 1211.5063, Algorithm 1. Data as in `batches.py`.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from batches import batches
from model import Model, Settings, initialise
from tape import Node, backward


class Run(NamedTuple):
    """What a training gave."""

    parameters: dict  # name: ndarray
    losses: np.ndarray  # one a step
    kept: dict  # step: parameters as they were
    made: tuple = ("", "")  # of a record: when, with what


def train(
    settings: Settings,
    data: dict,
    source_words: int,
    target_words: int,
    on_step: Callable | None = None,
) -> Run:
    """Train a model on sentences of so many different words, the end not counted.

    After every step calls on_step(step, steps, loss).
    """
    values = initialise(settings, source_words, target_words + 1)
    means = {name: np.zeros_like(W) for name, W in values.items()}
    squares = {name: np.zeros_like(W) for name, W in values.items()}
    losses, kept = np.zeros(settings.steps), {}
    drawn = zip(range(settings.steps), batches(data, settings))
    for step, (source, target) in drawn:
        if step in settings.keep_at:
            kept[step] = {name: W.copy() for name, W in values.items()}
        loss, grads = gradients(settings.model, values, source, target)
        losses[step] = loss
        norm = np.sqrt(sum((grad**2).sum() for grad in grads.values()))
        check_finite(settings, step, loss, norm)
        shorter = min(1, settings.clip / norm)
        grads = {name: grad * shorter for name, grad in grads.items()}
        rate = learning_rate(step, settings)
        adam_step(values, grads, means, squares, step, rate)
        if on_step:
            on_step(step + 1, settings.steps, losses[step])
    return Run(values, losses, kept)


def gradients(
    model: Model, values: dict, source: np.ndarray, target: np.ndarray
) -> tuple[np.ndarray, dict]:
    """The loss of a batch, and its gradient with respect to each parameter."""
    tape: list = []
    p = {name: Node(value) for name, value in values.items()}
    loss = model.loss(p, source, target, tape)
    backward(loss, tape)
    return loss.value, {name: node.grad for name, node in p.items()}


def check_finite(settings: Settings, step: int, loss: np.ndarray, norm: float) -> None:
    """Refuse to go on where a loss or a gradient is no number any more."""
    if not np.isfinite(loss + norm):
        raise FloatingPointError(
            f"Training {settings.model.name} (seed {settings.seed}): the loss is "
            f"{loss}, its gradient {norm} at step {step}. Lower the rate "
            f"({settings.rate})."
        )


def adam_step(
    values: dict, grads: dict, means: dict, squares: dict, step: int, rate: float
) -> None:
    """Move each parameter against its gradient: Adam, with its running averages."""
    for name, grad in grads.items():
        means[name] += 0.1 * (grad - means[name])
        squares[name] += 0.001 * (grad**2 - squares[name])
        mean = means[name] / (1 - 0.9 ** (step + 1))
        square = squares[name] / (1 - 0.999 ** (step + 1))
        values[name] -= rate * mean / (np.sqrt(square) + 1e-8)


def learning_rate(step: int, settings: Settings) -> float:
    """How far a step goes: growing at first, then down along half a cosine wave.

    >>> from soft_search import soft_search
    >>> s = Settings(soft_search)
    >>> [round(learning_rate(step, s), 4) for step in (0, 99, 1050, 1999)]
    [0.0001, 0.006, 0.003, 0.0]
    """
    if step < settings.warm_up:
        return settings.rate * (step + 1) / settings.warm_up
    done = (step - settings.warm_up) / (settings.steps - settings.warm_up)
    return settings.rate * 0.5 * (1 + math.cos(math.pi * done))

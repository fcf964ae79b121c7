"""Weights that read well in a terminal and become lines and a map on a page."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from tables import print_table


def print_weights(
    weights: ArrayLike,
    row_words: Sequence[str],
    column_words: Sequence[str],
    title: str = "",
) -> None:
    """Print how much each row word looks at each column word, under a title if any.

    >>> print_weights([[0.9, 0.1], [1, 0]], ["o", "gato"], ["the", "cat"])
    |      |  the | cat |
    | ---- | ---: | --: |
    | o    |  .90 | .10 |
    | gato | 1.00 |   – |
    """
    weights = np.asarray(weights)
    if weights.shape != (len(row_words), len(column_words)):
        raise ValueError(
            f"Given weights of shape {weights.shape} for {len(row_words)} row and "
            f"{len(column_words)} column words. Expected one row and one column a word."
        )
    if title:
        print(title)
    numbers = [
        [f"{w:.2f}".removeprefix("0") if w else "–" for w in row] for row in weights
    ]
    rows = [[word, *row] for word, row in zip(row_words, numbers)]
    print_table(["", *column_words], rows)

"""Tables that read well in a terminal and become real tables on a page."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike


def print_table(header: Sequence[str], rows: Sequence[Sequence]) -> None:
    """Print rows under a header; the first entry of a row names it.

    >>> print_table(["word", "weight"], [["cat", "0.25"]])
    | word | weight |
    | ---- | -----: |
    | cat  |   0.25 |
    """
    lines = [[str(entry) for entry in line] for line in [header, *rows]]
    counts = sorted({len(line) for line in lines})
    if counts != [len(header)]:
        raise ValueError(
            f"Given a header of {len(header)} and rows of {counts} entries. "
            "Expected as many in each row as in the header. Fill the gaps."
        )
    widths = [max(3, *map(len, column)) for column in zip(*lines)]
    lines.insert(1, ["-" * (width - 1) + ":" for width in widths])
    lines[1][0] = "-" * widths[0]
    for first, *others in lines:
        cells = [entry.rjust(width) for entry, width in zip(others, widths[1:])]
        print("| " + " | ".join([first.ljust(widths[0]), *cells]) + " |")


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

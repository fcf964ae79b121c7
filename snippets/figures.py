"""The figures that more than one page draws.

Weights and alignments are matrices (rows, columns) from 0 up, with a word beside each
row and above each column.
"""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike


def heat_map(
    weights: ArrayLike,
    row_words: Sequence[str],
    column_words: Sequence[str],
    *,
    rows: str = "",
    columns: str = "",
) -> None:
    """Draw a matrix of weights as coloured squares, each with its number.

    >>> heat_map([[0.9, 0.1], [0.3, 0.7]], ["a", "b"], ["a", "b"])
    >>> [text.get_text() for text in plt.gca().texts]
    ['.90', '.10', '.30', '.70']
    >>> plt.close()
    """
    weights = np.asarray(weights)
    if weights.shape != (len(row_words), len(column_words)):
        raise ValueError(
            f"Given weights of shape {weights.shape} for {len(row_words)} row and "
            f"{len(column_words)} column words. Expected one row and one column a word."
        )
    many = len(column_words) > 6  # words; as wide as a phone at most
    cell = 2.95 / len(column_words) if many else 0.42
    size = 1.3 + cell * np.array([len(column_words), len(row_words)])
    figure, axes = plt.subplots(figsize=np.maximum(size, 3.6))
    axes.pcolormesh(weights, cmap="Blues", vmin=0, vmax=weights.max())
    axes.set(xlabel=columns, ylabel=rows)
    axes.set_xticks(
        np.arange(len(column_words)) + 0.5,
        column_words,
        rotation=90 if many else 40,
        ha="center" if many else "left",
    )
    axes.set_yticks(np.arange(len(row_words)) + 0.5, row_words)
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    axes.xaxis.set_label_position("top")
    axes.invert_yaxis()
    axes.set_aspect("equal")
    axes.spines[:].set_visible(False)
    for (row, column), weight in np.ndenumerate(weights):
        ink = "#ffffff" if weight > 0.7 * weights.max() else "#111111"
        label = f"{weight:.2f}".removeprefix("0")
        axes.text(column + 0.5, row + 0.5, label, color=ink, ha="center", va="center")


def length_curves(
    seeds: dict[str, Sequence], runs: dict[str, Sequence], *, ylabel: str, xlabel: str
) -> None:
    """Draw marks against source length, each with the spread of several seeds.

    `seeds` are lowest, median and highest marks, each over the BANDS of lengths; a line
    is the median, or the marks of a single run where `runs` has them.

    >>> seeds = {"a": [[88, 47], [90, 50], [91, 55]]}
    >>> length_curves(seeds, {"a": [89, 51]}, ylabel="BLEU", xlabel="words")
    >>> [(line.get_label(), line.get_ydata().tolist()) for line in plt.gca().lines]
    [('a', [89, 51])]
    >>> plt.close()
    """
    names = ["5–9", "10–14", "15–19", "20–24", "25–29", "30–34", "35–40"]
    styles = ["C0 o-", "C1 s--", "C2 D-", "C3 ^--", "k v--", "k v-"]
    if len(seeds) > len(styles):
        raise ValueError(
            f"Given {len(seeds)} curves. Expected at most {len(styles)}, each with a "
            "style of its own. Leave some out."
        )
    _, axes = plt.subplots(figsize=(4.8, 3.2))
    for (label, rows), style in zip(seeds.items(), styles):
        lowest, median, highest = rows
        x, (colour, marks) = names[: len(median)], style.split()
        axes.fill_between(x, lowest, highest, color=colour, alpha=0.25)
        line = runs.get(label, median)
        axes.plot(x, line, marks, color=colour, label=label, markersize=4)
    axes.set(xlabel=xlabel, ylabel=ylabel, ylim=(0, None))
    axes.legend(frameon=False, ncol=2, loc="lower center", bbox_to_anchor=(0.5, 1))
    axes.grid(alpha=0.4)


def alignment_maps(
    maps: dict[str, np.ndarray], row_words: Sequence[str], column_words: Sequence[str]
) -> None:
    """Draw several alignments of one pair of sentences by title, two in a row.

    >>> alignment_maps({"start": np.eye(2), "end": np.eye(2)}, ["a", "b"], ["a", "b"])
    >>> [axes.get_title() for axes in plt.gcf().axes]
    ['start', 'end']
    >>> plt.close()
    """
    rows, columns = len(row_words), len(column_words)
    pitch = min(0.24, 1.75 / columns)  # inches: two maps are as wide as a phone
    wide, high = pitch * columns, pitch * rows
    lines = -(-len(maps) // 2)
    width, height = 1 + 2 * (wide + 0.1), lines * (high + 0.35) + 0.9
    figure = plt.figure(figsize=(width, height))
    for k, (title, weights) in enumerate(maps.items()):
        left = 0.9 + k % 2 * (wide + 0.1)
        bottom = height - (k // 2 + 1) * (high + 0.35)
        place = left / width, bottom / height, wide / width, high / height
        axes = figure.add_axes(place, title=title)
        for i, row in enumerate(np.round(20 * weights) / 20):
            ends = [0, *np.flatnonzero(np.diff(row)) + 1, len(row)]
            for left, right in zip(ends, ends[1:]):  # neighbours of one shade as one
                if row[left]:
                    bar = axes.barh(i + 0.5, right - left, 1, left, clip_on=False)
                    bar[0].set_color(plt.cm.Blues(row[left]))
        axes.set(xlim=(0, columns), ylim=(0, rows))
        axes.set_xticks(np.arange(columns) + 0.5, column_words, rotation=90)
        axes.set_yticks(np.arange(rows) + 0.5, row_words)
        axes.tick_params(length=0, labelleft=k % 2 == 0, labelbottom=k + 2 >= len(maps))
        axes.set_facecolor("#f7fbff")  # as the lightest weight, on dark pages too
        axes.invert_yaxis()
        axes.set_aspect("equal")

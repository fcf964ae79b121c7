"""The figures that more than one page draws."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt


def length_curves(
    seeds: dict[str, Sequence], runs: dict[str, Sequence], *, ylabel: str, xlabel: str
) -> None:
    """Draw marks against source length, with the lowest and highest of several seeds.

    A line is their median, or what `runs` has; all are lists over the BANDS of lengths.
    The legend has two rows, no wider than a phone.

    >>> length_curves({"a": [[88], [90], [91]]}, {"a": [89]}, ylabel="", xlabel="")
    >>> plt.gca().lines[0].get_ydata().tolist(), plt.close()
    ([89], None)
    """
    names = ["5–9", "10–14", "15–19", "20–24", "25–29", "30–34", "35–40"]
    styles = ["C0 o-", "C1 s--", "C2 D-", "C3 ^--", "k v--", "k v-"]
    if len(seeds) > len(styles):
        raise ValueError(f"Given {len(seeds)} curves. Expected at most {len(styles)}.")
    _, axes = plt.subplots(figsize=(4.8, 3.2))
    for (label, (lowest, median, highest)), style in zip(seeds.items(), styles):
        x, (colour, marks) = names[: len(median)], style.split()
        axes.fill_between(x, lowest, highest, color=colour, alpha=0.25)
        axes.plot(x, runs.get(label, median), marks, color=colour, label=label, ms=4)
    axes.set(xlabel=xlabel, ylabel=ylabel, ylim=(0, None))
    room: dict[str, Any] = {"loc": "lower center", "bbox_to_anchor": (0.5, 1)}
    room |= {"columnspacing": 0.4, "handlelength": 1.5, "handletextpad": 0.3}
    axes.legend(ncol=(len(seeds) + 1) // 2, frameon=False, **room)
    axes.grid(alpha=0.4)

"""The figures that more than one page draws."""

import matplotlib.pyplot as plt
import numpy as np


def heat_map(weights, row_words, column_words, *, rows="", columns=""):
    """Draw a matrix of weights as coloured squares, each with its number.

    Parameters
    ----------
    weights : array_like, shape (len(row_words), len(column_words))
        The numbers to show, none negative.
    row_words, column_words : sequence of str
        The words beside the rows and above the columns.
    rows, columns : str
        What the rows and the columns are.

    Raises
    ------
    ValueError
        If the matrix does not have a row and a column for each word.

    Examples
    --------
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
    size = 1.3 + 0.42 * np.array([len(column_words), len(row_words)])
    figure, axes = plt.subplots(figsize=np.maximum(size, 3.6))
    axes.pcolormesh(weights, cmap="Blues", vmin=0, vmax=weights.max())
    axes.set(xlabel=columns, ylabel=rows)
    axes.set_xticks(
        np.arange(len(column_words)) + 0.5, column_words, rotation=40, ha="left"
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

"""A printed table of weights, read."""

from dataclasses import dataclass

from builder.output.numbers import localised
from builder.output.table import cells_of

NONE = {"", "-", "–"}  # nothing to look at, as behind a mask


@dataclass
class Weights:
    """How much each of `asks`, a row, looks at each of `asked`, a column."""

    title: str
    asks: list[str]
    asked: list[str]
    rows: list[list[float | None]]


def read(text: str, title: str = "", decimal: str = ".") -> Weights:
    """Read a printed table of weights; a word that is a number is written in `decimal`.

    >>> read("|   | a |\\n| - | -: |\\n| b | .9 |").rows
    [[0.9]]
    """
    (_, *asked), _, body = cells_of(text)
    if not body or not asked:
        raise ValueError("prints a table without weights")
    rows = [[_weight(cell) for cell in cells] for _, *cells in body]
    asks = [localised(cells[0], decimal) for cells in body]
    asked = [localised(word, decimal) for word in asked]
    return Weights(localised(title, decimal), asks, asked, rows)


def _weight(cell: str) -> float | None:
    if cell in NONE:
        return None
    try:
        weight = float(cell)
    except ValueError:
        weight = -1.0
    if not 0 <= weight <= 1:  # nan neither
        raise ValueError(f"prints '{cell}', which is no weight from 0 to 1")
    return weight

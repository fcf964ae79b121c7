"""Tables that read well in a terminal and become real tables on a page."""

from collections.abc import Sequence


def print_table(header: Sequence[str], rows: Sequence[Sequence]) -> None:
    """Print rows under a header; the first entry of a row names it.

    >>> print_table(["word", "weight"], [["cat", "0.25"]])
    | word | weight |
    | ---- | -----: |
    | cat  |   0.25 |
    """
    lines = [[str(entry) for entry in line] for line in [header, *rows]]
    if wrong := sorted({len(line) for line in lines} - {len(header)}):
        raise ValueError(f"Given rows of {wrong} entries. Expected {len(header)} each.")

    widths = [max(3, *map(len, column)) for column in zip(*lines)]
    rule = ["-" * (width - 1) + ":" for width in widths]
    lines.insert(1, ["-" * widths[0], *rule[1:]])

    for first, *others in lines:
        cells = [entry.rjust(width) for entry, width in zip(others, widths[1:])]
        print("| " + " | ".join([first.ljust(widths[0]), *cells]) + " |")

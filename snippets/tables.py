"""Tables that read well in a terminal and become real tables on a page."""


def print_table(header, rows):
    """Print rows under a header, in columns as wide as their longest entry.

    Parameters
    ----------
    header : sequence of str
        One name for each column.
    rows : sequence of sequences
        The entries; the first of each row names the row. Format numbers beforehand.

    Raises
    ------
    ValueError
        If a row has not as many entries as the header.

    Examples
    --------
    >>> print_table(["word", "weight"], [["cat", "0.25"], ["mat", "0.75"]])
    | word | weight |
    | ---- | -----: |
    | cat  |   0.25 |
    | mat  |   0.75 |
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

"""Numbers in what people read, tables and figures: as the page's language writes them.

What a program prints as text stays as Python writes it.
"""

import re

# 0.5 and 1,234.5; not the version 2.4.6, and not the list "a,b".
NUMBER = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.\d+)(?!\.?\w|,\d)")
SWAP = str.maketrans(",.", ".,")


def localised(text: str, decimal: str) -> str:
    """Write the numbers in a text with a decimal comma, where that is the habit.

    >>> localised("0.50 of 1,234.5, .3, not 2.4.6", ",")
    '0,50 of 1.234,5, ,3, not 2.4.6'
    """
    if decimal == ".":
        return text
    return NUMBER.sub(lambda match: match[0].translate(SWAP), text)

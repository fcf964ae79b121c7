"""The views of one table of weights; how they look is in `look/styles/gaze.css`.

A weight is written thrice: in its line, in its number beside the words, in its cell.
`--r` and `--c` are its row and column; `--w` is its percentage, and in a cell its share
of the darkest weight, which makes differences of small weights plain.
"""

from collections.abc import Sequence
from html import escape

from builder.output.numbers import localised
from builder.output.weights import Weights

THIN = 0.02  # a line of less weight is left out
LETTER, ROOM = 0.56, 0.9  # em that a letter takes, and the room beside a word
ACROSS, WIDE = 27, 62  # em: words that fit side by side may stand so, or on a wide page
MANY = 6  # columns, up to which a map has room for numbers


def sizes(one: Weights) -> str:
    """How many words there are, and how wide, for the style sheet to lay them out."""
    counts = f"--n:{len(one.asks)};--m:{len(one.asked)}"
    return f"{counts};--a:{_wide(one.asks):.1f};--b:{_wide(one.asked):.1f}"


def _wide(words: Sequence[str]) -> float:
    return LETTER * max(map(len, words)) + ROOM


def lines(one: Weights, langs: Sequence[str], group: str, name: str) -> str:
    """Two columns of words and, between, a line a weight; CSS may make rows of them.

    What a word looks at stands in one element with it, for hover and focus to find.
    """
    asks, asked = one.asks, one.asked
    rows = [
        f'<div style="--r:{r}">{_word(word, group)}{_looks(one, r - 1)}</div>'
        for r, word in enumerate(asks, start=1)
    ]
    width = max(_wide(words) * len(words) for words in (asks, asked))
    across = " across" if width <= ACROSS else " wide" if width <= WIDE else ""
    columns = "".join(f"<div>{_word(word, group)}</div>" for word in asked)
    return (
        f'<div class="lines{across}" role="radiogroup"'
        f' aria-label="{escape(name)}">'
        f'<div class="asks"{langs[0]}>{"".join(rows)}</div>'
        f'<div class="asked"{langs[1]}>{columns}</div></div>'
    )


def _word(word: str, group: str) -> str:
    """A word that keys can reach: all words of a drawing are one stop of Tab."""
    return f'<label><input type="radio" name="{group}">{escape(word)}</label>'


def _looks(one: Weights, row: int) -> str:
    """The lines of one row, in a square that is as high as both columns of words."""
    n, m = len(one.asks), len(one.asked)
    size, start = 2 * n * m, (2 * row + 1) * m
    paths, numbers = "", ""
    for column, weight in enumerate(one.rows[row]):
        if weight and weight >= THIN:
            end, half = (2 * column + 1) * n, n * m
            line = f"M0 {start}C{half} {start} {half} {end} {size} {end}"
            style = f"--c:{column + 1};--w:{weight * 100:.0f}"
            paths += f'<path d="{line}" style="{style}"/>'
            numbers += f'<i style="--c:{column + 1}">{weight:.0%}</i>'
    box = f'viewBox="0 0 {size} {size}" preserveAspectRatio="none"'
    return f'<svg {box} aria-hidden="true">{paths}</svg>{numbers}'


def table(
    one: Weights, top: float, langs: Sequence[str], asks: str, asked: str, decimal: str
) -> str:
    """The weights as a table, whose cells have their shade: so it is a map, too."""
    head = "".join(f'<th scope="col"{langs[1]}>{escape(w)}</th>' for w in one.asked)
    body = "".join(
        f'<tr><th scope="row"{langs[0]}>{escape(word)}</th>'
        f"{''.join(_cell(weight, top, decimal) for weight in row)}</tr>"
        for word, row in zip(one.asks, one.rows)
    )
    many = " many" * (len(one.asked) > MANY)
    caption = f"<caption>{escape(one.title)}</caption>" if one.title else ""
    corner = f"<td>{escape(asks)} ↓ {escape(asked)} →</td>"
    return (
        f'<div class="table" tabindex="0"><table class="numbers{many}">'
        f"{caption}<thead><tr>{corner}{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _cell(weight: float | None, top: float, decimal: str) -> str:
    if weight is None:
        return "<td>–</td>"
    number = localised(f"{weight:.2f}", decimal)
    return f'<td style="--w:{weight / top * 100:.0f}">{number}</td>'

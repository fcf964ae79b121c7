"""How good translations are, and how good alignments.

Both sides are lists, one entry a sentence: of words, or a set of links (target place,
source place). Sure links are possible ones too.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np


def check_pairs(translations: Sequence, references: Sequence) -> list[tuple]:
    """Return pairs of translation and reference; refuse none, and lists that differ."""
    if len(translations) != len(references) or not len(references):
        raise ValueError(
            f"Given {len(translations)} translations and {len(references)} references. "
            "Expected at least one: choose sentences, and one reference for each."
        )
    return list(zip(translations, references))


def check_any(number: int, what: str) -> None:
    """Refuse to divide by a number of things of which there are none."""
    if not number:
        raise ValueError(f"Given 0 {what}. Expected at least 1: choose others.")


def exact_match(translations: Sequence, references: Sequence) -> float:
    """The share of translations that equal their reference, word for word.

    >>> exact_match([["o", "gato"], ["a", "gato"]], [["o", "gato"], ["o", "gato"]])
    0.5
    """
    pairs = check_pairs(translations, references)
    return sum(list(ours) == list(right) for ours, right in pairs) / len(pairs)


def bleu(translations: Sequence, references: Sequence) -> float:
    """BLEU of a set of translations, from 0 to 100, one reference each.

    Papineni et al. 2002, section 2.3: the geometric mean of the shares of right n-grams
    of 1 to 4 words, times a penalty for being short. Equal by test to sacrebleu 2.5.

    >>> right = ["o gato preto dorme na porta".split()]
    >>> round(bleu(["o gato preto dorme na casa".split()], right), 2)
    75.98
    """
    pairs = check_pairs(translations, references)
    ours, theirs = (sum(map(len, side)) for side in zip(*pairs))
    logs, smooth = [], 1
    for n in range(1, 5):
        hits, total = 0, 0
        for translation, reference in pairs:
            mine, right = ngrams(translation, n), ngrams(reference, n)
            hits, total = hits + (mine & right).total(), total + mine.total()
        if total == 0 or n == 1 and hits == 0:
            return 0.0
        smooth = smooth if hits else 2 * smooth
        logs.append(np.log(hits / total if hits else 1 / (smooth * total)))
    return float(100 * np.exp(np.mean(logs) + min(0, 1 - theirs / ours)))


def ngrams(words: Sequence, n: int) -> Counter:
    """Count the runs of n words."""
    return Counter(zip(*(words[k:] for k in range(n))))


def alignment_error_rate(found: list, sure: list, possible: list) -> float:
    """AER: 0 when all links found are possible and all sure ones are found.

    1 - (|A and S| + |A and P|) / (|A| + |S|): Och and Ney 2003, section 5, Eq. 20.

    >>> alignment_error_rate([{(0, 1), (1, 2)}], [{(0, 0), (1, 2)}], [{(0, 0), (1, 2)}])
    0.5
    """
    hits = total = 0
    for a, s, p in zip(found, sure, possible, strict=True):
        hits += len(a & s) + len(a & (p | s))
        total += len(a) + len(s)
    check_any(total, "links, found or sure")
    return 1 - hits / total


def precision(found: list, allowed: list) -> float:
    """The share of links found that are allowed."""
    hits = sum(len(a & b) for a, b in zip(found, allowed, strict=True))
    total = sum(map(len, found))
    check_any(total, "links found")
    return hits / total

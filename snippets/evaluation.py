"""How good a translation is, and how good an alignment."""

from collections import Counter

import numpy as np
from cursors import ADVANCE, meet
from layers import gru
from models import END, read_both_ways, renew, score_words, write
from tape import Node, linear, lookup
from training import WAYS_TO_LOOK


def as_nodes(parameters):
    """Make nodes of parameters, in float64: rounding then turns no choice of a word.

    Which of two words is likelier can hang on the last digits of float32, and those on
    the processor.

    Examples
    --------
    >>> as_nodes({"b": np.zeros(2, np.float32)})["b"].value.dtype
    dtype('float64')
    """
    return {name: Node(np.asarray(value, float)) for name, value in parameters.items()}


def translate(parameters, model, source):
    """Translate greedily: at each place the word that the model finds likeliest.

    Parameters
    ----------
    parameters : dict of ndarray
        As in `Run`.
    model : str
        One of `WAYS_TO_LOOK`, or "two cursors".
    source : integer array, shape (batch, T_x)

    Returns
    -------
    list of lists of int
        One translation a sentence, without the end; at most 2 T_x + 5 words.
    """
    p = as_nodes(parameters)
    if model == "two cursors":
        return walk(p, source)
    s, look = WAYS_TO_LOOK[model]([], p, source)
    y = np.full(len(source), END)
    written, going = [[] for _ in source], np.full(len(source), True)
    for i in range(2 * source.shape[1] + 5):
        Ey = lookup([], p["E_y"], y)
        s, c, _ = renew([], p, look, s, Ey, i)
        y = score_words([], p, s, Ey, c).value.argmax(axis=-1)
        going &= y != END
        for k in np.flatnonzero(going):
            written[k].append(int(y[k]))
        if not going.any():
            break
    return written


def walk(p, source):
    """Move the two cursors, always by the likelier move, until the source is left.

    Or until 2 T_x + 5 words are written: what follows would not be read.
    """
    h, _ = read_both_ways([], p, source)
    sentence, places = np.arange(len(source)), source.shape[1]
    t, y = np.zeros(len(source), int), np.full(len(source), END)
    s = Node(np.zeros((len(source), p["U"].value.shape[0]), h.value.dtype))
    wrote, written = np.full(len(source), True), [[] for _ in source]
    going = wrote
    while going.any():
        x = linear([], lookup([], p["E_y"], y), p["W"], p["b"])
        s = Node(np.where(wrote[:, None], gru([], x, s, p["U"]).value, s.value))
        here = Node(h.value[sentence, np.minimum(t, places - 1)][None])
        move = meet([], p, here, s[None]).value[0, 0].argmax(axis=-1)
        wrote = (move != ADVANCE) & going
        t += move == ADVANCE
        y = np.where(wrote, move, y)
        for k in np.flatnonzero(wrote):
            written[k].append(int(y[k]))
        lengths = np.array([len(words) for words in written])
        going = (t < places) & (lengths < 2 * places + 5)
    return written


def attend(parameters, source, target):
    """Where soft search looks while it writes translations that are given.

    Parameters
    ----------
    source : integer array, shape (batch, T_x)
    target : integer array, shape (batch, T_y)

    Returns
    -------
    ndarray, shape (batch, T_y, T_x)
        Attention weights: each row adds up to 1.
    """
    p = as_nodes(parameters)
    s_0, look = WAYS_TO_LOOK["soft search"]([], p, source)
    _, alphas = write([], p, look, s_0, target)
    return np.stack([alpha.value for alpha in alphas], axis=1)


def check_pairs(translations, references):
    """Return pairs of translation and reference; refuse none, and lists that differ.

    Examples
    --------
    >>> check_pairs([["o"]], [["a"]])
    [(['o'], ['a'])]
    >>> check_pairs([], [])
    Traceback (most recent call last):
    ValueError: Given 0 translations and 0 references. Expected at least one, and ...
    """
    if len(translations) != len(references) or not len(references):
        raise ValueError(
            f"Given {len(translations)} translations and {len(references)} references. "
            "Expected at least one, and as many of the one as of the other. Choose "
            "sentences that are there, one reference for each."
        )
    return list(zip(translations, references))


def check_any(number, what):
    """Refuse to divide by a number of things of which there are none.

    Examples
    --------
    >>> check_any(0, "links")
    Traceback (most recent call last):
    ValueError: Given 0 links. Expected at least 1. Choose sentences that have some.
    """
    if not number:
        raise ValueError(
            f"Given 0 {what}. Expected at least 1. Choose sentences that have some."
        )


def exact_match(translations, references):
    """The share of translations that equal their reference, word for word.

    Examples
    --------
    >>> exact_match([["o", "gato"], ["a", "gato"]], [["o", "gato"], ["o", "gato"]])
    0.5
    """
    pairs = check_pairs(translations, references)
    return sum(list(ours) == list(right) for ours, right in pairs) / len(pairs)


def token_accuracy(translations, references):
    """The share of reference words that stand at the same place in the translation.

    Examples
    --------
    >>> token_accuracy([["o", "gato", "vê"]], [["o", "cão", "vê", "bem"]])
    0.5
    """
    pairs = check_pairs(translations, references)
    total = sum(len(right) for _, right in pairs)
    check_any(total, "words in the references")
    return sum(a == b for ours, right in pairs for a, b in zip(ours, right)) / total


def bleu(translations, references):
    """BLEU of a set of translations, from 0 to 100, one reference each.

    The geometric mean of how many of the runs of 1, 2, 3 and 4 words occur in the
    reference, times a penalty for being short; 0 if no translation has 4 words, or none
    a word of its reference.

    References
    ----------
    Papineni et al. 2002, section 2.3; a count of zero is smoothed as in sacrebleu 2.5
    ("exp"), to which this is equal by test.

    Examples
    --------
    >>> right = ["o gato preto dorme na porta".split()]
    >>> bleu(right, right)
    100.0
    >>> round(bleu(["o gato preto dorme na casa".split()], right), 2)
    75.98
    """
    pairs = check_pairs(translations, references)
    ours, theirs = (sum(map(len, side)) for side in zip(*pairs))
    logs, smooth = [], 1
    for n in range(1, 5):
        hits, total = 0, 0
        for translation, reference in pairs:
            mine, right = runs(translation, n), runs(reference, n)
            hits, total = hits + (mine & right).total(), total + mine.total()
        if total == 0 or n == 1 and hits == 0:
            return 0.0
        smooth = smooth if hits else 2 * smooth
        logs.append(np.log(hits / total if hits else 1 / (smooth * total)))
    return float(100 * np.exp(np.mean(logs) + min(0, 1 - theirs / ours)))


def runs(words, n):
    """Count the runs of n words.

    Examples
    --------
    >>> runs(["a", "b", "a", "b"], 2)
    Counter({('a', 'b'): 2, ('b', 'a'): 1})
    """
    return Counter(zip(*(words[k:] for k in range(n))))


def alignment_error_rate(found, sure, possible):
    """AER: 0 when all links found are possible and all sure ones are found.

    Parameters
    ----------
    found, sure, possible : list of sets of (target, source) positions
        One set a sentence; sure links are possible ones too.

    References
    ----------
    Och and Ney 2003, section 5, Eq. 20: 1 - (|A and S| + |A and P|) / (|A| + |S|).

    Examples
    --------
    >>> alignment_error_rate([{(0, 0), (1, 2)}], [{(0, 0)}], [{(0, 0), (1, 2)}])
    0.0
    >>> alignment_error_rate([{(0, 1), (1, 2)}], [{(0, 0), (1, 2)}], [{(0, 0), (1, 2)}])
    0.5
    """
    hits = total = 0
    for a, s, p in zip(found, sure, possible, strict=True):
        hits += len(a & s) + len(a & (p | s))
        total += len(a) + len(s)
    check_any(total, "links, found or sure")
    return 1 - hits / total


def heaviest(alpha):
    """Link each target word to the source word with the largest weight.

    Parameters
    ----------
    alpha : ndarray, shape (T_y, T_x)

    Examples
    --------
    >>> sorted(heaviest(np.array([[0.9, 0.1], [0.8, 0.2]])))
    [(0, 0), (1, 0)]
    """
    return {(i, int(j)) for i, j in enumerate(alpha.argmax(axis=-1))}


BANDS = ((5, 9), (10, 14), (15, 19), (20, 24), (25, 29), (30, 34), (35, 40))


def translate_all(parameters, model, data):
    """Translate every sentence of a set of pairs.

    Parameters
    ----------
    data : dict of int: (source, target)
        What `numbered` made of the pairs.

    Returns
    -------
    dict of int: (translations, references)
        For each source length two lists of lists of int.
    """
    found = {}
    for length, (source, target) in data.items():
        references = [[int(word) for word in row if word > 0] for row in target]
        found[length] = translate(parameters, model, source), references
    return found


def between(translated, shortest, longest):
    """Gather the translations and references of some source lengths.

    Examples
    --------
    >>> between({4: ([[1]], [[2]]), 5: ([[3]], [[4]])}, 5, 9)
    ([[3]], [[4]])
    """
    chosen = [both for n, both in translated.items() if shortest <= n <= longest]
    check_any(len(chosen), f"sources of {shortest} to {longest} words")
    ours, right = zip(*chosen)
    return sum(ours, []), sum(right, [])


def grade(translated):
    """BLEU and exact match, over each of the BANDS of source lengths."""
    sets = [between(translated, *band) for band in BANDS]
    return [bleu(*both) for both in sets], [exact_match(*both) for both in sets]


def grade_alignment(parameters, pairs, data):
    """Compare where soft search looks with the gold links.

    Parameters
    ----------
    pairs : list of Pair
    data : dict of int: (source, target)
        The same pairs, as `numbered` orders them.

    Returns
    -------
    dict
        "AER"; "content", the share of nouns, adjectives, verbs and adverbs whose
        heaviest weight is on a sure link; "possible", the share of all words whose
        heaviest weight is on a possible link; "diagonal", the AER of looking at one's
        own place.
    """
    check_any(len(data), "lengths of sources")
    found, steps, gold = [], [], []
    for length, both in data.items():
        alphas = attend(parameters, *both)
        for pair, alpha in zip((p for p in pairs if len(p.source) == length), alphas):
            gold.append(pair)
            found.append(heaviest(alpha[: len(pair.target)]))
            steps.append({(i, min(i, length - 1)) for i in range(len(pair.target))})
    sure = [set(pair.sure) for pair in gold]
    possible = [set(pair.possible) | set(pair.sure) for pair in gold]
    content = [{(i, j) for i, j in a if i in p.content} for a, p in zip(found, gold)]
    return {
        "AER": alignment_error_rate(found, sure, possible),
        "content": share_inside(content, sure),
        "possible": share_inside(found, possible),
        "diagonal": alignment_error_rate(steps, sure, possible),
    }


def share_inside(found, allowed):
    """The share of links found that are allowed.

    Examples
    --------
    >>> share_inside([{(0, 0), (1, 0)}], [{(0, 0)}])
    0.5
    """
    hits = sum(len(a & b) for a, b in zip(found, allowed, strict=True))
    total = sum(map(len, found))
    check_any(total, "links found")
    return hits / total

"""A grammar that writes a sentence in two languages at once, and links its words.

Both sentences are put together from the same parts, in two orders: `combine` keeps
track of which word came from which. What is a link, decided before any model ran:

sure      a word and its translation; a contraction (do, na) and each of its words
possible  a determiner and the noun whose gender it takes; the article of a genitive or
          of "o meu", and the words it comes with; the "de" of a compound and both its
          nouns; in set phrases (every day, todos os dias) each word and each other
"""

from collections import namedtuple
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate
from random import Random

from lexicon import LEXICON, Entry, entries

FORMS = {one.english[0]: one.portuguese for one in entries("determiner")}
SAYING = [one for one in LEXICON if one.kinds[0] not in ("determiner", "conjunction")]
CONTENT = {form.split("_")[-1] for one in SAYING for form in one.portuguese}


class Pair(namedtuple("Pair", "source target sure possible", defaults=((), ()))):
    """The same words in two languages, and which belong together.

    Links are (target place, source place), counted from 0; `content` are the target
    places of nouns, adjectives, verbs and adverbs.
    """

    @property
    def content(self) -> list[int]:
        return [i for i, word in enumerate(self.target) if word in CONTENT]


@cache
def pair(*sides: str) -> Pair:
    """Make a pair of words, or of set phrases, whose last words surely belong together.

    >>> pair("glass", "de_vidro")
    Pair(source=('glass',), target=('de', 'vidro'), sure=((1, 0),), ...)
    """
    source, target = (tuple(side.replace("_", " ").split()) for side in sides)
    every = tuple((i, j) for i in range(len(target)) for j in range(len(source)))
    return Pair(source, target, every[-1:], every)


def word_pair(word: Entry, form: int = 0) -> Pair:
    """One form of a word in both languages; adjectives have one in English."""
    return pair(word.english[form % len(word.english)], word.portuguese[form])


def combine(
    parts: Sequence[Pair],
    order: Iterable[int] = (),
    sure: Iterable = (),
    possible: Iterable = (),
) -> Pair:
    """Put pairs together: the sources as they come, the targets in another order.

    `sure` and `possible` are links between the parts, by place in the result.

    >>> combine([pair("old", "velho"), pair("cat", "gato")], order=[1, 0])
    Pair(source=('old', 'cat'), target=('gato', 'velho'), sure=((0, 1), (1, 0)), ...)
    """
    starts = [0, *accumulate(len(part.source) for part in parts)]
    source = [word for part in parts for word in part.source]
    target: list[str] = []
    sure, possible = [*sure], [*possible, *sure]
    for k in order or range(len(parts)):
        i0, j0 = len(target), starts[k]
        target += parts[k].target
        sure += [(i0 + i, j0 + j) for i, j in parts[k].sure]
        possible += [(i0 + i, j0 + j) for i, j in parts[k].possible]
    return Pair(tuple(source), tuple(target), tuple(sure), tuple(possible))


def nominal(rng: Random, noun: Entry, form: int, adjective_rate: float = 0.35) -> Pair:
    """A noun without determiner: old glass door, porta de vidro velha.

    The form is 2 * gender + plural, as in `FORMS`. The order turns round altogether, as
    in section 5.2.1 of Bahdanau, Cho and Bengio, arXiv 1409.0473v7: European Economic
    Area, zone économique européenne.
    """
    parts, head = [], word_pair(noun, form % 2)
    if rng.random() < adjective_rate:
        fits = entries("adjective", *noun.kinds)
        first, second = rng.choice(fits), rng.choice(fits)
        both = first.kinds[1] in ("age", "size") and second.kinds[1] == "colour"
        parts = [word_pair(one, form) for one in [first, second][: 1 + both]]
    made_of = [one for one in entries("material") if one.english[0] in noun.kinds]
    if made_of and rng.random() < 0.5:
        material = word_pair(rng.choice(made_of))
        head = combine([material, head], [1, 0], possible=[(1, 1)])
    return combine([*parts, head], range(len(parts) + 1)[::-1]) if parts else head


def determiner_phrase(english: str, body: Pair, form: int) -> Pair:
    """Put a determiner before a noun: the cat, o gato; my cat, o meu gato."""
    an = english == "a" and body.source[0][0] in "aeiou"
    first = pair("an" if an else english, FORMS[english][form])
    noun = len(body.source)  # an English noun phrase ends in its noun
    agree = [(i, noun) for i in range(len(first.target))]
    return combine([first, body], possible=agree)


def contract(letter: str, phrase: Pair) -> Pair:
    """Melt a preposition into the article that follows: de + o = do, em + a = na.

    >>> contract("d", pair("the_cat", "o_gato")).target
    ('do', 'gato')
    """
    return phrase._replace(target=(letter + phrase.target[0], *phrase.target[1:]))


def genitive(owner: Pair, several: bool, body: Pair, form: int) -> Pair:
    """Whose it is: the girl 's old cat, o gato velho da menina."""
    mark = pair("'" if several else "'s", "")
    parts = [pair("", FORMS["the"][form]), contract("d", owner), mark, body]
    at, da = len(owner.source), 1 + len(body.target)
    possible = [(0, at), (0, at + len(body.source))]
    return combine(parts, [0, 3, 1, 2], sure=[(da, at)], possible=possible)


def noun_phrase(
    rng: Random, *kinds: str, plain: bool = False
) -> tuple[Pair, Entry, bool]:
    """A noun phrase about something of some kind, its noun, and whether it is plural.

    Plain ones start with "the" or "my" and can melt with a preposition. Others may
    also be genitives.
    """
    noun = rng.choice(entries("noun", *kinds))
    plural = rng.random() < 0.3
    form = 2 * (noun.portuguese[2] == "f") + plural
    if not plain and "owned" in noun.kinds and rng.random() < 0.35:
        owner, _, several = noun_phrase(rng, "person", plain=True)
        return genitive(owner, several, nominal(rng, noun, form), form), noun, plural
    my = ["my"] if {"person", "owned"} & {*noun.kinds} else []
    others = [] if plain else ["these"] if plural else ["a", "this"]
    body = nominal(rng, noun, form, 0.2 if plain else 0.35)
    english = rng.choice(["the", "the", *my, *others])
    return determiner_phrase(english, body, form), noun, plural


def place_phrase(rng: Random) -> Pair:
    """Where: in the garden, no jardim; near the door, perto da porta."""
    if rng.random() < 0.6:
        place = contract("n", noun_phrase(rng, "place", plain=True)[0])
        return combine([pair("in", ""), place], sure=[(0, 0)])
    place = contract("d", noun_phrase(rng, "near", plain=True)[0])
    return combine([pair("near", "perto"), place], possible=[(1, 0)])


def verb_phrase(rng: Random, verb: Entry, plural: bool) -> Pair:
    """A verb and what it needs: reads the book, lê o livro."""
    what = [noun_phrase(rng, *verb.kinds[2:])[0]] if verb.kinds[2:] else []
    return combine([word_pair(verb, plural), *what])


def time_phrase(time: Entry) -> Pair:
    """A phrase of time; its last words are sure, "every", "at" and "on" too."""
    whole = word_pair(time)
    first = [(0, 0)] if whole.source[0] in ("every", "at", "on") else []
    return whole._replace(sure=(*first, *whole.sure))


def clause(rng: Random) -> Pair:
    """A clause: subject, verb, what and where; the time last, in Portuguese first.

    >>> one = clause(Random(988))
    >>> print(" ".join(one.source))
    the girl 's turtles follow the bird every day
    >>> print(" ".join(one.target))
    todos os dias as tartarugas da menina seguem o pássaro
    """
    subject, noun, plural = noun_phrase(rng, rng.choice(["person", "living"]))
    verbs = [verb for verb in entries("verb") if verb.kinds[1] in noun.kinds]
    first, second = rng.sample(verbs, 2)
    parts = [subject]
    if rng.random() < 0.12:
        who = "who" if "person" in noun.kinds else "that"
        parts += [pair(who, "que"), verb_phrase(rng, first, plural)]
    if often := rng.random() < 0.12:
        parts.append(word_pair(rng.choice(entries("adverb"))))
    parts.append(verb_phrase(rng, second, plural))
    if rng.random() < 0.3:
        parts.append(place_phrase(rng))
    if often or rng.random() >= 0.3:
        return combine(parts)
    parts.append(time_phrase(rng.choice(entries("time"))))
    return combine(parts, [len(parts) - 1, *range(len(parts) - 1)])

"""A grammar that writes a sentence in two languages at once, and links its words.

Both sentences are put together from the same parts, in two orders: `combine` keeps
track of which word came from which. What is a link, decided before any model ran:

sure      a word and its translation; a contraction (do, na) and each of its words
possible  a determiner and the noun whose gender it takes; the article of a genitive or
          of "o meu", and the words it comes with; the "de" of a compound and both its
          nouns; in set phrases (every day, todos os dias) each word and each other
"""

import random
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from lexicon import (
    ADVERBS,
    ARTICLES,
    DETERMINERS,
    MATERIALS,
    TIMES,
    Noun,
    Verb,
    read_adjectives,
    read_nouns,
    read_verbs,
)

ALL_NOUNS, ALL_VERBS = read_nouns(), read_verbs()
ALL_ADJECTIVES = read_adjectives()


class Pair(NamedTuple):
    """The same words in two languages, and which belong together.

    Links are (target place, source place), counted from 0; `content` are the target
    places of nouns, adjectives, verbs and adverbs.
    """

    source: tuple
    target: tuple
    sure: tuple = ()
    possible: tuple = ()
    content: tuple = ()


@cache
def pair(
    english: str, portuguese: str, *sure: tuple[int, int], content: bool = True
) -> Pair:
    """Make a pair of words, or of set phrases, where all may belong together.

    >>> pair("cat", "gato").sure
    ((0, 0),)
    """
    source, target = tuple(english.split()), tuple(portuguese.split())
    sure = sure or (((0, 0),) if source and target else ())
    every = tuple((i, j) for i in range(len(target)) for j in range(len(source)))
    words = tuple(i for i, _ in sure) if content else ()
    return Pair(source, target, sure, every, words)


def combine(
    parts: Sequence[Pair],
    order: Iterable[int] | None = None,
    sure: Iterable = (),
    possible: Iterable = (),
) -> Pair:
    """Put pairs together: the sources as they come, the targets in another order.

    `sure` and `possible` are links between the parts, by place in the result.

    >>> combine([pair("old", "velho"), pair("cat", "gato")], order=[1, 0])
    Pair(source=('old', 'cat'), target=('gato', 'velho'), sure=((0, 1), (1, 0)), ...)
    """
    if len(parts) == 1 and not (sure or possible):
        return parts[0]
    source: list[str] = []
    target: list[str] = []
    content: list[int] = []
    sure, possible, starts = [*sure], [*possible, *sure], []
    for part in parts:
        starts.append(len(source))
        source += part.source
    for k in order or range(len(parts)):
        i0, j0 = len(target), starts[k]
        _, words, links, others, places = parts[k]
        target += words
        sure += [(i0 + i, j0 + j) for i, j in links]
        possible += [(i0 + i, j0 + j) for i, j in others]
        content += [i0 + i for i in places]
    return Pair(*map(tuple, (source, target, sure, possible, content)))


@cache
def nouns_of(kind: str) -> list[Noun]:
    return [noun for noun in ALL_NOUNS if kind in noun.kinds]


def nominal(
    rng: random.Random, noun: Noun, form: int, adjective_rate: float = 0.35
) -> Pair:
    """A noun without determiner: old glass door, porta de vidro velha.

    The form is gender + 2 * plural, as in `DETERMINERS`. The order turns round
    altogether, as in section 5.2.1 of Bahdanau, Cho and Bengio, arXiv 1409.0473v7:
    European Economic Area, zone économique européenne.
    """
    plural, parts = form // 2, []
    if rng.random() < adjective_rate:
        fits = [name for name, a in ALL_ADJECTIVES.items() if a[1] in noun.kinds]
        first, second = rng.choice(fits), rng.choice(fits)
        groups = ALL_ADJECTIVES[first][2], ALL_ADJECTIVES[second][2]
        both = groups[1] == "colour" and groups[0] in ("age", "size")
        for name in [first, second] if both else [first]:
            parts.append(pair(name, ALL_ADJECTIVES[name][0][form]))
    name = noun.english[0]
    made_of = [m for m, (_, heads) in MATERIALS.items() if name in heads.split()]
    de = []
    if made_of and rng.random() < 0.5:
        material = rng.choice(made_of)
        parts.append(pair(material, f"de {MATERIALS[material][0]}", (1, 0)))
        de = [(1, len(parts))]
    parts.append(pair(noun.english[plural], noun.portuguese[plural]))
    return combine(parts, order=range(len(parts))[::-1], possible=de)


@cache
def determiner_phrase(english: str, body: Pair, form: int) -> Pair:
    """Put a determiner before a noun: the cat, o gato; my cat, o meu gato."""
    if english == "a" and body.source[0][0] in "aeiou":
        english, portuguese = "an", DETERMINERS["a"][form]
    else:
        portuguese = DETERMINERS[english][form]
    first = pair(english, portuguese, content=False)
    if english == "my":
        first = pair("my", f"{ARTICLES[form]} {portuguese}", (1, 0), content=False)
    noun = len(body.source)  # an English noun phrase ends in its noun
    agree = [(i, noun) for i in range(len(first.target))]
    return combine([first, body], possible=agree)


@cache
def contract(letter: str, phrase: Pair) -> Pair:
    """Melt a preposition into the article that follows: de + o = do, em + a = na.

    >>> contract("d", pair("the cat", "o gato", (0, 0), (1, 1))).target
    ('do', 'gato')
    """
    return phrase._replace(target=(letter + phrase.target[0], *phrase.target[1:]))


def noun_phrase(
    rng: random.Random, kind: str, plain: bool = False
) -> tuple[Pair, Noun, bool]:
    """A noun phrase about something of a kind, its noun, and whether it is plural.

    Plain ones start with "the" or "my" and can melt with a preposition. Others may
    also be genitives: the girl 's old cat, o gato velho da menina.
    """
    noun = rng.choice(nouns_of(kind))
    plural = rng.random() < 0.3
    form = noun.gender + 2 * plural
    if not plain and "owned" in noun.kinds and rng.random() < 0.35:
        owner, _, several = noun_phrase(rng, "person", plain=True)
        body = nominal(rng, noun, form)
        article = pair("", ARTICLES[form])
        mark = pair("'" if several else "'s", "")
        parts = [article, contract("d", owner), mark, body]
        at, do = len(owner.source), 1 + len(body.target)
        head = at + len(body.source)
        possible = [(0, at), (0, head)]
        whole = combine(parts, [0, 3, 1, 2], sure=[(do, at)], possible=possible)
        return whole, noun, plural
    choices = ["the", "the"]
    if noun.kinds & {"person", "owned"}:
        choices.append("my")
    if not plain:
        choices += ["these"] if plural else ["a", "this"]
    body = nominal(rng, noun, form, 0.2 if plain else 0.35)
    return determiner_phrase(rng.choice(choices), body, form), noun, plural


def place_phrase(rng: random.Random) -> Pair:
    """Where: in the garden, no jardim; near the door, perto da porta."""
    if rng.random() < 0.6:
        where = noun_phrase(rng, "place", plain=True)[0]
        return combine([pair("in", ""), contract("n", where)], sure=[(0, 0)])
    where = noun_phrase(rng, "near", plain=True)[0]
    near = pair("near", "perto", content=False)
    return combine([near, contract("d", where)], possible=[(1, 0)])


def verb_phrase(rng: random.Random, verb: Verb, plural: bool) -> Pair:
    """A verb and what it needs: reads the book, lê o livro."""
    parts = [pair(verb.english[plural], verb.portuguese[plural])]
    if verb.object:
        parts.append(noun_phrase(rng, verb.object)[0])
    return combine(parts)


def clause(rng: random.Random) -> Pair:
    """A clause: subject, verb, what and where; the time last, in Portuguese first.

    >>> one = clause(random.Random(988))
    >>> print(" ".join(one.source))
    the girl 's turtles follow the bird every day
    >>> print(" ".join(one.target))
    todos os dias as tartarugas da menina seguem o pássaro
    """
    subject, noun, plural = noun_phrase(rng, rng.choice(["person", "living"]))
    verbs = [verb for verb in ALL_VERBS if verb.subject in noun.kinds]
    first, second = rng.sample(verbs, 2)
    parts = [subject]
    if rng.random() < 0.12:
        who = "who" if "person" in noun.kinds else "that"
        parts += [pair(who, "que", content=False), verb_phrase(rng, first, plural)]
    often = rng.random() < 0.12
    if often:
        english = rng.choice([*ADVERBS])
        parts.append(pair(english, ADVERBS[english]))
    parts.append(verb_phrase(rng, second, plural))
    if rng.random() < 0.3:
        parts.append(place_phrase(rng))
    order = list(range(len(parts)))
    if not often and rng.random() < 0.3:
        english = rng.choice([*TIMES])
        parts.append(time_phrase(english))
        order.insert(0, len(parts) - 1)
    return combine(parts, order)


def time_phrase(english: str) -> Pair:
    """A phrase of time; its last words are sure, "every", "at" and "on" too."""
    portuguese = TIMES[english]
    last = len(portuguese.split()) - 1, len(english.split()) - 1
    sure = [last] if english in ("in the morning", "sometimes") else [(0, 0), last]
    whole = pair(english, portuguese, *sure)
    return whole._replace(content=(last[0],))

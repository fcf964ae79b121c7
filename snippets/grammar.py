"""A grammar that writes a sentence in two languages at once, and links its words.

Both sentences are put together from the same parts, in two orders: `combine` keeps
track of which word came from which. What is a link, decided before any model ran:

sure      a word and its translation; a contraction (do, na) and each of its words
possible  a determiner and the noun whose gender it takes; the article of a genitive or
          of "o meu", and the words it comes with; the "de" of a compound and both its
          nouns; in set phrases (every day, todos os dias) each word and each other
"""

from functools import cache
from typing import NamedTuple

from lexicon import (
    ARTICLES,
    DETERMINERS,
    MATERIALS,
    OFTEN,
    TIMES,
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

    def flipped(self):
        """The pair in the other direction.

        Examples
        --------
        >>> pair("glass door", "porta de vidro", (0, 1), (2, 0)).flipped().sure
        ((1, 0), (0, 2))
        """
        turn = lambda links: tuple((j, i) for i, j in links)  # noqa: E731
        content = sorted({j for i, j in self.sure if i in self.content})
        sides = self.target, self.source
        return Pair(*sides, turn(self.sure), turn(self.possible), tuple(content))


@cache
def pair(english, portuguese, *sure, content=True):
    """Make a pair of words, or of set phrases, where all may belong together.

    Examples
    --------
    >>> pair("cat", "gato").sure
    ((0, 0),)
    """
    source, target = tuple(english.split()), tuple(portuguese.split())
    sure = sure or (((0, 0),) if source and target else ())
    every = tuple((i, j) for i in range(len(target)) for j in range(len(source)))
    words = tuple(i for i, _ in sure) if content else ()
    return Pair(source, target, sure, every, words)


def combine(parts, order=None, sure=(), possible=()):
    """Put pairs together: the sources as they come, the targets in another order.

    Parameters
    ----------
    parts : list of Pair
    order : sequence of int, optional
        Which part comes first, second, ... in the target.
    sure, possible : sequence of (int, int)
        Links between the parts, by place in the result.

    Examples
    --------
    >>> combine([pair("old", "velho"), pair("cat", "gato")], order=[1, 0])
    Pair(source=('old', 'cat'), target=('gato', 'velho'), sure=((0, 1), (1, 0)), ...)
    """
    source, starts = [], []
    for part in parts:
        starts.append(len(source))
        source += part.source
    target, content = [], []
    sure, possible = [*sure], [*possible, *sure]
    for k in order or range(len(parts)):
        part, i0, j0 = parts[k], len(target), starts[k]
        target += part.target
        for i, j in part.sure:
            sure.append((i0 + i, j0 + j))
        for i, j in part.possible:
            possible.append((i0 + i, j0 + j))
        for i in part.content:
            content.append(i0 + i)
    return Pair(*map(tuple, (source, target, sure, possible, content)))


def thing(rng, noun, form, adjective_rate=0.35):
    """A noun without determiner: old glass door, porta de vidro velha.

    Parameters
    ----------
    form : int
        gender + 2 * plural, as in `DETERMINERS`.

    References
    ----------
    The order turns round altogether, as in the paper's section 5.2.1: European
    Economic Area, zone économique européenne.
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


def determined(english, body, form):
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


def contract(letter, phrase):
    """Melt a preposition into the article that follows: de + o = do, em + a = na.

    Examples
    --------
    >>> contract("d", pair("the cat", "o gato", (0, 0), (1, 1))).target
    ('do', 'gato')
    """
    return phrase._replace(target=(letter + phrase.target[0], *phrase.target[1:]))


def noun_phrase(rng, kind, plain=False):
    """A noun phrase about something of a kind, its noun, and whether it is plural.

    Plain ones start with "the" or "my" and can melt with a preposition. Others may
    also be genitives: the girl 's old cat, o gato velho da menina.
    """
    noun = rng.choice([noun for noun in ALL_NOUNS if kind in noun.kinds])
    plural = rng.random() < 0.3
    form = noun.gender + 2 * plural
    if not plain and "owned" in noun.kinds and rng.random() < 0.35:
        owner, _, several = noun_phrase(rng, "person", plain=True)
        body = thing(rng, noun, form)
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
    body = thing(rng, noun, form, 0.2 if plain else 0.35)
    return determined(rng.choice(choices), body, form), noun, plural


def place_phrase(rng):
    """Where: in the garden, no jardim; near the door, perto da porta."""
    if rng.random() < 0.6:
        where = noun_phrase(rng, "place", plain=True)[0]
        return combine([pair("in", ""), contract("n", where)], sure=[(0, 0)])
    where = noun_phrase(rng, "near", plain=True)[0]
    near = pair("near", "perto", content=False)
    return combine([near, contract("d", where)], possible=[(1, 0)])


def action(rng, verb, plural):
    """A verb and what it needs: reads the book, lê o livro."""
    parts = [pair(verb.english[plural], verb.portuguese[plural])]
    if verb.object:
        parts.append(noun_phrase(rng, verb.object)[0])
    return combine(parts)


def clause(rng):
    """A clause: subject, verb, what and where; the time last, in Portuguese first.

    Examples
    --------
    >>> import random
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
        parts += [pair(who, "que", content=False), action(rng, first, plural)]
    often = rng.random() < 0.12
    if often:
        english = rng.choice([*OFTEN])
        parts.append(pair(english, OFTEN[english]))
    parts.append(action(rng, second, plural))
    if rng.random() < 0.3:
        parts.append(place_phrase(rng))
    order = list(range(len(parts)))
    if not often and rng.random() < 0.3:
        english = rng.choice([*TIMES])
        parts.append(set_phrase(english))
        order.insert(0, len(parts) - 1)
    return combine(parts, order)


def set_phrase(english):
    """A phrase of time; its last words are sure, "every", "at" and "on" too."""
    portuguese = TIMES[english]
    last = len(portuguese.split()) - 1, len(english.split()) - 1
    sure = [last] if english in ("in the morning", "sometimes") else [(0, 0), last]
    whole = pair(english, portuguese, *sure)
    return whole._replace(content=(last[0],))

"""The grammar against rules written down anew, and links against annotation by hand."""

import hashlib
import os
import random
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from corpus import make_corpus, sentence, vocabularies
from grammar import Pair, clause
from lexicon import entries

from builder.notebook.include import extract

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets"
GENDERS = {}  # Portuguese noun: set of (feminine, plural)
for noun in entries("noun"):
    for plural, form in enumerate(noun.portuguese[:2]):
        GENDERS[form] = noun.portuguese[2] == "f", bool(plural)
MASS = {"vidro", "aço", "papel", "palha", "pedra"}
ENDS = {  # determiner or contraction: (feminine, plural), written out by hand
    "o": (0, 0), "a": (1, 0), "os": (0, 1), "as": (1, 1),
    "do": (0, 0), "da": (1, 0), "dos": (0, 1), "das": (1, 1),
    "no": (0, 0), "na": (1, 0), "nos": (0, 1), "nas": (1, 1),
    "um": (0, 0), "uma": (1, 0), "este": (0, 0), "esta": (1, 0),
    "estes": (0, 1), "estas": (1, 1),
    "meu": (0, 0), "minha": (1, 0), "meus": (0, 1), "minhas": (1, 1),
}  # fmt: skip
TIMES = ["todos os dias", "à noite", "de manhã", "aos domingos", "às vezes"]


@pytest.fixture(scope="module")
def clauses():
    rng = random.Random(99)
    return [clause(rng) for _ in range(60000)]


@pytest.fixture(scope="module")
def corpus():
    return make_corpus(seed=1)


def adjective_forms():
    found = {}
    for adjective in entries("adjective"):
        for k, form in enumerate(adjective.portuguese):
            found.setdefault(form, set()).add((bool(k // 2), bool(k % 2)))
    return found


def without_time(target):
    text = " ".join(target)
    for time in TIMES:
        text = text.removeprefix(f"{time} ")
    return text.split()


def test_determiners_and_adjectives_agree_with_their_noun(clauses):
    adjectives, checked = adjective_forms(), 0
    for one in clauses[:20000]:
        target = without_time(one.target)
        for k, word in enumerate(target):
            if word in ENDS:
                noun = next(w for w in target[k:] if w in GENDERS)
                assert GENDERS[noun] == ENDS[word], one
                between = target[k + 1 : target.index(noun, k)]
                assert all(w in ("meu", "minha", "meus", "minhas") for w in between)
            if word in adjectives:
                before = [w for w in target[:k] if w in GENDERS]
                assert GENDERS[before[-1]] in adjectives[word], one
                checked += 1
    assert checked > 5000


def test_verbs_agree_with_their_subject_in_both_languages(clauses):
    english, portuguese = {}, {}
    for verb in entries("verb"):
        for plural in (0, 1):
            english[verb.english[plural]] = plural
            portuguese[verb.portuguese[plural]] = plural
    plurals = {n.english[k]: k for n in entries("noun") for k in (0, 1)}
    for one in clauses[:20000]:
        verbs = [w for w in one.source if w in english]
        assert len({english[w] for w in verbs}) == 1, one
        target_verbs = [w for w in without_time(one.target) if w in portuguese]
        assert [portuguese[w] for w in target_verbs] == [english[w] for w in verbs]
        before = [w for w in one.source[: one.source.index(verbs[0])] if w in plurals]
        assert plurals[before[-1]] == english[verbs[0]], one


def test_prepositions_are_melted_with_articles(clauses):
    apart = {(p, a) for p in ("de", "em", "a") for a in ("o", "a", "os", "as")}
    for one in clauses[:20000]:
        assert not apart & set(pairwise(one.target)), one
        for first, second in pairwise(one.target):
            if first == "de":
                assert second in MASS | {"manhã"}, one


def test_an_stands_before_vowels_only(clauses):
    seen = 0
    for one in clauses:
        for first, second in pairwise(one.source):
            if first in ("a", "an"):
                assert (first == "an") == (second[0] in "aeiou"), one
                seen += first == "an"
    assert seen > 50


def test_possessives_and_relatives_suit_their_nouns(clauses):
    nouns = [n for n in entries("noun") if "person" in n.kinds]
    persons = {form for n in nouns for form in n.english}
    plural = {n.english[1] for n in entries("noun")}
    for one in clauses[:20000]:
        for first, second in pairwise(one.source):
            if second in ("'s", "'"):
                assert (second == "'") == (first in plural), one
            if second == "who":
                assert first in persons, one
            if second == "that":
                assert first not in persons, one


def test_no_clause_uses_one_verb_twice(clauses):
    forms = {form: v.english for v in entries("verb") for form in v.english}
    for one in clauses[:20000]:
        used = [forms[w] for w in one.source if w in forms]
        assert len(used) == len(set(used)), one


def test_a_translation_is_a_function_in_both_directions(clauses):
    there, back = {}, {}
    for one in clauses:
        assert there.setdefault(one.source, one.target) == one.target
        assert back.setdefault(one.target, one.source) == one.source
    assert len(there) > 40000


def by_words(one, links):
    """Name links by their words; a word that occurs twice gets its place as well."""
    return {f"{one.target[i]}-{one.source[j]}" for i, j in links}


BY_HAND = {
    "the cat sleeps": ("o gato dorme", "o-the gato-cat dorme-sleeps", "o-cat"),
    "my turtles wait": (
        "as minhas tartarugas esperam",
        "minhas-my tartarugas-turtles esperam-wait",
        "as-my as-turtles minhas-turtles",
    ),
    "a girl sings": (
        "uma menina canta",
        "uma-a menina-girl canta-sings",
        "uma-girl",
    ),
    "the old white house": (
        "a casa branca velha",
        "a-the casa-house branca-white velha-old",
        "a-house",
    ),
    "red glass box": (
        "caixa de vidro vermelha",
        "caixa-box vidro-glass vermelha-red",
        "de-glass de-box",
    ),
    "the girl 's old dog": (
        "o cachorro velho da menina",
        "cachorro-dog velho-old da-the da-'s menina-girl",
        "o-'s o-dog da-girl",
    ),
    "my boys ' dog": (
        "o cachorro dos meus meninos",
        "cachorro-dog dos-' meus-my meninos-boys",
        "o-' o-dog dos-my dos-boys meus-boys",
    ),
    "in the gardens": (
        "nos jardins",
        "nos-in nos-the jardins-gardens",
        "nos-gardens",
    ),
    "near my door": (
        "perto da minha porta",
        "perto-near minha-my porta-door",
        "da-near da-my da-door minha-door",
    ),
    "waits every day": (
        "todos os dias espera",
        "espera-waits todos-every dias-day",
        "todos-day os-every os-day dias-every",
    ),
    "waits at night": (
        "à noite espera",
        "espera-waits à-at noite-night",
        "à-night noite-at",
    ),
    "waits in the morning": (
        "de manhã espera",
        "espera-waits manhã-morning",
        "de-in de-the de-morning manhã-in manhã-the",
    ),
    "waits on Sundays": (
        "aos domingos espera",
        "espera-waits aos-on domingos-Sundays",
        "aos-Sundays domingos-on",
    ),
    "waits sometimes": (
        "às vezes espera",
        "espera-waits vezes-sometimes",
        "às-sometimes",
    ),
    "never sings": ("nunca canta", "nunca-never canta-sings", ""),
    "who works": ("que trabalha", "que-who trabalha-works", ""),
}


@pytest.mark.parametrize("english", BY_HAND)
def test_links_are_those_of_a_careful_annotator(clauses, english):
    """Each phrase annotated by hand, looked for inside the grammar's clauses."""
    portuguese, sure, only_possible = BY_HAND[english]
    wanted, target = english.split(), portuguese.split()
    for one in clauses:
        x, y = f" {' '.join(one.source)} ", f" {' '.join(one.target)} "
        if f" {english} " in x and f" {portuguese} " in y:
            break
        if (
            english.startswith("waits")
            and x.endswith(f"{english} ")
            and (
                y.startswith(f" {portuguese.rsplit(' ', 1)[0]} ")
                and len(one.source) < 7
            )
        ):  # the time moves to the front of the clause
            break
    else:
        pytest.fail(f"60,000 clauses and never '{english}' as '{portuguese}'")
    starts = range(len(one.source) - len(wanted) + 1)
    at = next(k for k in starts if list(one.source[k : k + len(wanted)]) == wanted)
    inside = range(at, at + len(wanted))
    found = by_words(one, [link for link in one.sure if link[1] in inside])
    assert found == set(sure.split())
    links = by_words(one, [link for link in one.possible if link[1] in inside])
    assert {link for link in links if link.split("-")[0] in target} - found == set(
        only_possible.split()
    )


def test_every_word_has_a_link_and_every_content_word_a_sure_one(corpus):
    for one in [*corpus.test, *corpus.dev]:
        places = range(len(one.target)), range(len(one.source))
        assert all(i in places[0] and j in places[1] for i, j in one.possible)
        assert set(one.sure) <= set(one.possible)
        assert {i for i, _ in one.possible} == set(places[0]), one
        assert {j for _, j in one.possible} == set(places[1]), one
        assert set(one.content) <= {i for i, _ in one.sure}, one
        content = [one.target[i] for i in one.content]
        assert not set(content) & set(ENDS), one


def test_sets_are_balanced_by_length_and_share_no_sentence_or_clause(corpus):
    lengths = [len(one.source) for one in corpus.test]
    assert lengths == sorted([*range(5, 41, 2)] * 40)
    dev = [len(one.source) for one in corpus.dev]
    assert dev == sorted([*range(6, 41, 2)] * 20)
    train = [len(one.source) for one in corpus.train]
    assert train == sorted([*range(4, 41)] * 1000)
    for side in ("source", "target"):
        sets = [{getattr(one, side) for one in part} for part in corpus]
        assert len(sets[1]) == len(corpus.dev) and len(sets[2]) == len(corpus.test)
        assert not (sets[0] & sets[1] or sets[0] & sets[2] or sets[1] & sets[2])
    joints = {"and", "but", "because", "while", "when"}
    train, test = (
        {c for one in part for c in clauses_of(one.source, joints)}
        for part in (corpus.train, corpus.test)
    )
    assert len(test) > 500 and not train & test


def clauses_of(source, joints):
    text = " ".join(f"|{w}|" if w in joints else w for w in source)
    return {part.strip() for part in text.split("|") if part.strip() not in joints}


def test_sixty_to_a_hundred_and_fifty_words_a_side_and_all_in_training(corpus):
    sources, targets = vocabularies(corpus.train)
    assert 60 <= len(sources) <= 150 and 60 <= len(targets) <= 150
    assert set(vocabularies(corpus.test)[0]) <= set(sources)
    assert set(vocabularies(corpus.test)[1]) <= set(targets)


def test_one_seed_gives_one_corpus_wherever_it_is_made():
    small = make_corpus(7, lengths=range(5, 9), per_length=30, clauses=6000)
    code = (
        f"import sys; sys.path.insert(0, {str(SNIPPETS)!r})\n"
        "from corpus import make_corpus\n"
        "c = make_corpus(7, lengths=range(5, 9), per_length=30, clauses=6000)\n"
        "print(repr(c))"
    )
    for hashing in ("1", "2"):
        again = subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": hashing},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        assert again == repr(small)
    other = make_corpus(8, lengths=range(5, 9), per_length=30, clauses=6000)
    assert other.train != small.train and other.test != small.test


@pytest.mark.parametrize(
    "settings, message",
    [
        ({"lengths": [2]}, "Given 2 words: no clauses make that. Ask for others"),
        ({"lengths": [5]}, "Given 300 clauses: too few. Write more"),
    ],
)
def test_settings_that_cannot_work_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        make_corpus(1, clauses=300, **settings)


def test_every_length_that_clauses_can_make_up_is_reached():
    """Of 3 and 8: 3 + 1 + 3 + 1 leaves 4 of 12, and no clause has 4."""
    clauses = {n: [Pair(("a",) * n, ("b",) * n)] for n in (3, 8)}
    made = {3, 8}
    for _ in range(8):
        made |= {a + 1 + b for a in made for b in (3, 8)}
    for length in range(31):
        for seed in range(5):
            if length in made:
                one = sentence(random.Random(seed), clauses, length)
                assert len(one.source) == length
            else:
                with pytest.raises(ValueError, match=f"Given {length} words.*Ask"):
                    sentence(random.Random(seed), clauses, length)


def test_a_seed_gives_the_corpus_it_always_gave(corpus):
    """The recorded trainings and every number of the pages hang on it."""
    for name, kept in (
        ("train", "382fa115900f624c7e2fcbdc"),
        ("dev", "dbec35b50a5bf596064b9362"),
        ("test", "1f17c21b3a0bbe33fec6619a"),
    ):
        rows = [in_order(one, name != "train") for one in getattr(corpus, name)]
        assert hashlib.sha256(repr(rows).encode()).hexdigest()[:24] == kept


def in_order(one, content):
    links = sorted({*one.sure}), sorted({*one.possible})
    rest = (sorted(one.content),) if content else ()
    return tuple(one.source), tuple(one.target), *links, *rest


def test_the_corpus_is_short():
    """Its part of the file with all models, imports counted once: at most 200 lines."""
    lines = []
    for name in ("lexicon", "grammar", "corpus"):
        text = extract(SNIPPETS.joinpath(f"{name}.py").read_text(encoding="utf-8"))
        lines += [line for line in text.splitlines() if line.strip()]
    imports = {line for line in lines if line.startswith(("import ", "from "))}
    code = [line for line in lines if line not in imports]
    assert len(imports) + len(code) <= 200


def test_nobody_learns_from_links(corpus):
    assert not any(one.sure or one.possible for one in corpus.train)


def test_a_sentence_has_the_length_asked_for():
    one = Pair(("the", "cat", "sleeps"), ("o", "gato", "dorme"))
    assert len(sentence(random.Random(1), {3: [one]}, 7).source) == 7

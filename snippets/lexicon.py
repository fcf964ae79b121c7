"""The words of the toy world, English beside Portuguese.

A row gives the forms of its words: of a noun also the gender, m or f; of a verb, third
person singular and plural; of an adjective, masculine and plural, feminine and plural.
The kinds of a verb are who does it, then to what; those of an adjective, its group,
then what it goes with.
"""

import re
from collections import namedtuple
from functools import cache

Entry = namedtuple("Entry", "kinds english portuguese")


def read_table(text: str) -> list[Entry]:
    """Read rows such as `noun animal: cat+s = gato+s m, ...; ...`.

    >>> read_table("noun animal: cat+s = gato+s m")[0].english
    ('cat', 'cats')
    """
    text = re.sub(r"(\w+)\+(\w+)", r"\1 \1\2", text)
    rows = [row.split(":") for row in text.split(";")]
    rows = [[kinds, *one.split("=")] for kinds, all_ in rows for one in all_.split(",")]
    return [Entry(*(tuple(part.split()) for part in row)) for row in rows]


# What a word is and of or for what kinds; +s adds a form: cat+s is cat, cats.
LEXICON = read_table("""
noun child person living: girl+s = menina+s f, boy+s = menino+s m;
noun adult person living: teacher+s = professor+es m, doctor+s = médica+s f,
  neighbor+s = vizinha+s f, friend+s = amigo+s m;
noun animal living owned: cat+s = gato+s m, dog+s = cachorro+s m, bird+s = pássaro+s m,
  turtle+s = tartaruga+s f;
noun thing owned opened carried read: book+s = livro+s m, letter+s = carta+s f;
noun thing owned carried steel: key+s = chave+s f;
noun thing owned opened carried painted glass steel paper straw: box+es = caixa+s f;
noun thing owned carried painted near steel straw: chair+s = cadeira+s f;
noun thing owned carried painted paper straw: hat+s = chapéu+s m;
noun thing owned opened painted near glass steel: door+s = porta+s f,
  window+s = janela+s f;
noun thing owned painted near place stone: house+s = casa+s f;
noun thing painted near place: school+s = escola+s f;
noun thing owned near place: garden+s = jardim jardins m;
noun thing near place: market+s = mercado+s m;

adjective age adult animal thing: old = velho+s velha+s;
adjective age thing: new = novo+s nova+s;
adjective size living thing: small = pequeno+s pequena+s, big = grande+s grande+s;
adjective look living thing: beautiful = bonito+s bonita+s;
adjective colour animal painted: white = branco+s branca+s, red = vermelho+s vermelha+s;
adjective mood living: tired = cansado+s cansada+s, happy = feliz+es feliz+es;

verb living living thing: sees see = vê veem, finds find = encontra+m;
verb living living: loves love = ama+m, follows follow = segue+m;
verb person opened: opens open = abre+m; verb person carried: carries carry = carrega+m;
verb person painted: paints paint = pinta+m; verb person read: reads read = lê leem;
verb living: sleeps sleep = dorme+m, waits wait = espera+m, plays play = brinca+m;
verb person: sings sing = canta+m, works work = trabalha+m;

material: glass = de_vidro, steel = de_aço, paper = de_papel, straw = de_palha,
  stone = de_pedra; adverb: always = sempre, never = nunca;
time: every_day = todos_os_dias, at_night = à_noite, in_the_morning = de_manhã,
  on_Sundays = aos_domingos, sometimes = às_vezes;
conjunction: and = e, but = mas, because = porque, while = enquanto, when = quando;
determiner: the = o+s a+s, a = um - uma, this = este - esta, these = - estes - estas,
  my = o_meu os_meus a_minha as_minhas
""")


@cache
def entries(what: str, *kinds: str) -> list[Entry]:
    """All nouns, or verbs, or ...; only those of one of some kinds, if there are some.

    >>> entries("noun", "read")[0]
    Entry(kinds=('noun', 'thing', ...), english=('book', 'books'), portuguese=...)
    """
    found = [one for one in LEXICON if one.kinds[0] == what]
    return [one for one in found if not kinds or {*kinds} & {*one.kinds[1:]}]

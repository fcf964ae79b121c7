"""The words of the toy world, English beside Portuguese."""

from typing import NamedTuple


class Noun(NamedTuple):
    """A noun in singular and plural, its gender in Portuguese, and what it is."""

    english: tuple
    portuguese: tuple
    gender: int  # 0 masculine, 1 feminine
    kinds: frozenset


class Verb(NamedTuple):
    """A verb in third person singular and plural, and which nouns it goes with."""

    english: tuple
    portuguese: tuple
    subject: str
    object: str  # "" for none


NOUNS = """
girl girls menina meninas f person living
boy boys menino meninos m person living
teacher teachers professor professores m person living
doctor doctors médica médicas f person living
neighbor neighbors vizinha vizinhas f person living
friend friends amigo amigos m person living
cat cats gato gatos m living owned
dog dogs cachorro cachorros m living owned
bird birds pássaro pássaros m living owned
turtle turtles tartaruga tartarugas f living owned
book books livro livros m owned read opened carried
letter letters carta cartas f owned read opened carried
key keys chave chaves f owned carried
box boxes caixa caixas f owned opened carried painted
chair chairs cadeira cadeiras f owned carried painted near
hat hats chapéu chapéus m owned carried painted
door doors porta portas f owned opened painted near
window windows janela janelas f owned opened painted near
house houses casa casas f owned painted near place
school schools escola escolas f painted near place
garden gardens jardim jardins m owned near place
market markets mercado mercados m near place
"""
ADJECTIVES = """
old velho velha velhos velhas grown age
new novo nova novos novas thing age
small pequeno pequena pequenos pequenas any size
big grande grande grandes grandes any size
beautiful bonito bonita bonitos bonitas any look
white branco branca brancos brancas coloured colour
red vermelho vermelha vermelhos vermelhas coloured colour
tired cansado cansada cansados cansadas living mood
happy feliz feliz felizes felizes living mood
"""
VERBS = """
sees see vê veem living any
finds find encontra encontram living any
loves love ama amam living living
follows follow segue seguem living living
opens open abre abrem person opened
carries carry carrega carregam person carried
paints paint pinta pintam person painted
reads read lê leem person read
sleeps sleep dorme dormem living
waits wait espera esperam living
plays play brinca brincam living
sings sing canta cantam person
works work trabalha trabalham person
"""
MATERIALS = {
    "glass": ("vidro", "door window box"),
    "steel": ("aço", "door window box key chair"),
    "paper": ("papel", "hat box"),
    "straw": ("palha", "hat box chair"),
    "stone": ("pedra", "house"),
}
TIMES = {
    "every day": "todos os dias",
    "at night": "à noite",
    "in the morning": "de manhã",
    "on Sundays": "aos domingos",
    "sometimes": "às vezes",
}
ADVERBS = {"always": "sempre", "never": "nunca"}
CONJUNCTIONS = {
    "and": "e",
    "but": "mas",
    "because": "porque",
    "while": "enquanto",
    "when": "quando",
}
ARTICLES = ("o", "a", "os", "as")  # masculine, feminine; then both in plural
DETERMINERS = {
    "the": ARTICLES,
    "a": ("um", "uma"),
    "this": ("este", "esta"),
    "these": ("", "", "estes", "estas"),
    "my": ("meu", "minha", "meus", "minhas"),
}


def read_nouns() -> list[Noun]:
    """Read the table of nouns.

    >>> read_nouns()[0].portuguese
    ('menina', 'meninas')
    """
    found = []
    for line in NOUNS.strip().splitlines():
        one, many, um, muitos, gender, *given = line.split()
        kinds = {"any", "living" if "living" in given else "thing", *given}
        if kinds & {"painted", "living"} and "person" not in kinds:
            kinds.add("coloured")
        if one not in ("girl", "boy"):
            kinds.add("grown")
        both = (one, many), (um, muitos)
        found.append(Noun(*both, int(gender == "f"), frozenset(kinds)))
    return found


def read_verbs() -> list[Verb]:
    """Read the table of verbs.

    >>> read_verbs()[-1]
    Verb(english=('works', 'work'), portuguese=('trabalha', 'trabalham'), ...)
    """
    rows = [line.split() for line in VERBS.strip().splitlines()]
    return [Verb((r[0], r[1]), (r[2], r[3]), r[4], "".join(r[5:])) for r in rows]


def read_adjectives() -> dict[str, tuple]:
    """Read the table of adjectives: {English: (four forms, kind of noun, group)}.

    >>> read_adjectives()["happy"]
    (('feliz', 'feliz', 'felizes', 'felizes'), 'living', 'mood')
    """
    rows = [line.split() for line in ADJECTIVES.strip().splitlines()]
    return {row[0]: (tuple(row[1:5]), *row[5:]) for row in rows}

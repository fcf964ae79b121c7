"""Each equation names the function that computes it, and its number in a paper."""

import ast
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = ["first-try", "bridge", "self-attention", "longer-sentence", "transformer"]
FORMULA = re.compile(r"^\$\$$.*?^\$\$$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
CITED = re.compile(r"\[(@[^\]]+)\]")
PLACE = re.compile(
    r"(section|equation|appendix|seção|equação|apêndice) ([A-Z\d][\d.]*)"
)
WRITTEN = {  # as a docstring writes it
    "section": "section {}",
    "seção": "section {}",
    "equation": "Eq. {}",
    "equação": "Eq. {}",
    "appendix": "App. {}",
    "apêndice": "App. {}",
}


def functions():
    """What each function of snippets/ says of itself."""
    known = {}
    for path in (ROOT / "snippets").glob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                known[node.name] = ast.get_docstring(node) or ""
    return known


def equations(text):
    """Each formula on lines of its own, with the paragraphs around: [(it, words), ...].

    Formulas that stand together share their paragraphs.
    """
    text = CODE.sub("(code)", text)
    parts = re.split(r"\n{2,}", text)
    formulas = [bool(FORMULA.fullmatch(part.strip())) for part in parts]
    for number, part in enumerate(parts):
        if formulas[number]:
            first = last = number
            while formulas[first]:
                first -= 1
            while formulas[last]:
                last += 1
            yield part.strip(), f"{parts[first]}\n{parts[last]}"


def held(words, known):
    """The functions that a text names whose docstrings say a place that it cites."""
    places = [one for cited in CITED.findall(words) for one in PLACE.findall(cited)]
    says = [WRITTEN[kind].format(number.rstrip(".")) for kind, number in places]
    return {
        name
        for name in re.findall(r"`(\w+)`", words)
        for one in says
        if re.search(rf"{re.escape(one)}(?![\d.]*\d)", known.get(name, ""))
    }


@pytest.mark.parametrize("language", ["pt", "en"])
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_an_equation_names_its_function_and_its_number(language, chapter):
    path = ROOT / "docs" / language / f"{chapter}.md"
    text, known = path.read_text(encoding="utf-8"), functions()
    found = [*equations(text)]
    assert len(found) == len(FORMULA.findall(CODE.sub("", text)))
    for formula, words in found:
        assert held(words, known), f"{chapter}: {formula}"


def test_both_languages_name_the_same_functions():
    for chapter in CHAPTERS:
        named = [
            [
                held(words, functions())
                for _, words in equations(
                    (ROOT / f"docs/{language}/{chapter}.md").read_text(encoding="utf-8")
                )
            ]
            for language in ("pt", "en")
        ]
        assert named[0] == named[1]


def test_the_functions_are_explained_on_the_page_of_code():
    shown = yaml.safe_load((ROOT / "docs/code.yml").read_text(encoding="utf-8"))
    names = {n for part in shown for file in part["files"].values() for n in file}
    for chapter in CHAPTERS:
        text = (ROOT / f"docs/en/{chapter}.md").read_text(encoding="utf-8")
        for _, words in equations(text):
            assert held(words, functions()) <= names


WORDS = "`sum_up` adds up[@vaswani2017, {}]:\n\n$$\nx\n$$\n\n$$\ny\n$$\n\nNow that."


@pytest.mark.parametrize(
    "place, docstring, fine",
    [
        ("section 3.2", "Adds up, section 3.2.", True),
        ("section 3.2", "Adds up, section 3.2.1.", False),
        ("equation 1", "Adds up, Eq. 1.", True),
        ("equation 1", "Adds up, Eq. 12.", False),
        ("equação 1", "Adds up, Eq. 1. Twin: `add`.", True),
        ("appendix A.1.2", "Adds up, App. A.1.2.", True),
        ("note 4", "Adds up, Eq. 4.", False),
    ],
)
def test_what_holds_an_equation(place, docstring, fine):
    found = [*equations(WORDS.format(place))]
    assert [formula for formula, _ in found] == ["$$\nx\n$$", "$$\ny\n$$"]
    for _, words in found:
        assert held(words, {"sum_up": docstring}) == ({"sum_up"} if fine else set())

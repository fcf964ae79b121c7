"""A heading with a verdict becomes a card; what is expected was written by hand."""

import re

import pytest
from bs4 import BeautifulSoup
from made import EXTENSIONS, SETTINGS, compare, page_of
from markdown import Markdown

from builder.errors import PageError
from builder.prose.extension import Prose
from builder.prose.myths import picture

WORDS = {"answers": "Yes|Partly|No", "hit": "Good.", "miss": "Bad.", "begin": "Again"}
WORDS["score"] = "{} of {} good."
BIB = """@misc{a2014,
  author = {Silva, Ana},
  title = {A Title},
  year = {2014},
  url = {https://a.example},
  group = {one},
  supports_en = {this.},
  supports_pt = {isto.}
}
"""
TEXT = """# Cats

## Sound {#sound}

### Cats *bark*. {#bark .false}

They mew[@a2014].

- Loudly.

### Cats purr. {#purr .true}

Listen.

## Size {#size}

### Cats are small. {#small .half}

Most are.
"""


@pytest.fixture
def made(tmp_path):
    (tmp_path / "sources.bib").write_text(BIB, encoding="utf-8")

    def make(text, **more):
        page = page_of(tmp_path, text, **more)
        page.words["myths"] = WORDS
        extensions = [*EXTENSIONS, Prose(page)]
        markdown = Markdown(extensions=extensions, extension_configs=SETTINGS)
        soup = BeautifulSoup(markdown.convert(text), "html.parser")
        return soup, markdown.toc_tokens

    return make


def test_a_statement_is_a_card_with_three_answers(made):
    soup, _ = made(TEXT)
    card = soup.fieldset
    heading = card.find(id=card["aria-labelledby"])
    assert (heading.name, heading.get_text()) == ("h3", "Cats bark.")
    assert heading.em.get_text() == "bark" and not heading.get("class")
    labels = card.select(".answers > label")
    assert [label.get_text() for label in labels] == ["Yes", "Partly", "No"]
    inputs = card.select("input[type=radio][name=bark]")
    assert [one["value"] for one in inputs] == ["true", "half", "false"]
    assert [one.get("class") for one in inputs] == [None, None, ["right"]]
    said = [(one.get_text(), one.has_attr("hidden")) for one in card.select(".said *")]
    assert said == [("✓ Good.", True), ("× Bad.", True)]


def test_below_the_answers_stands_why_down_to_the_next_heading(made):
    soup, _ = made(TEXT)
    first, second, third = soup.select(".verdict")
    assert first.p.get_text() == "No. They mew1."
    assert first.p.strong.get_text() == "No."
    assert first.select_one("sup a.footnote-ref")
    assert first.ul.get_text(strip=True) == "Loudly."
    assert second.get_text(strip=True) == "Yes.Listen."
    assert third.get_text(strip=True) == "Partly.Most are."  # and not the notes
    assert soup.select_one("h2#size") and not soup.select_one("fieldset h2")
    assert soup.select_one(".footnote").parent == soup


def test_a_source_stands_beside_its_card(made):
    soup, _ = made(TEXT, margin=True)
    assert soup.select_one(".verdict small.margin").get_text() == "Silva 2014"


def test_cards_are_counted_over_all_sections_and_lead_to_themselves(made):
    soup, _ = made(TEXT)
    legends = soup.select("fieldset > legend")
    assert [one.find(string=True) for one in legends] == ["1", "2", "3"]
    links = [one.select_one("a.headerlink")["href"] for one in legends]
    assert links == ["#bark", "#purr", "#small"]


def test_the_score_stands_below_the_last_card_and_owns_all_answers(made):
    soup, _ = made(TEXT + "\n## After {#after}\n\nMore.\n")
    (form,) = soup.select("form")
    assert form.find_previous_sibling()["aria-labelledby"] == "small"
    assert form.find_next_sibling()["id"] == "after"
    assert {one["form"] for one in soup.select("input")} == {form["id"]}
    assert form.output["data-of"], form.output["data-end"] == (" of ", " good.")
    assert form.select_one("button[type=reset]").get_text() == "Again"


def test_the_contents_list_sections_and_no_statements(made):
    _, ((cats),) = made(TEXT)
    listed = [(one["id"], one["children"]) for one in cats["children"]]
    assert listed == [("sound", []), ("size", [])]


def test_a_page_without_verdicts_stays_as_it_is(made):
    soup, ((cats),) = made(re.sub(r" \.\w+\}", "}", TEXT))
    assert not soup.select("fieldset, form") and len(soup.select("h3")) == 3
    assert [len(one["children"]) for one in cats["children"]] == [2, 1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" .true}", "}"),
        (".true}", ".ture}"),
        (".true}", ".true .half}"),
        ("Listen.\n", ""),
        ("Listen.", "- Listen."),
    ],
)
def test_a_statement_without_one_verdict_or_without_a_reason_is_refused(made, old, new):
    told = r"en/page\.md:11: a statement to judge has a verdict, and says why: ### W"
    with pytest.raises(PageError, match=told):
        made(TEXT.replace(old, new))


@pytest.mark.parametrize(
    ("place", "verdict"), list(enumerate(["true", "half", "false"]))
)
def test_the_eye_looks_at_the_verdict_from_edge_to_edge(place, verdict):
    svg = BeautifulSoup(picture(verdict), "html.parser").svg
    left, right = re.search(r"L(\d+) 0H(\d+)z", svg.select_one(".beam")["d"]).groups()
    assert place * 120 < int(left) < int(right) < (place + 1) * 120
    assert int(left) + int(right) == 2 * (place * 120 + 60)
    shift = int(
        re.match(r"translate\((-?\d+)", svg.select_one(".iris")["transform"])[1]
    )
    assert (shift > 0) - (shift < 0) == place - 1


@pytest.mark.parametrize("verdict", ["true", "half", "false"])
def test_each_answer_has_a_mark_of_its_own_shape_below_it(verdict):
    svg = BeautifulSoup(picture(verdict), "html.parser").svg
    marks = svg.select(".mark")
    assert [mark["transform"] for mark in marks] == [
        "translate(60 13)",
        "translate(180 13)",
        "translate(300 13)",
    ]
    assert all(mark["display"] == "none" for mark in marks)
    colours = {mark["class"][1]: mark.circle["fill"] for mark in marks}
    others = dict.fromkeys(("true", "half", "false"), "var(--wrong)")
    assert colours == {**others, verdict: "var(--right)"}
    shapes = {mark.path["d"] for mark in marks}
    assert len(shapes) == 2


def test_both_languages_may_word_a_statement_as_they_like(tmp_path):
    compare(tmp_path, TEXT.replace("Cats purr", "Gatos ronronam"), TEXT)


@pytest.mark.parametrize("other", [".half}", ".false}", "}"])
def test_another_verdict_in_the_other_language_stops_the_build(tmp_path, other):
    with pytest.raises(PageError) as caught:
        compare(tmp_path, TEXT, TEXT.replace(" .true}", f" {other}"))
    told = str(caught.value).removeprefix(f"{tmp_path.as_posix()}/")
    where = "'.true' of the section 'Cats purr.' (level 3, id purr)"
    assert told.startswith(f"pt/cats.md:11: {where} has no twin in its place in ")

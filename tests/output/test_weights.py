"""Printed weights as lines, map and table; what is expected was written by hand."""

import re

import pytest
from bs4 import BeautifulSoup

from builder.notebook.run import Result
from builder.output import gaze

OWN = {"view": "Ver como", "lines": "Traços", "map": "Mapa", "table": "Tabela"}
OWN |= {"which": "Qual", "asks": "olha", "asked": "para"}
WORDS = {"output": "Saída", "decimal": ",", "gaze": OWN}
OPTIONS = {"gaze": "Quem < quem", "alt": 'O "gato"', "rows": "pt", "columns": "en"}
PRINTED = """\
|      |  the | cat |
| ---- | ---: | --: |
| o    |  .60 | .40 |
| gato | 1.00 | .01 |
"""


def drawn(text=PRINTED, figures=(), **options):
    result = Result(text, list(figures))
    (html,) = gaze.html(result, {**OPTIONS, **options}, 3, WORDS)
    return BeautifulSoup(html, "html.parser")


def paths(soup):
    """The lines of a drawing: (row, column, share of the darkest, where it goes)."""
    return [
        (
            int(re.search(r"\d+", path.find_parent("div")["style"])[0]),
            *map(int, re.findall(r"\d+", path["style"])),
            path["d"],
        )
        for path in soup.select(".lines path")
    ]


def numbers(soup):
    return [
        [td.get_text() for td in row.select("td")] for row in soup.select("tbody tr")
    ]


def shades(soup):
    return [td.get("style") for td in soup.select("tbody td")]


def percents(soup):
    return [i.get_text() for i in soup.select(".asks i")]


def test_weights_become_lines_a_map_and_a_table():
    soup = drawn()
    # Words are rungs of a square of 8: rows at 2 and 6, columns at 2 and 6.
    assert paths(soup) == [
        (1, 1, 60, "M0 2C4 2 4 2 8 2"),
        (1, 2, 40, "M0 2C4 2 4 6 8 6"),
        (2, 1, 100, "M0 6C4 6 4 2 8 2"),
    ]
    assert percents(soup) == ["60%", "40%", "100%"]
    assert shades(soup) == ["--w:60", "--w:40", "--w:100", "--w:1"]
    assert numbers(soup) == [["0,60", "0,40"], ["1,00", "0,01"]]
    assert soup.figure["aria-label"] == 'O "gato"'
    assert soup.figcaption.get_text() == "Quem < quem"


def test_columns_and_rows_of_other_number_meet_their_words():
    text = "|  | a | b | c |\n| - | -: | -: | -: |\n| x | 0 | 0 | 1 |\n"
    ((*_, line),) = paths(drawn(text))
    assert line == "M0 3C3 3 3 5 6 5"  # of 6: one row at 3, columns at 1, 3 and 5


def test_one_weight_changed_changes_three_views():
    one, other = drawn(), drawn(PRINTED.replace(".40", ".20"))
    for view, at in ((paths, 1), (percents, 1), (shades, 1), (numbers, 0)):
        here, there = view(one), view(other)
        assert here.pop(at) != there.pop(at), view
        assert here == there, view


def test_shades_reach_from_nothing_to_the_darkest_weight():
    faint = drawn(PRINTED.replace("1.00", ".00").replace(".60", ".16"))
    assert shades(faint) == ["--w:40", "--w:100", "--w:0", "--w:2"]
    nothing = drawn("|  | a |\n| - | -: |\n| x | 0 |\n")
    assert shades(nothing) == ["--w:0"] and not paths(nothing)


@pytest.mark.parametrize("mask", ["–", "-", ""])
def test_what_is_masked_is_empty(mask):
    soup = drawn(PRINTED.replace(".01", mask))
    assert numbers(soup)[1] == ["1,00", "–"]
    assert shades(soup)[3] is None


def test_words_are_marked_with_their_language():
    soup = drawn()
    assert soup.select_one(".asks")["lang"] == "pt"
    assert soup.select_one(".asked")["lang"] == "en"
    heads = [(th["scope"], th["lang"], th.get_text()) for th in soup.select("th")]
    assert heads == [
        ("col", "en", "the"),
        ("col", "en", "cat"),
        ("row", "pt", "o"),
        ("row", "pt", "gato"),
    ]
    assert not drawn(rows="", columns="").select("[lang]")


def test_numbers_among_the_words_are_written_as_the_page_does():
    text = "|  | 0.5 |\n| - | -: |\n| 1,000 | .5 |\n"
    soup = drawn(f"passo 2.5\n{text}")
    assert [th.get_text() for th in soup.select("th")] == ["0,5", "1.000"]
    assert soup.caption.get_text() == "passo 2,5"


def radios(soup):
    return [
        (one["name"], one.get("value"), one.has_attr("checked"))
        for one in soup.select("fieldset input")
    ]


def test_a_radio_picks_the_view():
    assert radios(drawn()) == [
        ("cell-3-view", "lines", True),
        ("cell-3-view", "map", False),
        ("cell-3-view", "table", False),
    ]
    picked = [value for _, value, checked in radios(drawn(view="map")) if checked]
    assert picked == ["map"]
    labels = [one.get_text() for one in drawn().select("legend, fieldset label")]
    assert labels == ["Ver como", "Traços", "Mapa", "Tabela"]


def test_several_tables_are_shown_one_at_a_time_in_the_same_shades():
    soup = drawn(f"antes\n{PRINTED.replace('1.00', '.30')}\ndepois\n{PRINTED}")
    assert radios(soup)[3:] == [("cell-3-which", "1", True), ("cell-3-which", "2", 0)]
    labels = [one.get_text() for one in soup.select("fieldset")[1]("label")]
    assert labels == ["antes", "depois"]
    assert [one.get_text() for one in soup.select("caption")] == labels
    first, second = soup.figure("div", recursive=False)
    assert shades(first) == ["--w:60", "--w:40", "--w:30", "--w:1"]
    names = [{one["name"] for one in part.select("input")} for part in (first, second)]
    assert names == [{"cell-3-1"}, {"cell-3-2"}]


@pytest.mark.parametrize(
    ("text", "options", "cause"),
    [
        ("o\n", {}, "has the option 'gaze' but prints no table of weights"),
        (PRINTED, {"alt": ""}, 'has the option gaze="..." and no alt="..."'),
        (PRINTED, {"view": "x"}, 'has view="x"; write one of: lines, map, table'),
        (PRINTED, {"rows": "<"}, 'has rows="<"; write a language, as in "pt"'),
        (f"{PRINTED}fim\n", {}, "prints more than weights: 'fim'; print that in"),
        (f"a\nb\n{PRINTED}", {}, r"prints more than weights: 'a\\nb'; print that"),
        (f"a\n{PRINTED}\n{PRINTED}", {}, "different numbers|title above each"),
        (f"a\n{PRINTED}\n" * 9, {}, "prints 9 tables of weights; 8 are the most"),
        (PRINTED.replace(".40", "-.4"), {}, "prints '-.4', which is no weight from 0"),
        (PRINTED.replace(".40", "1.1"), {}, "prints '1.1', which is no weight from 0"),
        (PRINTED.replace(".40", "nan"), {}, "prints 'nan', which is no weight from 0"),
        (PRINTED.replace(".40", "x"), {}, "prints 'x', which is no weight from 0"),
        (PRINTED.replace("| .40 ", ""), {}, "rows of a printed table have different"),
        ("| a |\n| - |\n| b |\n", {}, "prints a table without weights"),
        ("| a | b |\n| - | - |\n", {}, "prints a table without weights"),
    ],
)
def test_what_shows_no_weights_is_an_error(text, options, cause):
    with pytest.raises(ValueError, match=cause):
        drawn(text, **options)


def test_a_figure_stands_in_another_cell():
    with pytest.raises(ValueError, match="draw in another cell"):
        drawn(figures=["<svg/>"])


@pytest.mark.parametrize("option", ["rows", "columns", "view"])
def test_an_option_of_the_gaze_needs_one(option):
    with pytest.raises(ValueError, match=f"the option '{option}' and no gaze"):
        list(gaze.html(Result(PRINTED), {option: "pt"}, 3, WORDS))

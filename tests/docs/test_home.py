"""What the first page says of its picture is what the network did."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def pairs(soup):
    """Return (asked words, {asking word: weights}) of each sentence of the picture."""
    for table in soup.select(".gaze table"):
        asked = [th.get_text() for th in table.select("th[scope=col]")]
        yield asked, {
            row.th.get_text(): [
                float(td.get_text().replace(",", ".")) for td in row.select("td")
            ]
            for row in table.select("tbody tr")
        }


@pytest.mark.parametrize("folder", ["", "en/"])
def test_what_is_said_of_the_five_sentences_is_true(pages, folder):
    hat, morning, turtles, market, mistake = pairs(pages[f"{folder}index.html"])
    for word, wanted in {"chapéu": "hat", "vermelho": "red"}.items():
        weights = hat[1][word]
        assert hat[0][weights.index(max(weights))] == wanted
    weights = market[1]["mercado"]
    assert market[0][weights.index(max(weights))] == "the"
    assert "always" in mistake[0] and "sempre" not in mistake[1]
    assert [*market[1]] == "os meninos trabalham no mercado velho".split()
    assert [*turtles[1]][:3] == ["as", "tartarugas", "nunca"]
    assert [*morning[1]] == "de manhã as vizinhas felizes dormem".split()


@pytest.mark.parametrize("folder", ["", "en/"])
def test_the_page_begins_with_the_picture_and_one_way_in(pages, folder):
    page = pages[f"{folder}index.html"].select_one("article")
    first = page.h1.find_next_siblings()[:3]
    assert first[0].select_one(".gaze") and first[1]["class"] == ["lead"]
    assert first[1].get_text().count(". ") == 0  # one sentence
    assert re.search(r"11.*2014.*11.*39.*35", first[1].get_text())
    assert [a["href"] for a in first[2].select("a")] == ["story.html"]

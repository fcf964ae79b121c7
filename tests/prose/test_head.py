"""What stands under a title; what is expected was written by hand."""

import pytest
from bs4 import BeautifulSoup
from made import html_of

ABOUT = {"description": "What it is about."}


def head_of(tmp_path, text, **known):
    """The page as a soup, and its standfirst."""
    soup = BeautifulSoup(html_of(tmp_path, text, **known), "html.parser")
    return soup, soup.select_one(".standfirst")


def sections(count):
    return "".join(
        f"## Part *{n}* {{#p{n}}}\n\nWords.\n\n" for n in range(1, count + 1)
    )


def test_under_the_title_stands_what_a_page_is_about_and_its_minutes(tmp_path):
    text = "Before.\n\n# Title\n\n" + "word " * 500
    _, told = head_of(tmp_path, text, **ABOUT)
    assert told.find_previous_sibling().name == "h1"
    assert told.find(string=True) == ABOUT["description"]
    assert told.small.get_text() == "3 min"  # 502 words, 200 of them a minute
    assert told.small.has_attr("data-search-exclude")


@pytest.mark.parametrize(
    ("more", "minutes"),
    [
        ("", "1 min"),
        ("\n\n```text\n" + "code " * 900 + "\n```\n", "1 min"),
        (
            '\n\n<section class="cell" markdown="1">\n\n'
            + "shown " * 900
            + "\n\n</section>\n",
            "1 min",
        ),
        ("\n\n- " + "item " * 380, "2 min"),
        ("[^1]\n\n[^1]: " + "note " * 900, "1 min"),
    ],
)
def test_minutes_are_those_of_the_prose_alone(tmp_path, more, minutes):
    _, told = head_of(tmp_path, f"# Title\n\nA few words{more}", **ABOUT)
    assert told.small.get_text() == minutes


def test_a_page_to_look_things_up_is_not_timed(tmp_path):
    about = {"description": "About.", "explained": False}
    _, told = head_of(tmp_path, "# Title\n\nWords.", **about)
    assert told.get_text() == "About."


def test_a_page_without_a_description_or_a_title_has_no_head(tmp_path):
    for text, known in (
        ("# Title\n\n" + sections(6), {}),
        (sections(6), ABOUT),
    ):
        soup, told = head_of(tmp_path, text, **known)
        assert told is None and not soup.select(".contents")


def test_a_long_page_lists_its_sections(tmp_path):
    text = "# Title\n\n" + sections(5) + "### Deeper {#deeper}\n"
    soup, told = head_of(tmp_path, text, **ABOUT)
    contents = told.find_next_sibling()
    assert contents.name == "details" and not contents.has_attr("open")
    assert contents.has_attr("data-search-exclude")
    assert contents.summary.get_text() == "On this page"
    links = [(link["href"], link.get_text()) for link in contents.select("ol a")]
    assert links == [(f"#p{n}", f"Part {n}") for n in range(1, 6)]
    assert all(soup.find(id=link[1:]).name == "h2" for link, _ in links)


def test_a_short_page_does_not(tmp_path):
    soup, told = head_of(tmp_path, "# Title\n\n" + sections(4), **ABOUT)
    assert told and not soup.select(".contents")

"""The search in a real browser, from a folder and from a server."""

import re

import pytest
from browser import search
from conftest import in_turn
from contrast import contrast

FORMS = {
    "index.html": [
        (["pesos", "peso"], "self-attention.html"),
        (["máscaras", "mascara"], "longer-sentence.html"),
        (["pontuações", "pontuacao"], "self-attention.html"),
    ],
    "en/index.html": [(["weights", "weight"], "en/self-attention.html")],
}


@in_turn("start", *FORMS)
def test_a_search_finds_other_forms_in_its_own_language(visit, base, start):
    page = visit(base).open(start)
    for forms, wanted in FORMS[start]:
        for words in forms:
            links = search(page, words)
            found = any(link.startswith(base + wanted) for link in links)
            assert found, (words, links)
            assert all(("/en/" in link) == start.startswith("en/") for link in links)
    page.locator(f".md-search-result__link[href^='{base + wanted}']").first.click()
    page.wait_for_url(f"{base}{wanted}*")


@pytest.mark.parametrize("name", ["index.html", "en/index.html"])
def test_the_first_screen_of_a_search_shows_five_pages(visit, server, name):
    page = visit(server, viewport={"width": 1280, "height": 900}).open(name)
    assert len(search(page, "softmax")) >= 5
    titles = page.evaluate("""() => {
      const list = document.querySelector(".md-search__scrollwrap");
      const end = list.getBoundingClientRect().bottom;
      return [...document.querySelectorAll(".md-search-result__item h1")]
        .filter(one => one.getBoundingClientRect().bottom < end).length; }""")
    assert titles >= 5


def test_a_search_shows_nothing_of_the_other_language(visit, base):
    tab = visit(base)
    assert search(tab.open("index.html"), "twist") == []
    assert search(tab.open("en/index.html"), "reviravolta") == []


def test_a_line_of_a_hit_is_the_page_s_own_and_shows_the_word(visit, base):
    """Typed without accents, in the plural: the page has neither."""
    page = visit(base).open("index.html")
    links = search(page, "anotacoes")
    assert len(links) >= 5
    lines = page.locator(".md-search-result__article > p:has(mark)")
    seen = [line for line in lines.all() if line.is_visible()]
    assert len(seen) >= 5
    for line in seen:
        assert not re.search(r"anotac(ao|oes)", line.inner_text())
        mark = line.locator("mark").first
        assert mark.inner_text().lower().startswith("anot")
        row, word = line.bounding_box(), mark.bounding_box()
        assert row["y"] <= word["y"] + 1
        assert word["y"] + word["height"] <= row["y"] + row["height"] + 1
        assert word["x"] + word["width"] <= row["x"] + row["width"]
    assert page.locator(".md-search-result__terms").count() == 0  # none is lacking


# The words that are marked, the colours of each, and where the first one stands.
MARKS = """() => {
  const canvas = new OffscreenCanvas(1, 1)
    .getContext("2d", {alpha: false, willReadFrequently: true});
  const paint = (...colours) => {
    for (const one of colours) {
      canvas.fillStyle = one;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const paper = getComputedStyle(document.body).backgroundColor;
  return [...CSS.highlights.get("sought") ?? []].map(place => {
    const around = place.startContainer.parentElement;
    const { backgroundColor, color } = getComputedStyle(around, "::highlight(sought)");
    const { top, bottom } = place.getBoundingClientRect();
    return [String(place), top, bottom,
            paint(paper, backgroundColor), paint(color), paint(paper)];
  });
}"""


def opened(page, words, to):
    """Search, click the hit that leads there; return the height of the header."""
    links = search(page, words)
    link = next(one for one in links if re.search(to, one))
    page.locator(f".md-search-result__link[href='{link}']").click()
    page.wait_for_url(link)
    page.wait_for_load_state("load")
    page.wait_for_timeout(200)
    return page.locator(".md-header").bounding_box()["height"]


@in_turn("scheme", "light", "dark")
def test_a_hit_opens_at_its_section_and_its_words_are_marked(visit, base, scheme):
    tab = visit(base, color_scheme=scheme, viewport={"width": 1280, "height": 800})
    header = opened(tab.open("index.html"), "atencao gatos", r"self-.*#itself$")
    heading = tab.page.locator("#itself").bounding_box()
    assert header <= heading["y"] < 400
    marks = tab.page.evaluate(MARKS)
    assert {mark[0].lower() for mark in marks} == {"gato"}
    assert any(header <= top < bottom <= 800 for _, top, bottom, *_ in marks)
    for word, _, _, under, ink, paper in marks:
        assert contrast(under, ink) >= 4.5, word
        assert contrast(under, paper) >= 1.2, word  # seen, without shouting


@in_turn("words, to", ("relogio", r"diary.html[^#]*$"), ("zenkel", r"#inevitable$"))
def test_a_hit_far_below_what_has_an_address_is_in_sight(visit, base, words, to):
    """The first part of a page has no heading of its own, and a section can be long."""
    tab = visit(base, viewport={"width": 1280, "height": 300})
    header = opened(tab.open("index.html"), words, to)
    assert tab.page.evaluate("scrollY") > 0
    _, top, bottom, *_ = tab.page.evaluate(MARKS)[0]
    assert header <= top < bottom <= 300

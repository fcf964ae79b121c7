"""What a chapter is on paper: few pages, black on white, whole figures."""

import re

import outputs
import pytest

CHAPTERS = outputs.pages(runs=True)
MOST, LONGER = 12, {"transformer": 16}  # pages of paper
PAGE = re.compile(rb"/Type\s*/Page\b")
INK = """() => [...document.querySelectorAll(
    ".md-content :is(h1, h2, p, li, pre, td, figcaption, code, .plot g[id] text)")]
  .filter(one => one.checkVisibility() && one.textContent.trim())
  .filter(one => !one.closest(".gaze tbody")) // on a dark square
  .map(one => getComputedStyle(one)[one.closest("svg") ? "fill" : "color"])
  .map(colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number))
  .filter(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b > 140)"""
CONTROLS = """() => [...document.querySelectorAll(
    "button, input, .fold, .headerlink, .md-header, .md-sidebar, .live")]
  .filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 90))"""
CUT = """() => [...document.querySelectorAll("figure, .output, .table")]
  .filter(one => getComputedStyle(one).breakInside != "avoid").length"""


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_prints_on_few_pages(visit, server, name):
    scheme = "dark" if name.startswith("en/") else "light"
    page = visit(server, color_scheme=scheme).open(f"{name}.html")
    pages = len(PAGE.findall(page.pdf(format="A4")))
    assert pages <= LONGER.get(name.rpartition("/")[2], MOST)
    page.emulate_media(media="print")
    assert page.evaluate(INK) == []
    assert [one for one in page.evaluate(CONTROLS) if "term" not in one] == []
    assert page.evaluate(CUT) == 0
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    addresses = page.locator("p.paper").inner_text()
    for link in page.locator(".md-content__inner > p > a[href$='.html']").all():
        assert link.get_attribute("href") in addresses

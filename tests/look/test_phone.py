"""On a phone: nothing in sight scrolls sideways, letters can be read, fingers hit."""

import outputs
import pytest

CHAPTERS = outputs.pages(runs=True)
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
WIDE = """() => [...document.querySelectorAll("pre, figure, math, samp")]
  .filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1
    && getComputedStyle(one).overflowX != "visible" && one.clientWidth)
  .map(one => one.className + one.textContent.slice(0, 60))"""
WRAPPED = """() => [...document.querySelectorAll(".cell > .highlight pre")].map(pre => {
  const lines = [...pre.querySelectorAll(".l")].filter(one => one.textContent);
  const low = Math.min(...lines.map(one => one.offsetHeight));
  return lines.filter(one => one.offsetHeight > 1.5 * low).length; })"""
LETTERS = """() => [...document.querySelectorAll("figure svg text")]
  .filter(one => one.checkVisibility() && one.textContent.trim())
  .map(one => [one.textContent, parseFloat(getComputedStyle(one).fontSize)
    * Math.hypot(one.getScreenCTM().a, one.getScreenCTM().b)])"""
FINGERS = """() => [...document.querySelectorAll(
  "button, summary, .footnote-ref, .headerlink, .footnote-backref, .live a, nav a")]
  .filter(one => one.checkVisibility({opacityProperty: true, visibilityProperty: true}))
  .map(one => [one.textContent.trim() || one.className, one.getBoundingClientRect()])
  .filter(([_, box]) => box.width && box.bottom > 0 && box.right > 0 && box.left < 360)
  .filter(([_, box]) => box.width < 23.9 || box.height < 23.9)
  .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""


@pytest.fixture(params=CHAPTERS)
def page(request, visit, server):
    page = visit(server, **PHONE).open(f"{request.param}.html")
    page.wait_for_timeout(300)
    return page


def test_a_chapter_fits_a_phone(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(WIDE) == []
    small = [one for one in page.evaluate(LETTERS) if one[1] < 9.95]
    assert small == []
    assert page.evaluate(FINGERS) == []
    wrapped = page.evaluate(WRAPPED)
    assert sum(1 for lines in wrapped if not lines) >= len(wrapped) / 2, wrapped


def test_wrapped_lines_are_whole_on_the_clipboard(visit, server):
    """What is marked by hand and copied has the lines of the source."""
    page = visit(server, **PHONE).open("en/soft-search.html")
    code = page.locator(".cell > .highlight code").first
    text = code.evaluate("""code => {
      getSelection().selectAllChildren(code); return String(getSelection()); }""")
    assert text.rstrip("\n") == code.evaluate("code => code.textContent").rstrip("\n")

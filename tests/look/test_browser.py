"""The site in a real browser, from a folder and from a server."""

import outputs
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import AXE

PAGES = [f"{name}.html" for name in outputs.pages()]
# Opaque colours of text and page as [r, g, b], mixed where they are translucent.
CONTRAST = """
element => {
  const channels = colour => {
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const page = channels(getComputedStyle(document.body).backgroundColor);
  const ink = channels(getComputedStyle(element).fill);
  const light = ([r, g, b]) => [r, g, b]
    .map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const [a, b] = [light(ink), light(page)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}
"""


def test_the_pages_tested_are_all_there_are(pages):
    assert set(PAGES) == set(pages) - {"404.html"}


def test_no_page_complains_or_asks_another_host(visit, base):
    """The fixture `visit` checks both when it closes. English pages are served."""
    tab = visit(base)
    for name in PAGES:
        if name.startswith("en/") != base.startswith("http"):
            continue
        page = tab.open(name)
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(100)
        assert page.title()


@pytest.mark.parametrize("script", [True, False])
def test_the_switch_leads_to_the_same_page_and_back(visit, base, script):
    page = visit(base, java_script_enabled=script).open("longer-sentence.html")
    page.locator(".languages a").click()
    page.wait_for_url(f"{base}en/longer-sentence.html")
    page.locator(".languages a").click()
    page.wait_for_url(f"{base}longer-sentence.html")
    page.locator(".way[rel=prev]").click()
    page.wait_for_url(f"{base}self-attention.html")


@pytest.mark.parametrize(("language", "scheme"), [("", "light"), ("en/", "dark")])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_fit_and_figures_can_be_read(visit, server, language, scheme, width):
    """Each page in one scheme; its twin has the same figures in the other."""
    size = {"width": width, "height": 800}
    tab = visit(server, viewport=size, color_scheme=scheme)
    for name in PAGES:
        if name.startswith("en/") != bool(language):
            continue
        page = tab.open(name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        for figure in page.locator("figure:not(.gaze) svg").all():
            box = figure.bounding_box()
            assert box["width"] > 200 and box["height"] > 80, name
        for label in page.locator("figure.plot [id^=cell] text").all():
            assert label.evaluate(CONTRAST) >= 4.5
        labels = page.locator("figure.plot svg text:not([style*='#'])")
        words = page.locator(".lines label")
        if page.locator(".downloads").count():  # a chapter, and each draws something
            assert labels.count() + words.count() > 5, name
        for label in labels.all()[:1]:
            assert label.evaluate(CONTRAST) >= 4.5, name


def test_the_colours_follow_the_scheme(visit, base):
    inks = set()
    for scheme in ("light", "dark"):
        page = visit(base, color_scheme=scheme).open("longer-sentence.html")
        label = page.locator("figure.plot svg text:not([style*='#'])").first
        inks.add(label.evaluate("element => getComputedStyle(element).fill"))
    assert len(inks) == 2


def test_all_is_there_without_script(visit, base):
    page = visit(base, java_script_enabled=False).open("self-attention.html")
    for selector in (
        ".cell > .highlight",
        ".output pre",
        ".output table.numbers:not(.gaze *)",
        "figure:not(.gaze) svg",
    ):
        found = page.locator(selector)
        assert found.count() > 1, selector
        assert all(one.is_visible() for one in found.all()), selector
    for gaze in page.locator(".gaze").all():  # one of its views at a time
        assert sum(one.is_visible() for one in gaze.locator(".lines, .numbers").all())


def test_the_keyboard_reaches_what_the_mouse_does(visit, base):
    page = visit(base).open("self-attention.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.md-skip')")
    language = page.locator(".languages a")
    for _ in range(12):
        page.keyboard.press("Tab")
        if language.evaluate("element => element === document.activeElement"):
            break
    assert language.evaluate("element => element === document.activeElement")
    assert language.bounding_box()["height"] >= 24
    summary = page.locator("details.fold > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.fold").first.evaluate("element => element.open")


# Boxes that stand on a line above what follows them without a space.
LEFT_ALONE = """
() => [...document.querySelectorAll(".term, .md-typeset math")].filter(box => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  walk.currentNode = box;
  const inside = node => box.contains(node) || node.parentNode.closest(".definition");
  while (inside(walk.nextNode()));
  const text = walk.currentNode, range = document.createRange();
  if (!/^[.,;:!?)]/.test(text?.data ?? "")) return false;
  range.setStart(text, 0);
  range.setEnd(text, 1);
  return range.getBoundingClientRect().top > box.getBoundingClientRect().bottom - 1;
}).map(box => box.outerHTML.slice(0, 80))
"""


def test_punctuation_stays_with_its_word_and_folds_have_no_indent(visit, server):
    tab = visit(server)
    page = tab.open("en/self-attention.html")
    padding = "element => parseFloat(getComputedStyle(element).paddingLeft)"
    assert page.locator("details.fold > summary").first.evaluate(padding) < 20
    for name in ("en/self-attention.html", "en/cursors.html"):
        page = tab.open(name)
        for width in range(320, 480, 4):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(LEFT_ALONE) == [], (name, width)


# Two originals of one page: one in light, and in dark the other, which has the same
# structure, for its colours.
COLOURS = {**AXE, "runOnly": ["color-contrast"]}
SCHEMES = [
    (name, "dark", COLOURS) if name.startswith("en/") else (name, "light", AXE)
    for name in PAGES
]


@pytest.mark.parametrize(("name", "scheme", "rules"), SCHEMES)
def test_no_page_shuts_anybody_out(visit, server, name, scheme, rules):
    page = visit(server, color_scheme=scheme).open(name)
    results = Axe().run(page, options=rules)
    assert results.violations_count == 0, results.generate_report()

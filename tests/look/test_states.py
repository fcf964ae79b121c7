"""Nobody is shut out of any state of a page; keys lead everywhere; nothing is cut."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import AXE, search, until
from contrast import contrast
from test_browser import COLOURS, PAGES

STILL = {"reduced_motion": "reduce"}
WIDE = {"viewport": {"width": 1280, "height": 800}, **STILL}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, **STILL}
PHONE["is_mobile"] = True
LIVE = "en/soft-search.html"


def require_clean(page, *where):
    """In both colours, axe finds nothing there, or on the whole page."""
    schemes = ("dark", "slate", AXE), ("light", "default", COLOURS)
    for scheme, name, options in schemes:
        page.emulate_media(color_scheme=scheme)
        until(page, f"document.body.dataset.mdColorScheme == '{name}'")
        found = Axe().run(page, list(where) or None, options)
        assert found.violations_count == 0, scheme + found.generate_report()


@pytest.mark.parametrize("name", ["404.html", "index.html", LIVE])
def test_a_search_with_results(visit, server, name):
    tab = visit(server, **WIDE)
    page = tab.open(name)
    assert search(page, "softmax")
    require_clean(page, ".md-header")


@pytest.mark.parametrize("name", ["404.html", "glossary.html", LIVE])
def test_an_open_drawer(visit, server, name):
    page = visit(server, **PHONE).open(name)
    page.locator(".md-header label[for=__drawer]").click()
    page.wait_for_timeout(300)
    require_clean(page, ".md-header", ".md-sidebar--primary")


@pytest.mark.parametrize("name", ["story.html", LIVE])
def test_a_definition_that_is_open(visit, server, name):
    page = visit(server, **WIDE).open(name)
    page.locator(".term").first.click()
    require_clean(page, ".definition:popover-open")


def test_pages_whole_in_the_hand(visit, server):
    """Wide enough that long code scrolls, by touch: keys must scroll it, too."""
    tab = visit(server, **{**PHONE, "viewport": {"width": 520, "height": 700}})
    for name in ("404.html", "en/myths.html", "sources.html"):
        require_clean(tab.open(name))
    for name in (LIVE, "en/code.html"):
        page = tab.open(name)
        page.locator("details").evaluate_all("all => all.map(one => one.open = true)")
        page.wait_for_timeout(300)
        assert page.locator("pre > code[tabindex]").count()
        found = Axe().run(page, options={"runOnly": ["scrollable-region-focusable"]})
        assert found.violations_count == 0, found.generate_report()


ERROR = "while True:\n    raise ValueError(undefined)"


def test_an_editor_a_run_and_a_failure(visit, server):
    page = visit(server, **WIDE).open(LIVE)
    cells = page.locator(".cell")
    for code, wanted in ((ERROR, "error"), ("while True: pass", "busy")):
        cells.nth(1).hover()
        cells.nth(1).locator("[data-live=edit]").click()
        cells.nth(1).locator(".cm-content").focus()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(code)
        page.keyboard.press("Shift+Enter")
        until(
            page,
            f"document.querySelectorAll('.live-status')[1].dataset.state == '{wanted}'",
        )
        cells.nth(1).locator("[popovertarget]").click()
        require_clean(page, ".cell:nth-child(1 of :has(.cm-editor))", ".live-bar")
        page.keyboard.press("Escape")
    require_clean(page, "article")


WALK = """() => {
  let one = document.activeElement;
  if (one.matches(".md-option")) one = one.nextElementSibling; // its label shows it
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const room = [".md-skip", ".md-header", ".md-sidebar--primary", ".md-content"]
    .find(room => one.closest(room));
  const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
  const shown = style.outlineStyle != "none" && inside;
  const paper = getComputedStyle(document.body).backgroundColor;
  const [ring, page] = [style.outlineColor, paper]
    .map(colour => colour.match(/\\d+/g).slice(0, 3).map(Number));
  const box_of_search = one.matches(".md-search__input");
  return [room, shown, ring, page, box_of_search, one.outerHTML]; }"""


def test_keys_lead_through_a_page(visit, server):
    """Skip link, header, search, navigation, content; each place can be seen."""
    page = visit(server, **WIDE).open("en/story.html")
    rooms = []
    for _ in range(40):
        page.keyboard.press("Tab")
        room, shown, ring, paper, search_box, what = page.evaluate(WALK)
        assert search_box or shown and contrast(ring, paper) >= 3, what
        if room not in rooms:
            rooms.append(room)
    order = [".md-skip", ".md-header", ".md-sidebar--primary", ".md-content"]
    assert [room for room in rooms if room in order] == order
    page.locator(".md-skip").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.md-content') != null")


def test_keys_lead_into_a_search_and_out_of_it(visit, server):
    page = visit(server, **WIDE).open("en/story.html")
    assert search(page, "softmax")
    page.keyboard.press("ArrowDown")
    until(page, "document.activeElement.matches('.md-search-result__link')")
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('#__search').checked")


# What leaves the page at its right and cannot be scrolled to.
CUT = """() => [...document.querySelectorAll(
    ".md-content *, .md-footer *, .languages *")].filter(one => {
  const box = one.getBoundingClientRect();
  if (!one.checkVisibility() || !box.width || box.right <= innerWidth + 1) return false;
  for (let up = one; (up = up.parentElement); )
    if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return false;
  return !one.closest("svg, math, .headerlink, [popover]");
}).map(one => one.outerHTML.slice(0, 90))"""


def test_nothing_is_cut_on_a_narrow_page_nor_at_twice_the_size(visit, server):
    """640 is what is left of 1280 at 200 %."""
    tab = visit(server, viewport={"width": 320, "height": 640})
    for name in [*PAGES, "404.html"]:
        page = tab.open(name)
        for width in (320, 640):
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            assert page.evaluate(CUT) == [], (name, width)

"""Weights as lines, map and table, in a real browser and without any script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import AXE
from contrast import contrast

WIDE = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}}
STILL = {"java_script_enabled": False, "reduced_motion": "reduce"}
VIEWS = "lines", "map", "table"
# [red, green, blue] of what is drawn over the page with an opacity.
SHADE = """(one, [name, opacity]) => {
  const canvas = new OffscreenCanvas(1, 1)
    .getContext("2d", {alpha: false, willReadFrequently: true})
  canvas.fillStyle = getComputedStyle(document.body).backgroundColor
  canvas.fillRect(0, 0, 1, 1)
  canvas.globalAlpha = opacity ? getComputedStyle(one).opacity : 1
  canvas.fillStyle = getComputedStyle(one)[name]
  canvas.fillRect(0, 0, 1, 1)
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
}"""
PAPER = "one => getComputedStyle(one).backgroundColor.match(/\\d+/g).map(Number)"
SHOWN = """figure => [".lines", ".table"].map(one =>
  [...figure.querySelectorAll(one)].filter(part => part.checkVisibility()).length)"""
OPACITIES = """figure => [...figure.querySelectorAll(".asks > div")].map(row =>
  [...row.querySelectorAll("path")].map(one => getComputedStyle(one).opacity))"""
BESIDE = """figure => [...figure.querySelectorAll("i")]
  .filter(one => one.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .map(one => {
    const {left, right, top, bottom} = one.getBoundingClientRect()
    return [one.textContent, (left + right) / 2, (top + bottom) / 2] })"""
OVERFLOW = """figure => [figure, ...figure.querySelectorAll(".lines, label, i")]
  .filter(one => one.getBoundingClientRect().right > innerWidth
    || one.getBoundingClientRect().left < 0)
  .map(one => one.className + one.textContent.slice(0, 40))"""
PLACES = """figure => [...figure.querySelectorAll(".asks label, .asked label")]
  .map(one => one.getBoundingClientRect()).map(box =>
    [(box.left + box.right) / 2, (box.top + box.bottom) / 2])"""
ENDS = """figure => [...figure.querySelectorAll("path")].map(path => {
  const at = length => {
    const {x, y} = path.getPointAtLength(length)
    const turned = getComputedStyle(path).transform
    const centre = path.ownerSVGElement.viewBox.baseVal.width / 2
    const {a, b, c, d} = new DOMMatrix(turned), [right, down] = [x - centre, y - centre]
    const box = path.ownerSVGElement.getBoundingClientRect()
    return [box.left + (a * right + c * down + centre) / 2 / centre * box.width,
      box.top + (b * right + d * down + centre) / 2 / centre * box.height] }
  return [at(0), at(path.getTotalLength())] })"""


@pytest.fixture
def gaze(visit, site):
    """Open the first drawing of a page, without script; the mouse is elsewhere."""

    def new(name="en/soft-search.html", at=0, **options):
        tab = visit(f"{site.as_uri()}/", **{**WIDE, **STILL, **options})
        figure = tab.open(name).locator("figure.gaze").nth(at)
        figure.scroll_into_view_if_needed()
        return figure

    return new


def pick(figure, value):
    figure.locator(f"fieldset label:has([value='{value}'])").click()


def words(figure):
    return figure.locator(".lines label:visible")


def test_a_click_shows_another_view_without_script(gaze):
    figure = gaze()
    assert figure.evaluate(SHOWN) == [1, 0]
    pick(figure, "map")
    assert figure.evaluate(SHOWN) == [0, 1]
    cell = figure.locator("tbody td").nth(5)
    box = cell.bounding_box()
    assert abs(box["width"] - box["height"]) < 1
    shade = cell.evaluate(SHADE, ["backgroundColor", False])
    pick(figure, "table")
    assert figure.evaluate(SHOWN) == [0, 1]
    assert shade != cell.evaluate(SHADE, ["backgroundColor", False])
    assert cell.inner_text() == "0.85"
    pick(figure, "lines")
    assert figure.evaluate(SHOWN) == [1, 0]


def test_each_moment_of_a_training_shows_its_own(gaze):
    figure = gaze("first-try.html")
    titles = figure.locator("fieldset").nth(1).locator("label").all_inner_texts()
    assert len(titles) == 5
    seen = set()
    for value in range(1, 6):
        pick(figure, f"{value}")
        assert figure.evaluate(SHOWN) == [1, 0]
        lines = figure.locator(".asks:visible")
        seen.add(lines.inner_html())
    assert len(seen) == 5
    pick(figure, "map")
    assert figure.evaluate(SHOWN) == [0, 1]


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_lines_begin_and_end_at_their_words(gaze, size):
    """In rows where there is room, else in columns."""
    figure = gaze(**size)
    (o, _, _, *_, hat) = places = figure.evaluate(PLACES)
    across = abs(o[1] - hat[1]) > 60
    assert across == (size is WIDE)
    along = 0 if across else 1
    ends = figure.evaluate(ENDS)
    assert len(ends) == 9
    for number, (start, end) in enumerate(ends):
        assert abs(start[along] - places[number // 3][along]) < 2
        assert abs(end[along] - places[3 + number % 3][along]) < 2
        near, far = places[0][1 - along], places[3][1 - along]
        assert abs(start[1 - along] - near) < abs(start[1 - along] - far)


def test_a_word_under_the_mouse_shows_where_it_looks(gaze):
    figure = gaze()
    rest = figure.evaluate(OPACITIES)
    assert figure.evaluate(BESIDE) == []
    words(figure).nth(1).hover()
    rows = figure.evaluate(OPACITIES)
    assert set(rows[1]) == {"1"} and {*rows[0], *rows[2]} == {"0.06"}
    beside = figure.evaluate(BESIDE)
    assert [text for text, *_ in beside] == ["2%", "13%", "85%"]
    places = figure.evaluate(PLACES)[3:]
    assert all(abs(one[1] - at[0]) < 2 for one, at in zip(beside, places))
    figure.page.mouse.move(0, 0)
    assert figure.evaluate(OPACITIES) == rest


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_a_word_that_is_looked_at_shows_who_looks(gaze, size):
    figure = gaze(**size)
    words(figure).nth(5).hover()
    rows = figure.evaluate(OPACITIES)
    assert [row[2] for row in rows] == ["1"] * 3
    assert {one for row in rows for one in row[:2]} == {"0.06"}
    beside = figure.evaluate(BESIDE)
    assert [text for text, *_ in beside] == ["65%", "85%", "26%"]
    along = 0 if size is WIDE else 1
    for one, at in zip(beside, figure.evaluate(PLACES)):
        assert abs(one[1 + along] - at[along]) < 2


def test_a_line_under_the_mouse_is_its_words(gaze):
    figure = gaze()
    (x, y), _ = figure.evaluate(ENDS)[4]
    figure.page.mouse.move(x, y - 5)
    assert set(figure.evaluate(OPACITIES)[1]) == {"1"}


def test_keys_reach_each_view_and_each_word(gaze):
    """Three stops of Tab: the view, the moment, the words; arrows walk in each."""
    figure = gaze("en/first-try.html")
    keys = figure.page.keyboard
    focused = "figure => figure.querySelector(':focus')?.parentNode.textContent"
    figure.locator("[value=lines]").focus()
    keys.press("ArrowRight")
    assert figure.evaluate(SHOWN) == [0, 1]
    keys.press("ArrowLeft")
    keys.press("Tab")
    assert figure.evaluate(focused) == "step 0"
    for _ in range(3):
        keys.press("ArrowRight")
    assert figure.evaluate(focused) == "step 2,000"
    keys.press("Tab")
    reached = [figure.evaluate(focused)]
    shown = [figure.evaluate(BESIDE)]
    for _ in range(words(figure).count() - 1):
        keys.press("ArrowDown")
        reached.append(figure.evaluate(focused))
        shown.append(figure.evaluate(BESIDE))
    assert reached == words(figure).all_inner_texts()
    assert all(shown)  # beside each word that looks or is looked at
    keys.press("Tab")
    assert figure.evaluate(focused) is None


@pytest.mark.parametrize("name", ["first-try.html", "en/longer-sentence.html"])
def test_a_phone_has_room_for_all_of_it(gaze, name):
    figure = gaze(name, **PHONE)
    for view in VIEWS:
        pick(figure, view)
        assert figure.evaluate(OVERFLOW) == [], view
        page = figure.page.evaluate("document.documentElement.scrollWidth")
        assert page <= 360, view
        for label in figure.locator("label:visible").all():
            box = label.bounding_box()
            assert box["height"] >= 24, (view, box)
    pick(figure, "map")
    table = figure.locator(".table:visible")
    assert table.evaluate("one => one.scrollWidth - one.clientWidth") <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["soft-search.html", "self-attention.html"])
def test_what_is_drawn_stands_out_in_both_schemes(gaze, name, scheme):
    figure = gaze(name, color_scheme=scheme, java_script_enabled=True)
    paper = figure.page.locator("body").evaluate(PAPER)
    for path in figure.locator("path").all():
        if int(path.get_attribute("style").rpartition(":")[2]) >= 40:
            assert contrast(path.evaluate(SHADE, ["stroke", True]), paper) >= 3
    for word in figure.locator("label").all():
        assert contrast(word.evaluate(SHADE, ["color", False]), paper) >= 4.5
    pick(figure, "map")
    top = figure.locator("td[style='--w:100']").first
    assert contrast(top.evaluate(SHADE, ["backgroundColor", False]), paper) >= 3
    for cell in figure.locator("tbody td").all():
        ink = cell.evaluate(SHADE, ["color", False])
        assert contrast(ink, cell.evaluate(SHADE, ["backgroundColor", False])) >= 4.5


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_shuts_anybody_out(visit, server, view):
    page = visit(server, **WIDE).open("first-try.html")
    for figure in page.locator("figure.gaze").all():
        pick(figure, view)
    results = Axe().run(page, context="figure.gaze", options=AXE)
    assert results.violations_count == 0, results.generate_report()


def test_on_paper_all_moments_stand_without_controls(gaze):
    figure = gaze("en/first-try.html")
    figure.page.emulate_media(media="print")
    assert figure.evaluate(SHOWN) == [5, 0]
    assert figure.locator("fieldset:visible, input:visible").count() == 0
    titles = figure.locator(".lines").evaluate_all(
        "all => all.map(one => getComputedStyle(one, '::before').content)"
    )
    named = [f'"{one}"' for one in ("step 0", "step 50", "step 200", "step 2,000")]
    assert titles == [*named, '"gold"']
    assert figure.evaluate(OVERFLOW) == []


def test_on_paper_a_map_keeps_its_shades(gaze):
    figure = gaze("self-attention.html")
    laid_on = "cell => getComputedStyle(cell).backgroundColor"
    cell = figure.locator("tbody td").first
    shade = cell.evaluate(laid_on)
    figure.page.emulate_media(media="print")
    assert cell.evaluate(laid_on) == shade != "rgba(0, 0, 0, 0)"
    white = figure.page.locator("body").evaluate(laid_on)
    assert white == "rgb(255, 255, 255)"

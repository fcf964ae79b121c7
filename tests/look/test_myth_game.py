"""The game of myths in a real browser: played, kept, printed, and without a script."""

import gzip
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import AXE
from conftest import in_turn

SCRIPT = Path(__file__).parents[2] / "builder/look/assets/myths.js"
WORDS = {"myths.html": ("acertou", "errou"), "en/myths.html": ("correct", "wrong")}
PAGES = list(WORDS)
# The first three: false, half true, true.
RIGHT = [("2017", "false"), ("2015", "half"), ("intern", "true")]
SHIFTS = """() => new Promise(resolve => {
  const moved = [];
  new PerformanceObserver(list => moved.push(...list.getEntries()))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => resolve(moved.flatMap(one => one.sources)
    .map(one => one.node).filter(one => one?.parentElement?.closest("article"))
    .map(one => one.outerHTML ?? one.textContent)), 500); })"""


def answer(page, name, value):
    page.locator(f"label:has([name=myth-{name}][value={value}])").click()


def card(page, name):
    return page.locator(f".myth:has(#myth-{name})")


def score(page):
    return page.locator(".score output")


@in_turn("name", *PAGES)
def test_an_answer_shows_the_verdict_without_a_script(visit, base, name):
    page = visit(base, java_script_enabled=False).open(name)
    for part in page.locator(".verdict, .open, .mark, .said span, .score").all():
        assert not part.is_visible()
    assert page.locator(".lid:visible").count() == page.locator(".myth").count() == 18
    answer(page, "2017", "true")
    one = card(page, "2017")
    for part in (".verdict", ".open", ".mark.true", ".miss"):
        assert one.locator(part).is_visible(), part
    for part in (".mark.half", ".mark.false", ".hit", ".lid"):
        assert not one.locator(part).is_visible(), part
    assert page.locator(".verdict:visible").count() == 1
    answer(page, "2017", "false")
    assert one.locator(".hit").is_visible() and not one.locator(".miss").is_visible()
    assert one.locator(".mark:visible").get_attribute("class") == "mark false"
    # The style sheet counts, and the form itself begins anew.
    assert page.locator(".score").is_visible()
    page.locator(".score button").click()
    assert page.locator(".verdict:visible").count() == 0


def test_the_style_sheet_counts_where_no_script_does(visit, base):
    page = visit(base).open("en/myths.html")
    for name, value in [("2017", "true"), *RIGHT[1:]]:
        answer(page, name, value)
    page.evaluate("document.querySelector('.score output').textContent = ''")
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    said = [one["name"]["value"] for one in tree["nodes"] if one.get("name")]
    assert "2 of 3 right." in "".join(said)


def test_the_eye_looks_at_the_right_answer(visit, base):
    page = visit(base).open("en/myths.html")
    page.emulate_media(reduced_motion="reduce")
    for name, value in RIGHT:
        answer(page, name, "half")
        lit = card(page, name).locator(".beam").bounding_box()
        label = card(page, name).locator(f"label:has([value={value}])").bounding_box()
        edge = label["x"] + label["width"]
        if value != "true":
            assert abs(lit["x"] + lit["width"] - edge) < 8
        if value != "false":
            assert abs(lit["x"] - label["x"]) < 8
        assert abs(label["y"] + label["height"] - lit["y"]) < 1


@in_turn("name", *PAGES)
def test_the_score_counts_stays_and_begins_anew(visit, base, name):
    tab = visit(base)
    page, (hit, miss) = tab.open(name), WORDS[name]
    for done, (myth, value) in enumerate(RIGHT, start=1):
        answer(page, myth, value)
        told = score(page).inner_text().lower()
        assert hit in told and told.count(str(done)) == 2, told
    answer(page, "word", "true")
    told = score(page).inner_text().lower()
    assert miss in told and "3" in told and "4" in told
    answer(page, "word", "half")  # another answer is no further one
    assert "4" in score(page).inner_text()
    page.reload()
    assert page.locator(".verdict:visible").count() == 4
    assert card(page, "word").locator(".miss").is_visible()
    told = score(page).inner_text().lower()
    assert "3" in told and "4" in told and hit not in told
    other = next(one for one in PAGES if one != name)
    assert tab.open(other).locator(".verdict:visible").count() == 4
    page.locator(".score button").click()
    assert page.evaluate("document.activeElement.name") == "myth-2017"
    page.reload()
    assert page.locator(".verdict:visible").count() == 0
    assert not page.locator(".score").is_visible()


@in_turn("width", 360, 1280)
def test_answers_of_last_time_come_back_without_a_shift(visit, base, width):
    page = visit(base, viewport={"width": width, "height": 900}).open("myths.html")
    for myth, value in RIGHT:
        answer(page, myth, value)
    for place in ("#myth-2015", "h1"):
        page.locator(place).scroll_into_view_if_needed()
        page.reload()
        assert page.locator(".verdict:visible").count() == 3
        assert page.evaluate(SHIFTS) == []


def test_the_game_plays_where_nothing_may_be_kept(visit, base):
    tab = visit(base)
    tab.context.add_init_script(
        """const known = localStorage;
        Object.defineProperty(window, "localStorage", {get() {
          if (Error().stack.includes("at keep")) throw new DOMException("no");
          return known; }})"""
    )
    page = tab.open("en/myths.html")
    for myth, value in RIGHT:
        answer(page, myth, value)
    assert score(page).inner_text() == "✓ Correct. 3 of 3 right."
    page.locator(".score button").click()
    assert page.locator(".verdict:visible").count() == 0


def test_answers_of_another_page_and_of_before_do_no_harm(visit, base):
    tab = visit(base)
    tab.context.add_init_script(
        "try { localStorage['attention myths'] ="
        " 'myth-gone=true&myth-2015=maybe&myth-2017=false' } catch {}"
    )
    page = tab.open("en/myths.html")
    assert page.locator(".verdict:visible").count() == 1
    assert score(page).text_content() == "1 of 1 right."


def test_emptying_the_search_leaves_the_score_alone(visit, base):
    page = visit(base).open("en/myths.html")
    answer(page, *RIGHT[0])
    page.locator(".md-search__form").evaluate("form => form.reset()")
    assert score(page).inner_text() == "✓ Correct. 1 of 1 right."
    page.reload()
    assert page.locator(".verdict:visible").count() == 1


def test_keys_suffice(visit, base):
    page = visit(base).open("en/myths.html")
    page.locator("[name=myth-2017]").first.focus()
    focused = page.locator(".myth label").first
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert focused.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Space")
    assert card(page, "2017").locator(".miss").is_visible()
    page.keyboard.press("ArrowLeft")
    assert card(page, "2017").locator(".hit").is_visible()
    page.keyboard.press("Enter")  # sends nothing
    assert page.url.endswith("myths.html")
    assert score(page).inner_text() == "✓ Correct. 1 of 1 right."
    assert score(page).evaluate("one => one.closest('[aria-live], output').localName")


def test_a_card_has_the_name_of_its_statement_and_tells_nothing_before(visit, base):
    page = visit(base).open("en/myths.html")
    group = page.get_by_role("group", name="Bahdanau’s paper is from 2015.", exact=True)
    assert group.get_by_role("radio").count() == 3
    tree = group.aria_snapshot()
    assert "first version" not in tree and "Correct" not in tree and "✓" not in tree


def test_a_note_leads_back_into_a_card_that_nobody_opened(visit, base):
    page = visit(base).open("en/myths.html#fnref:iclr2025tot")
    assert card(page, "award").locator(".verdict").is_visible()
    assert page.locator(".verdict:visible").count() == 1


@pytest.mark.parametrize("name", PAGES)
def test_paper_shows_every_verdict_and_no_controls(visit, server, name):
    page = visit(server, color_scheme="dark").open(name)
    answer(page, "2017", "true")
    page.emulate_media(media="print")
    assert page.locator(".verdict:visible").count() == 18
    assert page.locator(".open:visible").count() == 18
    for part in ("input", ".mark", ".said span", ".score", ".lid", ".myth button.x"):
        assert page.locator(f".myth {part}:visible, {part}.score:visible").count() == 0
    bold = "one => getComputedStyle(one).fontWeight"
    weights = [one.evaluate(bold) for one in page.locator(".myth label").all()[:9]]
    assert [weight == "700" for weight in weights] == [
        *(False, False, True),
        *(False, True, False),
        *(True, False, False),
    ]


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (360, "dark"), (1280, "light")]
)
def test_the_game_fits_and_can_be_hit(visit, server, width, scheme):
    size = {"width": width, "height": 800}
    tab = visit(server, viewport=size, has_touch=width < 500, color_scheme=scheme)
    for name in PAGES:
        page = tab.open(name)
        page.evaluate("""document.querySelectorAll("input[value=true]")
          .forEach(one => one.click())""")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for label in page.locator(".myth label").all()[:6]:
            assert label.bounding_box()["height"] >= 43.9
            assert label.evaluate("one => one.scrollWidth <= one.clientWidth + 1")
        bar = page.locator(".score").bounding_box()
        assert bar["x"] >= 0 and bar["x"] + bar["width"] <= width
        assert page.locator(".score button").bounding_box()["height"] >= 24
        found = Axe().run(page, "article", AXE)
        assert found.violations_count == 0, found.generate_report()


def test_notes_beside_a_card_stand_clear_of_it(visit, server):
    page = visit(server, viewport={"width": 1280, "height": 900}).open("myths.html")
    answer(page, *RIGHT[0])
    one = card(page, "2017")
    box = one.bounding_box()
    notes = [note.bounding_box() for note in one.locator("small.margin").all()]
    assert len(notes) == 3
    assert all(note["x"] > box["x"] + box["width"] for note in notes)
    assert all(note["x"] + note["width"] <= 1280 for note in notes)


def test_the_script_is_light_and_on_this_page_alone(pages):
    assert len(gzip.compress(SCRIPT.read_bytes(), 9)) < 1000
    having = [
        name
        for name, soup in pages.items()
        if any("attention myths" in tag.get_text() for tag in soup("script"))
    ]
    assert sorted(having) == ["en/myths.html", "myths.html"]

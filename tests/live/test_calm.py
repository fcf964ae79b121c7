"""Live Python steps back: code at rest is only code, and nothing on a page moves."""

import json

import pytest
from test_live import DRAWS, Notebook

OPACITY = "node => +getComputedStyle(node).opacity"
FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const bar = one.closest(".live, .live-bar");
  return [one.textContent, style.outlineStyle, style.opacity, bar?.className]; }"""
# Every shift that the browser saw, those soon after a click too.
SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => list.getEntries().forEach(entry => shifts.push(
  [entry.value, ...entry.sources.map(one => one.node?.className ?? "")])))
  .observe({ type: "layout-shift", buffered: true });
"""
MOUSE = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
PHONE["is_mobile"] = True


def buttons(page, number):
    return page.locator(".cell").nth(number - 1).locator(".live > button")


def test_buttons_come_with_the_pointer_or_the_focus(visit, server):
    page = visit(server, reduced_motion="reduce", **MOUSE).open("en/soft-search.html")
    first, second = buttons(page, 1), buttons(page, 2)
    assert first.all_inner_texts() == ["Run all", "Copy", "Run", "Edit", "···"]
    assert {one.evaluate(OPACITY) for one in first.all()} == {1}  # says that it runs
    assert {one.evaluate(OPACITY) for one in second.all()} == {0}
    page.locator(".cell pre").nth(1).hover()
    assert {one.evaluate(OPACITY) for one in second.all()} == {1}
    page.mouse.move(0, 0)
    assert {one.evaluate(OPACITY) for one in second.all()} == {0}
    first.last.focus()
    walked = []
    for _ in range(20):
        page.keyboard.press("Tab")
        text, outline, opacity, bar = page.evaluate(FOCUS)
        if bar:
            walked.append(text)
            assert outline == "solid" and opacity == "1"
    assert walked[:4] == ["Copy", "Run", "Edit", "···"]


def test_what_is_asked_for_rarely_is_one_press_away(visit, server):
    page = visit(server, **MOUSE).open("en/soft-search.html")
    cell = page.locator(".cell").nth(1)
    block = cell.locator("[data-live=block]")
    assert not block.is_visible()
    cell.locator("[popovertarget]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert block.evaluate("one => one == document.activeElement")
    page.keyboard.press("Escape")
    assert not block.is_visible()
    assert cell.locator("[popovertarget]").evaluate("one => one.matches(':focus')")


def test_a_finger_finds_the_buttons(visit, server):
    page = visit(server, **PHONE).open("soft-search.html")
    for number in (1, 2):
        for one in buttons(page, number).all():
            box = one.bounding_box()
            assert one.evaluate(OPACITY) == 1
            assert box["height"] >= 24 and box["width"] >= 24
            assert box["x"] >= 0 and box["x"] + box["width"] <= 360


def shifts(page):
    page.wait_for_timeout(300)
    return page.evaluate("shifts.splice(0)")


def test_nothing_moves_while_cells_run(visit, site):
    """On a phone, where there is least room; each output comes while it is in sight."""
    tab = visit(f"{site.as_uri()}/", **PHONE)
    tab.context.add_init_script(SHIFTS)
    one = Notebook(tab, "en/self-attention.html")
    last = one.first(DRAWS)
    for number in range(1, last + 1):
        cell = one.cell(number)
        one.open(number)
        cell.evaluate("node => node.scrollIntoView({ block: 'center' })")
        assert number > 1 or shifts(one.page) == []  # nor as the page came
        one.page.wait_for_timeout(100)
        one.page.evaluate("shifts.splice(0)")  # the fold that was opened
        for _ in range(1 + (number == 2)):  # and once more, in place of its own
            cell.locator("[data-live=run]").click()
            one.settled(number)
            assert one.state(number) == "same"
            assert shifts(one.page) == [], number


@pytest.mark.parametrize("size", [MOUSE, PHONE], ids=["mouse", "phone"])
@pytest.mark.parametrize("lines", [1, 40])
def test_nothing_moves_when_kept_edits_come_back(visit, site, size, lines):
    tab = visit(f"{site.as_uri()}/", **size)
    one = Notebook(tab, "en/self-attention.html")
    original = one.cell(2).locator("code").text_content().rstrip("\n")
    edits = json.dumps({2: [original, "\n".join(["print('mine')"] * lines)]})
    one.page.evaluate("text => localStorage[`live ${location.pathname}`] = text", edits)
    tab.context.add_init_script(SHIFTS)
    one.page.reload()
    editor = one.cell(2).locator(".cm-editor")
    editor.wait_for()
    editor.evaluate("node => node.scrollIntoView({ block: 'center' })")
    one.page.reload()
    editor.wait_for()
    assert "Your changes" in one.page.locator(".live-message").inner_text()
    assert shifts(one.page) == []
    before = editor.bounding_box()["height"]
    one.cell(2).locator(".cm-content").focus()  # who goes into it sees all of it
    after = editor.bounding_box()["height"]
    assert after > 500 if lines > 1 else after < before


def test_an_editor_is_as_tall_as_the_code_it_stands_for(visit, site):
    for size in (MOUSE, PHONE):
        tab = visit(f"{site.as_uri()}/", **size)
        one = Notebook(tab, "en/soft-search.html")
        for number in (1, 2):
            before = one.cell(number).bounding_box()["height"]
            one.press(number, "edit")
            one.cell(number).locator(".cm-editor").wait_for()
            assert abs(one.cell(number).bounding_box()["height"] - before) < 1

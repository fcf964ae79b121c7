"""The picture of the first page, as a person meets it."""

import pytest


@pytest.fixture
def home(visit, server):
    return visit(server, viewport={"width": 1280, "height": 900}).open("index.html")


def lit(page):
    return page.evaluate(
        """() => [...document.querySelectorAll(".asks > div")]
          .filter(word => word.checkVisibility()
            && getComputedStyle(word.querySelector("label")).fontWeight == 700)
          .map(word => word.innerText.trim().split(/\\s/)[0])"""
    )


def test_play_lights_one_word_after_another_and_ends(home):
    home.clock.install()
    home.reload()
    assert lit(home) == []
    play = home.get_by_role("button", name="Palavra por palavra")
    play.click()
    home.mouse.move(0, 0)
    seen = [lit(home)]
    for _ in range(9):
        home.clock.run_for(900)
        seen.append(lit(home))
    words = "todos os dias a minha menina encontra o chapéu vermelho".split()
    assert seen == [[word] for word in words]
    home.clock.run_for(900)
    assert lit(home) == []
    assert home.get_by_role("button", name="Palavra por palavra").is_visible()


def test_the_picture_is_in_the_first_view_and_fits(visit, server):
    for width, height in ((1280, 800), (360, 740)):
        size = {"width": width, "height": height}
        page = visit(server, viewport=size).open("index.html")
        box = page.locator(".gaze .lines").first.bounding_box()
        assert box["y"] + box["height"] < height
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_a_script_or_with_less_motion_the_picture_is_still(visit, server):
    for how in ({"java_script_enabled": False}, {"reduced_motion": "reduce"}):
        page = visit(server, **how).open("index.html")
        assert page.locator(".gaze .lines path").count() > 50
        assert not page.locator(".play").is_visible()

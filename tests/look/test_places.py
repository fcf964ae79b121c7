"""Where one is: the menu follows, and the other language opens at the same section."""

from browser import until
from conftest import in_turn

WIDE = {"viewport": {"width": 1280, "height": 700}}
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
ACTIVE = "[...document.querySelectorAll('.nav .md-nav__link--active')].map(a => a.hash)"


def at_the_top(page, selector):
    """Whether something begins in the upper half of the window, below the header."""
    box = page.locator(selector).bounding_box()
    header = page.locator(".md-header").bounding_box()["height"]
    return header <= box["y"] < page.viewport_size["height"] / 2


def scroll_into(page, selector, further=0):
    page.locator(selector).evaluate(
        "(one, further) => scrollTo(0, one.offsetTop + further)", further
    )
    page.wait_for_timeout(100)


@in_turn(
    "name, section, read",
    ("self-attention.html", "#scale", 40),
    ("story.html", "#eyes", 400),
    ("glossary.html", "#softmax", -60),
    ("code.html", "#softmax", -60),
)
def test_the_other_language_opens_at_the_section_in_sight(
    visit, base, name, section, read
):
    page = visit(base, **WIDE).open(name)
    scroll_into(page, section, further=read)
    page.locator(".languages a").click()
    page.wait_for_url(f"{base}en/{name}{section}")
    assert at_the_top(page, section)
    page.locator(".languages a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}{name}{section}")


def test_the_other_language_opens_at_the_place_that_the_address_names(visit, base):
    """A short section at the end of a page never comes to the top of the window."""
    page = visit(base, **WIDE).open("en/self-attention.html#next")
    page.locator(".languages a").click()
    page.wait_for_url(f"{base}self-attention.html#next")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(100)
    page.locator(".languages a").click()
    page.wait_for_url(f"{base}en/self-attention.html")


def test_the_menu_follows_the_reader(visit, base):
    page = visit(base, **WIDE).open("self-attention.html")
    page.wait_for_timeout(300)
    assert page.evaluate(ACTIVE) == []
    for section in ("#scores", "#turn", "#exercises"):
        scroll_into(page, section, further=10)
        until(page, f"({ACTIVE}).join() == '{section}'", seconds=5)
    link = page.locator(".nav .md-nav__link--active")
    menu = page.locator(".md-sidebar__scrollwrap").first
    page.wait_for_timeout(500)
    link, menu = link.bounding_box(), menu.bounding_box()
    assert menu["y"] <= link["y"]
    assert link["y"] + link["height"] <= menu["y"] + menu["height"]


@in_turn("name", "self-attention.html", "en/story.html")
def test_the_menu_of_a_phone_opens_and_closes_at_the_section(visit, base, name):
    page = visit(base, **PHONE).open(name)
    current = page.locator(".nav [aria-current]")
    assert current.bounding_box()["x"] < 0
    page.locator("label.md-header__button[for=__drawer]").tap()
    page.wait_for_timeout(400)
    box = current.bounding_box()
    assert box["x"] >= 0 and 0 <= box["y"] < 740
    link = page.locator(".nav .md-nav__link").nth(3)
    section = link.get_attribute("href")
    link.tap()
    page.wait_for_url(f"{base}{name}{section}")
    page.wait_for_timeout(600)
    assert current.bounding_box()["x"] < 0
    assert at_the_top(page, section)


@in_turn("name", "self-attention.html", "en/story.html")
def test_the_contents_of_a_long_page_lead_to_its_sections(visit, base, name):
    page = visit(base, **PHONE).open(name)
    links = page.locator(".contents a")
    assert not links.first.is_visible()
    page.locator(".contents summary").tap()
    headings = page.locator("article h2[id]").evaluate_all(
        "all => all.map(one => '#' + one.id)"
    )
    assert headings == [link.get_attribute("href") for link in links.all()]
    links.nth(2).tap()
    page.wait_for_timeout(300)
    assert at_the_top(page, headings[2])

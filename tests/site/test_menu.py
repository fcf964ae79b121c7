"""The menu of each page: four parts, numbers in order, and where one is."""

from types import SimpleNamespace

import outputs
import pytest

from builder.build import Build

PARTS = {
    "": ["A história", "O caminho de 2014", "O que veio depois", "Para consultar"],
    "en/": [
        "The story",
        "The path of 2014",
        "What came of it",
        "To look things up",
    ],
}
NAMES = [f"{name}.html" for name in outputs.pages()]


def listed(soup):
    """The pages of a menu: [(part or None, number or None, title, link)]."""
    found = []
    for link in soup.select(".nav a:not(.md-nav__link)"):
        part = link.find_parent("ul").find_previous_sibling("p")
        number = link.b and int(link.b.get_text())
        title = "".join(link.find_all(string=True, recursive=False)).strip()
        found.append((part and part.get_text(), number, title, link))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_menu_has_four_parts_and_counts_the_chapters(pages, name):
    entries = listed(pages[name])
    parts = list(dict.fromkeys(part for part, *_ in entries))
    assert parts == [None, *PARTS["en/" if name.startswith("en/") else ""]]
    counted = [(number, part) for part, number, *_ in entries if number]
    assert [number for number, _ in counted] == list(range(1, len(counted) + 1))
    places = [parts.index(part) for _, part in counted]
    assert places == sorted(places) and set(places) == {2, 3}


@pytest.mark.parametrize("name", NAMES)
def test_a_menu_shows_where_one_is(pages, name):
    soup = pages[name]
    (current,) = [link for *_, link in listed(soup) if link.has_attr("aria-current")]
    assert current["aria-current"] == "page"
    assert current["href"] == name.removeprefix("en/")
    sections = [link["href"] for link in soup.select(".nav ol > li > a.md-nav__link")]
    assert sections == [f"#{h2['id']}" for h2 in soup.select("article h2[id]")]
    heading = soup.h1.find(string=True, recursive=False).strip()
    title = next(title for *_, title, link in listed(soup) if link is current)
    assert heading.startswith(title)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_its_part_and_what_comes_next(pages, name):
    """In words of the menu: the foot names the part where it changes."""
    soup = pages[name]
    entries = listed(soup)
    at = next(n for n, (*_, link) in enumerate(entries) if link.get("aria-current"))
    part, number, *_ = entries[at]
    kicker = soup.select_one(".kicker")
    assert (kicker and kicker.get_text().partition(" · ")[0]) == part
    assert not number or kicker.get_text().endswith(f" {number}")
    for rel, step in ("prev", -1), ("next", 1):
        way = soup.select_one(f".way[rel={rel}]")
        if not 0 <= at + step < len(entries):
            assert way is None
            continue
        there, its_number, title, link = entries[at + step]
        assert way["href"] == link["href"]
        count = f"{its_number}. " if its_number else ""
        assert way.span.get_text() == f"{count}{title}"
        told = way.small.get_text().partition(" · ")[2]
        assert told == (there if there and there != part else "")


def test_chapters_are_counted_as_the_menu_lists_them(tmp_path):
    """The story runs code too, and is no chapter; nor is a page of prose."""
    build = Build.__new__(Build)
    build.parts = [["index.md"], ["story.md"], ["b.md", "prose.md"], ["a.md"], []]
    prose = "index.md", "prose.md"
    build.read = lambda path: SimpleNamespace(
        name=path.name, is_notebook=path.name not in prose
    )

    def number(name):
        file = SimpleNamespace(abs_src_path=str(tmp_path / name), src_uri=f"en/{name}")
        return build.number(SimpleNamespace(file=file))

    names = ["index.md", "story.md", "b.md", "prose.md", "a.md", "elsewhere.md"]
    assert [number(name) for name in names] == [None, None, 1, None, 2, None]

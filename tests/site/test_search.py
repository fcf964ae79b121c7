"""The search index of a language; what is expected was written by hand."""

from builder.site import search


def index_of(*entries):
    names = "location", "title", "text"
    return {"config": {}, "docs": [dict(zip(names, entry)) for entry in entries]}


def test_an_index_has_its_own_language_only_below_its_own_folder():
    index = index_of(
        ("cats.html", "Gatos", ""),
        ("en/cats.html", "Cats", ""),
        ("en/cats.html#en/x", "More", ""),
    )
    assert search.own(index, "en") == index_of(
        ("cats.html", "Cats", ""), ("cats.html#en/x", "More", "")
    )


def test_an_index_of_the_first_language_keeps_its_addresses():
    index = index_of(("cats.html", "Cats", "<p>one</p>"))
    assert search.own(index, "") == index_of(("cats.html", "Cats", "<p>one</p>"))


def test_an_index_has_what_a_page_says_and_not_the_words_of_its_drawings():
    drawing = "<svg><text>two</text><text>words</text></svg>"
    html = f"<h1 id=a>A</h1><p>One {drawing}<b>line</b>.</p>{drawing}<p>Two</p>"
    parser = search.plugin.Parser()
    parser.feed(html)
    (section,) = parser.data
    assert "".join(section.text) == "<p>One line.</p><p>Two</p>"


def test_an_index_is_written_for_a_server_and_for_a_folder(tmp_path):
    search.write(tmp_path, {"docs": ["é"]})
    written = (tmp_path / "search/search_index.json").read_text(encoding="utf-8")
    assert written == '{"docs":["é"]}'
    written = (tmp_path / "search/search_index.js").read_text(encoding="utf-8")
    assert written == 'var __index = {"docs":["é"]}'

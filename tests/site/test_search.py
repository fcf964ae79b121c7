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


def test_an_index_finds_words_that_were_typed_without_accents():
    index = index_of(
        ("a.html", "Atenção", '<p>Você já leu: <b id="é">maçã</b>, maca, a.</p>')
    )
    (entry,) = search.own(index, "")["docs"]
    assert entry["text"] == (
        '<p>Você já leu: <b id="é">maçã</b>, maca, a.</p><p>atencao ja voce</p>'
    )


def test_an_index_is_written_for_a_server_and_for_a_folder(tmp_path):
    search.write(tmp_path, {"docs": ["é"]})
    written = (tmp_path / "search/search_index.json").read_text(encoding="utf-8")
    assert written == '{"docs":["é"]}'
    written = (tmp_path / "search/search_index.js").read_text(encoding="utf-8")
    assert written == 'var __index = {"docs":["é"]}'

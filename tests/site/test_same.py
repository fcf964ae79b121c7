"""What two sites say is compared, and nothing else of them."""

import pytest
from same import compare

PAGE = '<p id="a">Um <a href="b.html">gato</a>: <samp>0.33</samp></p>'
PAGE += '<pre class="highlight">x</pre>'


def sites(folder, html):
    for name, text in (("one", PAGE), ("other", html)):
        (folder / name).mkdir()
        (folder / name / "index.html").write_text(text, encoding="utf-8")
    return compare(folder / "one", folder / "other")


@pytest.mark.parametrize(
    ("old", "new"),
    [(">x<", ">y<"), ("<p id", "<p class='c' id"), ("<p ", "\n<p ")],
)
def test_code_and_marks_may_differ(tmp_path, old, new):
    assert sites(tmp_path, PAGE.replace(old, new)) == {}


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("gato", "cão", "words: 'Um gato: 0.33' and 'Um cão: 0.33'"),
        ("0.33", "0.34", "words: 'Um gato: 0.33' and 'Um gato: 0.34'"),
        ('"a"', '"z"', "id: ['a'] and ['z']"),
        ("b.html", "c.html", "href: ['b.html'] and ['c.html']"),
    ],
)
def test_a_word_a_number_an_id_and_an_address_may_not(tmp_path, old, new, kind):
    (told,) = sites(tmp_path, PAGE.replace(old, new)).values()
    assert [
        words.replace("gato :", "gato:").replace("cão :", "cão:") for words in told
    ] == [kind]


def test_a_page_of_one_site_only_is_told(tmp_path):
    sites(tmp_path, PAGE)
    (tmp_path / "one/en.html").write_text("")
    assert compare(tmp_path / "one", tmp_path / "other") == {
        "en.html": ["is in one of them only"]
    }

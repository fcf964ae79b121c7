"""The interface words of every language have the same keys, and a text each."""

import pytest

from builder.errors import PageError
from builder.site.words import read_words

WORDS = {
    "pt": "output: Saída\nlive:\n  run: Rodar\n",
    "en": "output: Output\nlive:\n  run: Run\n",
}


def read(folder, **changed):
    for lang, text in {**WORDS, **changed}.items():
        (folder / f"{lang}.yml").write_text(text, encoding="utf-8")
    return read_words(["pt", "en"], folder)


def test_words_are_read_by_language(tmp_path):
    words = read(tmp_path)
    assert words["pt"] == {"output": "Saída", "live": {"run": "Rodar"}}
    assert words["en"]["live"]["run"] == "Run"


@pytest.mark.parametrize(
    ("lang", "text", "message"),
    [
        ("en", "output: Output\nlive:\n  stop: Stop\n", "en.yml:3: live: run stands"),
        ("pt", WORDS["pt"] + "  stop: Parar\n", "en.yml:3: live: stop stands"),
        ("en", WORDS["en"] + "more: More\n", "pt.yml:1: more stands in en.yml"),
        ("en", "output: Output\nlive: Live\n", "en.yml:1: live stands in pt.yml"),
        ("en", WORDS["en"].replace("Run", "7"), "en.yml:3: live: run must be a text"),
        ("pt", "output: ''\n", "pt.yml:1: output must be a text, not ''"),
        ("pt", "", "pt.yml:1: holds no words"),
        ("pt", "output: a\noutput: b\n", "pt.yml:2: .* 'output' stands here twice"),
    ],
)
def test_a_word_that_is_missing_is_told(tmp_path, lang, text, message):
    with pytest.raises(PageError, match=message):
        read(tmp_path, **{lang: text})

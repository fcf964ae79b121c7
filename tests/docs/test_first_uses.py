"""No word before it is explained, in the order in which the pages are read."""

import first_uses
import pytest


@pytest.mark.parametrize("language", ["pt", "en"])
def test_each_word_is_explained_where_it_first_stands(site, language):
    assert len(first_uses.WORDS[language]) >= 28
    assert first_uses.gaps(site, language) == []


def test_a_word_that_comes_too_early_is_found(site, monkeypatch):
    monkeypatch.setitem(first_uses.WORDS, "en", {"softmax": "held back to show when"})
    ((word, page, text),) = first_uses.gaps(site, "en")
    assert (word, page) == ("softmax", "story") and "softmax" in text

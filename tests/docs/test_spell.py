"""What `make spell` reads, and that it sees a slip."""

import shutil

import pytest
import spell


def test_addresses_and_numbers_are_no_words():
    text = "See https://a.example/xyz, a.html, idsia.ch; the 3rd it\u2019s well-kept."
    assert spell.words(text) == {"See", "the", "it's", "well-kept"}


@pytest.mark.skipif(not shutil.which("hunspell"), reason="hunspell is not installed")
@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [("pt-BR", "atenção", "atenssão"), ("en", "attention", "attension")],
)
def test_a_slip_is_seen_and_an_own_word_is_not(tmp_path, language, right, wrong):
    own = tmp_path / "own.dic"
    own.write_text("Bahdanau\n", encoding="utf-8")
    text = {right, wrong, "Bahdanau"}
    assert spell.unknown(text, language, str(own)) == {wrong}

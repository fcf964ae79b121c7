"""The game: every statement has a verdict and a source, and no verdict wins by rote."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    lang: (ROOT / f"docs/{lang}/myths.md").read_text(encoding="utf-8")
    for lang in ("pt", "en")
}
ITEM = re.compile(r"^### (.+) \{#myth-([\w-]+) \.(\w+)\}\n\n(.+)\n", re.MULTILINE)


def items(lang):
    return ITEM.findall(PAGES[lang])


def test_every_statement_has_a_verdict():
    for lang, count in {"pt": "dezoito", "en": "eighteen"}.items():
        assert len(items(lang)) == PAGES[lang].count("\n### ") == 18
        assert count in PAGES[lang] and count.capitalize() in PAGES[lang]


def test_both_languages_judge_alike():
    pt, en = items("pt"), items("en")
    assert [item[1:3] for item in pt] == [item[1:3] for item in en]


def test_no_verdict_is_a_safe_guess():
    verdicts = [item[2] for item in items("en")]
    counted = Counter(verdicts)
    assert counted.keys() == {"true", "half", "false"}
    assert all(4 <= number <= 8 for number in counted.values())
    for start in range(len(verdicts) - 2):  # nor the same one three times over
        assert len(set(verdicts[start : start + 3])) > 1


@pytest.mark.parametrize("lang", ["pt", "en"])
def test_every_answer_has_a_source(lang):
    assert all("[@" in item[3] for item in items(lang))


@pytest.mark.parametrize("lang", ["pt", "en"])
def test_no_reason_repeats_the_verdict(lang):
    """The build writes it: a second one could say another."""
    for item in items(lang):
        assert not re.match(r"\*\*|True|Half|False|Verda|Meia|Fals", item[3]), item

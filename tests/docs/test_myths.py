"""The quiz: every sentence has a verdict, the same in both languages."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    lang: (ROOT / f"docs/{lang}/myths.md").read_text(encoding="utf-8")
    for lang in ("pt", "en")
}
ITEM = re.compile(
    r'<details markdown="1" id="(myth-[\w-]+)"><summary>(\d+)\. (.+?)</summary>\n\n'
    r"\*\*(\w[\w ]+)(.*?)\n\n</details>",
    re.DOTALL,
)
VERDICTS = {"Errado": "False", "Meia verdade": "Half true", "Certo": "True"}


def items(lang):
    return ITEM.findall(PAGES[lang])


def test_every_sentence_is_numbered_and_has_a_verdict():
    for lang, count in {"pt": "dezoito", "en": "eighteen"}.items():
        found = items(lang)
        assert len(found) == PAGES[lang].count("<details") == 18
        assert [int(item[1]) for item in found] == list(range(1, 19))
        assert count in PAGES[lang] and count.capitalize() in PAGES[lang]


def test_both_languages_judge_alike():
    pt, en = items("pt"), items("en")
    assert [VERDICTS[item[3]] for item in pt] == [item[3] for item in en]
    assert [item[0] for item in pt] == [item[0] for item in en]
    assert {item[3] for item in en} == set(VERDICTS.values())


@pytest.mark.parametrize("lang", ["pt", "en"])
def test_every_answer_has_a_source(lang):
    assert all("[@" in item[4] for item in items(lang))


def test_the_quiz_needs_no_script(chromium, site):
    page = chromium.new_page(java_script_enabled=False)
    page.goto((site / "myths.html").as_uri())
    answer = page.locator("#myth-2017 p")
    assert not answer.is_visible()
    page.click("#myth-2017 summary")
    assert answer.is_visible()
    page.close()

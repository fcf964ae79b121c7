"""Two originals that say the same: what the build does not compare already."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(path.name for path in (ROOT / "docs/pt").glob("*.md"))
LINK = re.compile(r"\]\(([^)\s]+)\)")
NOTE = re.compile(r"\[\^\w+\](?!:)|\[@[^\[\]]+\]")  # a footnote or a citation
KEY = re.compile(r"@([\w-]+)")
PLACE = re.compile(r"\d+")
VALUE = re.compile(r"\{\{\s*(\w+)\s*:?\s*([^}\s]*)\s*\}\}")
OPTION = re.compile(r"^```python.*?values=\"([^\"]*)\"", re.MULTILINE)
CODE = re.compile(r"^```python.*?^```$", re.MULTILINE | re.DOTALL)


def both(name):
    texts = [
        (ROOT / "docs" / lang / name).read_text(encoding="utf-8")
        for lang in ("pt", "en")
    ]
    return [CODE.sub("[code]", text) for text in texts], texts


def test_most_pages_have_notes():
    assert sum(bool(NOTE.search(both(name)[1][0])) for name in NAMES) > 8


@pytest.mark.parametrize("name", NAMES)
class TestTheTwoPagesHave:
    def test_the_same_links(self, name):
        (pt, en), _ = both(name)
        assert LINK.findall(pt) == LINK.findall(en)

    def test_the_same_notes(self, name):
        notes = [NOTE.findall(text) for text in both(name)[0]]
        alike = [
            [KEY.findall(note) + PLACE.findall(note) or note for note in found]
            for found in notes
        ]
        assert alike[0] == alike[1]

    def test_the_same_numbers_of_the_run(self, name):
        (pt, en), whole = both(name)
        assert sorted(VALUE.findall(pt)) == sorted(VALUE.findall(en))
        assert OPTION.findall(whole[0]) == OPTION.findall(whole[1])

    def test_the_same_paragraphs(self, name):
        kinds = []
        for text in both(name)[0]:
            blocks = re.split(r"\n{2,}", text.strip())
            kinds.append([re.match(r"[#>$<\[]*|[-\d]", b)[0][:1] for b in blocks])
        assert kinds[0] == kinds[1]

    def test_the_same_figures_and_formulas(self, name):
        for pattern in (r"<svg.*?>", r"\$\$.*?\$\$", r"<details", r"<path [^>]*>"):
            counts = [re.findall(pattern, text, re.DOTALL) for text in both(name)[0]]
            if pattern == r"<svg.*?>":
                counts = [len(found) for found in counts]
            assert counts[0] == counts[1], pattern

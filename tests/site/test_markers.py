"""No marker of our sources is left in what a reader gets.

A shell that ignores what we add to Markdown would leave them all, and fail nothing.
"""

import json
import re
from pathlib import Path

import nbformat
import pytest
from bs4 import Comment

DOCS = Path(__file__).resolve().parents[2] / "docs"
OPTIONS = "caption|alt|table|gaze|rows|columns|fold|values|limit|short|takes"
MARKERS = {  # as the sources write it; no letter of any page looks like it
    "code brought in": r"--8<--",
    "a value": r"\{\{",
    "a citation": r"\[@",
    "a note": r"\[\^[^\]\s]+\]",
    "a formula on lines of its own": r"\$\$",
    "an id": r"\{ ?[#:.]",
    "a fence": r"```|~~~",
    "an option of a fence": rf"""(?<![\w-])(?:{OPTIONS})=(?:"|&quot;)\w""",
    "a place for a list": r"<!--|&lt;!--",
}
# A notebook reads fences, formulas and comments itself; of notes see below.
READ = {"a formula on lines of its own", "a note", "a fence", "a place for a list"}


def left(text, names):
    """Find markers in a text: ["a value: 'there are {{ total'", ...]."""
    return [
        f"{name}: {text[max(0, found.start() - 20) : found.end() + 20]!r}"
        for name in sorted(names)
        for found in re.finditer(MARKERS[name], text)
    ]


@pytest.mark.parametrize("name", MARKERS)
def test_the_sources_have_each_marker(name):
    texts = (path.read_text(encoding="utf-8") for path in DOCS.glob("*/*.md"))
    assert any(re.search(MARKERS[name], text) for text in texts)


def test_no_page_has_one(site):
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        # Attributes are written with the same sign as options of a fence.
        text = re.sub(r"<\w[^>]*>", " ", html)
        assert not left(text, MARKERS), path
        assert not left(html, MARKERS.keys() - {"an option of a fence"}), path


def test_every_place_for_an_output_was_taken(pages):
    for name, soup in pages.items():
        assert not soup.find_all(string=lambda text: isinstance(text, Comment)), name
        assert not soup.select("[data-output], [markdown]"), name
        assert not soup.select("article div:empty"), name


def test_no_search_finds_one(site):
    for path in site.rglob("search_index.json"):
        entries = json.loads(path.read_text(encoding="utf-8"))["docs"]
        for entry in entries:
            assert not left(f"{entry['title']} {entry['text']}", MARKERS), entry


def test_no_download_has_one(site):
    notebooks = list(site.rglob("*.ipynb"))
    assert len(notebooks) >= 12
    for path in notebooks:
        cells = nbformat.read(path, as_version=4).cells
        text = "\n".join(cell.source for cell in cells)
        script = path.with_suffix(".py").read_text(encoding="utf-8")
        for one in (text, re.sub("(?m)^# ?", "", script)):
            assert not left(one, MARKERS.keys() - READ), path
            notes = re.findall(r"(?m)(?<!^)\[\^([^\]\s]+)\]", one)
            written = re.findall(r"(?m)^\[\^([^\]\s]+)\]:", one)
            assert sorted(set(notes)) == sorted(written), f"{path}: a note is not in it"

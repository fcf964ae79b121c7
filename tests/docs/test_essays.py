"""A chapter is an essay: what stands in sight, and how much of it."""

import re
import sys
from pathlib import Path

import outputs
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from builder.notebook.chapter import read_chapter

CHAPTERS = outputs.chapters()
LINES, COLUMNS, OF_A_CHAPTER, WORDS = 25, 72, 110, 2200


@pytest.fixture(params=CHAPTERS)
def chapter(request):
    folder, _, name = request.param.rpartition("/")
    path = ROOT / "docs" / (folder or "pt") / f"{name}.md"
    return read_chapter(path, ROOT / "snippets")


def in_sight(chapter):
    return [cell for cell in chapter.code if "fold" not in cell.options]


def lines_of(source):
    return [line for line in source.split("\n") if line.strip()]


def test_code_in_sight_is_little(chapter):
    whole = 0
    for cell in in_sight(chapter):
        lines = lines_of(cell.source)
        assert len(lines) <= LINES, f"cell {cell.number}: {len(lines)} lines"
        wide = [line for line in lines if len(line) > COLUMNS]
        assert not wide, f"cell {cell.number}: {wide[0]}"
        assert "noqa" not in cell.source
        whole += len(lines)
    assert 0 < whole <= OF_A_CHAPTER


def test_nothing_in_sight_only_feeds_the_page(chapter):
    """Plots, tables and numbers for the prose are made out of sight."""
    for cell in in_sight(chapter):
        words = "plt.", "print_table(", "print_weights(", "length_curves("
        assert not any(word in cell.source for word in words), f"cell {cell.number}"
        assert not {"caption", "table", "gaze"} & {*cell.options}


def test_a_chapter_is_read_in_one_sitting(chapter):
    text = "\n".join(cell.source for cell in chapter.cells if not cell.is_code)
    text = re.sub(r"\[@[^\]]*\]|\]\([^)]*\)|\$\$.*?\$\$|<[^>]*>", " ", text, flags=re.S)
    words = re.findall(r"\w+", text)
    assert len(words) <= WORDS

"""A printed table; what is expected was written by hand."""

import pytest

from builder.output import table


def test_a_printed_table_becomes_a_table_of_the_page():
    printed = "| a   | <b> |\n| :-- | --: |\n| x&y |   1 |\n|     |  -2 |"
    assert table.to_html(printed, 'De "A" & B') == (
        '<div class="table" tabindex="0"><table class="numbers">'
        "<caption>De &quot;A&quot; &amp; B</caption>"
        '<thead><tr><th scope="col">a</th>'
        '<th scope="col" class="number">&lt;b&gt;</th></tr></thead>'
        '<tbody><tr><th scope="row">x&amp;y</th><td class="number">1</td></tr>'
        '<tr><td></td><td class="number">-2</td></tr></tbody>'
        "</table></div>"
    )


@pytest.mark.parametrize(
    "rule", ["| -- | 1 |", "| -- |  |", "| == | == |", "| : | - |"]
)
def test_a_table_needs_a_rule(rule):
    with pytest.raises(ValueError, match="second row of a printed table is its rule"):
        table.to_html(f"| a | b |\n{rule}\n| 1 | 2 |", "x")


def test_a_table_of_one_row_has_no_rule():
    with pytest.raises(ValueError, match="second row of a printed table is its rule"):
        table.to_html("| a | b |", "x")


@pytest.mark.parametrize(
    "printed",
    ["| a | b |\n| - | - |\n| 1 |", "| a |\n| - |\n| 1 | 2 |", "| a | b |\n| - |"],
)
def test_rows_of_a_table_have_as_many_cells_as_its_head(printed):
    with pytest.raises(ValueError, match="different numbers of cells"):
        table.to_html(printed, "x")

"""A program takes along the rows of a table that it names, and else all of them."""

import pytest

from builder.program.rows import with_rows_named
from builder.program.statement import statements_of

TABLE = """# What five seeds gave.
MARKS = {
    "a": [1,
        2],
    "b": {"a": 3},
    "c": [4],
}"""


def shortened(use, table=TABLE):
    made = [*statements_of(table, file="seeds.py"), *statements_of(use, cell=1)]
    text = "\n".join(one.text for one in with_rows_named(made))
    return text.removesuffix(f"\n{use}")


@pytest.mark.parametrize(
    ("use", "left_out"),
    [
        ('x = MARKS["b"]', ['"a": [1,', "2],", '"c"']),
        ('x = [row for row in MARKS["a"]] + MARKS["c"]', ['"b"']),
        ('def f():\n    return MARKS["c"][0]', ['"a"', "2],", '"b"']),
    ],
)
def test_rows_that_nobody_names_are_left_out(use, left_out):
    text = shortened(use)
    assert text.startswith("# What five seeds gave.\nMARKS = {\n")
    assert not any(part in text for part in left_out)
    before, after = {}, {}
    exec(f"{TABLE}\n{use}", before)
    exec(f"{text}\n{use}", after)
    assert before.get("x") == after.get("x")


@pytest.mark.parametrize(
    "use",
    [
        "x = MARKS",
        'x = [MARKS[name] for name in ("a", "b")]',
        'x = MARKS["a"], len(MARKS)',
        'x = MARKS["d"]',  # an error of the page's own, which it shall show
        'x = MARKS["a"] + MARKS["c"] + [MARKS["b"]]',
    ],
)
def test_a_table_that_is_used_otherwise_stays_whole(use):
    assert shortened(use) == TABLE


def test_a_table_of_the_page_stays_as_it_is_shown():
    made = [*statements_of(TABLE, cell=1), *statements_of('x = MARKS["a"]', cell=2)]
    assert [one.text for one in with_rows_named(made)] == [one.text for one in made]


def test_rows_of_one_line_stay():
    table = 'T = {"a": 1, "b": 2}'
    assert shortened('x = T["a"]', table) == table

"""What came out of the cells; what is expected was written by hand."""

import json

import pytest
from made import chapter_of

from builder.errors import PageError
from builder.notebook import run
from builder.notebook.chapter import Cell
from builder.notebook.run import Result


def executed(*outputs, number=1):
    return {"cells": [{"metadata": {"page_cell": number}, "outputs": list(outputs)}]}


def test_outputs_are_read_as_text_figures_and_values():
    found = run.results(
        executed(
            {"output_type": "stream", "name": "stdout", "text": "a\n"},
            {"output_type": "display_data", "data": {run.VALUES: {"n": 3}}},
            {
                "output_type": "display_data",
                "data": {"image/svg+xml": "<svg/>", "text/plain": "<Figure>"},
            },
            {"output_type": "stream", "name": "stdout", "text": "b\n"},
        ),
        chapter_of(Cell("", 3, 1, {}), Cell("", 9, 2, {})),
    )
    assert found == {1: Result("a\nb\n", ["<svg/>"], {"n": 3}), 2: Result()}


@pytest.mark.parametrize(
    ("stray", "cause"),
    [
        (
            {"output_type": "stream", "name": "stderr", "text": " miau\n"},
            "wrote to standard error, which no page shows: miau",
        ),
        (
            {"output_type": "execute_result", "data": {"text/plain": "42"}},
            r"ends in a value \(42\); print\(\) what a page shows",
        ),
        (
            {"output_type": "display_data", "data": {"text/html": "<b>"}},
            "gave an output that no page can show: text/html",
        ),
        (
            {"output_type": "error", "ename": "ValueError", "evalue": "no"},
            "gave an output that no page can show: ValueError: no",
        ),
    ],
)
def test_stray_output_is_an_error_of_its_cell(stray, cause):
    with pytest.raises(PageError, match=f"docs/pt/page.md:3: cell 1: {cause}$"):
        run.results(executed(stray), chapter_of(Cell("", 3, 1, {})))


def test_the_notebook_that_runs_has_the_code_and_hands_values_over():
    chapter = chapter_of(
        Cell("Prosa.", 1),
        Cell("a = b = 1", 3, 1, {"values": "a b"}),
        Cell("print(a)", 7, 2, {"fold": "x"}),
    )
    cells = json.loads(run.runnable(chapter))["cells"]
    assert [(c["metadata"]["page_cell"], c["source"]) for c in cells] == [
        (1, "a = b = 1"),
        (1, "_hand_over(a=a, b=b)"),
        (2, "print(a)"),
    ]


def test_prose_and_captions_are_no_part_of_what_runs():
    here = chapter_of(Cell("Um.", 1), Cell("a", 3, 1, {"caption": "x", "alt": "y"}))
    there = chapter_of(Cell("Dois.", 1), Cell("a", 99, 1, {"caption": "z", "alt": ""}))
    assert run.runnable(here) == run.runnable(there)


class Raised(Exception):
    """As the notebook client reports a raising cell."""

    def __init__(self, ename, evalue, report):
        super().__init__(report)
        self.ename, self.evalue = ename, evalue


@pytest.mark.parametrize(
    ("report", "message"),
    [
        (
            "----\n\x1b[36mCell\x1b[39m\x1b[36m In[3]\x1b[39m, line 2\nCell In[1]",
            "docs/pt/page.md:7: cell 2: NameError: no m (line 2 of the cell: print(m))",
        ),
        (
            "Cell In[1], line 1",
            "docs/pt/page.md:3: cell 1: NameError: no m (line 1 of the cell: a = 1)",
        ),
        (
            "Cell In[2], line 1",
            'docs/pt/page.md:3: cell 1: NameError: no m (its option values="a")',
        ),
        (
            "in the following cell:\n------\nb = 2\n  print(m)\n------\nNameError",
            "docs/pt/page.md:7: cell 2: NameError: no m",
        ),
    ],
)
def test_a_raising_cell_is_told_with_its_line(report, message):
    chapter = chapter_of(
        Cell("a = 1", 3, 1, {"values": "a"}), Cell("b = 2\n  print(m)", 7, 2, {})
    )
    error = run.explain_failure(
        Raised("NameError", "no m", report), chapter, run.runnable(chapter)
    )
    assert isinstance(error, PageError)
    assert str(error) == message

"""Notebook in, Markdown out; what is expected was written by hand."""

import re
from types import SimpleNamespace

import pytest
from made import SVG, chapter_of

from builder.errors import PageError
from builder.notebook.chapter import Cell
from builder.notebook.run import Result
from builder.output import render
from builder.prose import values

WORDS = {"output": "Saída", "decimal": ","}
PROGRAMS = {"1": {"records": []}}


def rendered(cell, result, *prose):
    chapter = chapter_of(cell, *prose)
    found = {1: result}
    return render.to_markdown(
        chapter, found, values.Values(chapter, found, "pt"), WORDS, PROGRAMS
    )


def test_code_and_its_slot_stand_in_the_markdown_and_its_output_apart():
    cell = Cell("print(1 < 2)", 3, 1, {})
    text, slots = rendered(cell, Result("True & <b>\n"), Cell("Fim.", 9))
    assert text == (
        '<section class="cell" data-search-exclude markdown="1">\n\n'
        "```python\nprint(1 < 2)\n```\n\n"
        '<div data-output="1"></div>\n\n</section>\n\nFim.'
    )
    assert slots == {
        '<div data-output="1"></div>': '<div class="output">'
        '<p class="output-label">Saída</p>'
        '<pre tabindex="0"><samp>True &amp; &lt;b&gt;</samp></pre></div>'
    }


@pytest.mark.parametrize("text", ["", "\n", "  \n\n"])
def test_a_cell_that_prints_nothing_has_an_empty_slot(text):
    _, slots = rendered(Cell("a = 1", 3, 1, {}), Result(text))
    assert list(slots.values()) == [""]


def test_folded_code_has_its_summary():
    text, _ = rendered(Cell("a = 1", 3, 1, {"fold": "<a> & b"}), Result())
    assert (
        '<details class="fold" markdown="1"><summary>&lt;a&gt; &amp; b</summary>\n\n'
        "```python\na = 1\n```\n\n</details>" in text
    )


def test_folded_code_stands_under_what_it_made():
    text, _ = rendered(Cell("a = 1", 3, 1, {"fold": "how"}), Result("1\n"))
    assert text.index("data-output") < text.index("<details")
    text, _ = rendered(Cell("a = 1", 3, 1, {}), Result("1\n"))
    assert text.index("```python") < text.index("data-output")


def test_a_cell_tells_what_its_program_reads_and_whether_it_is_long(monkeypatch):
    monkeypatch.setitem(PROGRAMS, "1", {"records": ["a.npz", "b.npz"], "short": {}})
    text, _ = rendered(Cell("a = 1", 3, 1, {}), Result())
    assert ' data-records="a.npz b.npz" data-long markdown="1">' in text


def test_a_cell_tells_the_live_page_how_long_it_takes_and_its_short_version():
    options = {"takes": "20 s", "short": 'words = "a"; steps = 5'}
    text, _ = rendered(Cell("steps = 50", 3, 1, options), Result())
    told = ' data-takes="20 s" data-short="words = &quot;a&quot;; steps = 5"'
    assert f'<section class="cell" data-search-exclude{told} markdown="1">' in text


def test_text_around_a_table_stays_text():
    printed = "\n  antes\n\n| a |\n| - |\n| 1 |\n\ndepois\n\n"
    _, slots = rendered(Cell("", 3, 1, {"table": "T"}), Result(printed))
    (html,) = slots.values()
    assert re.findall("<samp>(.*?)</samp>|<(caption)>", html, re.DOTALL) == [
        ("  antes", ""),
        ("", "caption"),
        ("depois", ""),
    ]


def test_two_tables_of_one_cell_are_two_tables():
    printed = "| a |\n| - |\n| 1 |\n\n| b |\n| - |\n| 2 |\n"
    _, slots = rendered(Cell("", 3, 1, {"table": "T"}), Result(printed))
    (html,) = slots.values()
    assert html.count("<caption>T</caption>") == 2
    assert "<samp>" not in html


def test_a_figure_has_its_caption_with_values_filled_in():
    options = {"alt": "Um gato", "caption": "{{ n }} < 4"}
    _, slots = rendered(Cell("", 3, 1, options), Result("", [SVG], {"n": 3}))
    (html,) = slots.values()
    assert html.startswith('<div class="output"><figure class="plot"><svg ')
    assert 'aria-label="Um gato"' in html
    assert 'id="cell-1-m15"' in html
    assert html.endswith("</svg><figcaption>3 &lt; 4</figcaption></figure></div>")


FIGURE_ALONE = 'a figure and the options caption="..." and alt="..." go together'


@pytest.mark.parametrize(
    ("options", "result", "cause"),
    [
        (
            {},
            Result("| a |\n| - |\n"),
            'prints a table; give it a caption: table="..."',
        ),
        (
            {"table": "x"},
            Result("a | b\n"),
            "has the option 'table' but prints none (| a | b |)",
        ),
        (
            {"table": "x"},
            Result("| a |\n| 1 |\n"),
            "the second row of a printed table is its rule, not ['1']",
        ),
        ({}, Result(figures=[SVG]), FIGURE_ALONE),
        ({"caption": "x"}, Result(figures=[SVG]), FIGURE_ALONE),
        ({"alt": "x"}, Result(figures=[SVG]), FIGURE_ALONE),
        ({"alt": "x", "caption": "x"}, Result(), FIGURE_ALONE),
        (
            {"alt": "x", "caption": "x"},
            Result(figures=[SVG, SVG]),
            "draws more than one figure; give each its own cell",
        ),
        (
            {"alt": "x", "caption": "x"},
            Result(figures=["<svg viewBox='0 0 9 9'>"]),
            "draws an SVG that is not XML: no element found: line 1, column 23",
        ),
    ],
)
def test_an_output_that_does_not_fit_its_options_is_an_error(options, result, cause):
    with pytest.raises(PageError) as caught:
        rendered(Cell("", 3, 1, options), result)
    assert str(caught.value) == f"docs/pt/page.md:3: cell 1: {cause}"


def test_a_new_kind_of_output_is_one_module_in_the_list(monkeypatch):
    def html(result, options, number, words):
        if "loud" in options:
            loud = f"{result.text.strip()}, {number}, {words['output']}"
            yield f"<strong>{loud}</strong>"

    loud = SimpleNamespace(OPTIONS={"loud": "say it aloud"}, html=html)
    monkeypatch.setattr(render, "KINDS", [loud])
    _, slots = rendered(Cell("", 3, 1, {"loud": "yes"}), Result("miau\n"))
    (output,) = slots.values()
    assert "<strong>miau, 1, Saída</strong>" in output

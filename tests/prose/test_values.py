"""Numbers in the prose; what is expected was written by hand."""

import pytest
from made import chapter_of, html_of

from builder.errors import PageError
from builder.notebook.chapter import Cell
from builder.notebook.run import Result
from builder.prose import values


@pytest.mark.parametrize(
    ("value", "spec", "pt", "en"),
    [
        (3, "", "3", "3"),
        (0.5, ".2f", "0,50", "0.50"),
        (0.123, ".1%", "12,3%", "12.3%"),
        (1234567.891, ",.2f", "1.234.567,89", "1,234,567.89"),
        (-1234.5, ",.1f", "−1.234,5", "−1,234.5"),
        (-7, "", "−7", "−7"),
        (1e-05, ".0e", "1e−05", "1e−05"),
        (5, ".1f", "5,0", "5.0"),
        ("não-é 1,5", "", "não-é 1,5", "não-é 1,5"),
        ("gato", ">6", "  gato", "  gato"),
    ],
)
def test_a_value_is_shown_as_its_readers_write_it(value, spec, pt, en):
    assert values.show(value, spec, "pt") == pt
    assert values.show(value, spec, "en") == en


def test_a_float_says_how_many_digits_it_shows():
    with pytest.raises(ValueError, match="how many digits"):
        values.show(0.5, "", "en")


def values_of(language="pt", **named):
    chapter = chapter_of(Cell("", 3, 1, {}))
    return values.Values(chapter, {1: Result(values=named)}, language)


def test_values_are_filled_into_prose():
    known = values_of(n=3, share=0.25, word="olá")
    prose = Cell("{{ n }} e {{n}}:\n{{share:.0%}} {{ share : .1f }} {{ word }}", 5)
    assert known.fill(prose.source, prose) == "3 e 3:\n25% 0,2 olá"
    known.require_all_used()


def test_braces_of_latex_are_left_alone():
    prose = Cell(r"$\frac{{{n}}}{x_{i}}$ e ${{a}_b}$", 5)
    assert (
        values_of(n=1).fill(r"$\sum_{i} {a}_{b}$ {}", prose) == r"$\sum_{i} {a}_{b}$ {}"
    )


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("um\ndois {{ m }}", "no cell names a value 'm' (named: n)"),
        ("um\ndois {{ n:.2q }}", "{{ n:.2q }}: Unknown format code 'q'"),
        ("um\ndois {{ n }", "cannot read '{{ n }'"),
        ("um\ndois {{ n.real }}", "cannot read '{{ n.real }}'"),
        ("um\ndois {{ n + 1 }}", "cannot read '{{ n + 1 }}'"),
    ],
)
def test_a_value_that_cannot_be_filled_in_is_an_error_in_its_line(text, cause):
    with pytest.raises(PageError) as caught:
        values_of(n=3).fill(text, Cell(text, 5))
    assert f"docs/pt/page.md:6: {cause}" in str(caught.value)


def test_an_unused_value_is_an_error_of_its_cell():
    known = values_of(n=3, m=4)
    known.fill("{{ n }}", Cell("{{ n }}", 5))
    with pytest.raises(PageError, match=r"page.md:3: cell 1: names the value 'm'"):
        known.require_all_used()


def test_a_value_named_twice_is_an_error_of_the_second_cell():
    chapter = chapter_of(Cell("", 3, 1, {}), Cell("", 9, 2, {}))
    with pytest.raises(PageError, match=r"page.md:9: cell 2: .*'n' a second time"):
        values.Values(
            chapter, {1: Result(values={"n": 1}), 2: Result(values={"n": 1})}, "pt"
        )


# --- on a page


def test_values_are_shown_where_markdown_reads(tmp_path):
    text = "## *{{ n }}* a {#b}\n\n[{{ n }}](#b) **{{ x:.1f }}**\n\n"
    text += "| {{ n }} |\n| - |\n| `{{ n }}` |\n\n"
    text += "```text\n{{ n }}\n```\n\n<b>{{ n }}</b>"
    html = html_of(tmp_path, text, values={"n": 3, "x": 0.25})
    for part in ("<em>3</em> a", '<a href="#b">3</a> <strong>0.2</strong>', "<b>3</b>"):
        assert part in html
    assert "<th>3</th>" in html and "<td><code>{{ n }}</code></td>" in html
    assert html.count("{{ n }}") == 2


def test_what_a_value_says_is_no_markdown_and_no_html(tmp_path):
    html = html_of(tmp_path, "{{ w }}", values={"w": "*a* <b> [@c] $d$ & `e`"})
    assert html == "<p>*a* &lt;b&gt; [@c] $d$ &amp; `e`</p>"


def test_a_value_of_a_page_is_told_in_its_line_not_in_that_of_code(tmp_path):
    text = "`{{ m }}`\n\n```text\n{{ m }}\n```\n\nA {{ m }}."
    with pytest.raises(PageError, match=r"page.md:7: no cell names a value 'm'"):
        html_of(tmp_path, text, values={"n": 3})


def test_a_drawing_has_a_line_of_its_own(tmp_path):
    drawing = values.Drawing("<figure>A</figure>\n\n- *b*")
    text = "a\n\n{{ d }}\n\nc `{{ d }}`\n\n```text\n{{ d }}\n```"
    html = html_of(tmp_path, text, values={"d": drawing})
    assert html.count("<figure>") == 1 and html.count("{{ d }}") == 2
    assert "<figure>A</figure>" in html and "<li><em>b</em></li>" in html
    assert "<code>{{ d }}</code>" in html
    with pytest.raises(PageError, match="page.md:1: 'd' is a drawing; give it a line"):
        html_of(tmp_path, "a {{ d }}", values={"d": drawing})


def test_values_of_a_notebook_stay_out_of_its_code():
    text = "{{ n }} `{{ n }}`\n\n```text\n{{ n }}\n```\n\n``{{ n }} ` `` {{ n }}"
    filled = values_of(n=3).fill(text, Cell(text, 5))
    assert filled == f"3{text[7:-7]}3"

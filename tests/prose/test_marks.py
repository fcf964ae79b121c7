"""What Markdown did not read is not let onto a page."""

import pytest
from made import EXTENSIONS, SETTINGS, html_of, page_of
from markdown import Markdown

from builder.errors import PageError
from builder.prose import marks
from builder.prose.formulas import Formulas

BIB = """@misc{c, author = {C}, title = {T}, url = {https://a.b}, group = {g},
supports_en = {e.}, supports_pt = {p.}}"""


def page(folder, text):
    """Write a page; return what Markdown makes of it, and where it stands."""
    text = f"# Cats\n\nAll is well.\n\n{text}\n"
    known = page_of(folder, text)
    markdown = Markdown(extensions=EXTENSIONS, extension_configs=SETTINGS)
    markdown.treeprocessors.register(Formulas(markdown, known), "formulas", -20)
    return markdown.convert(text), known.path


@pytest.mark.parametrize(
    ("text", "mark", "line", "advice"),
    [
        ("A cat $n on a mat.", "$", 5, "close the formula"),
        ("A cat on n$ mats.", "$", 5, "close the formula"),
        ("$$\nn = 2\n\nA cat.", "$", 5, "close the formula"),
        ("A cat.\n\nIt costs $ 5.", "$", 7, "for money write R$ or US$"),
        ("A cat[^1] purrs.", "[^1]", 5, "no note has this name"),
        ("A cat [@a2014 purrs.", "[@a2014", 5, "a citation is written [@key"),
        ("A cat `purrs.", "`", 5, "end the fence, or the code"),
        ("A cat. ```text\ncat", "`", 5, "end the fence, or the code"),
        ("A {{ cat }}.", "{{", 5, "a value is written {{ name:.2f }}"),
        ('--8<-- "small.py:cat"', "--8<--", 5, "within a cell"),
        ("A **cat purrs.", "**", 5, "close the emphasis"),
        ("A *cat purrs.", "*", 5, "close the emphasis"),
        ("A cat_ purrs.", "_", 5, "close the emphasis"),
        ("A [cat] (x.md) is [here](mats of fur.", "](", 5, "write the link on one"),
        ("A [cat][nope] purrs.", "][", 5, "write the link on one"),
        ("A cat {#cat} purrs.", "{#", 5, "at the end of the line"),
        ("A cat {: .cat} purrs.", "{:", 5, "at the end of the line"),
        ("| a | b |\n| - | - | - |\n| 1 | 2 |", "| - |", 6, "each row of the table"),
        ("A cat &purr; here.", "&purr;", 5, "HTML knows no letter of this name"),
        ("A cat <!-- sources: cats --> purrs.", "<!--", 5, "close the remark"),
    ],
)
def test_a_raw_mark_is_told_with_its_line_and_its_words(
    tmp_path, text, mark, line, advice
):
    with pytest.raises(PageError) as caught:
        marks.require_none(*page(tmp_path, text))
    told = str(caught.value)
    assert f"page.md:{line}: '{mark}' would stand on the page as it is, in '" in told
    assert advice in told


def test_marks_that_mean_themselves_or_were_read_are_none(tmp_path):
    text = "`$a` and `**b**`, R$ 5 or US$ 5, 2 * 3, a_b, [sic], {a} ~ b, a < b & c.\n\n"
    text += "```text\n[^1] {{ a }} $x$\n```\n\n*a* **b** [c](#d) $x_{1}^{2}$ d[^1]\n\n"
    text += "$$\n\\frac{a}{b} \\text{ of *x*}\n$$\n\n| a |\n| - |\n| b |\n\n"
    text += "[^1]: Note."
    marks.require_none(*page(tmp_path, text))


@pytest.mark.parametrize(
    "text",
    [
        'A <b title="$n$">cat</b>.',
        "A <b title='$n$'>cat</b>.",
        'A <b title="a[@c]">cat</b>.',
        '<figure title="{{ n }}"></figure>',
        "<figure><svg><text>{{ n }}</text></svg></figure>",
        "<figure><svg><text>a[@c]</text></svg></figure>",
    ],
)
def test_what_html_keeps_from_markdown_is_told(tmp_path, text):
    (tmp_path / "sources.bib").write_text(BIB, encoding="utf-8")
    html = html_of(tmp_path, f"# A\n\n{text}\n", values={"n": 1})
    with pytest.raises(PageError, match="page.md:3: HTML of your own keeps a value"):
        marks.require_none(html, tmp_path / "en/page.md")


def test_what_hides_the_rest_of_a_page_is_told(tmp_path):
    told = "page.md:5: <svg> is never closed; write </svg>"
    with pytest.raises(PageError, match=told):
        marks.require_none(*page(tmp_path, "<svg><text>$n</text>\n\nA cat."))


def test_a_mark_that_a_shared_file_brings_is_told_there(tmp_path):
    _, path = page(tmp_path, "{{ cat }}")
    (tmp_path / "glossary.yml").write_text("- id: cat\n  text: 'A **cat'\n")
    with pytest.raises(PageError, match="glossary.yml:2: '[*][*]' would stand"):
        marks.require_none("<p>A **cat</p>", path)

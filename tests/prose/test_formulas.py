"""Formulas; what is expected was written by hand."""

import re

import pytest
from made import html_of

from builder.errors import PageError
from builder.prose.formulas import to_mathml

NAMES = 'xmlns="http://www.w3.org/1998/Math/MathML"'


def test_an_inline_formula_becomes_mathml_inline(tmp_path):
    assert html_of(tmp_path, "São $x_1 < 2$.") == (
        f'<p>São <span class="whole"><math display="inline" {NAMES}>'
        "<mrow><msub><mi>x</mi><mn>1</mn></msub>"
        "<mo>&#x0003C;</mo><mn>2</mn></mrow></math>.</span></p>"
    )


def test_a_formula_of_its_own_becomes_a_block_that_can_be_scrolled(tmp_path):
    assert html_of(tmp_path, "$$\n\\frac{a}{b}\n$$") == (
        f'<div class="formula" tabindex="0"><math display="block" {NAMES}>'
        "<mrow><mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac></mrow>"
        "</math></div>"
    )


def test_a_formula_alone_in_a_paragraph_stays_in_it(tmp_path):
    html = html_of(tmp_path, "$a$\n\n- $b$\n\n| $c$ |\n| - |\n| *$d$* |")
    bare = re.sub("<math.*?</math>", "M", html).replace("\n", "")
    assert bare.startswith("<p>M</p><ul><li>M</li></ul>")
    assert "<th>M</th>" in bare and "<td><em>M</em></td>" in bare


def test_each_of_several_formulas_is_replaced_and_the_rest_is_left(tmp_path):
    found = html_of(tmp_path, r"$a$ `$b$` \$ $c$ <b title='d'>e</b>")
    bare = re.sub("<math.*?</math>", "M", found)
    assert bare == "<p>M <code>$b$</code> $ M <b title='d'>e</b></p>"


@pytest.mark.parametrize(
    ("latex", "cause"),
    [
        (r"\frac{a}{b", "unbalanced braces"),
        ("a}", "unbalanced braces"),
        (r"\nosuch{a}", r"unknown command \nosuch"),
        ("a_", "MissingSuperScriptOrSubscriptError"),
        (r"\left( a", "ExtraLeftOrMissingRightError"),
        ("50%", r"a bare % hides what follows; write \%"),
        (r"\text{50% of x}", r"a bare % hides what follows; write \%"),
        (r"\frac{1}", "a command has 1 of its 2 arguments"),
        (r"\overset{a}", "a command has 1 of its 2 arguments"),
        (r"\binom{1}", "a command has 1 of its 2 arguments"),
        (r"\limits", "a command has 0 of its 3 arguments"),
        ("a & b", "'&' stands for nothing here"),
        ("#1", "'#' stands for nothing here"),
    ],
)
def test_a_formula_that_cannot_be_read_is_an_error_in_its_line(tmp_path, latex, cause):
    told = re.escape(f"page.md:3: cannot read the formula {latex}: {cause}")
    with pytest.raises(PageError, match=f"{told}$"):
        html_of(tmp_path, f"`${latex}$`\n\nA ${latex}$ b.")


@pytest.mark.parametrize(
    "latex",
    [r"50\%", r"\begin{matrix} a & b \\ c & d \end{matrix}", r"a \# b", "a<b", r"\{ a"],
)
def test_a_formula_with_such_a_letter_on_purpose_is_none(latex):
    assert to_mathml(latex, "inline").tag == "math"

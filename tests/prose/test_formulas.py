"""Formulas; what is expected was written by hand."""


import re

import pytest

from builder.prose import formulas


def test_an_inline_formula_becomes_mathml_inline():
    html = r'<p>São <span class="arithmatex">\(x_1 &lt; 2\)</span>.</p>'
    assert formulas.formulas(html) == (
        '<p>São <math xmlns="http://www.w3.org/1998/Math/MathML" display="inline">'
        "<mrow><msub><mi>x</mi><mn>1</mn></msub>"
        "<mo>&#x0003C;</mo><mn>2</mn></mrow></math>.</p>"
    )


def test_a_formula_of_its_own_becomes_a_block_that_can_be_scrolled():
    html = '<div class="arithmatex">\\[\n\\frac{a}{b}\n\\]</div>'
    assert formulas.formulas(html) == (
        '<div class="formula" tabindex="0">'
        '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">'
        "<mrow><mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac></mrow>"
        "</math></div>"
    )


def test_each_of_several_formulas_is_replaced_and_the_rest_is_left():
    one = r'<span class="arithmatex">\(a\)</span>'
    found = formulas.formulas(f"<p>{one} <code>$b$</code> {one}</p>")
    assert re.sub("<math.*?</math>", "M", found) == "<p>M <code>$b$</code> M</p>"


@pytest.mark.parametrize(
    ("latex", "cause"),
    [
        (r"\frac{a}{b", "unbalanced braces"),
        ("a}", "unbalanced braces"),
        (r"\nosuch{a}", r"unknown command \nosuch"),
        ("a_", "MissingSuperScriptOrSubscriptError"),
        (r"\left( a", "ExtraLeftOrMissingRightError"),
    ],
)
def test_a_formula_that_cannot_be_read_is_an_error(latex, cause):
    with pytest.raises(ValueError) as caught:
        formulas.formulas(rf'<span class="arithmatex">\({latex}\)</span>')
    assert caught.value.args == (latex, cause)


def test_braces_that_are_shown_need_no_twin():
    html = formulas.formulas(r'<span class="arithmatex">\(\{ a\)</span>')
    assert "&#x0007B;" in html



"""A Matplotlib SVG in the page; what is expected was written by hand."""

import io
import re

import pytest
from made import SVG

from builder.output.figure import inline_svg


def test_a_figure_becomes_part_of_the_page():
    assert inline_svg(SVG, "cell-3-", 'Um "gato" & <1>').split("\n") == [
        '<svg viewBox="0 0 240 144.5" role="img"'
        ' aria-label="Um &quot;gato&quot; &amp; &lt;1&gt;"'
        ' style="max-width:20.0rem;min-width:10.0rem">',
        "<g>",
        '<defs><path id="cell-3-m15" d="M0 0" style="stroke: currentColor"/></defs>',
        '<use xlink:href="#cell-3-m15" x="1" style="stroke: var(--edge)"/>',
        '<g clip-path="url(#cell-3-p27)">'
        '<path style="fill: none; stroke: var(--line-1)"/></g>',
        '<text style="font-size: 10px; fill: #fff">a</text>',
        "</g>",
        "<defs>",
        '<clipPath id="cell-3-p27"><rect x="2"/></clipPath>',
        "</defs>",
        "</svg>",
    ]


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ("#000000", "currentColor"),
        ("#1f77b4", "var(--line-1)"),
        ("#ff7f0e", "var(--line-2)"),
        ("#2ca02c", "var(--line-3)"),
        ("#d62728", "var(--line-4)"),
        ("#b0b0b0", "var(--edge)"),
        ("#123456", "#123456"),
    ],
)
def test_colours_of_a_figure_follow_the_page(colour, name):
    svg = SVG.replace("#1f77b4", colour)
    assert f'"fill: none; stroke: {name}"' in inline_svg(svg, "x-", "x")


def test_a_backslash_in_what_a_figure_shows_is_a_backslash():
    assert r'aria-label="O ângulo \sigma\1"' in inline_svg(
        SVG, "x-", r"O ângulo \sigma\1"
    )


IDS = re.compile(r'\bid="([^"]*)"')
REFERENCES = re.compile(r'(?:href="|url\()#([^")]+)')


@pytest.fixture
def drawn():
    """A real figure as the site's cells draw them, with texts, a clip and markers."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "x"}):
        figure, file = Figure(), io.StringIO()
        axes = figure.subplots()
        axes.plot([1, 2], marker="o")
        axes.grid()
        axes.set_title("Gatos")
        figure.savefig(file, format="svg")
    return file.getvalue()


def test_two_figures_of_one_page_share_no_id(drawn):
    one, other = inline_svg(drawn, "cell-1-", "x"), inline_svg(drawn, "cell-11-", "x")
    for svg in (one, other):
        ids = IDS.findall(svg)
        assert ids and len(set(ids)) == len(ids)
        assert set(REFERENCES.findall(svg)) == set(ids)
    assert not set(IDS.findall(one)) & set(IDS.findall(other))


def test_a_drawn_figure_keeps_no_date_no_style_and_no_font_of_its_own(drawn):
    svg = inline_svg(drawn, "cell-1-", "x")
    assert ">Gatos</text>" in svg
    assert "font-family" not in svg
    for word in ("<metadata", "<style", "<!--", "<?xml", "date", "DejaVu", "#1f77b4"):
        assert word in drawn or word == "<!--", word
        assert word not in svg, word


def test_a_figure_says_each_thing_once_and_no_finer_than_a_screen():
    drawing = """<svg viewBox="0 0 9 9"><g><g><path d="M 0 9
L 9 0
z
" style="fill: none"/></g></g>
<g><g id="a" opacity="0.5"><path d="M 82.886719 67.36068
L 113.378719 67.36068
L 113.378719 97.85268
L 82.886719 67.36068
z
M 1.5 -0.001
Q 2 3 4.126 5
L 4.126 4
" style="fill: #1e6db2"/></g>
<g><text x="98.132719" y="-0.001" transform="rotate(-0 98.1 0)">1.23456</text></g>
<text x="7" transform="rotate(-40 7 0)">b</text></g></svg>"""
    thin = inline_svg(drawing, "x-", "x").partition(">")[2].replace("\n", "")
    assert thin == (
        '<g><g opacity="0.5"><path d="M82.9 67.4h30.5v30.5l-30.5 -30.5z'
        'M1.5 0Q2 3 4.1 5v-1" style="fill: #1e6db2"/></g>'
        '<text x="98.1" y="0">1.23456</text>'
        '<text x="7" transform="rotate(-40 7 0)">b</text></g></svg>'
    )


WORDS = '#1f77b4: #1f77b4; url(#p27) d="M 0 0" x="0.123456" translate(1.23456)'


@pytest.mark.parametrize("words", [WORDS, "<g></g>", "<!-- a --> & <metadata>b"])
def test_what_a_figure_says_in_words_is_left_alone(words):
    written = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    svg = SVG.replace(">a</text>", f">{written}</text>")
    assert f">{written}</text>" in inline_svg(svg, "x-", "x")


def test_an_attribute_keeps_its_quotes_and_its_signs():
    svg = SVG.replace(">a</text>", "><a xlink:title='\"a\" &lt; b'>a</a></text>")
    assert '<a xlink:title="&quot;a&quot; &lt; b">a</a>' in inline_svg(svg, "x-", "x")


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("</text>", "", "draws an SVG that is not XML: mismatched tag"),
        ("viewBox", "box", 'draws an SVG without viewBox="0 0 width height"'),
        ('"0 0 240', '"1 0 240', 'draws an SVG without viewBox="0 0 width height"'),
    ],
)
def test_an_svg_that_is_none_is_refused(old, new, cause):
    with pytest.raises(ValueError, match=cause):
        inline_svg(SVG.replace(old, new), "x-", "x")

"""How a page is made, step by step; what is expected here was written by hand."""

import io
import json
import logging
import re
import subprocess
import sys
from pathlib import Path

import material
import nbformat
import pytest
from pages import downloads, mathml, output, render, run, strict, styles, table, values
from pages.chapter import Cell, Chapter, headings, read_chapter
from pages.errors import PageError
from pages.figure import inline_svg
from pages.highlight import merge_marks
from pages.include import expand_includes, extract
from pages.parity import skeleton
from pages.run import Result
from pygments.token import STANDARD_TYPES
from small_site import FRONT

# --- chapter: a page's source ---------------------------------------------------------



def read(folder, text, front=FRONT):
    page = folder / "page.md"
    page.write_text(front + text, encoding="utf-8")
    return read_chapter(page, folder)


def test_prose_and_code_alternate_and_code_is_numbered(tmp_path):
    chapter = read(tmp_path, "\n# Olá\n\nUm.\n\n```python\na = 1\n```\n\nDois.\n")
    assert chapter.is_notebook
    assert chapter.cells == (
        Cell("# Olá\n\nUm.", 10),
        Cell("a = 1", 15, 1, {}),
        Cell("Dois.", 18),
    )


def test_repeated_text_has_each_time_its_own_line(tmp_path):
    block = "Um gato.\n\n```python\nprint(1)\n```\n\n"
    chapter = read(tmp_path, "\n" + block * 3 + "Fim.\n")
    assert [cell.line for cell in chapter.prose] == [10, 16, 22, 28]
    assert [cell.line for cell in chapter.code] == [13, 19, 25]


def test_repeated_cells_side_by_side_have_each_their_own_line(tmp_path):
    chapter = read(tmp_path, "\n```python\nprint(1)\n```\n" * 3)
    assert [cell.line for cell in chapter.code] == [11, 15, 19]


def test_code_that_repeats_a_word_of_its_option_line_has_its_own_line(tmp_path):
    text = '\n```python values="n"\nn\n```\n\npython\n\n```python\nn\n```\n'
    chapter = read(tmp_path, text)
    assert [(cell.source, cell.line) for cell in chapter.cells] == [
        ("n", 11),
        ("python", 14),
        ("n", 17),
    ]


def test_lines_are_counted_in_the_source_not_after_an_include(tmp_path):
    (tmp_path / "long.py").write_text("a = [\n1,\n2,\n3,\n]\n")
    include = '--8<-- "long.py:a"'
    text = f"\n```python\n{include}\n```\n\n```python\nb = 1\n```\n"
    first, second = read(tmp_path, text).code
    assert (first.source, first.line) == ("a = [\n1,\n2,\n3,\n]", 11)
    assert (second.source, second.line) == ("b = 1", 15)


def test_options_of_a_cell_are_texts(tmp_path):
    text = '\n```python fold="Veja: \'isto\'" values="a b"\na = b = 1\n```\n'
    (cell,) = read(tmp_path, text).code
    assert cell.options == {"fold": "Veja: 'isto'", "values": "a b"}


@pytest.mark.parametrize(
    ("option", "cause"),
    [
        ('tabel="x"', "unknown cell option 'tabel'; use one of: alt, caption, fold,"),
        ("table=1", "the option 'table' takes a text: write table=\"...\""),
        ("table", "the option 'table' takes a text: write table=\"...\""),
    ],
)
def test_a_wrong_option_is_an_error_in_its_line(tmp_path, option, cause):
    with pytest.raises(PageError) as caught:
        read(tmp_path, f"\nUm.\n\n```python {option}\na = 1\n```\n")
    assert f"page.md:12: cell 1: {cause}" in str(caught.value)


def test_code_of_another_language_is_an_error_in_its_line(tmp_path):
    with pytest.raises(PageError, match="page.md:12: only Python runs here"):
        read(tmp_path, "\nUm.\n\n```bash\nls\n```\n")


def test_blank_lines_around_a_cell_are_nothing_to_read(tmp_path):
    text = "\nUm.\n```python\na = 1\n```\nDois.\n\n```python\nb = 1\n```\n\n\n\nTrês.\n"
    chapter = read(tmp_path, text)
    assert [(cell.source, cell.line) for cell in chapter.cells if cell.source] == [
        ("Um.", 10),
        ("a = 1", 12),
        ("Dois.", 14),
        ("b = 1", 17),
        ("Três.", 22),
    ]


def test_a_page_without_a_kernel_is_one_stretch_of_prose(tmp_path):
    front = "---\ndescription: Gatos.\n---\n"
    chapter = read(tmp_path, "\n# Olá\n\n```text\na = 1\n```\n", front)
    assert not chapter.is_notebook
    assert chapter.cells == (Cell("\n# Olá\n\n```text\na = 1\n```\n", 4),)


def test_a_page_without_front_matter_is_one_stretch_of_prose(tmp_path):
    chapter = read(tmp_path, "# Olá\n", front="")
    assert chapter.cells == (Cell("# Olá\n", 1),)


def test_headings_have_line_level_text_and_id_and_fenced_text_has_none(tmp_path):
    text = "\n# Olá\n\n~~~text\n# not one\n~~~\n\n## A  e B {#a-b}\n\n### C ###\n"
    assert headings(read(tmp_path, text)) == [
        (10, 1, "Olá", None),
        (16, 2, "A  e B", "a-b"),
        (18, 3, "C ###", None),
    ]


# --- include: code from snippets/ -----------------------------------------------------

MODULE = '''"""What the module is for."""

import math

LIMIT = 3
size: int = 4


def plain(x):
    """Do it.

    In two paragraphs.
    """
    # a comment stays
    return x


@staticmethod
@property
def decorated(x):
    return "no docstring"


class Cat:
    """A cat."""

    def meow(self):
        """Say it."""
        return "miau"


def shout():
    print("MIAU")


async def later():
    "Wait."
    return 1
'''


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("LIMIT", ["LIMIT = 3"]),
        ("size", ["size: int = 4"]),
        ("plain", ["def plain(x):", "    # a comment stays", "    return x"]),
        (
            "decorated",
            [
                "@staticmethod",
                "@property",
                "def decorated(x):",
                '    return "no docstring"',
            ],
        ),
        (
            "Cat",
            [
                "class Cat:",
                "    def meow(self):",
                '        return "miau"',
            ],
        ),
        ("shout", ["def shout():", '    print("MIAU")']),
        ("later", ["async def later():", "    return 1"]),
    ],
)
def test_a_definition_comes_without_its_docstring(name, lines):
    assert extract(MODULE, name).split("\n") == lines


@pytest.mark.parametrize("name", ["meow", "math", "x", "nope"])
def test_only_what_the_module_itself_defines_can_be_included(name):
    assert extract(MODULE, name) is None


def test_a_whole_file_comes_as_it_can_be_pasted():
    module = MODULE + "\n\nif __name__ == '__main__':\n    shout()\n"
    module = module.replace("import math", "import math\nfrom neighbor import far", 1)
    whole = extract(module)
    assert whole.startswith("import math\nLIMIT = 3\n")
    assert whole.endswith("async def later():\n    return 1")
    for left_out in ('"""', "neighbor", "__main__"):
        assert left_out not in whole
    session = subprocess.run(
        [sys.executable, "-i", "-q"], input=whole + "\n\nCat().meow()\n",
        capture_output=True, text=True,
    )  # fmt: skip
    assert session.stdout.strip() == "'miau'" and "Error" not in session.stderr


def test_remarks_above_a_statement_stay_with_it_in_a_whole_file():
    assert extract("import os\n\n# Why.\n# And how.\nX = 1\n") == (
        "import os\n# Why.\n# And how.\nX = 1"
    )


def test_an_include_stands_among_other_lines(tmp_path):
    (tmp_path / "a.py").write_text(MODULE)
    source = 'before = 1\n--8<-- "a.py:LIMIT"\n--8<-- "a.py:size"\nafter = 2'
    expanded = expand_includes(source, tmp_path, "page.md", 1, 1)
    assert expanded == "before = 1\nLIMIT = 3\nsize: int = 4\nafter = 2"


@pytest.mark.parametrize(
    "line",
    [
        '    --8<-- "a.py:LIMIT"',
        "--8<-- 'a.py:LIMIT'",
        '--8<-- "a.py:LIMIT"  # why',
        '--8<-- "a.py:LIMIT" "a.py:size"',
        '--8<-- "a.py:1:3:5"',
        "--8<--",
    ],
)
def test_a_line_that_looks_like_an_include_but_is_none_is_an_error(tmp_path, line):
    (tmp_path / "a.py").write_text(MODULE)
    with pytest.raises(PageError, match=r"page.md:6: cell 2: cannot read this include"):
        expand_includes(f"x = 1\n{line}", tmp_path, "page.md", 5, 2)


# --- table: a printed table -----------------------------------------------------------


def test_a_printed_table_becomes_a_table_of_the_page():
    printed = "| a   | <b> |\n| :-- | --: |\n| x&y |   1 |\n|     |  -2 |"
    assert table.to_html(printed, 'De "A" & B') == (
        '<div class="table" tabindex="0"><table class="numbers">'
        "<caption>De &quot;A&quot; &amp; B</caption>"
        '<thead><tr><th scope="col">a</th>'
        '<th scope="col" class="number">&lt;b&gt;</th></tr></thead>'
        '<tbody><tr><th scope="row">x&amp;y</th><td class="number">1</td></tr>'
        '<tr><th scope="row"></th><td class="number">-2</td></tr></tbody>'
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


# --- values: numbers in the prose -----------------------------------------------------


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


def chapter_of(*cells):
    return Chapter("docs/pt/page.md", cells, is_notebook=True)


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


# --- parity: the same code in two languages -------------------------------------------


@pytest.mark.parametrize(
    ("pt", "en"),
    [
        ('print("gato")  # mia', "print('cat')"),
        ('a = [\n    "um", "dois",\n]', 'a = ["one", "two"]'),
        ('f(name="gato")', 'f(name="cat")'),
        ('"gatos: %d" % n', '"%d cats" % n'),
        ('f"{n} gatos"', 'f"{n} cats"'),
        ('f"{n:.2f} gatos"', 'f"cats: {n:.2f}"'),
        ('def f():\n    """Soma."""\n    return 1', 'def f():\n  "Sum."\n  return 1'),
    ],
)
def test_texts_comments_and_layout_may_differ(pt, en):
    assert skeleton(pt) == skeleton(en)


@pytest.mark.parametrize(
    ("pt", "en"),
    [
        ("a = 1", "a = 2"),
        ("a = 1", "a = 1.0"),
        ("a = 1", 'a = "1"'),
        ("gato = 1", "cat = 1"),
        ("f(name='a')", "f(nome='a')"),
        ("a = None", "a = True"),
        ("print(1)", "print(1)\nprint(1)"),
        ('["um", "dois"]', '["one"]'),
        ('f"{n}"', 'f"{m}"'),
        ('f"{n} {m}"', 'f"{m} {n}"'),
        ('f"{n:.2f}"', 'f"{n:.3f}"'),
        ('f"{n!r}"', 'f"{n}"'),
    ],
)
def test_numbers_names_and_formats_may_not_differ(pt, en):
    assert skeleton(pt) != skeleton(en)


# --- figure: a Matplotlib SVG in the page ---------------------------------------------

SVG = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="240pt" height="144pt"
 viewBox="0 0 240 144.5" xmlns="http://www.w3.org/2000/svg" version="1.1">
 <metadata>
  <rdf:RDF><dc:date>2014-09-01T16:33:02</dc:date></rdf:RDF>
 </metadata>
 <defs>
  <style type="text/css">*{stroke-linejoin: round}</style>
 </defs>
 <!-- um comentário -->
 <g id="figure_1">
  <defs><path id="m15" d="M 0 0" style="stroke: #000000"/></defs>
  <use xlink:href="#m15" x="1" style="stroke: #b0b0b0"/>
  <g clip-path="url(#p27)"><path id="line_1" style="fill: none; stroke: #1f77b4"/></g>
  <text style="font-size: 10px; font-family: 'DejaVu Sans', serif; fill: #fff">a</text>
 </g>
 <defs>
  <clipPath id="p27"><rect x="2"/></clipPath>
 </defs>
</svg>
"""


def test_a_figure_becomes_part_of_the_page():
    assert inline_svg(SVG, "cell-3-", 'Um "gato" & <1>').split("\n") == [
        '<svg viewBox="0 0 240 144.5" role="img"'
        ' aria-label="Um &quot;gato&quot; &amp; &lt;1&gt;"'
        ' style="max-width:20.0rem;min-width:10.0rem">',
        "<g>",
        '<defs><path id="cell-3-m15" d="M0 0" style="stroke: currentColor"/></defs>',
        '<use xlink:href="#cell-3-m15" x="1" style="stroke: var(--plot-grid)"/>',
        '<g clip-path="url(#cell-3-p27)">'
        '<path style="fill: none; stroke: var(--plot-blue)"/></g>',
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
        ("#1f77b4", "var(--plot-blue)"),
        ("#ff7f0e", "var(--plot-orange)"),
        ("#2ca02c", "var(--plot-green)"),
        ("#d62728", "var(--plot-red)"),
        ("#b0b0b0", "var(--plot-grid)"),
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


# --- highlight and styles: no byte that shows nothing ---------------------------------


def highlighted(*marks):
    return f'<div class="highlight"><pre>{"".join(marks)}</code></pre></div>'


def test_marks_stay_where_the_colour_changes():
    marks = [
        '<span class="kn">import</span><span class="w"> </span>'
        '<span class="nn">a</span>',
        '\n<span class="n">b</span><span class="o">.</span><span class="n">c</span>',
        '<span class="p">(</span><span class="p">)</span>\n  <span class="o">*</span>',
        ' <span class="mi">1</span>',
    ]
    assert merge_marks(highlighted("<span></span><code>", *marks)) == highlighted(
        '<code><span class="k">import</span> <span class="nf">a</span>\n'
        'b.c()\n  * <span class="m">1</span>'
    )


def test_marks_elsewhere_stay_as_they_are():
    other = '<p><span class="n">b</span></p>'
    assert merge_marks(other) == other


STYLES = Path(material.__file__).parent / "templates/assets/stylesheets"


def test_marks_that_are_joined_have_one_colour_in_the_theme():
    (sheet,) = STYLES.glob("main.*.min.css")
    text = sheet.read_text(encoding="utf-8")
    values = dict(re.findall(r"(--md-code-hl-[\w-]+):(var\(.*?\)|#\w+)[;}]", text))
    colours = {}
    for names, value in re.findall(r"([^{}]*)\{color:var\(([\w-]+)\)\}", text):
        for kind in re.findall(r"(?:^|,)\.highlight \.(\w+)(?=,|$)", names):
            colours[kind] = values[value]
    plain = values["--md-code-hl-name-color"]
    assert plain == "var(--md-code-fg-color)"
    merged = 0
    for kind in filter(None, STANDARD_TYPES.values()):
        made = merge_marks(highlighted(f'<span></span><span class="{kind}">a</span>'))
        found = re.search(r'class="(\w+)">a', made)
        left = colours.get(found[1], plain) if found else plain
        # Brackets and operators are plain here, escapes in a string are the string.
        others = {"p": plain, "o": plain, "ow": plain} | dict.fromkeys(
            ("se", "cp", "sh", "sr", "sx"), colours["s"]
        )
        assert left == others.get(kind, colours.get(kind, plain)), kind
        merged += found is None or found[1] != kind
    assert merged > 30


def test_styles_of_what_no_page_has_are_dropped(tmp_path):
    for name, text in {
        "index.html": '<p class="a long-name" data-x="red">.b</p>',
        "assets/own.css": ".gone{color:var(--icon)}",
        "assets/own.js": 'add("made")',
        "assets/data.js": "b" + " " * styles.DATA,
        "assets/stylesheets/main.css": (
            ":root{--icon:url('x');--no:url(\"data:;a}\");--deep:1;--c:2}"
            ".a,.b .a,p:not(.b){x:var(--c)}.b{x:var(--no)}@media print{.b{x:y}}"
            "[data-x=red] .made{x:y}[data-x=blue] .a{x:y}@keyframes k{66.6%{x:y}}"
            ":is(.a,.b) .long-name{x:y}"
        ),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    styles.lighten_styles(tmp_path)
    assert (tmp_path / "assets/own.css").read_text() == ".gone{color:var(--icon)}"
    assert (tmp_path / "assets/stylesheets/main.css").read_text() == (
        ":root{--icon:url('x');--c:2}"
        ".a,p:not(.b){x:var(--c)}"
        "[data-x=red] .made{x:y}@keyframes k{66.6%{x:y}}"
        ":is(.a,.b) .long-name{x:y}"
    )


# --- run: what came out of the cells --------------------------------------------------


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


def test_output_of_the_setup_cell_is_an_error():
    stray = {"output_type": "stream", "name": "stdout", "text": "olá"}
    with pytest.raises(RuntimeError, match="setup cell wrote an output"):
        run.results(executed(stray, number=0), chapter_of())


def test_the_notebook_that_runs_has_the_code_and_hands_values_over():
    chapter = chapter_of(
        Cell("Prosa.", 1),
        Cell("a = b = 1", 3, 1, {"values": "a b"}),
        Cell("print(a)", 7, 2, {"fold": "x"}),
    )
    cells = json.loads(run.runnable(chapter))["cells"]
    assert [(c["metadata"]["page_cell"], c["source"]) for c in cells[1:]] == [
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
            "----\n\x1b[36mCell\x1b[39m\x1b[36m In[4]\x1b[39m, line 2\nCell In[2]",
            "docs/pt/page.md:7: cell 2: NameError: no m (line 2 of the cell: print(m))",
        ),
        (
            "Cell In[2], line 1",
            "docs/pt/page.md:3: cell 1: NameError: no m (line 1 of the cell: a = 1)",
        ),
        (
            "Cell In[3], line 1",
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


# --- render: notebook in, Markdown out ------------------------------------------------

WORDS = {"output": "Saída"}


def rendered(cell, result, *prose):
    chapter = chapter_of(cell, *prose)
    found = {1: result}
    return render.to_markdown(
        chapter, found, values.Values(chapter, found, "pt"), WORDS
    )


def test_code_and_its_slot_stand_in_the_markdown_and_its_output_apart():
    cell = Cell("print(1 < 2)", 3, 1, {})
    text, slots = rendered(cell, Result("True & <b>\n"), Cell("Fim.", 9))
    assert text == (
        '<div class="cell" markdown="1">\n\n```python\nprint(1 < 2)\n```\n\n'
        '<div data-output="1"></div>\n\n</div>\n\nFim.'
    )
    assert slots == {
        '<div data-output="1"></div>': '<div class="output" data-search-exclude>'
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


def test_a_cell_tells_the_live_page_how_long_it_takes_and_its_short_version():
    options = {"takes": "20 s", "short": 'words = "a"; steps = 5'}
    text, _ = rendered(Cell("steps = 50", 3, 1, options), Result())
    told = ' data-takes="20 s" data-short="words = &quot;a&quot;; steps = 5"'
    assert f'<div class="cell"{told} markdown="1">' in text


def test_inline_scripts_stand_in_the_policy_by_their_hashes():
    page = '<meta charset="utf-8"><script>let a</script><script>let a</script>'
    policy = output.guarded(page).partition('content="')[2].partition('"')[0]
    (script,) = [r for r in policy.split("; ") if r.startswith("script-src")]
    digest = "IfEXP/8HLuXoAiy0hZVrCAcjcLsZqYFpLOHDGj8enqE="
    assert script == f"script-src 'self' file: 'wasm-unsafe-eval' 'sha256-{digest}'"


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
    assert html.startswith(
        '<div class="output" data-search-exclude><figure class="plot"><svg '
    )
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
            {},
            Result(values={"n": 1}),
            "names the value 'n', which the prose never uses",
        ),
    ],
)
def test_an_output_that_does_not_fit_its_options_is_an_error(options, result, cause):
    with pytest.raises(PageError) as caught:
        rendered(Cell("", 3, 1, options), result)
    assert str(caught.value) == f"docs/pt/page.md:3: cell 1: {cause}"


# --- downloads: a chapter to take away ------------------------------------------------


@pytest.fixture
def taken_from():
    prose = (
        "# Gatos\n\n## Quantos {#count}\n\nSão {{ n }}: [fim](end.md), "
        "[nota](end.md#why), [fora](https://example.org/a.md), [aqui](#count)."
    )
    cell = Cell("print(n)", 7, 1, {"values": "n"})
    chapter = chapter_of(Cell(prose, 1), cell)
    found = {1: Result("3\n", ["<svg/>"], {"n": 3})}
    known = values.Values(chapter, found, "pt")
    return lambda site: downloads.to_notebook(chapter, found, known, site)


@pytest.fixture
def taken(taken_from):
    return taken_from("https://site.example/en/")


def test_the_notebook_to_take_away_is_valid_and_has_its_outputs(taken):
    nbformat.validate(taken)
    prose, code = taken.cells
    assert prose.source == (
        "# Gatos\n\n## Quantos\n\nSão 3: [fim](https://site.example/en/end.html), "
        "[nota](https://site.example/en/end.html#why), "
        "[fora](https://example.org/a.md), [aqui](#count)."
    )
    assert (code.source, code.execution_count) == ("print(n)", 1)
    stream, figure = code.outputs
    assert (stream.name, stream.text) == ("stdout", "3\n")
    assert figure.data["image/svg+xml"] == "<svg/>"
    assert [cell.id for cell in taken.cells] == ["cell-1", "cell-2"]


def test_a_link_to_a_page_without_an_address_is_its_text(taken_from):
    (prose, _) = taken_from("").cells
    assert "São 3: fim, nota, [fora](https://example.org/a.md)" in prose.source


def test_the_script_to_take_away_is_python_with_prose_as_comments(taken):
    script = downloads.to_script(taken)
    compile(script, "script", "exec")
    assert "# ## Quantos\n#\n# São 3: [fim](" in script
    assert script.endswith("# %%\nprint(n)\n")


# --- strict: every warning is an error ------------------------------------------------


@pytest.fixture
def docs(tmp_path):
    (tmp_path / "docs/pt").mkdir(parents=True)
    text = "# Olá\n\n[um](more-cats.md)\n[dois](cats.md#a)\n[três](cats.md)\n"
    (tmp_path / "docs/pt/page.md").write_text(text, encoding="utf-8")
    return tmp_path / "docs"


@pytest.mark.parametrize(
    ("message", "located"),
    [
        (
            "Doc file 'pt/page.md' contains a link 'cats.md', but the target is not "
            "found among documentation files.",
            "docs/pt/page.md:5: broken link 'cats.md', but the target is not "
            "found among documentation files.",
        ),
        (
            "Doc file 'pt/page.md' contains a link 'cats.md#a', "
            "but the doc 'pt/cats.md' does not contain an anchor '#a'.",
            "docs/pt/page.md:4: broken link 'cats.md#a', "
            "but the doc 'pt/cats.md' does not contain an anchor '#a'.",
        ),
        (
            "Doc file 'pt/page.md' contains an absolute link '/a', it was left as is.",
            "docs/pt/page.md:1: broken link '/a', it was left as is.",
        ),
        (
            "Doc file 'pt/gone.md' contains an unrecognized relative link 'a', it was.",
            "docs/pt/gone.md:1: broken link 'a', it was.",
        ),
        ("Something else about 'pt/page.md'", "Something else about 'pt/page.md'"),
    ],
)
def test_a_broken_link_is_told_with_its_line(docs, message, located):
    assert strict.locate(message, docs) == located


def test_a_broken_link_of_a_shared_file_is_told_there(docs):
    (docs / "glossary.yml").write_text("- id: a\n  where: far.md\n", encoding="utf-8")
    told = strict.locate("Doc file 'pt/page.md' contains a link 'far.md', no.", docs)
    assert told.startswith("docs/glossary.yml:2: broken link 'far.md'")


@pytest.fixture
def watched(docs):
    """MkDocs' logger with warnings watched, and afterwards as it was."""
    logger = logging.getLogger("mkdocs")
    before = logger.level, logger.handlers[:]
    logger.setLevel(logging.ERROR)  # as with -q
    strict.read_from(docs)
    strict.watch_warnings(PermissionError)
    strict.watch_warnings(PermissionError)
    yield logger
    logger.setLevel(before[0])
    logger.handlers[:] = before[1]


def test_a_warning_raises_even_when_quiet(watched):
    assert len(watched.handlers) == 1
    with pytest.raises(PermissionError, match="^old cats$"):
        logging.getLogger("mkdocs.plugins.any").warning("old %s", "cats")


def test_an_information_or_an_error_does_not_raise(watched):
    watched.info("building")
    watched.error("told already")


def test_a_page_that_a_browser_does_not_find_while_serving_does_not_raise(watched):
    logging.getLogger("mkdocs.livereload").warning('"GET /favicon.ico" code 404')


# --- mathml: formulas -----------------------------------------------------------------


def test_an_inline_formula_becomes_mathml_inline():
    html = r'<p>São <span class="arithmatex">\(x_1 &lt; 2\)</span>.</p>'
    assert mathml.formulas(html) == (
        '<p>São <math xmlns="http://www.w3.org/1998/Math/MathML" display="inline">'
        "<mrow><msub><mi>x</mi><mn>1</mn></msub>"
        "<mo>&#x0003C;</mo><mn>2</mn></mrow></math>.</p>"
    )


def test_a_formula_of_its_own_becomes_a_block_that_can_be_scrolled():
    html = '<div class="arithmatex">\\[\n\\frac{a}{b}\n\\]</div>'
    assert mathml.formulas(html) == (
        '<div class="formula" tabindex="0">'
        '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">'
        "<mrow><mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac></mrow>"
        "</math></div>"
    )


def test_each_of_several_formulas_is_replaced_and_the_rest_is_left():
    one = r'<span class="arithmatex">\(a\)</span>'
    found = mathml.formulas(f"<p>{one} <code>$b$</code> {one}</p>")
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
        mathml.formulas(rf'<span class="arithmatex">\({latex}\)</span>')
    assert caught.value.args == (latex, cause)


def test_braces_that_are_shown_need_no_twin():
    html = mathml.formulas(r'<span class="arithmatex">\(\{ a\)</span>')
    assert "&#x0007B;" in html


# --- output: last touches on the site -------------------------------------------------


def config_script(base):
    settings = json.dumps({"base": base, "words": "é"}, ensure_ascii=False)
    return f'<script id="__config" type="application/json">{settings}</script>'


@pytest.mark.parametrize(
    ("folder", "base", "own"),
    [
        ("", ".", "."),
        ("", "..", ".."),
        ("en", "..", "."),
        ("en", "../..", ".."),
    ],
)
def test_a_page_searches_below_the_folder_of_its_language(folder, base, own):
    page = f"<body>{config_script(base)}</body>"
    assert output.finish_page(page, folder) == f"<body>{config_script(own)}</body>"


def test_unnamed_switches_are_hidden_from_screen_readers():
    switch = '<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="d">'
    assert output.finish_page(switch, "") == (
        '<input class="md-toggle" data-md-toggle="drawer" type="checkbox"'
        ' aria-hidden="true" tabindex="-1" id="d">'
    )


def index_of(*entries):
    names = "location", "title", "text"
    return {"config": {}, "docs": [dict(zip(names, entry)) for entry in entries]}


def test_an_index_has_its_own_language_only_below_its_own_folder():
    index = index_of(
        ("cats.html", "Gatos", ""),
        ("en/cats.html", "Cats", ""),
        ("en/cats.html#en/x", "More", ""),
    )
    assert output.own_index(index, "en") == index_of(
        ("cats.html", "Cats", ""), ("cats.html#en/x", "More", "")
    )


def test_an_index_of_the_first_language_keeps_its_addresses():
    index = index_of(("cats.html", "Cats", "<p>one</p>"))
    assert output.own_index(index, "") == index_of(("cats.html", "Cats", "<p>one</p>"))


def test_an_index_finds_words_that_were_typed_without_accents():
    index = index_of(
        ("a.html", "Atenção", '<p>Você já leu: <b id="é">maçã</b>, maca, a.</p>')
    )
    (entry,) = output.own_index(index, "")["docs"]
    assert entry["text"] == (
        '<p>Você já leu: <b id="é">maçã</b>, maca, a.</p><p>atencao ja voce</p>'
    )


def test_an_index_is_written_for_a_server_and_for_a_folder(tmp_path):
    output.write_index(tmp_path, {"docs": ["é"]})
    written = (tmp_path / "search/search_index.json").read_text(encoding="utf-8")
    assert written == '{"docs":["é"]}'
    written = (tmp_path / "search/search_index.js").read_text(encoding="utf-8")
    assert written == 'var __index = {"docs":["é"]}'


@pytest.fixture
def scripts(tmp_path):
    """Material's scripts, as far as the site changes them."""
    folder = tmp_path / "assets/javascripts"
    for name, text in {
        "bundle.1a.min.js": 'f(e,t=new Worker(e)){$(location.protocol!=="file:"),b}',
        "workers/search.2b.min.js": "x:`${r}*`);if(e[s].startsWith(o.term))y",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_scripts_of_the_theme_are_mended(scripts, tmp_path):
    output.mend_scripts(tmp_path)
    bundle = (scripts / "bundle.1a.min.js").read_text()
    assert re.fullmatch(r"f\(e,t=Object\.assign\(.*\)\)\{\$\(!1\),b\}", bundle)
    assert (scripts / "workers/search.2b.min.js").read_text() == (
        "x:`${r} ${r}*`);if((e[s].startsWith(o.term)||o.term.startsWith(e[s])))y"
    )


@pytest.mark.parametrize("name", ["bundle.1a.min.js", "workers/search.2b.min.js"])
def test_scripts_of_a_theme_that_changed_are_an_error(scripts, tmp_path, name):
    (scripts / name).write_text("something new")
    with pytest.raises(PageError, match=f"{name}: expected '.*' once"):
        output.mend_scripts(tmp_path)


def test_pruning_leaves_only_what_the_site_uses(tmp_path):
    lunr = "assets/javascripts/lunr"
    before = {
        "a.min.js": "code()\n//# sourceMappingURL=a.min.js.map\n",
        "a.min.js.map": "{}",
        "b.min.css": "p{}\n/*# sourceMappingURL=b.min.css.map */",
        "b.min.css.map": "{}",
        "plain.js": "own()\n//# sourceMappingURL=plain.js.map\n",
        f"{lunr}/tinyseg.js": "ja()",
        f"{lunr}/wordcut.js": "th()",
        f"{lunr}/min/lunr.de.min.js": "de()",
        f"{lunr}/min/lunr.multi.min.js": "multi()",
        f"{lunr}/min/lunr.pt.min.js": "pt()",
        f"{lunr}/min/lunr.stemmer.support.min.js": "stem()",
        "index.html": "<p>",
    }
    for name, text in before.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    output.prune(tmp_path)
    left = {
        path.relative_to(tmp_path).as_posix(): path.read_text()
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    assert left == {
        "a.min.js": "code()\n",
        "b.min.css": "p{}\n",
        "plain.js": before["plain.js"],
        f"{lunr}/min/lunr.pt.min.js": "pt()",
        f"{lunr}/min/lunr.stemmer.support.min.js": "stem()",
        "index.html": "<p>",
    }

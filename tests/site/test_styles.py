"""No byte that shows nothing; what is expected was written by hand."""


import re
from pathlib import Path

import material
from pygments.token import STANDARD_TYPES

from builder.site import styles
from builder.site.highlight import merge_marks


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



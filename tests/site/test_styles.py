"""No byte that shows nothing; what is expected was written by hand."""

import re
from pathlib import Path

import markdown
import material
import pymdownx.highlight
import pytest
from pygments.lexers.python import PythonLexer
from pygments.token import STANDARD_TYPES

from builder.errors import PageError
from builder.notebook.cache import Cache
from builder.site import styles
from builder.site.highlight import Colours, marked


def test_marks_stay_where_the_colour_changes():
    code = 'import a\n\nfrom b import c\nb.d()\n# e\n\n  # f <\n  * 1 + "\\n"'
    assert marked(PythonLexer().get_tokens(code)) == (
        '<span class="k">import</span> <span class="nf">a</span>\n\n'
        '<span class="k">from</span> <span class="nf">b</span> '
        '<span class="k">import</span> c\nb.d()\n'
        '<span class="c"># e\n\n  # f &lt;</span>\n'
        '  * <span class="m">1</span> + <span class="s">"\\n"</span>\n'
    )


def test_code_that_says_what_marks_are_made_of_is_left_alone():
    code = "a = '<span class=\"n\">b</span>'"
    text = '<span class="n">b</span>'.replace("<", "&lt;").replace(">", "&gt;")
    assert f"'{text}'" in marked(PythonLexer().get_tokens(code))


def test_code_of_a_chapter_has_a_mark_a_line_and_leads_to_names_once():
    code = "a = softmax(b)\n\nc = softmax(softmax)  # softmax\n"
    assert marked(PythonLexer().get_tokens(code), ["softmax"]) == (
        '<span class="l">a = <a href="code.html#softmax">softmax</a>(b)</span>\n'
        '<span class="l"></span>\n'
        '<span class="l">c = softmax(softmax)  '
        '<span class="c"># softmax</span></span>\n'
    )


def test_a_block_is_framed_as_pymdownx_frames_it(tmp_path, monkeypatch):
    ours = pymdownx.highlight.highlight
    monkeypatch.setattr(pymdownx.highlight, "highlight", ours)
    Colours(Cache(tmp_path))
    made = markdown.markdown(
        "```python\nif a:\n```\n\n```text\n<a>\n```\n",
        extensions=["pymdownx.highlight", "pymdownx.superfences"],
    )
    assert made.split("\n") == [
        '<div class="highlight"><pre><code><span class="k">if</span> a:',
        "</code></pre></div>",
        '<div class="highlight"><pre><code>&lt;a&gt;',
        "</code></pre></div>",
    ]


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
    for token, kind in STANDARD_TYPES.items():
        if not kind:
            continue
        made = marked([(token, "a")])
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
        "index.html": '<p class="a long-name" data-x="tall">.b</p>',
        **{f"styles/{name}.css": "" for name in styles.OURS},
        "styles/page.css": "/* ours */ .gone { color: var(--icon); --same: 2; }",
        "assets/own.js": 'add("made"), bc',
        "assets/data.js": "b" + " " * styles.DATA,
        "assets/stylesheets/main.0.css": (
            ":root{--icon:url('x');--no:url(\"data:;a}\");--deep:1;--c:2;--same:1}"
            ".a{--used-by-no-one:var(--deep)}kbd,p kbd,.bc{x:y}"
            ".a,.b .a,p:not(.b){x:var(--c)}.b{x:var(--no)}@media print{.b{x:y}}"
            "[data-x=tall] .made{x:y}[data-x=blue] .a{x:y}@keyframes k{66.6%{x:y}}"
            ":is(.a,.b) .long-name{x:y}@keyframes m{0%{x:y}to{x:z}}.a{animation:m 1s}"
        ),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    styles.join_styles(tmp_path)
    (sheet,) = tmp_path.rglob("*.css")
    theirs, ours = filter(None, sheet.read_text().split("\n"))
    assert ours == ".gone{color:var(--icon);--same:2}"
    assert theirs == (
        ":root{--icon:url('x');--c:2;}"
        ".a,p:not(.b){x:var(--c)}"
        "[data-x=tall] .made{x:y}"
        ":is(.a,.b) .long-name{x:y}@keyframes m{0%{x:y}to{x:z}}.a{animation:m 1s}"
    )


def test_a_sheet_that_nobody_named_stops_the_build(tmp_path):
    for name in [*styles.OURS, "new"]:
        (tmp_path / "styles").mkdir(exist_ok=True)
        (tmp_path / f"styles/{name}.css").touch()
    with pytest.raises(PageError, match="differ: new"):
        styles.join_styles(tmp_path)


def test_every_colour_and_size_of_a_page_is_one_of_the_palette(site, pages):
    """A name that nobody defines is drawn black, or not at all."""
    sheet = (site / "assets" / "site.css").read_text(encoding="utf-8")
    defined = set(re.findall(r"(--[\w-]+)\s*:", sheet))
    for name, soup in pages.items():
        text = str(soup)
        own = defined | set(re.findall(r"(--[\w-]+)\s*:", text))
        used = set(re.findall(r"var\((--[\w-]+)\)", text))
        assert used <= own, f"{name}: {sorted(used - own)}"

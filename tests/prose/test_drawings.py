"""Drawings made by hand: what they may hold, and that those of the site are legible."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest
from contrast import contrast
from made import html_of

from builder.errors import PageError
from builder.notebook.chapter import read_chapter
from builder.prose import svg
from builder.prose.drawings import Drawings

ROOT = Path(__file__).resolve().parents[2]
MADE = sorted((ROOT / "docs" / "drawings").glob("*"))
PHONE = 328  # width of the column on a screen 360 pixels wide
HAT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40" font-size="14">
  <!-- a remark -->
  <defs><path id="brim" d="M0 0h9"/></defs>
  <use href="#brim" fill="var(--gaze)"/>
  <rect clip-path="url(#brim)"/>
  <switch>
    <text systemLanguage="pt">chapéu <tspan>&lt; 2</tspan> é</text>
    <text systemLanguage="en">hat</text>
  </switch>
</svg>
"""
LINE = '![A "hat".](drawings/hat.svg "A *hat*, {{ n }}.")'


def drawn(folder, text=LINE, drawing=HAT, **known):
    (folder / "drawings").mkdir(exist_ok=True)
    (folder / "drawings/hat.svg").write_text(drawing, encoding="utf-8")
    return html_of(folder, text, values={"n": 3}, **known)


def test_a_drawing_stands_in_the_page_in_its_language(tmp_path):
    html = drawn(tmp_path, lang="pt")
    assert html == (
        '<figure class="plot drawing"><svg viewBox="0 0 90 40" font-size="14" '
        'role="img" aria-label="A &quot;hat&quot;." data-search-exclude="" '
        'style="max-width:5.625rem">'
        '<defs><path id="drawing-1-brim" d="M0 0h9" /></defs>'
        '<use href="#drawing-1-brim" fill="var(--gaze)" />'
        '<rect clip-path="url(#drawing-1-brim)" />'
        "<text>chapéu <tspan>&lt; 2</tspan> é</text></svg>"
        "<figcaption>A <em>hat</em>, 3.</figcaption>\n</figure>"
    )
    assert "<text>hat</text></svg>" in drawn(tmp_path, lang="en")


def test_two_drawings_of_a_page_do_not_share_ids(tmp_path):
    html = drawn(tmp_path, f"{LINE}\n\n- {LINE}")
    ids = re.findall(r' id="([^"]+)"', html)
    assert ids == ["drawing-1-brim", "drawing-2-brim"]
    assert re.findall(r"(?:href=\"|url\()#([\w-]+)", html) == sorted(2 * ids)


SWITCH = "has a <switch> (chapéu < 2 é{}) in {}; give it one child with systemLanguage="
SWITCH += '"..." for each of pt, en'
FAULTS = {
    "not XML": (
        ("</svg>", ""),
        "is not XML: no element found: line 11, column 0; close each tag and quote",
    ),
    "no size": (('viewBox="0 0 90 40" ', ""), "has no size, or is no SVG; begin with"),
    "a size that begins elsewhere": (('"0 0 9', '"1 0 9'), "has no size, or is no SVG"),
    "no SVG": (('"http://www.w3.org/2000/svg"', '"x"'), "has no size, or is no SVG"),
    "a language lacking": (
        ('    <text systemLanguage="en">hat</text>\n', ""),
        SWITCH.format("", "pt"),
    ),
    "a language twice": (('"en"', '"pt"'), SWITCH.format(" hat", "pt, pt")),
    "a language of no site": (('"en"', '"fr"'), SWITCH.format(" hat", "pt, fr")),
    "a language too many": (
        ("  </switch>", '<text systemLanguage="fr">x</text></switch>'),
        SWITCH.format(" hat x", "pt, en, fr"),
    ),
    "words in no language": (
        (' systemLanguage="en"', ""),
        SWITCH.format(" hat", "pt, none"),
    ),
    "words in one language": (
        ("<defs>", '<text systemLanguage="en">cat</text><defs>'),
        "has a <text> in one language outside a <switch>; put it into one",
    ),
    "a colour of its own": (
        ("var(--gaze)", "#b85c00"),
        'holds <use fill="#b85c00">, no colour of this site; use var(--source), '
        "var(--target), var(--gaze), var(--drawing-faint), currentColor, none",
    ),
    "another variable": (
        ('fill="var(--gaze)"', 'stroke="var(--plot-red)"'),
        'holds <use stroke="var(--plot-red)">, no colour of this site',
    ),
    "a script": (("<defs>", "<script/><defs>"), "holds <script>; draw with svg, g, "),
    "a style": (("<defs>", "<style/><defs>"), "holds <style>; draw with svg, g, "),
    "an image": (("<defs>", "<image/><defs>"), "holds <image>; draw with svg, g, "),
    "a style of a part": (
        ('d="M0 0h9"', 'd="M0 0h9" style="fill:red"'),
        'holds <path style="fill:red">; write attributes of SVG, such as '
        'fill="var(--source)", or <use href="#id"/>',
    ),
    "a program": (("<rect", '<rect onclick="go()"'), 'holds <rect onclick="go()">; '),
    "a link out": (
        ('"#brim"', '"https://x.example/a.svg#brim"'),
        'holds <use href="https://x.example/a.svg#brim">; write attributes of SVG',
    ),
    "a link to nothing": (('"#brim"', '"#crown"'), 'holds <use href="#crown">; '),
    "a reference out": (
        ("url(#brim)", "url(a.svg#brim)"),
        'holds <rect clip-path="url(a.svg#brim)">, which leaves the drawing or leads '
        "to nothing; write url(#id) of a part of it",
    ),
    "a reference to nothing": (
        ("url(#brim)", "url(#crown)"),
        'holds <rect clip-path="url(#crown)">, which leaves the drawing or leads',
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_drawing_that_does_not_fit_the_site_is_refused(tmp_path, fault):
    (old, new), told = FAULTS[fault]
    assert HAT.count(old) == 1
    with pytest.raises(PageError) as caught:
        drawn(tmp_path, drawing=HAT.replace(old, new))
    assert f"drawings/hat.svg: this drawing {told}" in str(caught.value)


ADVICE = "needs words and a caption; write ![What it shows.](drawings/name.svg "
LINES = {
    "without alt": ('![](drawings/hat.svg "A hat.")', ADVICE),
    "without caption": ("![A hat.](drawings/hat.svg)", ADVICE),
    "with an empty caption": ('![A hat.](drawings/hat.svg "")', ADVICE),
    "within a line": ('See ![A hat.](drawings/hat.svg "A hat.").', ADVICE),
    "of no file": (
        '![A cap.](drawings/cap.svg "A cap.")',
        "there is no drawing 'cap' (drawn: hat)",
    ),
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_does_not_show_a_drawing_is_told(tmp_path, line):
    written, told = LINES[line]
    with pytest.raises(PageError) as caught:
        drawn(tmp_path, f"`{written}`\n\n{written}")
    assert "en/page.md:3: " in str(caught.value)
    assert told in str(caught.value)


def test_what_stands_in_code_is_no_drawing(tmp_path):
    assert "<svg" not in drawn(tmp_path, f"```text\n{LINE}\n```\n\n    {LINE}")


def test_a_drawing_that_no_page_shows_is_an_error(tmp_path):
    drawn(tmp_path)
    drawings = Drawings(tmp_path / "drawings", ["pt", "en"])
    with pytest.raises(PageError, match=r"hat\.svg: no page shows this drawing; show"):
        drawings.require_all_used()
    drawings.inlined("hat", "pt", "", "A hat.")
    drawings.require_all_used()


# Those of the site.


@pytest.fixture(params=MADE, ids=lambda path: path.stem)
def made(request):
    return request.param.read_text(encoding="utf-8")


def test_a_drawing_of_the_site_is_small_and_in_both_languages(made):
    root = svg.read(made, ["pt", "en"])
    texts = [svg.inlined(root, lang, "a-", "b") for lang in ("pt", "en")]
    assert all("systemLanguage" not in text for text in texts)
    assert len(made.encode()) < 4096
    assert not re.search(r"\.\d\d", made), "a tenth is as fine as a screen"


def sizes(element, size=0.0):
    """Yield the size of each text of a drawing, in its own units."""
    assert "scale" not in element.get("transform", "")
    size = float(element.get("font-size", size))
    if (element.text or "").strip() and element.tag in ("text", "tspan"):
        yield size
    for child in element:
        yield from sizes(child, size)


def test_on_a_phone_its_words_can_be_read(made):
    root = svg.read(made, ["pt", "en"])
    wide = float(root.get("viewBox").split()[2])
    assert wide <= 360
    assert min(sizes(root)) * min(1, PHONE / wide) >= 10


def colours(css, scheme):
    """Return what a scheme of `palette.css` calls its colours."""
    known = {}
    for selector in (":root", "[data-md-color-scheme]", scheme):
        (rule,) = re.findall(rf"^ *{re.escape(selector)} {{(.*?)}}", css, re.S | re.M)
        known |= dict(re.findall(r"(--[\w-]+): (.+);", rule))
    return known


def rgb(colour):
    return [int(colour[n : n + 2], 16) for n in (1, 3, 5)]


# What Material lays under the page: white, and its hue of 215 in slate.
@pytest.mark.parametrize(
    ("scheme", "page"),
    [(":root", "#ffffff"), ('[data-md-color-scheme="slate"]', "#1e2329")],
)
def test_the_colours_of_drawings_stand_out_from_the_page(scheme, page):
    css = (ROOT / "builder/look/styles/palette.css").read_text(encoding="utf-8")
    known = colours(css, scheme)
    for variable in svg.VARIABLES:
        colour = known[variable[4:-1]]
        colour = known[colour[4:-1]] if colour.startswith("var") else colour
        least = 3 if "faint" in variable else 4.5  # lines; words
        assert contrast(rgb(colour), rgb(page)) >= least, variable


def shares():
    """Compute the shares of each word from the numbers of the page, softly searched."""
    page = read_chapter(ROOT / "docs/en/soft-search.md", ROOT / "snippets")
    code = ast.parse("\n".join(cell.source for cell in page.code))
    made = {}
    for node in code.body:
        name, _, value = ast.unparse(node).partition(" = np.array(")
        if name in "hsWUv" and value:
            made[name] = np.array(ast.literal_eval(value.removesuffix(")")))
    h, s, w, u, v = (made[name] for name in "hsWUv")
    powers = np.exp(np.tanh((s @ w)[:, None] + h @ u) @ v)
    return powers / powers.sum(axis=1, keepdims=True)


def read(name):
    text = (ROOT / f"docs/drawings/{name}.svg").read_text(encoding="utf-8")
    return svg.read(text, ["pt", "en"])


def test_the_step_of_the_search_shows_the_numbers_of_its_page():
    root, (_, before_hat, _) = read("search"), shares()
    texts = [text.text for text in root.iter("text")]
    told = [text for text in texts if text and text.endswith("%")]
    assert told == [f"{share:.0%}" for share in before_hat]
    paths = [path for path in root.iter("path") if "153C" in path.get("d", "")]
    widths = [float(path.get("stroke-width")) for path in paths]
    assert widths == [round(20 * share, 1) for share in before_hat]


def test_the_rows_one_too_low_are_those_of_the_search():
    root = read("late")
    (squares,) = [p.get("d") for p in root.iter("path") if p.get("fill")]
    sides = [float(side) for side in re.findall(r"h([\d.]+)", squares)]
    right = shares()
    drawn = [*right.flat, *right[:2].flat]
    assert np.allclose(np.square(np.array(sides) / 36), drawn, atol=0.004)

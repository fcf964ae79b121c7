"""What is changed of Material; what is expected was written by hand."""

import importlib.metadata
import json

import pytest

from builder.errors import PageError
from builder.site import material, patches
from builder.site.tags import edited, tags_of


def test_the_patches_were_read_against_this_version():
    """Another version: read what its scripts do, then name it in material.py."""
    assert importlib.metadata.version("mkdocs-material") == material.VERSION


def finish(page, folder):
    return edited(page, material.edits(page, tags_of(page), folder))


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
    assert finish(page, folder) == f"<body>{config_script(own)}</body>"


def test_unnamed_switches_are_hidden_from_screen_readers():
    switch = '<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="d">'
    assert finish(switch, "") == (
        '<input class="md-toggle" data-md-toggle="drawer" type="checkbox"'
        ' id="d" aria-hidden="true" tabindex="-1">'
    )


def test_the_search_s_dialog_has_the_name_of_its_box():
    dialog = '<div class="md-search" role="dialog">'
    box = '<input class="md-search__input" aria-label="Buscar &amp; achar">'
    named = '<div class="md-search" role="dialog" aria-label="Buscar &amp; achar">'
    assert finish(dialog + box, "") == named + box


SWITCH = '<input class="md-toggle" id="a">'


@pytest.mark.parametrize(
    "words",
    [
        f"<!-- {SWITCH} -->",
        f"<script>{SWITCH}</script>",
        f"<p title='{SWITCH}'>&lt;meta charset=utf-8></p>",
    ],
)
def test_what_looks_like_a_switch_is_none(words):
    page = f"<meta charset='utf-8'>\n{words}\n{SWITCH}<INPUT class='b'></P >"
    made = finish(page, "")
    assert made.count("aria-hidden") == 1
    assert made.endswith(
        f'{words}\n{SWITCH[:-1]} aria-hidden="true" '
        "tabindex=\"-1\"><INPUT class='b'></P >"
    )


GONE = "".join(f"{start}gone{end}kept" for start, end, *_ in patches.CUTS)
LEFT = "".join(f"{new}{end}kept" for _, end, new in patches.CUTS)


@pytest.fixture
def scripts(tmp_path):
    """Material's scripts, as far as the site changes them, and the site's own."""
    folder = tmp_path / "assets/javascripts"
    texts = {"assets/place.js": "ours()\n"}
    for script, old, *_ in patches.PATCHES:
        name = f"assets/javascripts/{script.replace('*', '1a')}"
        start = GONE if script == patches.BUNDLE else ""
        texts[name] = texts.get(name, start) + f"[{old}]"
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return folder


def test_scripts_of_the_theme_are_mended(scripts, tmp_path):
    material.mend_scripts(tmp_path)
    bundle = (scripts / "bundle.1a.min.js").read_text()
    assert bundle.startswith(LEFT) and bundle.endswith("]ours()\n")
    assert not (tmp_path / "assets/place.js").exists()
    for script, _, new in patches.PATCHES:
        (path,) = scripts.glob(script)
        assert f"[{new}]" in path.read_text()


@pytest.mark.parametrize("name", ["bundle.1a.min.js", "workers/search.1a.min.js"])
def test_scripts_of_a_theme_that_changed_are_an_error(scripts, tmp_path, name):
    (scripts / name).write_text("something new")
    with pytest.raises(PageError, match=f"{name}: expected '.*' once"):
        material.mend_scripts(tmp_path)


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
    material.prune(tmp_path)
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

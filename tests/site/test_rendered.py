"""A page that an earlier build made is the page that this one would make."""

import os
import shutil
from functools import partial
from types import SimpleNamespace

import pytest
import small_site
from elsewhere import different, files

from builder.errors import PageError
from builder.notebook.cache import Cache
from builder.site import rendered
from builder.site.rendered import Rendered

PT, EN = "docs/pt/cats.md", "docs/en/cats.md"
SOURCE = """@misc{cat1999,
  author = {Cat, Ada},
  title = {Nine lives},
  url = {https://cats.example/},
  group = {papers},
  supports_en = {Nine.},
  supports_pt = {Nove.},
}
"""
TERM = """- id: mat
  where: cats.md#count
  en: {term: mats, text: To lie on.}
  pt: {term: tapetes, text: Para deitar.}
"""
HAT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small site whose pages cite a source, use a term and show a drawing."""
    site = small_site.copy(tmp_path_factory)
    shared = {"sources.bib": SOURCE, "glossary.yml": TERM, "drawings/hat.svg": HAT}
    small_site.write(site, {f"docs/{name}": text for name, text in shared.items()})
    for name, end in ((PT, "por dois."), (EN, "for two.")):
        shown = f'{end} [@cat1999]\n\n![Hat.](drawings/hat.svg "Hat.")'
        small_site.change(site, name, end, shown)
    add_a_glossary(site)
    build(site)
    return site


@pytest.fixture
def site(made, tmp_path):
    return shutil.copytree(made, tmp_path / "small-site", symlinks=True)


def add_a_glossary(site):
    for lang in ("pt", "en"):
        page = f"---\ndescription: x\n---\n\n# {lang}\n\n<!-- glossary -->\n"
        small_site.write(site, {f"docs/{lang}/glossary.md": page})
    small_site.change(site, "mkdocs.yml", "  - cats.md", "  - cats.md\n  - glossary.md")


def build(site):
    built = small_site.build(site)
    assert built.returncode == 0, built.stderr
    return files(site / "site")


def anew(site):
    """Build as if no build had been before, but for the cells."""
    shutil.rmtree(site / ".cache/pages")
    return build(site)


def kept(site):
    return {path.name: path.stat().st_mtime_ns for path in site.glob(".cache/pages/*")}


def test_a_page_is_made_anew_if_it_has_changed_and_no_other(site):
    first, before = build(site), kept(site)
    assert not different(first, build(site))
    assert before and kept(site) == before
    small_site.change(site, PT, "Um gato vale", "Um bichano vale")
    second = build(site)
    assert b"Um bichano vale" in second["cats.html"]
    new = {*kept(site)} - {*before}
    assert len(new) == 3  # as rendered, for the search, with the last touches
    assert not different(second, anew(site))


SHARED = ["docs/glossary.yml", "docs/sources.bib", "docs/drawings/hat.svg"]
SHARED += ["builder/look/words/pt.yml", "builder/prose/places.py"]


@pytest.mark.parametrize("name", SHARED)
def test_what_all_pages_share_makes_them_anew(tmp_path, monkeypatch, name):
    monkeypatch.setattr(rendered, "BUILDER", tmp_path / "builder")
    keys = set()
    for text in ("one", "two"):
        small_site.write(tmp_path, {name: text})
        kept = Cache(tmp_path / "kept")
        keys.add(Rendered(kept, tmp_path / "docs").shared)
    assert len(keys) == 2


def test_what_is_shared_and_changes_meanwhile_stops_the_build(tmp_path):
    """Who trains first, for minutes, reads words after the key was made."""
    small_site.write(tmp_path, {"docs/glossary.yml": "one"})
    pages = Rendered(Cache(tmp_path / "kept"), tmp_path / "docs")
    page = SimpleNamespace(meta={})
    settings = SimpleNamespace(markdown_extensions=[], mdx_configs={}, validation={})

    def make():
        small_site.write(tmp_path, {"docs/glossary.yml": "two"})
        return {}

    with pytest.raises(PageError, match="has changed while they were made; build ag"):
        pages.render(page, settings, [], "", make)
    assert not (tmp_path / "kept").exists()


# What one page alone is made of.
OWN = [
    (PT, '"gatos:"', '"bichanos:"'),
    ("mkdocs.yml", "TEXT: ↑", "TEXT: ↥"),
    ("snippets/small.py", "2 * number", "3 * number"),
    (PT, "Gatos, contados.", "Gatos."),  # shows twice, once by the template
]


def test_each_change_of_what_a_page_is_made_of_shows(site):
    seen = [build(site)["cats.html"]]
    for name, old, new in OWN:
        small_site.change(site, name, old, new)
        last = build(site)
        seen.append(last["cats.html"])
    assert len(set(seen)) == len(OWN) + 1
    assert not different(last, anew(site))


def test_another_address_makes_downloads_anew(site, monkeypatch):
    first = build(site)
    monkeypatch.setattr(
        small_site, "environment", partial(environment, "https://cats.example/")
    )
    second = build(site)
    assert b"https://cats.example/index.html" in second["cats.ipynb"]
    assert b"https://cats.example/index.html" not in first["cats.ipynb"]


def environment(address):
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": address}


def test_who_serves_takes_the_pages_of_who_built(monkeypatch):
    """MkDocs serves at an address of its own, which no page says."""
    monkeypatch.delenv("SITE_URL", raising=False)
    built, served = (
        rendered._settings(
            SimpleNamespace(
                markdown_extensions=[], mdx_configs={}, validation={}, site_url=address
            )
        )
        for address in ("https://cats.example/", "http://127.0.0.1:8000/")
    )
    assert built == served


def test_a_page_as_it_was_leads_to_no_section_that_is_gone(site):
    build(site)
    before = kept(site)
    for lang in ("pt", "en"):
        small_site.change(site, f"docs/{lang}/index.md", "{#why}", "{#how}")
    failed = small_site.build(site)
    assert failed.returncode == 1
    assert "docs/pt/cats.md:32: broken link 'index.md#why'" in failed.stderr
    assert len({*kept(site)} - {*before}) == 3  # of the changed page


@pytest.mark.parametrize(
    "name, line",
    [
        ("sources.bib:1: no page cites 'cat1999'", " [@cat1999]"),
        ("hat.svg: no page shows", '![Hat.](drawings/hat.svg "Hat.")\n'),
    ],
)
def test_a_page_that_is_made_notes_what_it_uses_alone(site, name, line):
    """And not what those before it did, or nothing would ever be without use."""
    build(site)
    for page in (PT, EN):
        small_site.change(site, page, line, "")
    failed = small_site.build(site)
    assert failed.returncode == 1
    assert name in failed.stderr


def test_a_search_reads_a_page_once(tmp_path):
    """Each build has an index of its own."""
    read = []
    for _ in range(2):
        index = SimpleNamespace(entries=["before"], config={})

        def read_it(page, index=index):
            read.append(page.title)
            index.entries.append({"title": page.title})

        index.add_entry_from_context = read_it
        Rendered(Cache(tmp_path / "kept"), tmp_path / "docs").remember(index)
        page = SimpleNamespace(url="a.html", title="A", meta={}, content="<p>")
        index.add_entry_from_context(page)
        assert index.entries == ["before", {"title": "A"}]
    assert read == ["A"]

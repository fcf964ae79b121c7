"""The built site, file by file."""

import ast
import gzip
import json
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup
from outputs import pages as pages_written

LANGUAGES = {"pt": ("pt-BR", ""), "en": ("en", "en/")}
BASE = "https://birth-of-attention.example/"


def content(pages):
    return {name: soup for name, soup in pages.items() if name != "404.html"}


def twin(name, folder):
    return folder + name.removeprefix("en/")


def address(name):
    return BASE + re.sub(r"(^|/)index\.html$", r"\1index.html", name)


def test_both_languages_have_the_same_pages(pages):
    names = set(content(pages))
    assert {n for n in names if not n.startswith("en/")} == {
        n.removeprefix("en/") for n in names if n.startswith("en/")
    }
    assert len(names) >= 6


def test_each_page_says_its_language(pages):
    for name, soup in content(pages).items():
        assert soup.html["lang"] == ("en" if name.startswith("en/") else "pt-BR")


def test_each_page_names_its_twins(pages):
    for name, soup in content(pages).items():
        links = {
            link["hreflang"]: link["href"] for link in soup.select("link[hreflang]")
        }
        assert links == {
            "pt-BR": BASE + twin(name, ""),
            "en": BASE + twin(name, "en/"),
            "x-default": BASE + twin(name, ""),
        }
        assert soup.select_one("link[rel=canonical]")["href"] == BASE + name


def test_the_sitemap_lists_every_page_with_its_twins(site, pages):
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert "lastmod" not in text
    urls = ElementTree.fromstring(text).findall("{*}url")
    found = {
        url.find("{*}loc").text: {
            link.get("hreflang"): link.get("href") for link in url.findall("{*}link")
        }
        for url in urls
    }
    assert found == {
        BASE + name: {
            "pt-BR": BASE + twin(name, ""),
            "en": BASE + twin(name, "en/"),
            "x-default": BASE + twin(name, ""),
        }
        for name in content(pages)
    }


def resolve(site, name, link):
    """Return the file that a link of a page leads to, and its fragment."""
    parts = urlsplit(link)
    path = unquote(parts.path)
    if name == "404.html":
        path = path.removeprefix("/")
    folder = (site / name).parent
    target = (folder / path).resolve() if path else (site / name).resolve()
    return target, unquote(parts.fragment)


def test_every_link_leads_somewhere(site, pages):
    ids = {
        (site / name).resolve(): {tag["id"] for tag in soup.select("[id]")}
        for name, soup in pages.items()
    }
    checked = 0
    for name, soup in pages.items():
        for tag in soup.select("[href], [src]"):
            link = tag.get("href") or tag.get("src")
            if urlsplit(link).scheme:
                continue
            target, fragment = resolve(site, name, link)
            assert target.is_file(), f"{name}: {link}"
            if fragment and target in ids:
                assert fragment in ids[target], f"{name}: {link}"
            checked += 1
    assert checked > 100


def test_nothing_is_loaded_from_another_host(site, pages):
    for name, soup in pages.items():
        for tag in soup.select("script, img, iframe, source, link, use, image"):
            if tag.name == "link" and {"canonical", "alternate"} & set(tag["rel"]):
                continue
            for value in (tag.get("src"), tag.get("href"), tag.get("xlink:href")):
                assert not re.match(r"(\w+:)?//", value or ""), f"{name}: {value}"
    for path in site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(url\(|@import)\s*['\"]?(https?:)?//", text), path


def test_external_links_are_well_formed(pages):
    for name, soup in pages.items():
        for tag in soup.select("a[href^=http]"):
            parts = urlsplit(tag["href"])
            assert parts.scheme == "https" and "." in parts.netloc, f"{name}: {tag}"
            assert tag["href"] == tag["href"].strip()


def test_ids_are_unique_on_each_page(pages):
    for name, soup in pages.items():
        counted = Counter(tag["id"] for tag in soup.select("[id]"))
        assert not {one for one, times in counted.items() if times > 1}, name


def test_nothing_is_shipped_that_nobody_needs(site):
    names = {path.name for path in site.rglob("*") if path.is_file()}
    assert not [name for name in names if name.endswith(".map")]
    lunr = {path.name for path in site.glob("assets/javascripts/lunr/**/*.js")}
    assert lunr == {"lunr.pt.min.js", "lunr.stemmer.support.min.js"}
    for path in [*site.rglob("*.js"), *site.rglob("*.css")]:
        assert "sourceMappingURL" not in path.read_text(encoding="utf-8"), path


def weight(path):
    return len(gzip.compress(path.read_bytes(), 9))


FIRST_VIEW = {"index.html": 60, "code.html": 90}  # kilobytes; any other page 75


def test_a_first_view_weighs_little(site, pages):
    """All that a server sends before anybody clicks, without the fonts.

    The search loads its worker when somebody types (test_browser.py sees to that).
    """
    for name, soup in content(pages).items():
        tags = soup.select("script[src], link[rel=stylesheet], link[rel=icon]")
        links = {tag.get("src") or tag.get("href") for tag in tags}
        files = {resolve(site, name, link)[0] for link in links}
        total = sum(map(weight, files | {site / name}))
        print(f"{name}: {total} bytes")
        assert total <= FIRST_VIEW.get(name.removeprefix("en/"), 75) * 1024, name


def test_figures_speak_and_follow_the_page(pages):
    figures = [f for s in pages.values() for f in s.select("figure:not(.gaze)")]
    assert len(figures) >= 12
    for figure in figures:
        assert figure.svg["role"] == "img"
        assert len(figure.svg["aria-label"]) > 20
        assert figure.figcaption.get_text().strip()
        assert "#000000" not in str(figure)
        ids = {tag["id"] for tag in figure.select("[id]")}
        used = re.findall(r"(?:href=\"|url\()#([^\")]+)", str(figure))
        assert set(used) <= ids


def test_weights_speak_and_have_controls_of_their_own(pages):
    """The same words in lines and table, and one radio of each name is checked."""
    drawn = [(name, f) for name, s in pages.items() for f in s.select("figure.gaze")]
    assert len(drawn) >= 18
    for name, figure in drawn:
        assert len(figure["aria-label"]) > 20 and figure.figcaption.get_text().strip()
        for lines, table in zip(figure.select(".lines"), figure.select("table")):
            for side, scope in ((".asks", "row"), (".asked", "col")):
                words = [one.get_text() for one in lines.select(f"{side} label")]
                heads = table.select(f"th[scope={scope}]")
                assert words == [one.get_text() for one in heads], name
                given = lines.select_one(side).get("lang")
                assert {one.get("lang") for one in heads} == {given}
    for name, soup in pages.items():
        groups = [
            {one["name"] for one in figure.select("input")}
            for figure in soup.select("figure.gaze")
        ]
        assert len(set().union(*groups)) == sum(map(len, groups)), name


def test_tables_name_their_rows_and_columns(pages):
    tables = [t for soup in pages.values() for t in soup.select(".output table")]
    assert len(tables) >= 12
    for table in tables:
        assert table.find_parent(class_="gaze") or table.caption.get_text()
        assert {th["scope"] for th in table.select("thead th")} == {"col"}
        assert all(row.th["scope"] == "row" for row in table.select("tbody tr"))


def test_an_output_is_no_code(pages):
    for soup in pages.values():
        for output in soup.select(".output"):
            assert not output.select("code, button:not(.play)")


def test_nothing_of_the_workshop_is_left_on_a_page(pages):
    for name, soup in pages.items():
        text = soup.get_text()
        for scrap in ("{{", "--8<--", "\\(", "\\[", "Traceback", "Warning:", "{#"):
            assert scrap not in text, f"{name}: {scrap}"
        assert not soup.select("[data-output], .arithmatex")


def test_formulas_are_mathml(pages):
    for name in ("soft-search.html", "en/soft-search.html"):
        assert len(pages[name].select(".formula math")) == 3


def chapters(pages):
    return [n for n, soup in pages.items() if soup.select(".downloads")]


def test_every_chapter_offers_itself_in_its_language(site, pages):
    assert len(chapters(pages)) == len(pages_written(runs=True)) >= 12
    for name in chapters(pages):
        links = [a["href"] for a in pages[name].select(".downloads a[download]")]
        stem = name.rpartition("/")[2].removesuffix(".html")
        assert links == [f"{stem}.ipynb", f"{stem}.py"]
        script = (site / name).with_suffix(".py").read_text(encoding="utf-8")
        ast.parse(script)
        notebook = nbformat.read((site / name).with_suffix(".ipynb"), as_version=4)
        nbformat.validate(notebook)
        heading = pages[name].h1.find(string=True, recursive=False)
        assert notebook["cells"][0]["source"].startswith(f"# {heading}")
        outputs = [o for c in notebook["cells"] for o in c.get("outputs", [])]
        kinds = {output["output_type"] for output in outputs}
        assert {"stream"} <= kinds <= {"stream", "display_data"}
        prose = "".join(
            c["source"] for c in notebook["cells"] if c["cell_type"] == "markdown"
        )
        assert "{#" not in prose and "{{" not in prose and ".md)" not in prose


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_searches_its_own_pages(site, pages, language):
    folder = site / LANGUAGES[language][1]
    text = (folder / "search/search_index.json").read_text(encoding="utf-8")
    script = (folder / "search/search_index.js").read_text(encoding="utf-8")
    assert script == f"var __index = {text}"
    index = json.loads(text)
    assert index["config"]["lang"] == [language]
    found = set()
    for entry in index["docs"]:
        path, _, fragment = entry["location"].partition("#")
        name = LANGUAGES[language][1] + path
        found.add(name)
        assert not fragment or pages[name].find(id=fragment), entry["location"]
        heading = pages[name].find(id=fragment) or pages[name].h1
        assert "<p>Output</p>" not in entry["text"] and "print(" not in entry["text"]
        title = BeautifulSoup(entry["title"], "html.parser").get_text()
        assert heading.get_text().startswith(title), entry["location"]
    start = LANGUAGES[language][1]
    assert found == {n for n in content(pages) if n.startswith("en/") == bool(start)}


@pytest.mark.parametrize("start", ["", "en/"])
def test_the_chapters_are_numbered_through(pages, start):
    lists = pages[f"{start}index.html"].select("article > ol")
    assert [int(part.get("start", 1)) for part in lists] == [1, 5]
    counts = [len(part("li", recursive=False)) for part in lists]
    numbers = [b.get_text() for b in pages[f"{start}index.html"].select(".nav b")]
    assert counts[0] == 4 and numbers == [f"{n}" for n in range(1, sum(counts) + 1)]


def test_each_menu_leads_to_pages_of_its_own_language(site, pages):
    for name, soup in content(pages).items():
        links = soup.select(".nav a")
        assert len(links) >= 16
        for link in links:
            target, _ = resolve(site, name, link["href"])
            inside = target.relative_to(site.resolve()).as_posix().startswith("en/")
            assert inside == name.startswith("en/"), f"{name}: {link['href']}"

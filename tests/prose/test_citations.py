"""Every fact leads to its source, in the language of the page."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from made import html_of
from pybtex.database import parse_string

from builder.errors import PageError
from builder.prose.citations import MARGIN
from builder.prose.sources import Sources

ROOT = Path(__file__).resolve().parents[2]
DOCS = {lang: ROOT / "docs" / lang for lang in ("pt", "en")}
FOLDER = {"pt": "", "en": "en/"}
# Pages that tell what happened, and how many words they may take.
TOLD = {
    "story.md": (1500, 2500),
    "the-name.md": (600, 1500),
    "before-and-after.md": (1000, 2200),
    "myths.md": (1000, 2600),
}
CITATION = re.compile(r"\[(@[^\[\]]+)\]")
DRAWING = re.compile(r"<figure.*?</figure>", re.DOTALL)
BIB = """@misc{a2014,
  author = {Silva, Ana Maria and van der Berg, Jan},
  title = {A Title},
  note = {ICLR 2015},
  year = {2014},
  url = {https://arxiv.org/abs/1409.0473},
  group = {one},
  supports_en = {this.},
  supports_pt = {isto.}
}
@article{b1993,
  author = {B, C and D, E and F, G and H, I and J, K and L, M and N, O},
  title = {Longer},
  title_pt = {Mais longo},
  journal = {Cats 1(2)},
  year = {1993},
  url = {https://cats.example/longer/than/thirty/characters},
  link_pt = {ler},
  group = {two},
  supports_en = {that.},
  supports_pt = {aquilo.}
}
"""


@pytest.fixture
def sources(tmp_path):
    (tmp_path / "sources.bib").write_text(BIB, encoding="utf-8")
    return Sources(tmp_path / "sources.bib")


def notes(folder, text, **more):
    """Return (the page without its notes, {id of a note: its text})."""
    soup = BeautifulSoup(html_of(folder, text, **more), "html.parser")
    found = {}
    for item in soup.select(".footnote li"):
        for link in item.select(".footnote-backref"):
            link.decompose()
        found[item["id"]] = item.get_text().strip()
    if soup.select(".footnote"):
        soup.select_one(".footnote").decompose()
    return soup, found


def test_a_note_is_written_in_the_language_of_the_page(tmp_path, sources):
    text = "Fact[@a2014, §3.1]. Other[@b1993; @a2014]."
    page, found = notes(tmp_path, text)
    assert page.get_text().strip() == "Fact1. Other2."
    links = [(a.parent["id"], a["href"]) for a in page.select(".footnote-ref")]
    assert links == [
        ("fnref:a2014-3-1", "#fn:a2014-3-1"),
        ("fnref:b1993-a2014", "#fn:b1993-a2014"),
    ]
    a2014 = "A. M. Silva and J. van der Berg, A Title, 2014 (ICLR 2015), "
    a2014 += "arXiv:1409.0473"
    b1993 = "C. B et al., Longer, Cats 1(2), 1993, cats.example"
    assert found == {
        "fn:a2014-3-1": f"{a2014}, §3.1.",
        "fn:b1993-a2014": f"{b1993}; {a2014}.",
    }
    html = html_of(tmp_path, text)
    assert "<em>A Title</em>" in html
    assert '<a href="https://arxiv.org/abs/1409.0473">arXiv:1409.0473</a>' in html
    _, found = notes(tmp_path, text, lang="pt")
    assert "A. M. Silva e J. van der Berg" in found["fn:a2014-3-1"]
    assert "Mais longo, Cats 1(2), 1993, ler" in found["fn:b1993-a2014"]


def test_one_note_serves_every_citation_of_one_place(tmp_path, sources):
    text = "A[@a2014]. B[@a2014]. C[@a2014, p. 2]. D[@a2014,p. 2]."
    page, found = notes(tmp_path, text)
    assert page.get_text().strip() == "A1. B1. C2. D2."
    assert list(found) == ["fn:a2014", "fn:a2014-p-2"]
    html = html_of(tmp_path, text)
    assert html.count('href="#fnref:a2014"') == html.count('href="#fnref2:a2014"') == 1


@pytest.mark.parametrize(("one", "other"), [("§3", "3"), ("3.1", "3-1"), ("3", "(3)")])
def test_places_that_are_spelt_with_the_same_letters_are_two_notes(
    tmp_path, sources, one, other
):
    page, found = notes(tmp_path, f"A[@a2014, {one}]. B[@a2014, {other}].")
    assert page.get_text().strip() == "A1. B2."
    assert [text.rpartition(", ")[2] for text in found.values()] == [
        f"{one}.",
        f"{other}.",
    ]


def test_a_note_by_hand_keeps_its_name_and_stands_first(tmp_path, sources):
    text = "A[@a2014]. B[^a2014]. C[@b1993].\n\n[^a2014]: By hand[@b1993, p. 1]."
    page, found = notes(tmp_path, text)
    assert page.get_text().strip() == "A2. B1. C3."
    assert list(found) == ["fn:a2014", "fn:a2014-2", "fn:b1993", "fn:b1993-p-1"]
    assert found["fn:a2014"] == "By hand4."


CODE = "[@a2014] {{ n }} $x$ cat [@nope]"


def test_what_stands_in_code_is_no_citation_no_value_and_no_formula(tmp_path, sources):
    text = f"`{CODE}` a\n\n```text\n{CODE}\n```\n\n> ```text\n> {CODE}\n> ```\n"
    soup, found = notes(tmp_path, text)
    assert [code.get_text().strip() for code in soup.select("code")] == [CODE] * 3
    assert not found and not soup.select("math")


def test_citations_are_read_in_tables_lists_and_what_html_holds(tmp_path, sources):
    text = "| a |\n| - |\n| b[@a2014] |\n\n- c[@a2014]\n\n"
    text += '<details markdown="1"><summary>d</summary>\n\ne[@b1993]\n\n</details>'
    soup, found = notes(tmp_path, text)
    assert [tag.get_text() for tag in soup.select("td, li, p")] == ["b1", "c1", "e2"]
    assert len(found) == 2


def test_the_margin_has_the_note_in_short(tmp_path, sources):
    told = html_of(tmp_path, "Fact[@a2014, §3; @b1993].", margin=True)
    short = "Silva &amp; van der Berg 2014, §3; B et al. 1993"
    assert f"</sup><small {MARGIN}>{short}</small>." in told
    assert "aria-hidden" in MARGIN and "data-search-exclude" in MARGIN


def test_a_notebook_names_the_source_in_brackets(sources):
    assert sources.inline("Fact[@b1993, p. 9].", "page.md") == (
        "Fact ([B et al. 1993, p. 9]"
        "(https://cats.example/longer/than/thirty/characters))."
    )


def test_a_notebook_keeps_its_code_as_it_is(sources):
    text = "`[@b1993]` a\n\n```text\n[@b1993] `\n```\n\n``[@b1993] ` ``"
    assert sources.inline(text, "page.md") == text


def test_bibtex_to_copy_has_no_field_of_ours(sources):
    (entry,) = parse_string(sources.bibtex("b1993"), "bibtex").entries.values()
    assert set(entry.fields) == {"title", "journal", "year", "url"}
    assert len(entry.persons["author"]) == 7


def test_a_group_without_a_place_is_an_error(sources):
    with pytest.raises(PageError, match="<!-- sources: two -->"):
        sources.list_in("<!-- sources: one -->", "page.md", "en")
    with pytest.raises(PageError, match="group 'three'"):
        sources.list_in("<!-- sources: three -->", "page.md", "en")


STRAY = "this stands outside every source; a source begins with @misc{"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("@misc{a2014,\n  author =", "@misc{ a2014 ,\n  writer =", ":1: the source"),
        (BIB, "@misc{ a ,", ":1: cannot be read as BibTeX: "),
        (BIB, f"{BIB}@misc{{ a ,\n}}", ":23: the source 'a' needs"),
        ("@misc{a2014", "misc{a2014", f":1: {STRAY}"),
        ("{A Title}", "{A Title", r":\d+: cannot be read as BibTeX: syntax error"),
        ("{Longer}", "Longer", ":13: cannot be read as BibTeX: undefined string"),
        ("title = {Longer}", "title = {x}, title = {y}", ":11: .* duplicate title"),
        ("b1993", "a2014", ":11: cannot be read as BibTeX: repeated .*: a2014"),
        ("B, C and", "B, C, D, E, F and", ":12: .*Too many commas in 'B, C, D, E, F'"),
        (BIB, "% nothing\n", ": has no source; write one, or take it away"),
        ("Longer", "Lon\u2028ger", ":13: a line separator"),
    ],
)
def test_damaged_bibtex_is_told_in_its_line(tmp_path, old, new, message):
    assert BIB.count(old) == 1
    path = tmp_path / "sources.bib"
    path.write_text(BIB.replace(old, new), encoding="utf-8")
    with pytest.raises(PageError, match=f"sources.bib{message}"):
        Sources(path)


def test_line_ends_and_byte_order_marks_change_nothing(tmp_path, sources):
    path = tmp_path / "sources.bib"
    for text in (BIB.replace("\n", "\r\n"), f"\ufeff{BIB}"):
        path.write_bytes(text.encode())
        assert Sources(path).bibtex("a2014") == sources.bibtex("a2014")


def test_an_unknown_key_is_told_where_it_is_written(tmp_path, sources):
    page, shared = tmp_path / "en/page.md", tmp_path / "timeline.yml"
    page.parent.mkdir()
    page.write_text("# A\n\n{{ timeline }}\n", encoding="utf-8")
    shared.write_text("- id: c1\n- id: d2\n  cite: '[@e3]'\n", encoding="utf-8")
    for cited, told in [("[@d2]", "timeline.yml:2: 'd2'"), ("[@e3]", "yml:3: 'e3'")]:
        match = re.fullmatch(CITATION, cited)
        with pytest.raises(PageError, match=f"{told} is no source of sources.bib"):
            sources.parts(match, page)


def test_an_unknown_key_is_told_in_its_line_not_in_that_of_code(tmp_path, sources):
    text = "# A\n\n```text\n[@nope]\n```\n\nFact[@nope].\n"
    with pytest.raises(PageError, match="page.md:7: 'nope' is no source"):
        html_of(tmp_path, text)


# --- the site


@pytest.mark.parametrize("lang", DOCS)
@pytest.mark.parametrize("name", TOLD)
def test_what_is_told_has_its_length_and_a_source_in_nearly_every_paragraph(lang, name):
    """A paragraph that only sets a scene, asks or judges needs none: a third may."""
    text = (DOCS[lang] / name).read_text(encoding="utf-8").split("\n---\n", 1)[1]
    text = DRAWING.sub("", text)
    low, high = TOLD[name]
    assert low <= len(CITATION.sub("", text).split()) <= high
    blocks = [b for b in text.split("\n\n") if len(b.split()) > 25 and b[0] not in "#<"]
    cited = [block for block in blocks if CITATION.search(block) or "](" in block]
    assert len(cited) >= len(blocks) * 2 / 3
    years = [b for b in blocks if re.search(r"\b(19|20)\d\d\b", b) and "{{" not in b]
    for block in years:
        assert CITATION.search(block) or "?" in block, block


@pytest.mark.parametrize("lang", DOCS)
def test_quotations_are_short(lang):
    for name in TOLD:
        text = DRAWING.sub("", (DOCS[lang] / name).read_text(encoding="utf-8"))
        text = re.sub(r"<[^>]*>", "", text)
        for quoted in re.findall(r"[\"“]([^\"“”]+)[\"”]", text):
            assert len(quoted.split()) <= 25, quoted


def test_each_source_stands_once_on_its_page_with_link_and_bibtex(pages):
    known = Sources(ROOT / "docs/sources.bib").entries
    links = [entry.fields["url"] for entry in known.values()]
    assert len(links) == len(set(links))
    for folder in FOLDER.values():
        soup = pages[f"{folder}sources.html"]
        listed = {tag["id"]: tag for tag in soup.select(".source")}
        assert set(listed) == set(known)
        for key, tag in listed.items():
            hrefs = [link["href"] for link in tag.select("a[href^=http]")]
            assert hrefs == [known[key].fields["url"]]
            assert f"{{{key}," in tag.select_one("code").get_text()


def test_every_link_out_of_the_story_is_one_of_the_sources(pages):
    entries = Sources(ROOT / "docs/sources.bib").entries.values()
    known = {entry.fields["url"] for entry in entries}
    for name in TOLD:
        for folder in FOLDER.values():
            soup = pages[folder + name.replace(".md", ".html")]
            out = {a["href"] for a in soup.article.select("a[href^=http]")}
            assert out <= known, name


def test_notes_are_complete_without_a_script_and_lead_back(pages):
    for name in TOLD:
        soup = pages[name.replace(".md", ".html")]
        notes = soup.select(".footnote li")
        assert notes and all(note.select("a.footnote-backref") for note in notes)
        assert "[@" not in soup.article.get_text()


def test_a_downloaded_notebook_names_its_sources(site):
    notebook = json.loads((site / "cursors.ipynb").read_text(encoding="utf-8"))
    text = "".join("".join(cell["source"]) for cell in notebook["cells"])
    assert "[@" not in text
    assert "(https://arxiv.org/abs/1211.3711)" in text


def test_drawings_are_the_same_but_for_their_words(pages):
    for name in ("story.html", "before-and-after.html"):
        drawn = [
            [
                re.sub(r"[\d.]+", "0", str([sorted(t.attrs) for t in svg.find_all()]))
                for svg in pages[folder + name].select(".drawn svg")
            ]
            for folder in FOLDER.values()
        ]
        assert len(drawn[0]) >= 3 and drawn[0] == drawn[1]


def test_the_video_opens_where_the_story_is_told():
    entry = Sources(ROOT / "docs/sources.bib").entries["karpathy2023lecture"]
    assert entry.fields["url"].endswith("XfpMkf4rD6E&t=1115s")


def test_the_page_of_the_story_leads_to_each_chapter_of_the_path():
    for folder in DOCS.values():
        text = (folder / "story.md").read_text(encoding="utf-8")
        places = [text.index(f"]({name}.md") for name in PATH]
        assert places == sorted(places)
        assert text.rstrip().endswith("?")


PATH = ["bottleneck", "cursors", "soft-search", "first-try", "the-name"]

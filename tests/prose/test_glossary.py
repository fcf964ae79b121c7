"""Terms: explained at their first use, by mouse, key and touch, without a script."""

import ast
import re
from pathlib import Path

import pytest
import yaml
from made import html_of

from builder.errors import PageError
from builder.prose.glossary import Glossary

ROOT = Path(__file__).resolve().parents[2]
TERMS = yaml.safe_load((ROOT / "docs/glossary.yml").read_text(encoding="utf-8"))
CATS = """- id: cat
  where: cats.md
  en: {term: cat, also: [cats], not: [cat's cradle, a big cat], text: It purrs.}
  pt: {term: gato, text: Ronrona.}
- id: big-cat
  where: cats.md
  en: {term: big cat, text: It roars.}
  pt: {term: onça, text: Esturra.}
"""


@pytest.fixture
def cats(tmp_path):
    (tmp_path / "glossary.yml").write_text(CATS, encoding="utf-8")
    return Glossary(tmp_path / "glossary.yml", "en")


def explained(html):
    return re.findall(r'popovertarget="term-([\w-]+)">(.*?)</button>', html)


def test_the_first_use_is_marked_and_no_other(cats, tmp_path):
    html = html_of(tmp_path, "Cats and a cat, a big cat.\n\nA big cat, *cats*.")
    assert explained(html) == [("cat", "Cats"), ("big-cat", "big cat")]
    assert 'It purrs. <a href="glossary.html#cat">all</a>' in html


def test_uses_are_counted_as_they_are_read(cats, tmp_path):
    text = "- *a cat*\n\n    - b **big cat**\n\ncats, big cat"
    html = html_of(tmp_path, text)
    assert "a <button" in html and "b <strong><button" in html
    assert html_of(tmp_path, text, explained=False).count("<button") == 0


def test_a_phrase_in_which_the_word_has_another_sense_is_passed_over(cats, tmp_path):
    html = html_of(tmp_path, "We play a cat's cradle. *A Cat's Cradle*; a cat.")
    assert explained(html) == [("cat", "cat")]
    assert html.index("cradle") < html.index("</em>; a <") < html.index("<button")
    html = html_of(tmp_path, "A big cat; a cat.")  # another term inside it
    assert explained(html) == [("big-cat", "big cat"), ("cat", "cat")]


NO_PLACE = """## Cats {#c}

[cat](x.md) `cat` <a href="#cat">cat</a> <img alt="dog > cat"> <code>cat *cat*</code>
<small>a <b>cat</b></small> ![cat](cat.png) <span title="a 'cat' > cat">dog</span>
concat, cat-like $\\text{cat}$

```text
cat
```

<figure><svg><text>cat</text></svg><figcaption>cat</figcaption></figure>

| cat |
| --- |
| cat |

<div title="cat > cat"></div>

<details class="fold" markdown="1"><summary>cat</summary>

A cat.

</details>

Note[^1].

[^1]: A cat.
"""


def test_no_term_is_marked_in_headings_links_code_attributes_or_notes(cats, tmp_path):
    assert explained(html_of(tmp_path, NO_PLACE)) == []
    with_one = html_of(tmp_path, NO_PLACE.replace("dog</span>", "<i>cat</i></span>"))
    assert explained(with_one) == [("cat", "cat")]
    assert 'alt="dog > cat"' in with_one


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("A cat, b.", "T,"),
        ("A cat b.", ""),
        ("A *cat*.", "<em>T</em>."),
        ("A *big dog cat*.", ""),
        ("A cat[^1] b.", "TN"),
        ("A *cat*”[^1] b.", "<em>T</em>”N"),
        ("A cat, [^1]", "T,"),
        ("A $x$: b.", "M:"),
        ("(A **$x$**)", "<strong>M</strong>)"),
    ],
)
def test_what_follows_a_term_or_formula_stays_on_its_line(cats, tmp_path, text, whole):
    html = html_of(tmp_path, f"{text}\n\nb[^1]\n\n[^1]: c")
    html = re.sub("<math.*?</math>", "M", html)
    html = re.sub("<button.*?</button><span class=.definition.*?</span>", "T", html)
    html = re.sub("<sup.*?</sup>", "N", html)
    assert re.findall('<span class="whole">(.*?)</span>', html) == [whole][: len(whole)]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("where: cats.md\n  en: {term: big", "at: x\n  en: {term: big", "'at'"),
        ("id: big-cat", "id: cat", "yml:5: the term 'cat' stands here twice"),
        ("id: big-cat", "id: big cat", "yml:5: the id 'big cat' must be of letters"),
        ("[cats]", "cats", "yml:3: .*cat: en: also must be a list, not 'cats'"),
        ("[cats]", "[big cat]", "yml:5: 'big cat' is the en of two terms"),
        ("term: cat,", "term: ,", "yml:3: .*cat: en: term must be a text, not nothing"),
        ("It purrs.", "no", "yml:3: .*cat: en: text must be a text, not False"),
        ("It purrs.}", "It purrs.", "yml:4: cannot be read as YAML: expected ',' or"),
        ("It purrs.", "*all", r"yml:3: cannot be read as YAML: an alias \(\*name\)"),
        ("- id: cat", "- id: cat\n  id: dog", "yml:2: .*key 'id' stands here twice"),
        (CATS, "", "yml:1: the glossary must be a list, not nothing"),
        (CATS, "a: b", "yml:1: the glossary must be a list, not {'a': 'b'}"),
        (CATS, "- cat", r"yml:1: .*1 must be a mapping \(key: value\), not 'cat'"),
        (CATS, "- " * 3000, "yml:1: .*too many brackets inside one another"),
        ("onça", "on\x0cça", "yml:8: a form feed"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path, old, new, message):
    assert old in CATS
    (tmp_path / "glossary.yml").write_text(CATS.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PageError, match=message):
        Glossary(tmp_path / "glossary.yml", "en")


def test_another_encoding_and_a_link_to_nothing_are_told(tmp_path):
    path = tmp_path / "glossary.yml"
    path.write_bytes(CATS.encode("latin-1"))
    with pytest.raises(PageError, match="yml:8: byte 16 .*save the file as UTF-8"):
        Glossary(path, "en")
    path.unlink()
    path.symlink_to("nowhere")
    with pytest.raises(PageError, match="glossary.yml: cannot be read as a file"):
        Glossary(path, "en")


def test_line_ends_and_byte_order_marks_change_nothing(tmp_path, cats):
    path = tmp_path / "glossary.yml"
    for text in (CATS.replace("\n", "\r\n"), f"\ufeff{CATS}"):
        path.write_bytes(text.encode())
        assert Glossary(path, "en").terms == cats.terms


# --- the site


def test_there_are_about_forty_and_each_is_one_sentence():
    assert 38 <= len(TERMS) <= 52
    for term in TERMS:
        for lang in ("en", "pt"):
            text = term[lang]["text"]
            assert text.endswith(".") and len(text.split()) <= 40
            assert not re.search(r"[.!?] [A-Z]", text), text


def test_code_names_exist():
    defined = {"tanh"}  # NumPy's, and the tape's
    for path in (ROOT / "snippets").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        defined |= {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}
    assert {term["code"] for term in TERMS if "code" in term} <= defined


@pytest.mark.parametrize("folder", ["", "en/"])
def test_every_term_is_explained_somewhere_and_leads_to_the_glossary(pages, folder):
    own = {n: s for n, s in pages.items() if n.startswith("en/") == bool(folder)}
    glossary = own[f"{folder}glossary.html"]
    assert {tag["id"] for tag in glossary.select(".entry")} == {t["id"] for t in TERMS}
    used = {}
    for name, soup in own.items():
        for button in soup.select("button.term"):
            (target,) = soup.select(f"[popover]#{button['popovertarget']}")
            assert target.a["href"].startswith("glossary.html#")
            used.setdefault(button["popovertarget"].removeprefix("term-"), name)
        assert not soup.select("math button, math .definition"), name
    assert set(used) == {term["id"] for term in TERMS}


@pytest.mark.parametrize("how", ["click", "keyboard", "tap"])
def test_an_explanation_opens_and_closes(visit, site, how):
    tab = visit(f"{site.as_uri()}/", has_touch=True, java_script_enabled=False)
    page = tab.open("en/cursors.html")
    button = page.locator("button.term").first
    name = button.get_attribute("popovertarget")
    definition = page.locator(f"#{name}")
    assert not definition.is_visible()
    if how == "keyboard":
        button.focus()
        page.keyboard.press("Enter")
    else:
        getattr(button, how)()
    assert definition.is_visible()
    box, view = definition.bounding_box(), page.viewport_size
    assert box["x"] >= 0 and box["x"] + box["width"] <= view["width"]
    page.keyboard.press("Escape")
    assert not definition.is_visible()

"""Nothing that a page shows is in one language only; the faults were made by hand."""

import re
from pathlib import Path

import pytest
import yaml
from made import EXTENSIONS, SETTINGS, compare

from builder.errors import PageError
from builder.prose import outline, parity

ROOT = Path(__file__).resolve().parents[2]
PT = """# Gatos

Um gato[@a2014, seção 3.1] e [outro](x.md), R$ 5.

## Quantos {#count}

São {{ n:.1f }} gatos, $n = 2$ e ![gato](cat.png)[^um].

- um
- dois

> Disse ele.

| a | b |
| - | - |
| 1 | 2 |

```text
miau
```

$$
n = \\text{gatos}
$$

<figure><svg><path d="M0 0"/><text>gato</text></svg></figure>

<details markdown="1" id="more"><summary>Mais</summary>

E mais <a href="y.md">um</a>[@b2015; @a2014, apêndice A].

</details>

[^um]: Nota[@a2014].
"""
EN = """# Cats

A cat[@a2014, section 3.1] and [another](x.md), US$ 5.

## How many {#count}

With $n = 2$ there are {{ n:.1f }} cats and ![cat](cat.png)[^um].

- one
- two

> So he said.

| a | b |
| - | - |
| 1 | 2 |

```text
meow
```

$$
n = \\text{cats}
$$

<figure><svg><path d="M0 0"/><text>cat</text></svg></figure>

<details markdown="1" id="more"><summary>More</summary>

And <a href="y.md">one</a> more[@b2015; @a2014, appendix A].

</details>

[^um]: A note[@a2014].
"""


def test_two_originals_may_say_the_same_in_their_own_words(tmp_path):
    compare(tmp_path, PT, EN)


LONE = "has no twin in its place in "
FAULTS = {
    "a heading without a blank": (
        ("> So he", "##Why {#why}\n\n> So he"),
        f"en/cats.md:12: the section 'Why' (level 2, id why) {LONE}pt/cats.md",
    ),
    "a heading that is underlined": (
        ("> So he", "Why {#why}\n---\n\n> So he"),
        f"en/cats.md:12: the section 'Why' (level 2, id why) {LONE}pt/cats.md",
    ),
    "a heading in a quotation": (
        ("> So he", "> ## Why {#why}\n>\n> So he"),
        f"en/cats.md:12: the section 'Why' (level 2, id why) {LONE}pt/cats.md",
    ),
    "a heading without an id": (
        ("> So he", "Why\n---\n\n> So he"),
        "en/cats.md:12: the section 'Why' needs an id, the same in each language",
    ),
    "a heading of another level": (
        ("## How many", "### How many"),
        f"pt/cats.md:5: the section 'Quantos' (level 2, id count) {LONE}en/cats.md:5, "
        "where the section 'How many' (level 3, id count) stands",
    ),
    "a paragraph": (
        ("- one", "Well.\n\n- one"),
        f"pt/cats.md:9: a list {LONE}en/cats.md:9, where a paragraph stands",
    ),
    "a list item": (
        ("- two", "- two\n- three"),
        f"pt/cats.md:12: a quotation {LONE}en/cats.md:11, where a list item stands",
    ),
    "a list of another kind": (
        ("- one\n- two", "1. one\n2. two"),
        f"pt/cats.md:9: a list {LONE}en/cats.md:9, where a numbered list stands",
    ),
    "a row of a table": (
        ("| 1 | 2 |", "| 1 | 2 |\n| 3 | 4 |"),
        f"pt/cats.md:18: a fenced block {LONE}en/cats.md:17, where a row stands",
    ),
    "a drawing": (
        ("- one", '![One.](drawings/one.svg "Cat.")\n\n- one'),
        f"pt/cats.md:9: a list {LONE}en/cats.md:9, where a drawing stands",
    ),
    "a fenced block": (
        ("```text\nmeow\n```\n\n", ""),
        f"pt/cats.md:18: a fenced block {LONE}en/cats.md:18, "
        "where a formula on lines of its own stands",
    ),
    "a part of a drawing": (
        ('<path d="M0 0"/>', '<path d="M0 1"/>'),
        f"pt/cats.md:26: <path> {LONE}en/cats.md:26, where <path> stands",
    ),
    "a link": (
        ("[another](x.md)", "another"),
        f"pt/cats.md:3: the link to x.md {LONE}en/cats.md:30, "
        "where the link to y.md stands",
    ),
    "a link by reference": (
        ("another](x.md)", "another][z]"),
        f"pt/cats.md:3: the link to x.md {LONE}en/cats.md:3, "
        "where the link to z.md stands",
    ),
    "a link written as HTML": (
        ('<a href="y.md">one</a>', "one"),
        f"pt/cats.md:30: the link to y.md {LONE}en/cats.md",
    ),
    "an image": (
        ("![cat](cat.png)", "cat"),
        f"pt/cats.md:7: the image cat.png {LONE}en/cats.md",
    ),
    "an image written as HTML": (
        ("<figure><svg>", '<figure><img src="a.png"><svg>'),
        f"en/cats.md:26: the image a.png {LONE}pt/cats.md",
    ),
    "a citation": (
        ("[@a2014, section 3.1]", ""),
        f"pt/cats.md:3: the citation [@a2014, seção 3.1] {LONE}en/cats.md:30, "
        "where the citation [@b2015; @a2014, appendix A] stands",
    ),
    "another place in a source": (
        ("section 3.1", "section 3.2"),
        f"pt/cats.md:3: the citation [@a2014, seção 3.1] {LONE}en/cats.md:3, "
        "where the citation [@a2014, section 3.2] stands",
    ),
    "another appendix": (
        ("appendix A", "appendix B"),
        f"pt/cats.md:30: the citation [@b2015; @a2014, apêndice A] {LONE}en/cats.md:30",
    ),
    "a citation in a note": (
        ("A note[@a2014]", "A note"),
        f"pt/cats.md:34: the citation [@a2014] {LONE}en/cats.md",
    ),
    "a second mark of a note": (
        ("And <a", "And[^um] <a"),
        f"en/cats.md:30: the note [^um] {LONE}pt/cats.md",
    ),
    "a value": (
        ("{{ n:.1f }}", "two"),
        "pt/cats.md:7: the value {{ n:.1f }} is not as often in the section 'count' of "
        "en/cats.md",
    ),
    "another format of a value": (
        ("{{ n:.1f }}", "{{ n:.2f }}"),
        "pt/cats.md:7: the value {{ n:.1f }} is not as often in the section 'count' of "
        "en/cats.md",
    ),
    "a formula": (
        ("$n = 2$", "$n = 3$"),
        "pt/cats.md:7: the formula $n = 2$ is not as often in the section 'count' of "
        "en/cats.md",
    ),
    "a note that is defined twice": (
        ("A note[@a2014].", "A note[@a2014].\n\n[^um]: Another."),
        "en/cats.md:36: the note [^um] stands here a second time, after line 34; "
        "give it a name of its own, or take it out",
    ),
    "a note to which nothing leads": (
        ("A note[@a2014].", "A note[@a2014].\n\n[^b]: Another."),
        "en/cats.md:36: nothing leads to the note [^b]; write [^b] where it belongs, "
        "or take it out",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_in_one_language_only_is_told_with_both_places(tmp_path, fault):
    (old, new), message = FAULTS[fault]
    assert EN.count(old) == 1
    changed = EN.replace(old, new)
    if "[z]" in new:
        changed += "\n[z]: z.md\n"
    with pytest.raises(PageError) as caught:
        compare(tmp_path, PT, changed)
    told = str(caught.value).removeprefix(f"{tmp_path.as_posix()}/")
    assert told.startswith(message), told


def test_marks_in_code_are_no_links_and_no_headings(tmp_path):
    more = "\n```text\n## {}\n[a]({}.md)[@{}]\n```\n\n`[a]({}.md) {{{{ {} }}}}`\n"
    compare(tmp_path, PT + more.format(*"abcde"), EN + more.format(*"fghij"))


@pytest.mark.parametrize("name", ["es/cats.md", "cats.md", "pt/more/cats.md"])
def test_a_page_in_no_language_of_the_site_is_refused(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# Gatos\n", encoding="utf-8")
    told = f"{path}: no language of the site has this page: a page stands in "
    told += f"{tmp_path.name}/pt or {tmp_path.name}/en"
    with pytest.raises(PageError, match=f"^{re.escape(told)}$"):
        compare(tmp_path, PT, EN)


def test_a_language_that_nobody_wrote_is_refused(tmp_path):
    with pytest.raises(PageError, match="es: the language 'es' is none of en, pt"):
        parity.require_pages(tmp_path, ["pt", "es"])


def test_the_comparison_reads_markdown_as_the_site_does():
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    _, _, rest = text.partition("\nmarkdown_extensions:\n")
    listed = yaml.safe_load(rest.partition("\n\n")[0])
    known = [one if isinstance(one, str) else next(iter(one)) for one in listed]
    settings = [one for one in listed if isinstance(one, dict)]
    own = {name: more for one in settings for name, more in one.items()}
    assert (sorted(known), own) == (sorted(EXTENSIONS), SETTINGS)
    looks = {"footnotes", "smarty", "toc", "pymdownx.highlight"}
    assert set(outline.EXTENSIONS) == set(known) - looks

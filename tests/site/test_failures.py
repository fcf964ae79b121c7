"""Whatever is wrong stops the build, and is told once: where, what and why."""

import re
from functools import partial

import pytest
import small_site

from builder.errors import PageError
from builder.notebook.cache import Cache
from builder.notebook.chapter import read_chapter
from builder.prose import parity
from builder.prose.glossary import Glossary
from builder.prose.sources import Sources
from builder.site import checksums

PT, EN = "docs/pt/cats.md", "docs/en/cats.md"
LAST = "print(cats + 1)"  # the second cell


def pt(old, new):
    return [(PT, old, new)]


def en(old, new):
    return [(EN, old, new)]


def both(old, new):
    return pt(old, new) + en(old, new)


def last_cell(code, options=""):
    return both(f"```python\n{LAST}", f"```python {options}\n{code}")


def new_page(*languages):
    return [(f"docs/{language}/dogs.md", None, "# Dogs\n") for language in languages]


PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"

CAT = """@misc{cat1999,
  author = {Cat, Felix},
  title = {On Mats},
  url = {https://cats.example/mats},
  group = {cats},
  supports_en = {mats.},
  supports_pt = {tapetes.}
}
"""

# Each fault: what to change, and all that the build then says.
FAULTS = {
    "a missing include file": (
        both("small.py:double", "nope.py:double"),
        "docs/pt/cats.md:17: cell 1: there is no snippets/nope.py to include",
    ),
    "an include of an unknown name": (
        both("small.py:double", "small.py:nope"),
        "docs/pt/cats.md:17: cell 1: snippets/small.py defines no 'nope'",
    ),
    "a malformed include line": (
        both('--8<-- "small.py:double"', "--8<-- small.py:double"),
        "docs/pt/cats.md:17: cell 1: cannot read this include; "
        'write --8<-- "file.py:name" on a line alone',
    ),
    "an include that Python cannot read": (
        [("snippets/small.py", "return 2", "return = 2")],
        "docs/pt/cats.md:17: cell 1: "
        "Python cannot read snippets/small.py:6: invalid syntax",
    ),
    "a cell that Python cannot read": (
        last_cell("cats = 1\ncats = = 2"),
        "docs/pt/cats.md:27: cell 2: "
        "SyntaxError: invalid syntax (line 2 of the cell: cats = = 2)",
    ),
    "a drawing that nobody made": (
        pt("Um gato vale por dois.", '![Um gato.](drawings/cat.svg "Um gato.")')
        + en("One cat counts for two.", '![A cat.](drawings/cat.svg "A cat.")'),
        "docs/pt/cats.md:12: there is no drawing 'cat' (drawn: none)",
    ),
    "a cell without code": (
        last_cell("# nothing"),
        "docs/pt/cats.md:27: cell 2: has no code; leave it out",
    ),
    "a notebook in no known language": (
        pt("    language: python\n", ""),
        "docs/pt/cats.md:1: "
        "a page with 'jupyter:' needs a kernelspec with 'language: python'",
    ),
    "a broken link to a page": (
        both("index.md#why", "nope.md"),
        "docs/pt/cats.md:30: broken link 'nope.md', but the target 'pt/nope.md' "
        "is not found among documentation files.",
    ),
    "a broken anchor on the same page": (
        both("index.md#why", "#nope"),
        "docs/pt/cats.md:30: broken link '#nope', "
        "but there is no such anchor on this page.",
    ),
    "a broken anchor on another page": (
        both("index.md#why", "index.md#nope"),
        "docs/pt/cats.md:30: broken link 'index.md#nope', "
        "but the doc 'pt/index.md' does not contain an anchor '#nope'.",
    ),
    "an absolute link": (
        both("index.md#why", "/index.html"),
        "docs/pt/cats.md:30: broken link '/index.html', "
        "it was left as is. Did you mean '../index.md'?",
    ),
    "a page in Portuguese only": (
        new_page("pt"),
        "docs/en/dogs.md: this page is missing; it exists as docs/pt/dogs.md",
    ),
    "a page in English only": (
        new_page("en"),
        "docs/pt/dogs.md: this page is missing; it exists as docs/en/dogs.md",
    ),
    "a page not in nav": (
        new_page("pt", "en"),
        "The following pages exist in the docs directory, "
        'but are not included in the "nav" configuration:\n  - pt/dogs.md',
    ),
    "a section in Portuguese only": (
        pt("Volte ao", "## Fim {#end}\n\nVolte ao"),
        "docs/pt/cats.md:30: the section 'Fim' (level 2, id end) "
        "has no twin in its place in en/cats.md",
    ),
    "a section in English only": (
        en("Go back", "## End {#end}\n\nGo back"),
        "docs/en/cats.md:30: the section 'End' (level 2, id end) "
        "has no twin in its place in pt/cats.md",
    ),
    "different ids of a section": (
        en("{#count}", "{#number}"),
        "docs/pt/cats.md:14: the section 'Quantos' (level 2, id count) "
        "has no twin in its place in en/cats.md:14, "
        "where the section 'How many' (level 2, id number) stands",
    ),
    "two sections with one id": (
        pt("São {{ cats }}", "## Mais {#count}\n\nSão {{ cats }}"),
        "docs/pt/cats.md:24: the id 'count' names a second section; give it its own",
    ),
    "a section without id": (
        both(" {#count}", ""),
        "docs/pt/cats.md:14: the section 'Quantos' needs an id, "
        "the same in each language: ## Quantos {#short-english-name}",
    ),
    "a cell in Portuguese only": (
        pt("Volte ao", "```python\nprint()\n```\n\nVolte ao"),
        "docs/pt/cats.md:31: cell 3: this cell stands in one language only",
    ),
    "a cell in English only": (
        en("Go back", "```python\nprint()\n```\n\nGo back"),
        "docs/en/cats.md:31: cell 3: this cell stands in one language only",
    ),
    "a paragraph in Portuguese only": (
        pt("Volte ao", "Bem.\n\nVolte ao"),
        "docs/pt/cats.md:32: a paragraph has no twin in its place in en/cats.md",
    ),
    "a citation in English only": (
        en("One cat counts for two.", "One cat counts for two[@cat1999]."),
        "docs/en/cats.md:12: the citation [@cat1999] has no twin in its place in "
        "pt/cats.md",
    ),
    "a page in no language of the site": (
        new_page("es"),
        "docs/es/dogs.md: no language of the site has this page: "
        "a page stands in docs/pt or docs/en",
    ),
    "a note that is there twice": (
        [
            ("docs/en/index.md", "To break it.", "To[^a].\n\n[^a]: A.\n[^a]: B."),
        ],
        "docs/en/index.md:14: the note [^a] stands here a second time, after line 13; "
        "give it a name of its own, or take it out",
    ),
    "cells that differ in more than texts": (
        en("double(21)", "double(22)"),
        "docs/pt/cats.md:17: cell 1: "
        "differs from en/cats.md:17 in more than its texts and comments",
    ),
    "an unknown cell option": (
        last_cell(LAST, 'color="red"'),
        "docs/pt/cats.md:26: cell 2: unknown cell option 'color'; "
        "use one of: alt, caption, columns, fold, gaze, limit, rows, short, table, "
        "takes, values, view",
    ),
    "a cell option that is not a text": (
        last_cell(LAST, "fold=3"),
        "docs/pt/cats.md:26: cell 2: the option 'fold' takes a text: "
        'write fold="..."',
    ),
    "a cell option in one language only": (
        pt(f"```python\n{LAST}", f'```python fold="x"\n{LAST}'),
        "docs/pt/cats.md:27: cell 2: options ['fold'] here, [] in en/cats.md:27",
    ),
    "an unknown value in the prose": (
        both("{{ cats }}", "{{ dogs }}"),
        "docs/pt/cats.md:24: no cell names a value 'dogs' (named: cats)",
    ),
    "a value on a page that runs nothing": (
        [
            ("docs/pt/index.md", "Para quebrar.", "Para {{ cats }}."),
            ("docs/en/index.md", "To break it.", "To {{ cats }}."),
        ],
        "docs/pt/index.md:11: no cell names a value 'cats' (named: none)",
    ),
    "a malformed value in the prose": (
        both("{{ cats }}", "{{ cats }} {{ cats.real }}"),
        "docs/pt/cats.md:24: cannot read '{{ cats.real }}'; write {{ name:.2f }}",
    ),
    "an unused value": (
        both("{{ cats }}", "42"),
        "docs/pt/cats.md:17: cell 1: "
        "names the value 'cats', which the prose never uses",
    ),
    "a format that Python does not know": (
        both("{{ cats }}", "{{ cats:.2q }}"),
        "docs/pt/cats.md:24: {{ cats:.2q }}: "
        "Unknown format code 'q' for object of type 'int'",
    ),
    "LaTeX that breaks off": (
        both("$n$", "$n_$"),
        r"docs/pt/cats.md:24: cannot read the formula n_: "
        "MissingSuperScriptOrSubscriptError",
    ),
    "LaTeX with an unknown command": (
        both("$n$", r"$\nosuch{n}$"),
        r"docs/pt/cats.md:24: cannot read the formula \nosuch{n}: "
        r"unknown command \nosuch",
    ),
    "LaTeX without a closing brace": (
        both("$n$", r"$\frac{n}{2$"),
        r"docs/pt/cats.md:24: cannot read the formula \frac{n}{2: unbalanced braces",
    ),
    "LaTeX that is never closed": (
        both("$n$", "$n"),
        "docs/pt/cats.md:24: '$' would stand on the page as it is, in 'São 42 gatos em "
        "$n tapetes.'; close the formula, $...$; for money write R$ or US$",
    ),
    "a note that nobody wrote": (
        [("docs/en/index.md", "To break it.", "To break it[^why].")],
        "docs/en/index.md:11: '[^why]' would stand on the page as it is, in 'To break "
        "it[^why].'; no note has this name; write it below as [^name]: ...",
    ),
    "a space in the front matter's fence": (
        pt("---\njupyter", "--- \njupyter"),
        "docs/pt/cats.md:1: front matter begins with --- and no more, "
        "on the first line; here stands '--- '",
    ),
    # What shows only when the cells have run:
    "a raising cell": (
        last_cell("x = 0\n1 / x"),
        "docs/pt/cats.md:27: cell 2: ZeroDivisionError: division by zero "
        "(line 2 of the cell: 1 / x)",
    ),
    "a cell that kills its kernel": (
        last_cell("import os\nos._exit(1)"),
        "docs/pt/cats.md:27: cell 2: ended the Python that runs the page (exit code 1: "
        "os._exit(), a crash or too little memory)",
    ),
    "a cell that writes to stderr": (
        last_cell('import sys\nprint("miau", file=sys.stderr)'),
        "docs/pt/cats.md:27: cell 2: "
        "wrote to standard error, which no page shows: miau",
    ),
    "a cell that warns": (
        last_cell('import warnings\nwarnings.warn("miau")'),
        "docs/pt/cats.md:27: cell 2: wrote to standard error, which no page shows: "
        'CELL:2: UserWarning: miau\n  warnings.warn("miau")',
    ),
    "a cell that ends in a bare value": (
        last_cell("cats"),
        "docs/pt/cats.md:27: cell 2: ends in a value (42); print() what a page shows",
    ),
    "a figure without caption and alt": (
        last_cell(PLOT),
        "docs/pt/cats.md:27: cell 2: "
        'a figure and the options caption="..." and alt="..." go together',
    ),
    "two figures in one cell": (
        last_cell(f"{PLOT}\nplt.plot([2, 1])\nplt.show()", 'caption="x" alt="x"'),
        "docs/pt/cats.md:27: cell 2: "
        "draws more than one figure; give each its own cell",
    ),
    "a printed table without caption": (
        last_cell(r'print("| a |\n| - |\n| 1 |")'),
        'docs/pt/cats.md:27: cell 2: prints a table; give it a caption: table="..."',
    ),
    "a value named twice": (
        last_cell(LAST, 'values="cats"'),
        "docs/pt/cats.md:27: cell 2: names the value 'cats' a second time",
    ),
    "a value that no cell computes": (
        both('values="cats"', 'values="dogs"'),
        "docs/pt/cats.md:17: cell 1: "
        "NameError: name 'dogs' is not defined (its option values=\"dogs\")",
    ),
    "a float value without format": (
        both("double(21)", "double(0.5)"),
        "docs/pt/cats.md:24: {{ cats }}: say how many digits to show, for example :.2f",
    ),
    "a value that is an array": (
        both("double(21)", "double([1])"),
        "docs/pt/cats.md:17: cell 1: TypeError: the prose can use a number or a text, "
        'but cats is [1, 1] (its option values="cats")',
    ),
    "a value that is NaN": (
        both("double(21)", 'float("nan")'),
        "docs/pt/cats.md:17: cell 1: TypeError: the prose can use a number or a text, "
        'but cats is nan (its option values="cats")',
    ),
    "a citation of an unknown source": (
        pt("Um gato vale por dois.", "Um gato vale por dois[@cat1999, p. 9].")
        + en("One cat counts for two.", "One cat counts for two[@cat1999, p. 9]."),
        "docs/pt/cats.md:12: 'cat1999' is no source of sources.bib; write it there",
    ),
    "a source that nobody cites": (
        [("docs/sources.bib", None, "% two lines\n" + CAT)],
        "docs/sources.bib:2: no page cites 'cat1999'; cite it or take it out",
    ),
    "a source without a link": (
        [("docs/sources.bib", None, CAT.replace("url", "link_en"))],
        "docs/sources.bib:1: the source 'cat1999' needs 'url = ...'",
    ),
    "a term of the glossary without its place": (
        [("docs/glossary.yml", None, "- id: cat\n  en: {}\n  pt: {}\n")],
        "docs/glossary.yml:1: the glossary, cat: the field 'where' is missing",
    ),
    "a value that is infinite": (
        both("double(21)", 'float("inf")'),
        "docs/pt/cats.md:17: cell 1: TypeError: the prose can use a number or a text, "
        'but cats is inf (its option values="cats")',
    ),
}
# Found while the sources are read, before MkDocs has a part in it.
READ = """an include of an unknown name; an include that Python cannot read;
different ids of a section; a malformed include line; a cell that Python cannot read;
a cell without code; a notebook in no known language; a page in Portuguese only;
a page in English only; a section in Portuguese only; a section in English only;
two sections with one id; a section without id; a cell in Portuguese only;
a cell in English only; a paragraph in Portuguese only; a citation in English only;
a page in no language of the site; a note that is there twice;
cells that differ in more than texts; an unknown cell option;
a cell option that is not a text; a cell option in one language only;
a source without a link; a term of the glossary without its place""".split(";")
READ = [" ".join(fault.split()) for fault in READ]
QUIET = [(fault, "-q") for fault in FAULTS if fault not in READ]
TALKING = [
    ("a broken link to a page", "-c"),  # --clean: as without any flag
    ("a broken anchor on the same page", "-c"),
    ("a broken anchor on another page", "-c"),
    ("a raising cell", "-c"),
]


def provoke(tmp_path_factory, fault, *flags):
    """Break a copy of the built site and build it; return what was told, and where."""
    folder = small_site.copy(tmp_path_factory)
    assert (folder / "site/index.html").exists()
    make_wrong(folder, fault)
    return small_site.build(folder, *flags), folder


def make_wrong(folder, fault):
    changes, _ = FAULTS[fault]
    for name, old, new in changes:
        if old is None:
            small_site.write(folder, {name: new})
        else:
            small_site.change(folder, name, old, new)


@pytest.mark.parametrize("fault", READ)
def test_a_fault_of_a_source_is_told_as_it_is_read(tmp_path, monkeypatch, fault):
    monkeypatch.chdir(tmp_path)
    small_site.write(tmp_path, small_site.SOURCES)
    make_wrong(tmp_path, fault)
    docs = tmp_path / "docs"
    with pytest.raises(PageError) as told:  # in the order of Build.__init__
        read = partial(read_chapter, snippets=tmp_path / "snippets")
        parity.require_parity(docs, ["pt", "en"], read, Cache(tmp_path / "alike"))
        Sources(docs / "sources.bib")
        Glossary(docs / "glossary.yml", "pt")
    assert str(told.value) == FAULTS[fault][1]


@pytest.mark.parametrize(("fault", "flag"), TALKING + QUIET)
def test_a_fault_stops_the_build_and_is_told_once(tmp_path_factory, fault, flag):
    built, folder = provoke(tmp_path_factory, fault, flag)
    told = re.sub(r"\S*ipykernel_\S+\.py", "CELL", built.stderr).splitlines()
    informed = [line for line in told if line.startswith("INFO")]
    assert bool(informed) == (flag != "-q")
    _, message = FAULTS[fault]
    told = [line for line in told if line not in informed]
    assert told == f"ERROR   -  {message}".splitlines()
    assert built.stdout.strip() == "Aborted with a BuildError!"
    assert built.returncode == 1
    assert checksums.damaged(folder / "site") == []  # the last one, as it was
    assert not list(folder.glob(".site-*"))


def test_a_failed_build_leaves_other_folders_alone(tmp_path_factory):
    flags = "-q", "-d", "elsewhere"
    built, folder = provoke(tmp_path_factory, "an absolute link", *flags)
    assert built.returncode == 1
    assert not (folder / "elsewhere").exists()
    assert (folder / "site/index.html").exists()


def test_without_a_fault_the_site_is_built_and_quiet_is_silent(tmp_path_factory):
    folder = small_site.copy(tmp_path_factory)
    built = small_site.build(folder, "-q")
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")
    page = (folder / "site/cats.html").read_text(encoding="utf-8")
    assert "São 42 gatos em <math" in page
    page = (folder / "site/en/cats.html").read_text(encoding="utf-8")
    assert "There are 42 cats on <math" in page

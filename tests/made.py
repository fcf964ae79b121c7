"""Pieces of pages, made by hand for several tests."""

from functools import partial

from markdown import Markdown

from builder.notebook.cache import Cache
from builder.notebook.chapter import Chapter, read_chapter
from builder.prose import parity
from builder.prose.drawings import Drawings
from builder.prose.extension import Prose
from builder.prose.glossary import Glossary
from builder.prose.page import Page
from builder.prose.sources import Sources
from builder.prose.values import Values

# As in mkdocs.yml, which a test holds against this.
EXTENSIONS = ["attr_list", "footnotes", "md_in_html", "sane_lists", "tables", "toc"]
EXTENSIONS += ["smarty"]
EXTENSIONS += [f"pymdownx.{n}" for n in ("arithmatex", "highlight", "superfences")]
SETTINGS = {
    "footnotes": {"BACKLINK_TEXT": "↑"},
    "smarty": {
        "smart_dashes": False,
        "smart_ellipses": False,
        "substitutions": {
            "left-double-quote": "“",
            "right-double-quote": "”",
            "left-single-quote": "’",
            "right-single-quote": "’",
        },
    },
    "toc": {"permalink": True},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.highlight": {"anchor_linenums": False},
}


def chapter_of(*cells):
    return Chapter("docs/pt/page.md", cells, is_notebook=True)


def page_of(folder, text="", lang="en", values=(), explained=True, **more):
    """Write a page beside the sources and terms of a folder; return what is known."""
    path = folder / lang / "page.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    named = Values(Chapter(path, (), is_notebook=False), {}, lang)
    named.known |= dict(values)
    sources = Sources(folder / "sources.bib")
    glossary = Glossary(folder / "glossary.yml", lang)
    words = {"glossary": "all", "where": "where"}
    words |= {"minutes": "{} min", "contents": "On this page"}
    drawings = Drawings(folder / "drawings", ["pt", "en"])
    more = {"margin": False, **more}
    known = named, sources, glossary, words, drawings, explained
    return Page(path, lang, *known, **more)


def html_of(folder, text, **known):
    """Return what Markdown makes of a page with this site's extensions."""
    prose = Prose(page_of(folder, text, **known))
    return Markdown(
        extensions=[*EXTENSIONS, prose], extension_configs=SETTINGS
    ).convert(text)


SVG = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"
  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="240pt" height="144pt"
 viewBox="0 0 240 144.5" xmlns="http://www.w3.org/2000/svg" version="1.1">
 <metadata>
  <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
   xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:date>2014-09-01T16:33:02</dc:date>
  </rdf:RDF>
 </metadata>
 <defs>
  <style type="text/css">*{stroke-linejoin: round}</style>
 </defs>
 <!-- um comentário -->
 <g id="figure_1">
  <defs><path id="m15" d="M 0 0" style="stroke: #000000"/></defs>
  <use xlink:href="#m15" x="1" style="stroke: #b0b0b0"/>
  <g clip-path="url(#p27)"><path id="line_1" style="fill: none; stroke: #1f77b4"/></g>
  <text style="font-size: 10px; font-family: 'DejaVu Sans', serif; fill: #fff">a</text>
 </g>
 <defs>
  <clipPath id="p27"><rect x="2"/></clipPath>
 </defs>
</svg>
"""


def compare(folder, pt, en):
    """Compare a page in both languages, as the build does."""
    for lang, text in (("pt", pt), ("en", en)):
        (folder / lang).mkdir(exist_ok=True)
        (folder / lang / "cats.md").write_text(text, encoding="utf-8")
    read = partial(read_chapter, snippets=folder)
    known = Cache(folder / "alike")
    parity.require_parity(folder, ["pt", "en"], read, known)

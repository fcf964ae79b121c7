"""One build of the site: from the settings to the folder that is published."""

import dataclasses
import functools
import json
import os
from pathlib import Path
from typing import Any

import nbformat
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as MkDocsPage

from builder.live import packs
from builder.notebook import downloads, records
from builder.notebook.cache import Cache
from builder.notebook.chapter import Chapter, read_chapter
from builder.notebook.run import Result, results
from builder.notebook.runs import Runs
from builder.output.render import to_markdown
from builder.program import one_file, programs
from builder.program.catalogue import Catalogue
from builder.prose import code_page, diary, marks, myths, parity, timeline
from builder.prose.code_page import CodePage
from builder.prose.drawings import FOLDER, Drawings
from builder.prose.extension import extended
from builder.prose.glossary import Glossary
from builder.prose.page import Page
from builder.prose.sources import Sources
from builder.prose.values import Drawing, Values
from builder.site import material, policy, search, shell, strict, styles
from builder.site.aside import Aside
from builder.site.highlight import Colours
from builder.site.rendered import Rendered
from builder.site.shell import CACHE, language, log
from builder.site.tags import edited, tags_of
from builder.site.words import read_words


class Build:
    """What one build remembers between the events of MkDocs, made anew for each.

    `aside` is the folder in which it works until all of it is whole; None while
    serving.
    """

    def __init__(self, config: MkDocsConfig, aside: Aside | None) -> None:
        self.aside, self.languages = aside, shell.languages(config)
        self.docs = Path(config.docs_dir)
        self.kept = Cache(CACHE / "pages", say=log.info)
        self.rendered = Rendered(self.kept, self.docs)
        snippets = self.docs.parent / "snippets"
        self.files: dict[str, str] = {}  # path in the site: text of a download
        self.blocks: dict[str, Any] = {}  # path in the site: programs of its blocks
        self.indexes: dict[str, Any] = {}  # language: Material's search index
        self.glossaries: dict[str, Glossary] = {}  # by language
        strict.read_from(self.docs)
        self.words = read_words(self.languages)
        self.records = records.records_in_use(snippets, CACHE)
        os.environ["RECORDS"] = str(self.records.folder)
        self.colours = Colours(Cache(CACHE / "colours", say=log.info))
        self.alike = Cache(CACHE / "alike", say=log.info)
        self.sources = Sources(self.docs / "sources.bib")
        self.drawings = Drawings(self.docs / FOLDER, self.languages)
        self.dates = functools.cache(self._dates)
        self.maker = programs.Maker(
            snippets, self.records, shell.version(self.docs.parent)
        )
        self.made = Cache(CACHE / "programs", say=log.info)
        used = self.sources.used, self.drawings.used, self.colours.cache.used
        self.rendered.used = [*used]
        self.catalogue = Catalogue(self.docs / "code.yml", self.maker.library)
        self.parts, self.nav = shell.parts(config), shell.nav(config)
        self.snippets = snippets
        self.read = functools.cache(self._read)
        parity.require_parity(self.docs, self.languages, self.read, self.alike)
        self.runs = Runs(CACHE, snippets, self.records, say=log.info)
        self.runs.begin({lang: self._chapters(lang) for lang in self.languages})

    def _read(self, path: Path) -> Chapter:
        """Read a page, and find what it uses of earlier ones."""
        chapter = read_chapter(path, self.snippets, self.records.folder)
        if not chapter.is_notebook:
            return chapter
        prelude = self.programs(chapter, path.parent.name)["prelude"]
        return dataclasses.replace(chapter, prelude=prelude)

    def programs(self, chapter: Chapter, lang: str) -> dict[str, Any]:
        """The programs of a chapter's blocks."""
        words = self.words[lang]["program"]

        def make() -> str:
            made = self.maker.make(chapter, words)
            return json.dumps(made, ensure_ascii=False)

        bare = dataclasses.replace(chapter, prelude="")
        return json.loads(self.made.get(f"{self.maker.key}{words}{bare}", make))

    def _chapters(self, lang: str) -> list[Chapter]:
        return [self.read(path) for path in sorted(self.docs.glob(f"{lang}/*.md"))]

    def begin_language(self, config: MkDocsConfig) -> MkDocsConfig:
        # Once more for each language: pages come and go while others are being made.
        parity.require_pages(self.docs, self.languages)
        lang = language(config)
        shell.configure_search(config)
        config.extra["words"] = self.words[lang]
        self.glossaries[lang] = Glossary(self.docs / "glossary.yml", lang)
        return config

    def begin_pages(self, config: MkDocsConfig) -> None:
        index = shell.plugin(config, "material/search").search_index
        self.indexes[language(config)] = index
        self.rendered.remember(index)

    # --- a page

    def render(self, page: MkDocsPage, config: MkDocsConfig, files: Files) -> None:
        """Make a page in MkDocs' place, or take what an earlier build made of it."""
        lang, chapter = language(config), self.read(Path(shell.source(page)))
        stem, words = page.file.dest_uri.removesuffix(".html"), self.words[lang]
        found: dict[int, Result] = {}
        carried: dict[str, Any] = {}
        if chapter.is_notebook:
            found = results(self.runs.executed(chapter, lang), chapter)
            carried = self.blocks[f"{stem}.blocks.js"] = self.programs(chapter, lang)
        values = self._values(chapter, found, config)

        def make() -> dict[str, str]:
            page.markdown, slots = chapter.cells[0].source, dict[str, str]()
            self.colours.elsewhere = None
            if chapter.is_notebook:
                programs = carried["programs"]
                shown = to_markdown(chapter, found, values, words, programs)
                page.markdown, slots = shown
                self.colours.elsewhere = frozenset(carried["elsewhere"])
            prose = self._prose(page, chapter, values)
            config.markdown_extensions = extended(config.markdown_extensions, prose)
            MkDocsPage.render(page, config, files)
            values.require_all_used()
            html = page.content or ""
            marks.require_none(html, chapter.path)
            for slot, output in slots.items():
                html = html.replace(slot, output)
            page.content = html
            return self._downloads(chapter, found, values, config)

        known = [chapter, found, carried, values.known]
        taken = self.rendered.render(page, config, files, known, make)
        self.files |= {f"{stem}.{ending}": text for ending, text in taken.items()}

    def _values(
        self, chapter: Chapter, found: dict[int, Result], config: MkDocsConfig
    ) -> Values:
        """What a page may show by name."""
        lang = language(config)
        values = Values(chapter, found, lang)
        values.known = self.dates(lang) | values.known
        if not chapter.is_notebook:
            values.known |= self._code(chapter.cells[0].source, config)
        return values

    def _prose(self, page: MkDocsPage, chapter: Chapter, values: Values) -> Page:
        # Terms are explained on a page to be read, not on a list of links.
        first = page.file.name == "index"  # all picture, no head
        explained = ("hide" in page.meta or chapter.is_notebook) and not first
        about = "" if first else page.meta.get("description", "")
        lang = values.language
        known = values, self.sources, self.glossaries[lang], self.words[lang]
        return Page(chapter.path, lang, *known, self.drawings, explained, about)

    def _dates(self, lang: str) -> dict[str, object]:
        """What pages may show of the files in which dates are written."""
        line = timeline.values(self.docs / "timeline.yml", lang)
        return {**line, **diary.values(self.docs / "diary.yml", lang)}

    def _code(self, text: str, config: MkDocsConfig) -> dict[str, Drawing]:
        """What the page `code` shows of `snippets/`."""
        if code_page.PLACE not in text:
            return {}
        lang, root = language(config), self.docs.parent
        words = self.words[lang]["catalogue"]
        pages = [self.docs / lang / name for name in self.nav]
        chapters = [self.read(path) for path in pages if path.is_file()]
        page = CodePage(self.catalogue, chapters, root, lang, words)
        name, text = f"{one_file.NAME}.py", self.maker.one_file(self.snippets)
        folder = shell.folder(config)
        one = code_page.download(name, text, folder, words["size"])
        return {"catalogue": page.written(), "one_file": one}

    def _downloads(
        self,
        chapter: Chapter,
        found: dict[int, Result],
        values: Values,
        config: MkDocsConfig,
    ) -> dict[str, str]:
        """Write what may be taken away of a chapter: {ending of the file: text}."""
        if not chapter.is_notebook:
            return {}
        address, folder = shell.address(config), shell.folder(config)
        address += f"{folder}/" if address and folder else ""
        cited = functools.partial(self.sources.inline, path=chapter.path)
        before = self.words[language(config)]["program"]["before"]
        taken = downloads.to_notebook(chapter, found, values, address, cited, before)
        notebook = nbformat.writes(taken) + "\n"
        return {"ipynb": notebook, "py": downloads.to_script(taken)}

    def number(self, page: MkDocsPage) -> int | None:
        """Number the chapters as the menu lists them; the story is not one."""
        folder, name = Path(shell.source(page)).parent, Path(page.file.src_uri).name
        pages = [folder / one for part in self.parts[2:] for one in part]
        chapters = [one.name for one in pages if self.read(one).is_notebook]
        return chapters.index(name) + 1 if name in chapters else None

    def context(self, page: MkDocsPage) -> dict[str, Any]:
        """What the templates ask of a page."""
        html, stem = page.content or "", page.file.dest_uri.removesuffix(".html")
        names = [f"{stem}.ipynb", f"{stem}.py"]
        return {
            "downloads": [name for name in names if name in self.files],
            # Something to take away, or a game with a score, needs a script.
            "hands_over": " download>" in html,
            "plays": f'class="{myths.CARD}"' in html,
        }

    def mended(self, html: str, config: MkDocsConfig) -> str:
        """Return a page with the touches that come last."""
        return self.rendered.mended(html, shell.folder(config), mended)

    # --- the whole

    def finish(self, config: MkDocsConfig) -> None:
        """Write what goes with the pages, drop what nobody uses, and publish."""
        self.sources.require_all_used()
        self.drawings.require_all_used()
        site = Path(config.site_dir)
        for lang, index in self.indexes.items():
            folder = "" if lang == self.languages[0] else lang
            entries = json.loads(index.generate_search_index(None))
            search.write(site / folder, search.own(entries, folder))
        self.runs.forget_unused()
        for cache in (self.colours.cache, self.alike, self.made, self.kept):
            cache.forget_unused()
        if self.maker.names:
            self.files[f"{one_file.NAME}.py"] = self.maker.one_file(self.snippets)
        for name, text in self.files.items():
            downloads.write(site / name, text)
        for name, blocks in self.blocks.items():
            downloads.carry(site / name, blocks)
        live = {
            lang: {**words["live"], "gaze": words["gaze"]}
            for lang, words in self.words.items()
        }
        shipped = self.records.read_by_pages()
        packs.copy_to(site / "assets/records", shipped)
        packs.write(site, CACHE / "live", live, shipped, say=log.info)
        material.prune(site)
        material.mend_scripts(site)
        styles.join_styles(site)
        fonts = packs.RUNTIME / "fonts"
        own = [*fonts.glob("*.woff2"), fonts / "OFL.txt"]
        packs.copy_to(site / "assets/fonts", own)
        if self.aside:
            config.site_dir = str(self.aside.site)
            self.aside.put_in_place()
            log.info(f"in its place: {config.site_dir}")

    def give_up(self) -> None:
        if self.aside:
            self.aside.remove()


def mended(html: str, folder: str) -> str:
    tags = tags_of(html)
    ours = material.edits(html, tags, folder)
    return edited(html, [*ours, *policy.edits(html, tags)])

"""MkDocs events, each handed on to the code that makes pages (the rooms beside)."""

import functools
import json
import logging
import os
import signal
import sys
from pathlib import Path

BUILDER = Path(__file__).resolve().parent
sys.path.insert(0, str(BUILDER.parent))
CACHE = BUILDER.parent / ".cache"

from builder.notebook import surroundings

surroundings.settle(CACHE)
# The same bytes wherever and whenever the site is built, whoever builds it.
os.environ.update(
    SOURCE_DATE_EPOCH="1409589182",  # 1 September 2014, 16:33:02 UTC: arXiv 1409.0473v1
    PYTHONHASHSEED="0",
    OPENBLAS_NUM_THREADS="1",  # for speed: no page has work for two
    OMP_NUM_THREADS="1",
    JUPYTER_PLATFORM_DIRS="1",
    JUPYTER_CONFIG_DIR=str(BUILDER / "notebook"),
    IPYTHONDIR=str(BUILDER.parent / ".cache" / "ipython"),
)

import mkdocs_jupyter.config
import nbformat
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.plugins import event_priority, get_plugin_logger

from builder.errors import PageError
from builder.live import packs
from builder.notebook import downloads, records
from builder.notebook.cache import Cache
from builder.notebook.cells import Ahead, execute
from builder.notebook.chapter import read_chapter
from builder.notebook.records import Records
from builder.notebook.run import results, runnable
from builder.output.render import to_markdown
from builder.prose import marks, parity, timeline
from builder.prose.glossary import Glossary
from builder.prose.page import Page, extended
from builder.prose.sources import Sources
from builder.prose.values import Values
from builder.site import finish, highlight, machine, strict, styles
from builder.site.aside import Aside
from builder.site.loaded import Loaded

log = get_plugin_logger("pages")
mkdocs_jupyter.config.settings.templates_dir = str(BUILDER / "notebook")


def told(event):
    """Let a page's error reach the reader of the build as MkDocs tells errors."""

    def hook(*args, **kwargs):
        try:
            return event(*args, **kwargs)
        except PageError as error:
            raise PluginError(str(error)) from error
        except OSError as error:
            raise PluginError(str(machine.explain(error, CACHE))) from error

    return hook


class Build:
    """What one run of MkDocs remembers between its events."""

    command = ""
    loaded: Loaded = None
    aside: Aside = None  # None while serving: MkDocs serves a folder of its own
    caches: dict = {}  # language: Cache
    slots: dict = {}  # page: {slot: HTML of an output}
    files: dict = {}  # path in the site: text of a download
    indexes: dict = {}  # language: Material's search index
    words: dict = {}  # language: what the live page says
    records: Records = None
    read = None  # path: Chapter
    dates = None  # path, language: what pages may show of the timeline
    ahead: Ahead = None  # pages whose cells run
    sources: Sources = None
    glossaries: dict = {}  # language: Glossary
    page: Page = None  # that is being made


def folders(config):
    docs = Path(config.docs_dir)
    return docs, docs.parent / "snippets"


def language(config):
    plugin = config.plugins["i18n"]
    return plugin.current_language or plugin.default_language


def is_default(config):
    return language(config) == config.plugins["i18n"].default_language


@told
def on_startup(*, command, dirty):
    Build.command, Build.loaded = command, Loaded(BUILDER)
    Path(os.environ["IPYTHONDIR"]).mkdir(parents=True, exist_ok=True)
    strict.watch_warnings(PluginError)
    highlight.install()
    # Ended like by Ctrl-C: kernels stop, the folder of work goes.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


@event_priority(100)
@told
def on_config(config):
    strict.read_from(Path(config.docs_dir))
    search = config.plugins["material/search"].config
    search.lang, search.pipeline = [language(config)], ["stemmer", "trimmer"]
    search.separator = r"""[\s\-.,;:!?()\[\]{}"'“”/=*+|]+"""
    docs, snippets = folders(config)
    if is_default(config):
        Build.loaded.require_same()
        require_place(config)
        Build.records = records.records_in_use(snippets, CACHE)
        os.environ["RECORDS"] = str(Build.records.folder)
        Build.slots, Build.files, Build.indexes = {}, {}, {}
        Build.sources = Sources(docs / "sources.bib")
        Build.dates = functools.cache(timeline.values)
        languages = config.plugins["i18n"].all_languages
        Build.read = functools.cache(
            lambda path: read_chapter(path, snippets, Build.records.folder)
        )
        parity.require_parity(docs, languages, Build.read)
        run_ahead(docs, languages, snippets)
    # Once more for each language: pages come and go while others are being made.
    parity.require_pages(docs, config.plugins["i18n"].all_languages)
    lang = language(config)
    Build.glossaries[lang] = Glossary(docs / "glossary.yml", lang)
    return config


def run_ahead(docs, languages, snippets):
    """Run the cells of all pages whose results are not kept."""
    jobs = {}
    for lang in languages:
        cache = Build.caches[lang] = Cache(CACHE / lang, say=log.info)
        for path in sorted(docs.glob(f"{lang}/*.md")):
            chapter = Build.read(path)
            if chapter.is_notebook and not cache.holds(page_key(chapter)):
                # Not in its job: before 3.11.5 no two threads may parse at once.
                records.require_recorded(chapter, snippets, Build.records)
                jobs[path] = functools.partial(run_page, chapter, cache)
                log.info(f"running the cells of {lang}/{path.name}")
    Build.ahead = Ahead(jobs)


def page_key(chapter):
    notebook = runnable(chapter)
    return notebook + (Build.records.digest if "replay(" in notebook else "")


def run_page(chapter, cache):
    """Run the cells of a page and keep what they give."""
    return cache.get(
        page_key(chapter), lambda: execute(runnable(chapter), chapter, CACHE)
    )


def require_place(config):
    """Have a build work aside, and say early what it would fail of in the end."""
    machine.require_address(config.site_url)
    if Build.command == "serve":
        if Build.sources is None:  # in a later build the port is ours
            machine.require_free_port(*config.dev_addr)
        return
    Build.aside = Aside(config.site_dir, BUILDER.parent, CACHE / "site.lock")
    config.site_dir = str(Build.aside.made)


def on_env(env, config, files):
    env.trim_blocks = env.lstrip_blocks = True  # empty lines of templates weigh too
    return env


@event_priority(100)
@told
def on_page_markdown(markdown, page, config, files):
    lang, path = language(config), Path(page.file.abs_src_path)
    docs = folders(config)[0]
    chapter = Build.read(path)
    if not chapter.is_notebook:
        values = Values(chapter, {}, lang)
        values.known |= Build.dates(docs / "timeline.yml", lang)
        prepare(page, config, values, explained="hide" in page.meta)
        return chapter.cells[0].source
    if path in Build.ahead.given:
        executed = json.loads(Build.ahead.get(path))
    else:
        executed = json.loads(run_page(chapter, Build.caches[lang]))
    found = results(executed, chapter)
    values = Values(chapter, found, lang)
    words = config.extra["words"]
    Build.words[lang] = words["live"]
    text, Build.slots[page.file.src_uri] = to_markdown(chapter, found, values, words)
    address = config.site_url if os.environ.get("SITE_URL") else ""
    site_folder = address and address + ("" if is_default(config) else f"{lang}/")

    def cited(text):
        return Build.sources.inline(text, page.file.abs_src_path)

    taken = downloads.to_notebook(chapter, found, values, site_folder, cited)
    stem = page.file.dest_uri.removesuffix(".html")
    Build.files[f"{stem}.ipynb"] = nbformat.writes(taken) + "\n"
    Build.files[f"{stem}.py"] = downloads.to_script(taken)
    prepare(page, config, values, explained=True)
    return text


def prepare(page, config, values, explained):
    """Have Markdown read a page with what is known of it.

    Terms are explained on a page to be read, not on a list of links.
    """
    lang, words = language(config), config.extra["words"]
    path, margin = Path(page.file.abs_src_path), "hide" in page.meta
    known = values, Build.sources, Build.glossaries[lang], words
    Build.page = Page(path, lang, *known, margin=margin, explained=explained)
    config.markdown_extensions = extended(config.markdown_extensions, Build.page)


@told
def on_page_content(html, page, config, files):
    Build.page.values.require_all_used()
    marks.require_none(html, page.file.abs_src_path)
    for slot, output_html in Build.slots.get(page.file.src_uri, {}).items():
        html = html.replace(slot, output_html)
    return html


@event_priority(-100)
def on_page_context(context, page, config, nav):
    stem = page.file.dest_uri.removesuffix(".html")
    context["downloads"] = [
        f"{stem}{end}" for end in (".ipynb", ".py") if f"{stem}{end}" in Build.files
    ]
    return context


def on_post_page(html, page, config):
    Build.indexes[language(config)] = config.plugins["material/search"].search_index
    return finish.finish_page(html, "" if is_default(config) else language(config))


def on_post_template(text, template_name, config):
    return finish.guarded(text) if template_name.endswith(".html") else text


@event_priority(-200)
@told
def on_post_build(config):
    i18n = config.plugins["i18n"]
    if i18n.building:  # a language of several; the last touches come after them all
        return
    Build.sources.require_all_used()
    site = Path(config.site_dir)
    for lang, index in Build.indexes.items():
        folder = "" if lang == i18n.default_language else lang
        own = json.loads(index.generate_search_index(None))
        finish.write_index(site / folder, finish.own_index(own, folder))
        Build.caches[lang].forget_unused()
    for name, text in Build.files.items():
        (site / name).write_text(text, encoding="utf-8", newline="\n")
        carrier = site / f"{name}.js"
        carrier.write_text(downloads.carried(text), encoding="utf-8", newline="\n")
    shipped = Build.records.read_by_pages()
    packs.write(site, CACHE / "live", Build.words, shipped, say=log.info)
    finish.mend_scripts(site)
    finish.prune(site)
    styles.lighten_styles(site)
    if Build.aside:
        config.site_dir = str(Build.aside.site)
        Build.aside.put_in_place()
        log.info(f"in its place: {config.site_dir}")


@told
def on_serve(server, config, builder):
    machine.require_free_port(*config.dev_addr)
    build = server.builder

    def build_or_say():
        try:
            build()
        except ConfigurationError as error:  # MkDocs would print where it was raised
            raise Abort(str(error)) from error

    server.builder = build_or_say


def on_build_error(error):
    if Build.aside:
        Build.aside.remove()
    if isinstance(error, PageError):  # of our extensions, while Markdown is read
        logging.getLogger("mkdocs").error(str(error))
        raise Abort("Aborted with a BuildError!") from error
    if isinstance(error, OSError):  # of MkDocs' own writing
        log.error(str(machine.explain(error, CACHE.parent)))
        raise Abort("Aborted with an OSError!") from error

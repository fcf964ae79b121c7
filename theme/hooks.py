"""MkDocs events, each handed on to the code that makes pages (`theme/pages`)."""

import json
import os
import shutil
import tempfile
from pathlib import Path

THEME = Path(__file__).resolve().parent
# The same bytes wherever and whenever the site is built, whoever builds it.
os.environ.update(
    SOURCE_DATE_EPOCH="1409589182",  # 1 September 2014, 16:33:02 UTC: arXiv 1409.0473v1
    PYTHONHASHSEED="0",
    OPENBLAS_NUM_THREADS="1",  # one order of adding up, and one kernel for every x86
    OMP_NUM_THREADS="1",
    OPENBLAS_CORETYPE="Haswell",
    NPY_DISABLE_CPU_FEATURES="X86_V4 AVX512_ICL AVX512_SPR",
    JUPYTER_PLATFORM_DIRS="1",
    JUPYTER_CONFIG_DIR=str(THEME / "notebook"),
    IPYTHONDIR=str(THEME.parent / ".cache" / "ipython"),
)

import mkdocs_jupyter.config
import nbformat
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from nbclient.exceptions import (
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)
from pages import (
    downloads,
    kept_runs,
    live,
    output,
    parity,
    punctuation,
    strict,
    styles,
    timeline,
)
from pages.cache import Cache
from pages.chapter import read_chapter
from pages.citations import Sources
from pages.errors import PageError
from pages.glossary import Glossary
from pages.highlight import merge_marks
from pages.mathml import formulas
from pages.render import to_markdown
from pages.run import explain_failure, results, runnable
from pages.values import Values

log = get_plugin_logger("pages")
mkdocs_jupyter.config.settings.templates_dir = str(THEME / "notebook")


def told(event):
    """Let a page's error reach the reader of the build as MkDocs tells errors."""

    def hook(*args, **kwargs):
        try:
            return event(*args, **kwargs)
        except PageError as error:
            raise PluginError(str(error)) from error

    return hook


class Build:
    """What one run of MkDocs remembers between its events."""

    command = "build"
    site = ""
    caches: dict = {}  # language: Cache
    slots: dict = {}  # page: {slot: HTML of an output}
    files: dict = {}  # path in the site: text of a download
    indexes: dict = {}  # language: Material's search index
    words: dict = {}  # language: what the live page says
    sources: Sources = None
    glossaries: dict = {}  # language: Glossary


def folders(config):
    docs = Path(config.docs_dir)
    return docs, docs.parent / "snippets"


def language(config):
    plugin = config.plugins["i18n"]
    return plugin.current_language or plugin.default_language


def is_default(config):
    return language(config) == config.plugins["i18n"].default_language


def on_startup(*, command, dirty):
    Build.command = command
    Path(os.environ["IPYTHONDIR"]).mkdir(parents=True, exist_ok=True)
    strict.watch_warnings(PluginError)


@event_priority(100)
@told
def on_config(config):
    strict.read_from(Path(config.docs_dir))
    Build.site = config.site_dir
    search = config.plugins["material/search"].config
    search.lang, search.pipeline = [language(config)], ["stemmer", "trimmer"]
    search.separator = r"""[\s\-.,;:!?()\[\]{}"'“”/=*+|]+"""
    if is_default(config):
        docs, snippets = folders(config)
        parity.require_parity(docs, config.plugins["i18n"].all_languages, snippets)
        Build.slots, Build.files, Build.indexes = {}, {}, {}
        Build.sources = Sources(docs / "sources.bib")
        kept_runs.train_all(snippets, THEME.parent / ".cache")
    docs, lang = folders(config)[0], language(config)
    Build.glossaries[lang] = Glossary(docs / "glossary.yml", lang)
    Build.caches[lang] = Cache(THEME.parent / ".cache" / lang)
    return config


@event_priority(100)
@told
def on_page_markdown(markdown, page, config, files):
    lang, (docs, snippets) = language(config), folders(config)
    chapter = read_chapter(page.file.abs_src_path, snippets)
    if not chapter.is_notebook:
        (prose,) = chapter.cells
        values = Values(chapter, {}, lang)
        values.known |= timeline.values(docs / "timeline.yml", lang)
        return with_notes(values.fill(prose.source, prose), page, config)
    notebook = runnable(chapter)

    def execute():
        log.info(f"running the cells of {page.file.src_uri}")
        return _execute(page, config, files, notebook, chapter)

    executed = json.loads(Build.caches[lang].get(notebook, execute))
    del page.render
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
    return with_notes(text, page, config)


def with_notes(text, page, config):
    path, lang = page.file.abs_src_path, language(config)
    text = Build.glossaries[lang].fill(text, config.extra["words"])
    text = Build.sources.cite(text, path, lang, margin="hide" in page.meta)
    return Build.sources.list_in(text, path, lang)


def _execute(page, config, files, notebook, chapter):
    """Have mkdocs-jupyter run a notebook; its template gives the notebook back."""
    source, folder = page.file.abs_src_path, THEME.parent / ".cache"
    with tempfile.TemporaryDirectory(dir=folder) as own:
        path = Path(own) / "notebook.ipynb"
        path.write_text(notebook, encoding="utf-8")
        page.file.abs_src_path = str(path)
        try:
            page.render(config, files)
        except CellExecutionError as error:
            raise explain_failure(error, chapter, notebook) from error
        except (CellTimeoutError, DeadKernelError) as error:
            raise PageError(str(error), path=source) from error
        finally:
            page.file.abs_src_path = source
    executed, _ = json.JSONDecoder().raw_decode(page.content.strip())
    return json.dumps({"cells": executed["cells"]}, ensure_ascii=False)


@told
def on_page_content(html, page, config, files):
    try:
        html = formulas(merge_marks(html))
    except ValueError as error:
        latex, cause = error.args
        path = Path(page.file.abs_src_path)
        before, found, _ = path.read_text(encoding="utf-8").partition(latex)
        line = before.count("\n") + 1 if found else None
        cause = f"cannot read the formula {latex}: {cause}"
        raise PageError(cause, path=path, line=line) from error
    slots = Build.slots.get(page.file.src_uri, {})
    if slots or "hide" in page.meta:  # a page to be read, not a list of links
        more = config.extra["words"]["glossary"]
        html = Build.glossaries[language(config)].mark(html, more)
    html = punctuation.attach(html)
    for slot, output_html in slots.items():
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
    return output.finish_page(html, "" if is_default(config) else language(config))


def on_post_template(text, template_name, config):
    return output.guarded(text) if template_name.endswith(".html") else text


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
        output.write_index(site / folder, output.own_index(own, folder))
        Build.caches[lang].forget_unused()
    for name, text in Build.files.items():
        (site / name).write_text(text, encoding="utf-8", newline="\n")
        carrier = site / f"{name}.js"
        carrier.write_text(downloads.carried(text), encoding="utf-8", newline="\n")
    live.write(
        site, THEME.parent / ".cache" / "live", Build.words, os.environ.get("KEPT_RUNS")
    )
    output.mend_scripts(site)
    output.prune(site)
    styles.lighten_styles(site)


def on_build_error(error):
    if Build.command == "build" and Build.site:
        shutil.rmtree(Build.site, ignore_errors=True)  # half a site is no site

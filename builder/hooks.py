"""MkDocs' events by name; what happens at each of them is in `build.py`."""

import sys
from pathlib import Path
from typing import Any

BUILDER = Path(__file__).resolve().parent
sys.path.insert(0, str(BUILDER.parent))

from builder.site.surroundings import settle

settle(BUILDER.parent / ".cache", BUILDER / "notebook")  # before what reads it

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from builder.build import Build
from builder.site import shell
from builder.site.shell import Process, told

process: Process  # of this command
build: Build  # the one that it is making


@told
def on_startup(*, command: str, dirty: bool) -> None:
    global process
    process = Process(command)


@event_priority(100)
@told
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    global build
    if not shell.folder(config):  # the first of the languages
        build = Build(config, process.place(config))
    return build.begin_language(config)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    build.begin_pages(config)
    env.globals["number"] = build.number
    env.trim_blocks = env.lstrip_blocks = True  # empty lines of templates weigh too
    return env


@event_priority(100)
def on_page_markdown(
    markdown: str, page: Page, config: MkDocsConfig, files: Files
) -> str:
    """A page is made from its source: what other plugins do to `markdown` is lost."""
    shell.render_by(page, told(build.render))
    return markdown


@event_priority(-100)
def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    return {**context, **build.context(page)}


@told
def on_post_page(html: str, page: Page, config: MkDocsConfig) -> str:
    return build.mended(html, config)


@told
def on_post_template(text: str, template_name: str, config: MkDocsConfig) -> str:
    if not template_name.endswith(".html"):
        return text
    return build.mended(text, config)


@event_priority(-200)  # the last touches come after those of the plugins
@told
def on_post_build(config: MkDocsConfig) -> None:
    if not shell.plugin(config, "i18n").building:  # a language of several
        build.finish(config)


@told
def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> None:
    process.serve(server, config)


def on_build_error(error: Exception) -> None:
    if begun := globals().get("build"):  # not if the settings are wrong
        begun.give_up()
    process.explain(error)

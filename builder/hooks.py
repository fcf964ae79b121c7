"""MkDocs' events by name; what happens at each of them is in `build.py`."""

import sys
from pathlib import Path

BUILDER = Path(__file__).resolve().parent
sys.path.insert(0, str(BUILDER.parent))

from builder.site.surroundings import settle

settle(BUILDER.parent / ".cache", BUILDER / "notebook")  # before what reads it

from mkdocs.plugins import event_priority

from builder.build import Build
from builder.site import policy, shell
from builder.site.shell import Process, told

process = build = None  # of this command, and the one build that it is making


@told
def on_startup(*, command, dirty):
    global process
    process = Process(command)


@event_priority(100)
@told
def on_config(config):
    global build
    if not shell.folder(config):  # the first of the languages
        build = Build(config, process.place(config))
    return build.begin_language(config)


def on_env(env, config, files):
    env.trim_blocks = env.lstrip_blocks = True  # empty lines of templates weigh too
    return env


@event_priority(100)
@told
def on_page_markdown(markdown, page, config, files):
    return build.markdown(page, config)


@told
def on_page_content(html, page, config, files):
    return build.content(html, page)


@event_priority(-100)
def on_page_context(context, page, config, nav):
    return {**context, "downloads": build.downloads(page)}


def on_post_page(html, page, config):
    return build.page(html, config)


def on_post_template(text, template_name, config):
    return policy.guarded(text) if template_name.endswith(".html") else text


@event_priority(-200)  # the last touches come after those of the plugins
@told
def on_post_build(config):
    if not config.plugins["i18n"].building:  # a language of several
        build.finish(config)


@told
def on_serve(server, config, builder):
    process.serve(server, config)


def on_build_error(error):
    if build:
        build.give_up()
    process.explain(error)

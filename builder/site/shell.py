"""What MkDocs and its plugins are asked for: all that another shell would do else."""

import functools
import logging
import os
import signal
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import mkdocs_jupyter.config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from builder.errors import PageError
from builder.site import machine, strict
from builder.site.aside import Aside
from builder.site.loaded import Loaded

BUILDER = Path(__file__).resolve().parents[1]
CACHE = BUILDER.parent / ".cache"
Given = ParamSpec("Given")
Gives = TypeVar("Gives")
log = get_plugin_logger("pages")
mkdocs_jupyter.config.settings.templates_dir = str(BUILDER / "notebook")


def told(event: Callable[Given, Gives]) -> Callable[Given, Gives]:
    """Let a page's error reach the reader of the build as MkDocs tells errors."""

    def hook(*args: Given.args, **kwargs: Given.kwargs) -> Gives:
        try:
            return event(*args, **kwargs)
        except PageError as error:
            raise PluginError(str(error)) from error
        except OSError as error:
            raise PluginError(str(machine.explain(error, CACHE))) from error

    return hook


def plugin(config: MkDocsConfig, name: str) -> Any:
    """Return a plugin of whose own attributes MkDocs knows no type."""
    return config.plugins[name]


def source(page: Page) -> str:
    """Return the file of a page."""
    path = page.file.abs_src_path
    assert path, f"a plugin has made up {page.file.src_uri}, and nobody wrote it"
    return path


def render_by(page: Page, render: Callable[[Page, MkDocsConfig, Files], None]) -> None:
    """Have a page rendered by us, and not by MkDocs alone."""
    page.render = functools.partial(render, page)  # type: ignore[method-assign]


def address(config: MkDocsConfig) -> str:
    """The address of the site if who builds it gave one, for what leaves the site."""
    return config.site_url or "" if os.environ.get("SITE_URL") else ""


def version(checkout: Path) -> str:
    """Return the version of the project that is built."""
    text = Path(checkout, "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def languages(config: MkDocsConfig) -> list[str]:
    """Name the languages of the site, the one at its root first."""
    i18n = plugin(config, "i18n")
    others = [lang for lang in i18n.all_languages if lang != i18n.default_language]
    return [i18n.default_language, *others]


def language(config: MkDocsConfig) -> str:
    i18n = plugin(config, "i18n")
    return i18n.current_language or i18n.default_language


def folder(config: MkDocsConfig) -> str:
    """Name the folder of the language being built; the first is at the root."""
    return "" if language(config) == languages(config)[0] else language(config)


def nav(config: MkDocsConfig) -> list[str]:
    """Name the pages in the order in which readers go through them."""
    return [name for part in parts(config) for name in part]


def parts(config: MkDocsConfig) -> list[list[str]]:
    """Name the pages of each part of the menu; what stands alone is one."""
    return [list(_pages(entry)) for entry in config.nav or []]


def _pages(entry: Any) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
    for inner in entry.values() if isinstance(entry, dict) else ():
        for one in inner if isinstance(inner, list) else [inner]:
            yield from _pages(one)


def configure_search(config: MkDocsConfig) -> None:
    search = plugin(config, "material/search").config
    search.lang, search.pipeline = [language(config)], ["stemmer", "trimmer"]
    search.separator = r"""[\s\-.,;:!?()\[\]{}"'“”/=*+|]+"""


class Process:
    """One run of the command; under `serve` it makes many builds."""

    def __init__(self, command: str) -> None:
        self.command, self.loaded, self.port_is_ours = command, Loaded(BUILDER), False
        Path(os.environ["IPYTHONDIR"]).mkdir(parents=True, exist_ok=True)
        strict.watch_warnings(PluginError)
        # Ended like by Ctrl-C: kernels stop, the folder of work goes.
        signal.signal(signal.SIGTERM, signal.default_int_handler)

    def place(self, config: MkDocsConfig) -> Aside | None:
        """Say early what a build would fail of in the end; return where it works.

        None while serving: MkDocs serves a folder of its own.
        """
        self.loaded.require_same()
        machine.require_address(config.site_url)
        if self.command != "serve":
            aside = Aside(config.site_dir, BUILDER.parent, CACHE / "site.lock")
            config.site_dir = str(aside.made)
            return aside
        if not self.port_is_ours:  # in a later build it is
            machine.require_free_port(*config.dev_addr)
            self.port_is_ours = True
        return None

    def serve(self, server: LiveReloadServer, config: MkDocsConfig) -> None:
        """Let a fault of settings end as a sentence; MkDocs would print a traceback."""
        machine.require_free_port(*config.dev_addr)
        build = server.builder

        def build_or_say() -> None:
            try:
                build()
            except ConfigurationError as error:
                raise Abort(str(error)) from error

        server.builder = build_or_say

    def explain(self, error: Exception) -> None:
        """End in a sentence where a template, or MkDocs while writing, met a fault."""
        if isinstance(error, PageError):  # of what a template asks
            logging.getLogger("mkdocs").error(str(error))
            raise Abort("Aborted with a BuildError!") from error
        if isinstance(error, OSError):
            log.error(str(machine.explain(error, CACHE.parent)))
            raise Abort("Aborted with an OSError!") from error

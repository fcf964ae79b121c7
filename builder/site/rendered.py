"""Pages as an earlier build made them: who changes one does not wait for the others."""

import hashlib
import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc

from builder.errors import PageError
from builder.notebook.cache import Cache
from builder.site.shell import address, told

BUILDER = Path(__file__).resolve().parents[1]
Make = Callable[[], dict[str, str]]


class Rendered:
    """Keeps, in `cache`, what Markdown, search and policy make of a page.

    `used` are the sets in which a build notes what its pages use: a page that is not
    made anew uses what it did. Make this object before what pages share is read.
    """

    def __init__(self, cache: Cache, docs: Path) -> None:
        self.cache, self.docs = cache, docs
        self.shared = _shared(docs)
        self.used: list[set[str]] = []

    def render(
        self, page: Page, config: MkDocsConfig, files: Files, known: Any, make: Make
    ) -> dict[str, str]:
        """Give a page its HTML and what MkDocs notes of it; return its downloads.

        `make` makes both. The page depends on what is `known`, and on what all share.
        """

        def made() -> str:
            before = [set(one) for one in self.used]
            for one in self.used:
                one.clear()
            taken = make()
            used = [sorted(one) for one in self.used]
            for one, earlier in zip(self.used, before, strict=True):
                one |= earlier
            self._require_same()
            return json.dumps([taken, used, _noted(page)], ensure_ascii=False)

        leads_to = [(f.src_uri, f.url, f.inclusion) for f in files]
        around = [_settings(config), leads_to]
        key = f"{self.shared}\n{around}\n{page.meta}\n{known}"
        taken, used, noted = json.loads(self.cache.get(key, made))
        for one, names in zip(self.used, used, strict=True):
            one |= {*names}
        _note(page, noted, files)
        return taken

    def _require_same(self) -> None:
        """Keep no page under a key of what it was not made of."""
        if _shared(self.docs) != self.shared:
            cause = "what all pages share has changed while they were made; build again"
            raise PageError(cause, path=self.docs)

    def mended(self, html: str, folder: str, mend: Callable[[str, str], str]) -> str:
        """Return a page as `mend` leaves it."""
        key = f"{self.shared}\nmended {folder}\n{html}"
        return self.cache.get(key, lambda: mend(html, folder))

    def remember(self, index: Any) -> None:
        """Have Material's index of a search read no page twice."""
        read = index.add_entry_from_context

        def add(page: Page) -> None:
            def entries() -> str:
                before = len(index.entries)
                read(page)
                new = index.entries[before:]
                del index.entries[before:]
                return json.dumps(new, ensure_ascii=False)

            known = [index.config, page.url, page.title, page.meta]
            key = f"{self.shared}\nsearch {known}\n{page.content}"
            index.entries += json.loads(self.cache.get(key, entries))

        index.add_entry_from_context = told(add)


def _shared(docs: Path) -> str:
    """Hash what makes all pages: our code and words, sources, terms, drawings.

    Templates are filled for each build; a date or a listing is told with its page.
    """
    files = [*BUILDER.rglob("*.py"), *BUILDER.glob("look/words/*.yml")]
    files += [docs / "sources.bib", docs / "glossary.yml", *docs.glob("drawings/*.svg")]
    there = [path for path in sorted(files) if path.is_file()]
    texts = [b"%s\n%s" % (str(path).encode(), path.read_bytes()) for path in there]
    return hashlib.sha256(b"\n".join(texts)).hexdigest()


def _settings(config: MkDocsConfig) -> list[Any]:
    """What of mkdocs.yml decides how Markdown and links are read."""
    extensions = [one for one in config.markdown_extensions if isinstance(one, str)]
    # Only then does MkDocs note links.
    quiet = not logging.getLogger("mkdocs").isEnabledFor(logging.DEBUG)
    return [extensions, config.mdx_configs, config.validation, address(config), quiet]


def _noted(page: Page) -> dict[str, Any]:
    """What MkDocs knows of a page when it has rendered it."""
    links = page.links_to_anchors or {}
    return {
        "content": page.content,
        "toc": [_entry(one) for one in page.toc],
        "title": page._title_from_render,
        "ids": sorted(page.present_anchor_ids or ()),
        "links": {to.src_uri: found for to, found in links.items()},
    }


def _entry(one: AnchorLink) -> dict[str, Any]:
    inner = [_entry(child) for child in one.children]
    return {"name": one.title, "id": one.id, "level": one.level, "children": inner}


def _note(page: Page, noted: dict[str, Any], files: Files) -> None:
    page.content, page.toc = noted["content"], get_toc(noted["toc"])
    page._title_from_render = noted["title"]
    page.present_anchor_ids = {*noted["ids"]}
    by_path = files.src_uris
    links = {by_path[uri]: found for uri, found in noted["links"].items()}
    page.links_to_anchors = links

"""The executed notebooks of one build: what is kept is read, what is not runs ahead."""

import functools
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from builder.notebook.cache import Cache, Say
from builder.notebook.cells import ahead, execute
from builder.notebook.chapter import Chapter
from builder.notebook.records import Records, require_recorded
from builder.notebook.run import runnable


class Runs:
    """Give what the cells of a page gave, and run each of them at most once.

    `folder` keeps what they gave, language by language; `say` tells which run.
    """

    def __init__(
        self, folder: Path, snippets: Path, records: Records, say: Say
    ) -> None:
        self.folder, self.snippets, self.records = Path(folder), snippets, records
        self.say = say
        self.ahead: dict[Path, Future[str]] = {}
        self.caches: dict[str, Cache] = {}
        self.keys: dict[Path, str] = {}

    def begin(self, chapters: Mapping[str, Iterable[Chapter]]) -> None:
        """Start running the cells of {language: [Chapter]}, but of those kept."""
        jobs = {}
        for lang, pages in chapters.items():
            cache = self.caches[lang] = Cache(self.folder / lang, say=self.say)
            for chapter in pages:
                if chapter.is_notebook and not cache.holds(self._key(chapter)):
                    # Not in its job: before 3.11.5 no two threads may parse at once.
                    require_recorded(chapter, self.snippets, self.records)
                    jobs[chapter.path] = functools.partial(self._run, chapter, lang)
                    self.say(f"running the cells of {lang}/{chapter.path.name}")
        self.ahead = ahead(jobs)

    def executed(self, chapter: Chapter, lang: str) -> dict[str, Any]:
        """Return the executed notebook of a page."""
        if chapter.path in self.ahead:
            return json.loads(self.ahead[chapter.path].result())
        return json.loads(self._run(chapter, lang))

    def _run(self, chapter: Chapter, lang: str) -> str:
        def make() -> str:
            return execute(runnable(chapter), chapter, self.folder)

        return self.caches[lang].get(self._key(chapter), make)

    def _key(self, chapter: Chapter) -> str:
        """What a page gives hangs on its code, and on the records that it reads."""
        if chapter.path not in self.keys:
            notebook = runnable(chapter)
            records = self.records.digest if "replay(" in notebook else ""
            self.keys[chapter.path] = notebook + records
        return self.keys[chapter.path]

    def forget_unused(self) -> None:
        for cache in self.caches.values():
            cache.forget_unused()

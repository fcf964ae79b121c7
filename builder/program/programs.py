"""What a page takes along: its programs, in pieces that they share."""

import json
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from builder.notebook.chapter import Cell, Chapter
from builder.notebook.records import Records, arguments
from builder.program import one_file
from builder.program.layout import chunks, count
from builder.program.library import library
from builder.program.page import Blocks

WIDTH = 88
HERE = Path(__file__).parent


class Maker:
    """Makes the programs of the chapters of one build."""

    def __init__(self, snippets: Path, records: Records, version: str) -> None:
        self.library = library(snippets, records.folder)
        self.names = one_file.names_in(self.library, snippets)
        self.version = version
        self.recorded = records.settings

    @property
    def key(self) -> str:
        """What the programs of a chapter hang on, besides the chapter."""
        texts = [one.text for one in self.library]
        known = [self.recorded, sorted(self.names), self.version, texts]
        code = [path.read_text("utf-8") for path in sorted(HERE.glob("*.py"))]
        return json.dumps([known, code])

    def make(self, chapter: Chapter, words: Mapping[str, str]) -> dict[str, Any]:
        """The programs of all cells, and what the page brings along to run them.

        `words` are for the first lines of each, in the page's language.
        """
        blocks = Blocks(chapter, self.library)
        pieces: dict[str, int] = {}
        programs = {}
        for cell in chapter.code:
            records = self._records(blocks, cell)
            texts = self._texts(blocks, cell, records, words)
            known: dict[str, Any] = {"records": records}
            for kind, text in texts.items():
                numbers = [pieces.setdefault(piece, len(pieces)) for piece in text]
                known[kind] = {"pieces": numbers, "lines": count("".join(text))}
            programs[f"{cell.number}"] = known
        return {
            "prelude": "".join(chunks(blocks.prelude)).rstrip("\n"),
            "elsewhere": sorted(blocks.elsewhere),
            "pieces": [*pieces],
            "programs": programs,
        }

    def one_file(self, snippets: Path) -> str:
        """The file that short forms import from."""
        head = _remark(
            "The Birth of Attention {version} (MIT licence): all models; run, it "
            "trains one.",
            version=self.version,
        )
        return one_file.written(self.library, snippets, head)

    def _texts(
        self, blocks: Blocks, cell: Cell, records: list[str], words: Mapping[str, str]
    ) -> dict[str, list[str]]:
        """A cell's program alone; and, if it is long, with the one file beside it."""
        page = f"{blocks.chapter.path.stem}.html"
        head = _remark(
            words["head"], version=self.version, page=page, number=cell.number
        )
        trains = _remark(words["trains"], file=" + ".join(records)) if records else ""
        texts = {"alone": [f"{head}{trains}\n", *blocks.alone(cell)]}
        if short := blocks.with_file(cell, one_file.NAME, self.names):
            needs = _remark(words["needs"], file=f"{one_file.NAME}.py")
            texts["short"] = [f"{head}{needs}{trains}\n", *short]
        return texts

    def _records(self, blocks: Blocks, cell: Cell) -> list[str]:
        """The records that a cell's program reads if it finds them."""
        if not blocks.calls(cell, "replay"):
            return []
        asked = [arguments(call) for call in blocks.calls(cell, "Settings")]
        return [
            name
            for name, known in self.recorded.items()
            if any(one.items() <= known.items() for one in asked)
        ]


def _remark(text: str, **values: object) -> str:
    """Write a text as remarks of Python."""
    lines = textwrap.wrap(text.format(**values), WIDTH - 2, break_on_hyphens=False)
    return "".join(f"# {line}\n" for line in lines)

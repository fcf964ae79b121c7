"""Drawings in a page: `![Alt.](drawings/name.svg "Caption.")` as a paragraph alone.

One SVG serves all languages; the page holds it, so that it takes the page's colours.
"""

import os
import re
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor
from markdown.treeprocessors import Treeprocessor

from builder.errors import PageError
from builder.prose import svg
from builder.prose.page import OnPage
from builder.source import read_source

FOLDER = "drawings"
KIND = "plot drawing"  # classes of a figure
LINE = re.compile(
    rf'^!\[(?P<alt>[^\]\n]+)\]\({FOLDER}/(?P<name>[\w-]+)\.svg "(?P<caption>.+)"\)$',
    re.MULTILINE,
)
ADVICE = f'write ![What it shows.]({FOLDER}/name.svg "Caption.") as a paragraph alone'


class Drawings:
    """The drawings of a folder, in the languages of the site; each must be used."""

    def __init__(self, folder: Path, languages: list[str]) -> None:
        self.folder, self.languages = folder, languages
        self.known: dict[Path, Element] = {}
        self.used: set[str] = set()

    def inlined(self, name: str, lang: str, prefix: str, alt: str) -> str:
        """Return a drawing in one language; ValueError if there is none."""
        path = self.folder / f"{name}.svg"
        if not os.path.lexists(path):
            there = ", ".join(file.stem for file in self._files()) or "none"
            raise ValueError(f"there is no drawing '{name}' (drawn: {there})")
        self.used.add(name)
        if path not in self.known:
            try:
                self.known[path] = svg.read(read_source(path), self.languages)
            except ValueError as error:
                raise PageError(f"this drawing {error}", path=path) from error
        return svg.inlined(self.known[path], lang, prefix, alt)

    def require_all_used(self) -> None:
        for path in self._files():
            if path.stem not in self.used:
                cause = "no page shows this drawing; show it or take it out: "
                raise PageError(cause + ADVICE.replace("name", path.stem), path=path)

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("[!.]*"))


def in_words(text: str) -> str:
    """Say drawings in words, in Markdown that leaves the site.

    >>> in_words('![A hat.](drawings/hat.svg "It is *red*.")')
    '_A hat._\\n\\n_It is *red*._'
    """
    return LINE.sub(r"_\g<alt>_\n\n_\g<caption>_", text)


class DrawingBlock(BlockProcessor):
    """Makes a figure of such a line; its caption is Markdown."""

    def test(self, parent: Element, block: str) -> bool:
        return bool(LINE.fullmatch(block.strip()))

    def run(self, parent: Element, blocks: list[str]) -> None:
        line = LINE.fullmatch(blocks.pop(0).strip())
        assert line
        figure = SubElement(parent, "figure", {"class": KIND})
        source = f"{FOLDER}/{line['name']}.svg"
        SubElement(figure, "img", {"alt": line["alt"], "src": source})
        SubElement(figure, "figcaption").text = line["caption"]


class Drawn(OnPage, Treeprocessor):
    """Shows the drawings of one page."""

    def run(self, root: Element) -> None:
        figures = [f for f in root.iter("figure") if f.get("class") == KIND]
        for number, figure in enumerate(figures, start=1):
            image, _ = figure
            figure.remove(image)
            figure.text = self.md.htmlStash.store(self._svg(image, number))
        for image in root.iter("img"):
            if (source := image.get("src", "")).startswith(f"{FOLDER}/"):
                cause = f"the drawing {source} needs words and a caption; {ADVICE}"
                raise self.page.error(cause, source)

    def _svg(self, image: Element, number: int) -> str:
        page, source = self.page, image.get("src", "")
        name, alt = Path(source).stem, image.get("alt", "")
        try:
            return page.drawings.inlined(name, page.lang, f"drawing-{number}-", alt)
        except ValueError as error:
            raise page.error(str(error), source) from error

"""The page `code`: what stands in `snippets/`, name by name, as Markdown."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from builder.notebook.chapter import Chapter
from builder.program import shown
from builder.program.catalogue import Catalogue, signature
from builder.program.shown import Place
from builder.prose.outline import read_outline
from builder.prose.values import Drawing

PLACE = "{{ catalogue }}"
TESTS = "tests/snippets"
MOST = {"tests": 2, "users": 4}  # that an entry names


class CodePage:
    """Writes the page in one language; `words` are the interface's in it."""

    def __init__(
        self,
        catalogue: Catalogue,
        chapters: Iterable[Chapter],
        project: Path,
        lang: str,
        words: Mapping[str, str],
    ) -> None:
        self.catalogue, self.lang, self.words = catalogue, lang, words
        self.places = shown.places(chapters, catalogue.statements)
        self.tests = shown.tests(project / TESTS, catalogue.statements)

    def written(self) -> Drawing:
        return Drawing("\n\n".join(self._parts()))

    def _parts(self) -> Iterator[str]:
        for group in self.catalogue.groups:
            yield f"## {group['title'][self.lang]} {{#{group['id']}}}"
            yield group["about"][self.lang]
            for file, names in group["files"].items():
                yield from self._file(file, names)

    def _file(self, file: str, names: Mapping[str, Any]) -> Iterator[str]:
        yield f"### `{file}` {{#{file.replace('.', '-')}}}"
        summary = self.words["code"].format(file=f"<code>{file}</code>")
        yield (
            '<details class="fold" markdown="1" data-search-exclude>'
            f"<summary>{summary}</summary>\n\n"
            f"```python\n{self.catalogue.code(file)}\n```\n\n</details>"
        )
        if used := self.catalogue.uses(names):
            yield _facts([f"{self.words['uses']} {_links(used)}"])
        for name, texts in names.items():
            call = signature(name, self.catalogue.statements[name].node)
            # Raw: the contents beside the page would list each of them.
            yield f'<h4 id="{name}"><code>{escape(call, quote=False)}</code></h4>'
            yield texts[self.lang]
            if facts := [*self._known(name)]:
                yield _facts(facts)

    def _known(self, name: str) -> Iterator[str]:
        """Where one reads on, and what proves it."""
        if place := self.places.get(name):
            word = self.words["explained" if place.explains else "used"]
            yield f"{word} {_section(place)}"
        elif users := self.catalogue.used_by(name):
            yield f"{self.words['by']} {_links(users[: MOST['users']])}"
        if files := self.tests.get(name, [])[: MOST["tests"]]:
            listed = ", ".join(f"`{TESTS}/{file}`" for file in files)
            yield f"{self.words['tested']} {listed}"


def _section(place: Place) -> str:
    """Link to the nearest heading above a cell."""
    headings = read_outline(place.chapter).items["heading"]
    above = [heading for heading in headings if heading.line < place.cell.line]
    title = above[0].words
    level, key = above[-1].key
    if level == 1 or not key:
        return f"[{title}]({place.chapter.path.name})"
    return f"[{title}: {above[-1].words}]({place.chapter.path.name}#{key})"


def _links(names: Iterable[str]) -> str:
    return ", ".join(f"[`{name}`](#{name})" for name in names)


def _facts(facts: Iterable[str]) -> str:
    """A small line that no search looks into."""
    return " · ".join(facts) + '\n{: .facts data-search-exclude="" }'


def download(name: str, text: str, folder: str, words: str) -> Drawing:
    """A link to the one file at the site's root, from a page in a language's folder.

    Markdown's own would ask MkDocs for a page of that name.
    """
    address = f"../{name}" if folder else name
    size = words.format(kilobytes=round(len(text.encode()) / 1000))
    link = f'<a href="{address}" download>{name}</a>'
    return Drawing(f"<p>{link} ({size})</p>")

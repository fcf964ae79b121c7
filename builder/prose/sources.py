"""The sources of a site, written once, in BibTeX.

mkdocs-bibtex, the library for this, knows one language a site and lets unused entries
stand; so the file is read by pybtex and a source is written out here.
"""

import os
import re
from pathlib import Path

from pybtex.database import BibliographyData, Entry, Person, parse_string
from pybtex.exceptions import PybtexError

from builder.errors import PageError
from builder.prose.syntax import fault_at, outside_code
from builder.source import read_source

Parts = tuple[tuple[str, str], ...]  # (key, place) of each source of a citation
CITATION = re.compile(r"\[(@[^\[\]]+)\]")
LIST = re.compile(r"^<!-- sources: ([a-z-]+) -->$", re.MULTILINE)
AND = {"en": "and", "pt": "e"}
SUPPORTS = {"en": "What it supports", "pt": "O que sustenta"}
NEEDED = ("title", "author", "url", "group", "supports_en", "supports_pt")
OWN = re.compile(r"\s*(group|short|supports_\w+|title_\w+|where_\w+|link_\w+) = ")


class Sources:
    """The sources of a site, and which of them its pages have cited."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.used: set[str] = set()
        self.given: dict[str, str] = {}
        self.text = read_source(Path(path)) if os.path.lexists(path) else ""
        self._require_entries_only()
        try:
            found = parse_string(self.text, "bibtex").entries
        except PybtexError as error:
            line = getattr(error, "lineno", None) or self._line_told(str(error))
            cause = f"cannot be read as BibTeX: {error}".partition("\n")[0]
            raise PageError(cause, path=path, line=line) from error
        self.entries = {entry.key: entry for entry in found.values()}
        if os.path.lexists(path) and not found:
            raise PageError("has no source; write one, or take it away", path=path)
        for key, entry in self.entries.items():
            for field in NEEDED:
                if field not in entry.fields and field not in entry.persons:
                    raise self._error(key, f"the source '{key}' needs '{field} = ...'")

    def inline(self, text: str, path: Path | str) -> str:
        """Return Markdown with its citations in brackets, for a notebook."""

        def linked(match: re.Match) -> str:
            links = [
                f"[{self.short(key, place)}]({self.entries[key].fields['url']})"
                for key, place in self.parts(match, path)
            ]
            return f" ({'; '.join(links)})"

        return outside_code(CITATION, linked, text)

    def parts(self, match: re.Match, path: Path | str) -> Parts:
        """Return the keys and places of a citation; each key must be a source."""
        parts = []
        for part in match[1].split(";"):
            key, _, place = part.strip().removeprefix("@").partition(",")
            if key not in self.entries:
                cause = f"'{key}' is no source of {self.path.name}; write it there"
                raise fault_at(path, cause, match[0], f"id: {key}\n", f"@{key}")
            self.used.add(key)
            parts.append((key, place.strip()))
        return tuple(parts)

    def full(self, key: str, lang: str, place: str = "") -> str:
        """Write a source out, in Markdown."""
        get = self.entries[key].fields.get
        title = get(f"title_{lang}") or get("title")
        places = (f"where_{lang}", "journal", "booktitle", "note")
        where, year = next(filter(None, map(get, places)), ""), get("year", "")
        if where and year not in where:
            where = f"{where}, {year}" if get("journal") else f"{year} ({where})"
        link = get(f"link_{lang}") or _address(get("url"))
        people = authors(self.entries[key], AND[lang])
        parts = [people, f"*{title}*", where or year, f"[{link}]({get('url')})", place]
        return ", ".join(part for part in parts if part)

    def short(self, key: str, place: str = "") -> str:
        """Write a source in a few words: surnames, year, place."""
        entry = self.entries[key]
        names = [_name(person, initials=False) for person in entry.persons["author"]]
        who = " & ".join(names) if len(names) < 3 else f"{names[0]} et al."
        told = f"{who} {entry.fields.get('year', '')}".strip()
        parts = [entry.fields.get("short", told), place]
        return ", ".join(part for part in parts if part)

    def list_in(self, text: str, path: Path | str, lang: str) -> str:
        """Fill the places for lists of sources, as the page `sources` has them."""
        groups: dict[str, list[str]] = {}
        for key, entry in self.entries.items():
            groups.setdefault(entry.fields["group"], []).append(key)

        def listed(match: re.Match) -> str:
            keys = groups.pop(match[1], None)
            if keys is None:
                raise PageError(f"no source is of the group '{match[1]}'", path=path)
            return "\n".join(self._item(key, lang) for key in keys)

        filled = outside_code(LIST, listed, text)
        if filled != text and groups:
            cause = f"no place for the sources of {', '.join(groups)}: "
            cause += f"write <!-- sources: {min(groups)} -->"
            raise PageError(cause, path=path)
        return filled

    def _item(self, key: str, lang: str) -> str:
        supports = self.entries[key].fields[f"supports_{lang}"]
        return (
            f'<div class="source" id="{key}" markdown="1">\n\n'
            f"{self.full(key, lang)}.\n\n{SUPPORTS[lang]}: {supports}\n\n"
            f'<details class="fold" markdown="1"><summary>BibTeX: {key}</summary>\n\n'
            f"```text\n{self.bibtex(key)}```\n\n</details>\n\n</div>\n"
        )

    def bibtex(self, key: str) -> str:
        """Give an entry back as BibTeX, without the fields of this site."""
        if key not in self.given:  # for the first of the languages
            data = BibliographyData({key: self.entries[key]})
            lines = data.to_string("bibtex").splitlines()
            own = "\n".join(line for line in lines if not OWN.match(line))
            self.given[key] = f"{own.strip()}\n"
        return self.given[key]

    def require_all_used(self) -> None:
        """Raise a PageError for a source that no page cites."""
        for key in self.entries:
            if key not in self.used:
                raise self._error(key, f"no page cites '{key}'; cite it or take it out")

    def _error(self, key: str, cause: str) -> PageError:
        return PageError(cause, path=self.path, line=self._lines(key)[0])

    def _line_told(self, message: str) -> int | None:
        """Find the line of an error that names a key or a text, not its line."""
        key = re.search(r"\bentry: (\S+)$|with key (\S+)", message)
        quoted = re.search("'(.+)'", message)
        if key:
            return self._lines(key[1] or key[2])[-1]
        return self.text.partition(quoted[1])[0].count("\n") + 1 if quoted else None

    def _lines(self, key: str) -> list[int]:
        """List the lines where entries of that key begin."""
        start = rf"(?i)@\s*\w+\s*[{{(]\s*{re.escape(key)}(?=[\s,])"
        begins = [match.start() for match in re.finditer(start, self.text)]
        return [self.text.count("\n", 0, begin) + 1 for begin in begins]

    def _require_entries_only(self) -> None:
        """Raise a PageError for a line outside entries: BibTeX passes over it."""
        depth = 0
        for number, line in enumerate(self.text.split("\n"), start=1):
            if not depth and line.strip() and line.lstrip()[0] not in "%@":
                cause = "this stands outside every source; a source begins with @misc{"
                raise PageError(cause, path=self.path, line=number)
            if depth or not line.lstrip().startswith("%"):
                depth = max(depth + line.count("{") - line.count("}"), 0)


def authors(entry: Entry, word: str) -> str:
    """Write up to six authors with initials, or the first and et al."""
    names = [_name(person) for person in entry.persons["author"]]
    if len(names) > 6:
        return f"{names[0]} et al."
    return f" {word} ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _name(person: Person, initials: bool = True) -> str:
    first = [f"{n[0]}." for n in person.first_names + person.middle_names if initials]
    return " ".join([*first, *person.prelast_names, *person.last_names]).strip("{}")


def _address(url: str) -> str:
    short = re.sub(r"^https://(www\.)?", "", url).rstrip("/")
    if arxiv := re.match(r"arxiv\.org/abs/(.*)", short):
        return f"arXiv:{arxiv[1]}"
    return short if len(short) < 30 else short.partition("/")[0]

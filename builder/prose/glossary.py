"""The terms of `docs/glossary.yml`, and all of them on a page of theirs."""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from unicodedata import normalize

from builder.errors import PageError
from builder.source import Mapping, read_yaml

FORM = {"term": str, "text": str, "also?": [str], "not?": [str]}
FIELDS = {"id": str, "where": str, "symbol?": str, "code?": str}
SHAPE = [{**FIELDS, "en": FORM, "pt": FORM}]


class Glossary:
    """The terms of one file, `docs/glossary.yml`, in one language."""

    def __init__(self, path: Path | str, lang: str) -> None:
        self.lang, path = lang, Path(path)
        there = os.path.lexists(path)
        terms = read_yaml(path, SHAPE, "the glossary") if there else []
        self.terms: dict[str, Mapping] = {}
        self.forms: dict[str, str] = {}  # as written, in small letters: the term's id
        for term in terms:
            self._add(term, path)
        self.pattern = _any_of(self.forms)
        phrases = {name: term[lang].get("not", []) for name, term in self.terms.items()}
        self.others = {name: _any_of(own) for name, own in phrases.items() if own}

    def _add(self, term: Mapping, path: Path | str) -> None:
        name, own = term["id"], term[self.lang]
        cause = ""
        if not re.fullmatch(r"[\w-]+", name):
            cause = f"the id '{name}' must be of letters, digits and hyphens"
        if name in self.terms:
            cause = f"the term '{name}' stands here twice"
        for form in [own["term"], *own.get("also", [])]:
            if self.forms.setdefault(form.lower(), name) != name:
                cause = f"'{form}' is the {self.lang} of two terms; take one out"
        if cause:
            raise PageError(cause, path=path, line=term.line)
        self.terms[name] = term

    def means(self, match: re.Match) -> str | None:
        """Return the id of the term found; None if a phrase gives it another sense."""
        name, start = self.forms[match[0].lower()], match.start()
        other = self.others.get(name)
        phrases = other.finditer(match.string) if other else ()
        return None if any(p.start() <= start < p.end() for p in phrases) else name

    def listed(self, words: dict[str, str]) -> str:
        """Write all terms, for the page `glossary`."""

        def by_letters(term: Mapping) -> str:  # é beside e
            return normalize("NFD", term[self.lang]["term"].lower())

        terms = sorted(self.terms.values(), key=by_letters)
        return "\n".join(self._item(term, words) for term in terms)

    def _item(self, term: Mapping, words: dict[str, str]) -> str:
        own, other = term[self.lang], "en" if self.lang == "pt" else "pt"
        code = "en" if other == "en" else "pt-BR"
        facts = [f'<span lang="{code}">*{term[other]["term"]}*</span>']
        if "symbol" in term:
            facts.append(f"${term['symbol']}$")
        if "code" in term:
            facts.append(f"`{term['code']}`")
        facts.append(f"[{words['where']}]({term['where']})")
        return (
            f'<div class="entry" id="{term["id"]}" markdown="1">\n\n'
            f"**{own['term']}** · {' · '.join(facts)}\n\n{own['text']}\n\n</div>\n"
        )


def _any_of(phrases: Iterable[str]) -> re.Pattern:
    """Return a pattern of these words, the longest first, in any letters."""
    longest_first = sorted(phrases, key=len, reverse=True)
    words = "|".join(map(re.escape, longest_first)).replace("'", "['’]")
    return re.compile(rf"(?<![\w-])({words})(?![\w-])", re.IGNORECASE)

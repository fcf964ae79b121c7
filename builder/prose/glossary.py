"""Terms explained at their first use on a page, and all of them on a page of theirs.

The explanation is a popover of HTML itself: it opens with mouse, key or touch, closes
with Escape, and needs no script.
"""

import os
import re
from html import escape
from pathlib import Path
from unicodedata import normalize

from builder.errors import PageError
from builder.source import read_yaml

TAG = re.compile(r"(<[^>]*>)")
# No term is marked inside these.
CLOSED = re.compile(
    r"<(/?)(a|button|code|pre|h[1-6]|figure|svg|math|summary|sup|small|table)\b"
)
FORM = {"term": str, "text": str, "also?": [str]}
FIELDS = {"id": str, "where": str, "symbol?": str, "code?": str}
SHAPE = [{**FIELDS, "en": FORM, "pt": FORM}]
PLACE = "<!-- glossary -->"


class Glossary:
    """The terms of one file, `docs/glossary.yml`, in one language."""

    def __init__(self, path, lang):
        self.lang, path = lang, Path(path)
        there = os.path.lexists(path)
        terms = read_yaml(path, SHAPE, "the glossary") if there else []
        self.terms, self.forms = {}, {}
        for term in terms:
            self._add(term, path)
        longest_first = sorted(map(re.escape, self.forms), key=len, reverse=True)
        forms = "|".join(longest_first)
        self.pattern = re.compile(rf"(?<![\w-])({forms})(?![\w-])", re.IGNORECASE)

    def _add(self, term, path):
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

    def mark(self, html, more):
        """Return a page's HTML with each term explained at its first use.

        `more` is the word for the link to the glossary.
        """
        if not self.forms:
            return html
        prose, notes, below = html.partition('<div class="footnote">')
        seen, inside, parts = set(), 0, []

        def explained(match):
            name = self.forms[match[0].lower()]
            if name in seen:
                return match[0]
            seen.add(name)
            text = escape(self.terms[name][self.lang]["text"])
            return (
                f'<button type="button" class="term" popovertarget="term-{name}">'
                f'{match[0]}</button><span class="definition" popover id="term-{name}" '
                f'data-search-exclude>{text} <a href="glossary.html#{name}">{more}</a>'
                "</span>"
            )

        for part in TAG.split(prose):
            if part.startswith("<"):
                if tag := CLOSED.match(part):
                    inside += -1 if tag[1] else 1
            elif not inside:
                part = self.pattern.sub(explained, part)
            parts.append(part)
        return "".join(parts) + notes + below

    def fill(self, text, words):
        """Put all terms into the place that the page `glossary` has for them."""
        def by_letters(term):  # é beside e
            return normalize("NFD", term[self.lang]["term"].lower())

        terms = sorted(self.terms.values(), key=by_letters)
        items = [self._item(term, words) for term in terms]
        return text.replace(PLACE, "\n".join(items))

    def _item(self, term, words):
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


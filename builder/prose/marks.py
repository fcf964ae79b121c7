"""Marks of Markdown that nobody read: they would stand on the page as written."""

import re
from html.parser import HTMLParser
from pathlib import Path

from builder.prose.syntax import fault_at

# Marks mean themselves in here.
AS_IT_IS = {"annotation", "code", "math", "pre", "script", "style", "svg", "textarea"}
INLINE = {"a", "abbr", "b", "button", "del", "em", "i", "q", "small", "span", "strong"}
INLINE |= {"sub", "sup"}
FENCE = "end the fence, or the code, that begins here"
RAW = {
    r"\[\^[^\]\s]+\]": "no note has this name; write it below as [^name]: ...",
    r"\[@[^\]\s]*": "a citation is written [@key, place]",
    r"(?<!\bR)(?<!\bUS)\$": r"close the formula, $...$; for money write R$ or US$",
    r"(?<!\w)(?:R|US)\$(?!\s?\d)": "close the formula, $...$",
    r"`": FENCE,
    r"~~~": FENCE,
    r"\{\{|\}\}": "a value is written {{ name:.2f }}",
    r"--8<--": "code is brought in within a cell",
    r"\*\*|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)": "close the emphasis: *word*, **word**",
    r"(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)": "close the emphasis, or write it as `code`",
    r"\]\(|\]\[": "write the link on one line as [words](page.md#id)",
    r"\{[#:.]": "write {#id} at the end of the line that it names",
    r"^\s*#+\s?\w": "write a blank, and an id: ## Words {#id}",
    r"\|\s*:?-+:?\s*\|": "give each row of the table the same number of cells",
    r"&#?\w+;": "HTML knows no letter of this name; write the letter itself",
    r"</?[a-z]": "HTML has a blank line before and behind it",
    r"<!--|-->": "close the remark: <!-- ... -->",
    "[\x02\x03]|(?:klzz|wzxh)\\w+": "Markdown lost its way here; write it simpler",
}
# What HTML of the author's own keeps from Markdown, or what Markdown made in there.
KEPT = re.compile(r"\{\{.*?\}\}|\[@[^\]]*\]|<(?:span|sup)\b")
MARK = re.compile("|".join(f"({mark})" for mark in RAW), re.MULTILINE)


class _Text(HTMLParser):
    """The words of a page that Markdown was to read."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.parts: list[str] = []
        self.kept: list[tuple[str, list[str]]] = []  # (where, what to look for)
        self.feed(html)
        self.close()
        self.text = "".join(self.parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside += [tag] if tag in AS_IT_IS else []
        for name, value in attrs:
            if found := KEPT.search(value or ""):
                start = f"{name}={{}}{found.string[: found.start()]}"
                texts = [found[0], start.format('"'), start.format("'")]
                self.kept.append((f'in {name}="..."', texts))
        if tag not in INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            self.inside.remove(tag)
        if tag not in INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data if not self.inside else "\ufffc")  # an object
        found = KEPT.search(data) if "svg" in self.inside else None
        if found:
            self.kept.append((f"in <svg>, {found[0]}", [found[0]]))

    def handle_comment(self, data: str) -> None:
        if re.match(r"\s*(sources?|glossary)\b", data) or "data-output" in data:
            self.parts.append(f"<!--{data}-->")


def require_none(html: str, path: Path | str) -> None:
    """Raise a PageError for a raw mark in a page's HTML, with its line if found."""
    page = _Text(html)
    for where, texts in page.kept:
        cause = "HTML of your own keeps a value, citation or formula from Markdown"
        raise fault_at(path, f"{cause} ({where}); write it outside", *texts)
    for tag in page.inside:
        raise fault_at(path, f"<{tag}> is never closed; write </{tag}>", f"<{tag}")
    text = page.text
    if not (found := MARK.search(text)):
        return
    before, after = text[: found.start()], text[found.start() :]
    around = before.rpartition("\n")[2][-30:] + after.lstrip().partition("\n")[0][:40]
    around = re.sub("(\ufffc\\s*)+", "… ", around).strip()
    after = after.lstrip().partition("\n")[0].partition("\ufffc")[0]
    texts = [after[:length] for length in (40, 20, 10, len(found[0].strip()))]
    advice = list(RAW.values())[(found.lastindex or 0) - 1]
    cause = f"'{found[0].strip()}' would stand on the page as it is, in '{around}'"
    raise fault_at(path, f"{cause}; {advice}", *texts)


def raw_mark(text: str) -> str:
    """Return the first mark in a text that Markdown will not see, or ""."""
    found = MARK.search(re.sub(r"\{\{.*?\}\}", "", text))
    return found[0].strip() if found else ""

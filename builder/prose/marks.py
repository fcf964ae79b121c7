"""Marks of Markdown that nobody read: they would stand on the page as written."""

import re
from html.parser import HTMLParser

from builder.errors import PageError
from builder.source import written_at

# Marks mean themselves in here.
AS_IT_IS = {"annotation", "code", "math", "pre", "script", "style", "svg", "textarea"}
INLINE = {"a", "abbr", "b", "button", "del", "em", "i", "q", "small", "span", "strong"}
INLINE |= {"sub", "sup"}
FENCE = "end the fence, or the code, that begins here"
LINK = "write the link on one line as [words](page.md#id)"
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
    r"\]\(|\]\[": LINK,
    r"\{[#:.]": "write {#id} at the end of the line that it names",
    r"^\s*#+\s?\w": "write a blank, and an id: ## Words {#id}",
    r"\|\s*:?-+:?\s*\|": "give each row of the table the same number of cells",
    r"&#?\w+;": "HTML knows no letter of this name; write the letter itself",
    r"</?[a-z]": "HTML has a blank line before and behind it",
    r"<!--|-->": "close the remark: <!-- ... -->",
    "[\x02\x03]|(?:klzz|wzxh)\\w+": "Markdown lost its way here; write it simpler",
}
MARK = re.compile("|".join(f"({mark})" for mark in RAW), re.MULTILINE)


class _Text(HTMLParser):
    """The words of a page that Markdown was to read."""

    def __init__(self, html):
        super().__init__()
        self.inside, self.parts = [], []
        self.feed(html)
        self.close()
        self.text = "".join(self.parts)

    def handle_starttag(self, tag, attrs):
        self.inside += [tag] if tag in AS_IT_IS else []
        if tag not in INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        if tag in self.inside:
            self.inside.remove(tag)
        if tag not in INLINE:
            self.parts.append("\n")

    def handle_data(self, data):
        self.parts.append(data if not self.inside else "\ufffc")  # an object

    def handle_comment(self, data):
        if re.match(r"\s*(sources?|glossary)\b", data) or "data-output" in data:
            self.parts.append(f"<!--{data}-->")


def require_none(html, path):
    """Raise a PageError for a raw mark in a page's HTML, with its line if found."""
    page = _Text(html)
    if page.inside:
        file, line = written_at(path, f"<{page.inside[0]}")
        cause = f"<{page.inside[0]}> is never closed; write </{page.inside[0]}>"
        raise PageError(cause, path=file, line=line)
    text = page.text
    if not (found := MARK.search(text)):
        return
    before, after = text[: found.start()], text[found.start() :]
    around = before.rpartition("\n")[2][-30:] + after.lstrip().partition("\n")[0][:40]
    around = re.sub("(\ufffc\\s*)+", "… ", around).strip()
    after = after.lstrip().partition("\n")[0].partition("\ufffc")[0]
    texts = [after[:length] for length in (40, 20, 10, len(found[0].strip()))]
    file, line = written_at(path, *texts)
    advice = list(RAW.values())[found.lastindex - 1]
    cause = f"'{found[0].strip()}' would stand on the page as it is, in '{around}'"
    raise PageError(f"{cause}; {advice}", path=file, line=line)


def raw_mark(text):
    """Return the first mark in a text that Markdown will not see, or ""."""
    found = MARK.search(re.sub(r"\{\{.*?\}\}", "", text))
    return found[0].strip() if found else ""

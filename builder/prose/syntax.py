"""Where an author wrote what: Markdown's code apart from what is read."""

import re
from collections.abc import Callable
from pathlib import Path

from builder.errors import PageError
from builder.source import read_source

FENCED = r"^[ >]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:[^\n]*\n)*?[ >]*(?P=fence)[ ]*$"
SPAN = r"(?<![\\`])(?P<ticks>`+)(?!`)(?:(?!\n[ ]*\n)[\s\S])+?(?<!`)(?P=ticks)(?!`)"
CODE = re.compile(f"{FENCED}|{SPAN}", re.MULTILINE)


def outside_code(
    pattern: re.Pattern, replace: Callable[[re.Match], str], text: str
) -> str:
    """Replace what matches in Markdown, as `pattern.sub` does, but not in its code.

    >>> outside_code(re.compile("a"), lambda match: "b", "a `a` a")
    'b `a` b'
    """
    parts, here = [], 0
    for match in pattern.finditer(without_code(text)):
        parts += [text[here : match.start()], replace(match)]
        here = match.end()
    return "".join([*parts, text[here:]])


def without_code(text: str) -> str:
    """Return Markdown of the same lines, and nothing where its code stands."""
    return CODE.sub(lambda code: re.sub(r"[^\n]", "\0", code[0]), text)


def fault_at(path: Path | str, cause: str, *texts: str) -> PageError:
    """Tell a fault at the first of these texts that a page, or what it shares, has."""
    page = Path(path)
    files = [page, *sorted(page.parent.parent.glob("*.yml"))]
    read = {file: read_source(file) for file in files}
    prose = {page: without_code(read[page])}
    for known in ({**read, **prose}, read):
        for text in texts:
            for file in files:
                before, found, _ = known[file].partition(text)
                if found:
                    return PageError(cause, path=file, line=before.count("\n") + 1)
    return PageError(cause, path=page)

"""What stands between fences is run or shown as it is; all else is refused."""

import re
from pathlib import Path

from builder.errors import PageError

FENCE = re.compile(r"(?P<before>[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*)(?P<mark>`{3,}|~{3,})")
SHORT = re.compile(r"\s*(``|~~)\s*\{?\w*\}?\s*")
REGION = re.compile(r"\s*<!--\s*#\s*\w+")  # Jupytext's own, which hide what they hold
SHOWN = "```text for what is only shown"


def require_fences(text: str, path: Path, runs: bool, first: int = 1) -> None:
    """Raise a PageError for a fence that is not closed, or that nobody knows.

    `runs` tells whether the page is a chapter; `first` is the line of the file where
    `text` begins.
    """
    opened, mark = 0, ""  # the line, and the letters, of the fence that is open
    for number, line in enumerate(text.split("\n"), start=first):
        fence = FENCE.match(line)
        if opened:
            if line.lstrip(" >").rstrip() == mark:
                opened = 0
            elif fence and line[fence.end() :].strip():
                cause = f"this fence is not closed before the next, in line {number}"
                raise PageError(cause, path=path, line=opened)
            continue
        cause = ""
        if fence:
            opened, mark = number, fence["mark"]
            cause = _unknown(line, fence, runs)
        elif SHORT.fullmatch(line):
            cause = f"'{line.strip()}' is no fence: write ``` for one"
        elif REGION.match(line):
            cause = f"'{line.strip()}' hides what follows; take it out"
        if cause:
            raise PageError(cause, path=path, line=number)
    if opened:
        cause = f"this fence is never closed; end it with {mark} on a line alone"
        raise PageError(cause, path=path, line=opened)


def _unknown(line: str, fence: re.Match[str], runs: bool) -> str:
    """Say why a fence is none that this site knows, or nothing."""
    info = line[fence.end() :]
    if info.strip() == "text":
        return ""
    if re.match(r"```python(\s|$)", line):
        if runs:
            return _twice_or_hidden(re.sub(r'"[^"]*"', '""', info))
        cause = "nothing runs on a page without 'jupyter:' in its front matter"
        return f"{cause}; write {SHOWN}"
    cause = f"only Python runs here, not '{line.strip()}'"
    return f"{cause}: write ```python at the start of a line, or {SHOWN}"


def _twice_or_hidden(options: str) -> str:
    """Say what Jupytext would drop of a cell, or with the cell, without a word."""
    if hidden := re.search(r"(?<!\S)\.\w+", options):
        return f"unknown cell option '{hidden[0]}', which would hide the cell"
    names = re.findall(r"(\w+)=", options)
    twice = [name for name in names if names.count(name) > 1]
    return f"the option '{twice[0]}' stands here twice" if twice else ""

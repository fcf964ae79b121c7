"""A page's front matter, and nothing that merely looks like it."""

import re
from pathlib import Path
from typing import Any

from builder.errors import PageError
from builder.source import Shape, parse_yaml, require_shape

BEGIN = re.compile(r"\s*(-{2,}|\+{3}|[\w-]+:(\s|$))")
END = re.compile(r"\s*(-{3,}|\.{3})\s*")
SPEC = {"display_name": str, "language": str, "name": str}
SHAPE: Shape = {
    "description?": str,
    "hide?": [str],
    "search?": {"boost": float},
    "jupyter?": {"kernelspec": SPEC, "jupytext?": {"text_representation": dict}},
}


def front_matter(text: str, path: Path) -> tuple[dict[str, Any], int]:
    """Return ({what the front matter says}, where the page itself begins)."""
    lines = text.split("\n")
    if lines[0] != "---":
        _require_none(lines, path)
        return {}, 0
    ends = [n for n, line in enumerate(lines, start=1) if END.fullmatch(line)]
    if len(ends) < 2:
        raise PageError("the front matter is not closed by ---", path=path, line=1)
    number = ends[1]
    if (line := lines[number - 1]) != "---":
        cause = f"the front matter is closed by {line!r}; write --- and no more"
        raise PageError(cause, path=path, line=number)
    front = parse_yaml("\n".join(lines[1 : number - 1]), path, first=2)
    _require_python(front, path)
    require_shape(front, SHAPE, path, "the front matter", line=2)
    start = sum(len(line) + 1 for line in lines[:number])
    if not text[start:].strip():
        cause = "the page has no text below its front matter; write one"
        raise PageError(cause, path=path, line=number)
    return front, min(start, len(text))


def _require_none(lines: list[str], path: Path) -> None:
    """Raise a PageError for an empty page, or front matter that nobody would read."""
    for number, line in enumerate(lines, start=1):
        if BEGIN.match(line):
            cause = "front matter begins with --- and no more, on the first line; "
            cause += f"here stands {line!r}"
            raise PageError(cause, path=path, line=number)
        if line.strip():
            return
    raise PageError("the page is empty; write a heading and a text", path=path)


def _require_python(front: Any, path: Path) -> None:
    """Raise a PageError for a notebook whose cells nobody would run."""
    jupyter = front.get("jupyter", {}) if isinstance(front, dict) else {}
    if front and "jupyter" in front:
        spec = jupyter.get("kernelspec") if isinstance(jupyter, dict) else None
        if not isinstance(spec, dict) or spec.get("language") != "python":
            cause = "a page with 'jupyter:' needs a kernelspec with 'language: python'"
            raise PageError(cause, path=path, line=1)

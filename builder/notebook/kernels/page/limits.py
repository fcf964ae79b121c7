"""How much a cell may print and draw, counted where it does so."""

import threading
from typing import Any

from ipykernel.iostream import OutStream

TEXT = 1_000_000  # characters a cell
FIGURES = 5_000_000
TOO_LARGE = "application/x.page-too-large+json"
_used = {"text": 0, "figures": 0}


class TooMuchOutput(Exception):
    """Stops a cell at the limit, before the rest takes time and memory."""


def begin_cell() -> None:
    _used.update(text=0, figures=0)


class CountedStream(OutStream):
    """Standard output, or standard error, up to the limit and one character more.

    By that character the build knows a cell that has swallowed the exception.
    """

    def write(self, string: str) -> int:
        room = TEXT + 1 - _used["text"]
        _used["text"] += len(string)
        if len(string) < room:
            super().write(string)
            return len(string)
        super().write(string[: max(room, 0)])
        if threading.current_thread() is getattr(self, "watch_fd_thread", None):
            return len(string)  # goes on to empty the pipe, or the cell would hang
        raise TooMuchOutput(f"prints more than {TEXT:,} characters; print less")


def counted_display(message: dict[str, Any]) -> dict[str, Any]:
    """Send the size of a figure that is too large instead of the figure."""
    data = message["content"].get("data", {})
    size = sum(len(value) for value in data.values() if isinstance(value, str))
    _used["figures"] += size
    if _used["figures"] > FIGURES:
        message["content"]["data"] = {TOO_LARGE: _used["figures"]}
    return message

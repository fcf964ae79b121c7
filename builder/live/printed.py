"""What a cell prints and draws, in its order."""

import io
import re
from collections.abc import Callable, Iterator
from itertools import groupby

LIMIT = 100_000  # characters that a cell may print
Post = Callable[..., object]  # sends the page a message: its kind, a text, more


class Printed(io.TextIOBase):
    """What a cell prints: sent to the page line by line, and kept, up to a limit.

    `kept` also has what it draws, in its place: ("text" or "figure", content).
    """

    def __init__(self, post: Post) -> None:
        self.post, self.size = post, 0
        self.kept: list[tuple[str, str]] = []
        self.line: list[str] = []

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"can write a text, not {type(text).__name__}")
        fits = text[: max(0, LIMIT - self.size)]
        if self.size <= LIMIT < self.size + len(text):
            self.post("cut", "")
        self.size += len(text)
        if fits:
            self.kept.append(("text", fits))
            self.line.append(fits)
        if "\n" in fits or "\r" in fits:
            self.flush()
        return len(text)

    def flush(self) -> None:
        if self.line:
            self.post("text", "".join(self.line))
            self.line.clear()

    def isatty(self) -> bool:
        return True  # a reader is watching: a training may draw its progress

    def parts(self) -> Iterator[tuple[str, str]]:
        """Texts, as in a terminal (what follows \\r replaces the line), and figures."""
        for kind, pieces in groupby(self.kept, lambda one: one[0]):
            contents = [content for _, content in pieces]
            if kind == "figure":
                yield from ((kind, content) for content in contents)
            else:
                yield kind, re.sub(r"(?m)^[^\n]*\r(?!\n)", "", "".join(contents))

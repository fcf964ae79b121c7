"""Every warning of MkDocs is an error at once, whatever the flags (`-q` too)."""

import logging
import re
import sys
from pathlib import Path

from builder.errors import PageError
from builder.source import read_source

LINK = re.compile(
    r"Doc file '(?P<file>.+?)' contains an? .*?link '(?P<target>.+?)'(?P<why>.*)"
)


class _Raise(logging.Handler):
    docs = Path("docs")

    def __init__(self, error: type[Exception]) -> None:
        super().__init__(logging.WARNING)
        self.error = error

    def emit(self, record: logging.LogRecord) -> None:
        page_not_found = record.name == "mkdocs.livereload"  # while serving; no fault
        if record.levelno == logging.WARNING and not page_not_found:
            raise self.error(locate(record.getMessage(), self.docs))


def watch_warnings(error: type[Exception]) -> None:
    """Raise `error` with the message of any warning that MkDocs or a plugin logs."""
    logger = logging.getLogger("mkdocs")
    logger.setLevel(min(logger.level, logging.WARNING))
    for old in [h for h in logger.handlers if isinstance(h, _Raise)]:
        logger.removeHandler(old)
    logger.handlers.insert(0, _Raise(error))
    for handler in logger.handlers:
        handler.addFilter(_not_twice)
    logging.getLogger("mkdocs.plugins.mkdocs_static_i18n").setLevel(logging.WARNING)


def _not_twice(record: logging.LogRecord) -> bool:
    """MkDocs says which page failed before it says why; our message has both."""
    said = record.getMessage()
    why = ".*" if isinstance(sys.exc_info()[1], PageError) else ""
    return not re.fullmatch(rf"(?s)Error (reading|building) page '.*':{why}", said)


def read_from(docs: Path) -> None:
    _Raise.docs = docs


def locate(message: str, docs: Path) -> str:
    """Begin a message about a broken link with the file and line that has it."""
    match = LINK.match(message)
    if not match:
        return message
    target = re.compile(rf"(?<![\w./#-]){re.escape(match['target'])}(?![\w./#-])")
    where = f"{docs.name}/{match['file']}:1"
    for file in [docs / match["file"], *sorted(docs.glob("*.yml"))]:  # terms, dates
        lines = read_source(file).split("\n") if file.is_file() else []
        if found := [n for n, text in enumerate(lines, start=1) if target.search(text)]:
            where = f"{docs.name}/{file.relative_to(docs).as_posix()}:{found[0]}"
            break
    return f"{where}: broken link '{match['target']}'{match['why']}"

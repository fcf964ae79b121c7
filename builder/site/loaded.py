"""The code that makes pages is loaded once; while serving, it can change meanwhile."""

import sys
from pathlib import Path

from builder.errors import PageError


class Loaded:
    """The modules of a folder as they are when this object is made."""

    def __init__(self, folder: Path) -> None:
        self.known: dict[Path, bytes | None] = {}
        for module in list(sys.modules.values()):
            path = Path(getattr(module, "__file__", None) or "/")
            if path.is_relative_to(folder):
                self.known[path] = _read(path)

    def require_same(self) -> None:
        """Refuse to make pages by code that is no longer what the files say."""
        for path, content in self.known.items():
            if _read(path) != content:
                cause = "has changed, and this process makes pages by the old code; "
                cause += "stop it (Ctrl-C) and start it anew"
                raise PageError(cause, path=path)


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None

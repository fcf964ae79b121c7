"""Keep what a run gave, under a key of everything that can change it."""

import functools
import hashlib
import importlib.metadata
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path

Say = Callable[[str], object]  # tells the reader of a build what happens


def environment() -> str:
    """Name the Python and every installed package: part of each key."""
    return "\n".join([platform.python_version(), platform.machine(), *_packages()])


@functools.cache  # a build has several caches
def _packages() -> list[str]:
    found = importlib.metadata.distributions()
    return sorted({f"{one.name}=={one.version}" for one in found})


class Cache:
    """A folder of texts, each kept with its checksum; what is damaged is made anew."""

    def __init__(self, folder: Path, say: Say = print) -> None:
        self.folder, self.say = Path(folder), say
        self.used: set[str] = set()
        self.environment = environment()

    def _file(self, key: str) -> Path:
        name = hashlib.sha256(f"{self.environment}\n{key}".encode()).hexdigest()
        return self.folder / name

    def holds(self, key: str) -> bool:
        """Tell whether a text is kept for `key`, undamaged."""
        return self._read(self._file(key), lambda _: None) is not None

    def get(self, key: str, make: Callable[[], str]) -> str:
        """Return the text kept for `key`, or keep and return what `make()` gives."""
        file = self._file(key)
        self.used.add(file.name)
        text = self._read(file, self.say)
        if text is None:
            text = make()
            self.folder.mkdir(parents=True, exist_ok=True)
            # Written elsewhere: another build may be tidying up among the entries.
            with tempfile.TemporaryDirectory(dir=self.folder.parent) as elsewhere:
                part = Path(elsewhere, file.name)
                part.write_bytes(f"{_checksum(text)}\n{text}".encode())
                part.replace(file)
        return text

    def _read(self, file: Path, say: Say) -> str | None:
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            return None
        checksum, _, text = content.decode("utf-8", "replace").partition("\n")
        if checksum == _checksum(text):
            return text
        say(f"{file} is damaged: made anew")
        return None

    def forget_unused(self) -> None:
        """Drop the entries that nobody asked for since this object was made."""
        for file in self.folder.glob("*"):
            if file.is_file() and file.name not in self.used:
                file.unlink(missing_ok=True)


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()

"""A build is made aside: what stands in its place stays until all of it is whole."""

import atexit
import glob
import os
import shutil
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout

from builder.errors import PageError
from builder.site.swap import put_in_place

OWN = ("docs", "snippets", "builder", "tests", ".cache", ".git", ".venv")


class Aside:
    """A hidden folder on the disk of the site to be, gone when the build has ended.

    Builds side by side have one each, and take turns (`lock`) to put it in place.
    """

    def __init__(self, site: str | Path, checkout: Path, lock: Path) -> None:
        self.site, self.turn = Path(site).resolve(), FileLock(lock)
        require_site_folder(self.site, Path(checkout).resolve())
        beside, start = _beside(self.site), f".{self.site.name}-building-"
        with self.turn:
            for old in beside.glob(f"{glob.escape(start)}*"):
                _remove_if_left(old)
            self.folder = Path(tempfile.mkdtemp(prefix=start, dir=beside))
            atexit.register(self.remove)  # also after Ctrl-C
            self.alive = FileLock(self.folder / "lock")
            self.alive.acquire()
        self.made, self.spare = self.folder / "site", self.folder / "before"
        self.made.mkdir()
        self.spare.mkdir()

    def put_in_place(self) -> None:
        with self.turn:
            put_in_place(self.made, self.site, self.spare)
        self.remove()

    def remove(self) -> None:
        atexit.unregister(self.remove)
        self.alive.release()
        shutil.rmtree(self.folder, ignore_errors=True)


def require_site_folder(site: Path, checkout: Path) -> None:
    """Refuse a folder that holds what the site is made of, or lies in it."""
    if site.exists() and not site.is_dir():
        raise PageError("is a file; name a folder for the site: -d", path=site)
    for own in [checkout, *(checkout / name for name in OWN)]:
        if own.is_relative_to(site) or (own != checkout and site.is_relative_to(own)):
            cause = "the site is made of what is here; name another folder for it: -d"
            raise PageError(cause, path=site)


def _beside(site: Path) -> Path:
    """Return a folder on the site's own disk: moving from it takes no space."""
    if site.is_dir():
        parent = site.parent
        same_disk = parent.stat().st_dev == site.stat().st_dev
        return parent if same_disk and os.access(parent, os.W_OK) else site
    return next(folder for folder in site.parents if folder.is_dir())


def _remove_if_left(folder: Path) -> None:
    """Remove what a killed build left; one that is at work holds its lock."""
    if not (folder / "lock").is_file():
        return
    try:
        with FileLock(folder / "lock", timeout=0):
            pass
    except Timeout:
        return
    shutil.rmtree(folder)

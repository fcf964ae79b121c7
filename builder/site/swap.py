"""Put a finished site where the last one is, beside files that no build made.

The list of checksums that each site carries says which files a build made. Only those
are replaced and removed. If anything fails half-way, all is as it was before; only a
kill between two of these moves, a matter of milliseconds, leaves some pages of the
last site beside pages of this one, each of them whole.
"""

import filecmp
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.errors import PageError
from builder.site import checksums
from builder.site.checksums import LIST, Sums


def put_in_place(made: Path, site: Path, spare: Path) -> None:
    """Make a site of what was made; `spare` is an empty folder on the same disk."""
    new = checksums.of(made)
    checksums.write(made, new)
    _let_all_read(made, [*new, LIST])
    if not site.exists():
        site.parent.mkdir(parents=True, exist_ok=True)
        made.rename(site)
        return
    old = _listed(site)
    changed = [name for name in new if not _same(made / name, site / name)]
    changed.sort(key=lambda name: name.endswith(".html"))  # after what they load
    outdated = _outdated(site, old, new)
    _require_own(site, changed, outdated, old)
    if changed or outdated or old != new:
        with _all_or_nothing(site, spare, [*changed, *outdated, LIST]):
            # So whatever happens, a later build knows its own.
            checksums.write(site, old | new)
            for name in changed:
                (site / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(made / name, site / name)
            for name in outdated:
                _remove(site, name)
            checksums.write(site, new)
            _let_all_read(site, [*changed, LIST])


def _listed(site: Path) -> Sums:
    try:
        return checksums.read(site)
    except ValueError as error:
        cause = "is damaged, so nobody knows what the last build made here; "
        cause += "bring it back, or remove the folder and build again"
        raise PageError(cause, path=site / LIST) from error


def _outdated(site: Path, old: Sums, new: Sums) -> list[str]:
    here = {name.casefold() for name in new}  # one file to Windows and macOS
    gone = [name for name in old if name.casefold() not in here]
    return [name for name in gone if os.path.lexists(site / name)]


def _require_own(
    site: Path, changed: list[str], outdated: list[str], old: Sums
) -> None:
    """Refuse to replace, or to reach through a link, what no build of ours made."""
    for name in [*changed, *outdated]:
        for path in [site / name, *(site / name).parents]:
            if path == site:
                break
            last = path == site / name
            fine = name in old and not path.is_dir() if last else path.is_dir()
            if os.path.lexists(path) and (not fine or (path.is_symlink() and not last)):
                cause = "is in the way: no build made it, so none replaces it; move "
                cause += "it away (an old site: remove it), or name another folder: -d"
                raise PageError(cause, path=path)


@contextmanager
def _all_or_nothing(site: Path, spare: Path, names: list[str]) -> Iterator[None]:
    """Keep files in `spare`, and bring them back if what is done to them fails."""
    for name in names:
        if os.path.lexists(site / name):
            (spare / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(site / name, spare / name, follow_symlinks=False)
    try:
        yield
    except BaseException:
        for name in names:
            if os.path.lexists(spare / name):
                (site / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(spare / name, site / name)
            else:
                _remove(site, name)
        raise


def _remove(site: Path, name: str) -> None:
    """Remove a file, and the folders that are empty without it."""
    (site / name).unlink(missing_ok=True)
    for folder in (site / name).parents:
        if folder == site or not folder.is_dir() or any(folder.iterdir()):
            break
        folder.rmdir()


def _same(one: Path, other: Path) -> bool:
    plain = other.is_file() and not other.is_symlink()
    return plain and filecmp.cmp(one, other, shallow=False)


def _let_all_read(folder: Path, names: Iterable[str]) -> None:
    """A web server is another user, and the builder's umask none of its business."""
    files = {folder / name for name in names}
    above = {path for file in files for path in file.parents}
    for path in files | {path for path in above if path.is_relative_to(folder)}:
        mode, wanted = path.stat().st_mode, 0o755 if path.is_dir() else 0o644
        if mode & wanted != wanted:
            path.chmod(mode & 0o7777 | wanted)

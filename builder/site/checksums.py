"""The files of a folder by checksum, in a list that `sha256sum -c` reads, too."""

import hashlib
import os
import re
from pathlib import Path

Sums = dict[str, str]  # of files, by their paths
LIST = "SHA256SUMS"
LINE = re.compile(r"([0-9a-f]{64})  (?!.*(?:^|/)\.\.(?:/|$))([^/\\].*)")


def of(folder: Path) -> Sums:
    """Return {path: checksum} of every file below a folder but the list itself."""
    files = (path for path in Path(folder).rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in files}
    named.pop(LIST, None)
    return {n: hashlib.sha256(named[n].read_bytes()).hexdigest() for n in sorted(named)}


def write(folder: Path, sums: Sums) -> None:
    """Put the list into a folder, at once: nobody ever reads half of it."""
    lines = [f"{sums[name]}  {name}\n" for name in sorted(sums)]
    part = Path(folder, f"{LIST}.part")
    try:
        part.write_text("".join(lines), encoding="utf-8", newline="\n")
        os.replace(part, Path(folder, LIST))
    finally:
        part.unlink(missing_ok=True)


def read(folder: Path) -> Sums:
    """Return {path: checksum} as listed, {} without a list; ValueError if damaged."""
    try:
        text = Path(folder, LIST).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    lines = text.splitlines()
    found = [match for line in lines if (match := LINE.fullmatch(line))]
    if len(found) < len(lines) or not text.endswith("\n"):
        raise ValueError("is damaged")
    return {match[2]: match[1] for match in found}


def damaged(folder: Path) -> list[str]:
    """Name the files of a folder that are not what its list says."""
    try:
        listed = read(folder)
    except ValueError:
        return [LIST]
    there = of(folder)
    wrong = {name for name, _ in listed.items() ^ there.items()}
    return sorted(wrong) if listed else [LIST]

"""Python for the browser: packed once, shipped as scripts that carry their bytes.

A page read from file:// may load scripts and nothing else. So every file of
`builder/vendor` that the browser needs goes, compressed and in base64, into scripts of
half a megabyte each, which the reader's first click loads (`builder/live/page.js`).
"""

import base64
import hashlib
import io
import json
import re
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from filelock import FileLock

from builder.errors import PageError
from builder.site import checksums

SOURCES = Path(__file__).resolve().parent
BUILDER = SOURCES.parent
RUNTIME = BUILDER / "vendor"
WHEELS = {
    "numpy": ["numpy"],
    "matplotlib": "matplotlib contourpy cycler kiwisolver packaging pillow pyparsing"
    " python_dateutil six".split(),
}
# What no cell can use: tests, headers, compilers, a serif font.
NEEDLESS = re.compile(
    r"(^|/)(tests?|f2py|include|sample_data|images|afm|pdfcorefonts)/"
    r"|/fonts/ttf/DejaVuSerif|\.(pyi|pxd|a|h|c|typed)$"
    r"|\.dist-info/(?!METADATA|LICENSE)"
)
PIECE = 3 * 2**17  # bytes; in base64 half a megabyte
Files = dict[str, bytes]  # by their paths


def packs() -> dict[str, Files]:
    """Return what the browser loads, in this order: {pack: {path: bytes}}."""
    scripts = RUNTIME / "pyodide.asm.js", RUNTIME / "pyodide.js", SOURCES / "worker.js"
    own = {f"builder/{name}": (BUILDER / name).read_bytes() for name in _SHARED}
    return {
        "script": {path.name: path.read_bytes() for path in scripts},
        "wasm": {"pyodide.asm.wasm": (RUNTIME / "pyodide.asm.wasm").read_bytes()},
        "python": {"python_stdlib.zip": _library(), **own},
        **{name: _wheels(wheels) for name, wheels in WHEELS.items()},
    }


# The browser draws outputs by the same rules as the build.
_SESSION = "__init__ faults memory needs printed session".split()
_SHARED = ["__init__.py", *(f"live/{name}.py" for name in _SESSION)]
_OUTPUT = "__init__ figure gaze numbers printed style table views weights".split()
_SHARED += [f"output/{name}.py" for name in _OUTPUT]


def _compiled(folder: str) -> Files:
    """What `builder/vendor/compile.py` made of the sources in a folder of /lib.

    It takes the place of these sources: nobody reads them in a browser.
    """
    with zipfile.ZipFile(RUNTIME / "compiled.zip") as archive:
        names = [name for name in archive.namelist() if name.startswith(folder)]
        return {name.removeprefix(folder): archive.read(name) for name in names}


def _library() -> bytes:
    """Python's library, not compressed: the whole compresses better than its parts."""
    old, stored = zipfile.ZipFile(RUNTIME / "python_stdlib.zip"), io.BytesIO()
    compiled = _compiled("python312.zip/")
    files = {n: old.read(n) for n in old.namelist() if f"{n}c" not in compiled}
    with zipfile.ZipFile(stored, "w") as new:
        for name, data in {**files, **compiled}.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3  # also on Windows
            new.writestr(info, data)
    return stored.getvalue()


def _wheels(names: Iterable[str]) -> Files:
    compiled, files = _compiled("python3.12/site-packages/"), {}
    for name in names:
        (wheel,) = RUNTIME.glob(f"{name}-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.namelist():
                if member.endswith("/") or NEEDLESS.search(member):
                    continue
                if f"{member}c" in compiled:
                    member, data = f"{member}c", compiled[f"{member}c"]
                else:
                    data = archive.read(member)
                files[member] = data
    return files


def pack(files: Files) -> bytes:
    """Join files: a line of JSON [[path, size], ...], then their bytes."""
    index = json.dumps([[path, len(data)] for path, data in files.items()])
    return b"".join([index.encode(), b"\n", *files.values()])


def gzipped(data: bytes) -> bytes:
    """Compress to the same bytes on every Python: each writes a header of its own.

    The rest is of zlib, whatever its version so far; a Python linked with another
    library (zlib-ng) gives other bytes that hold the same.
    """
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    header = b"\x1f\x8b\x08" + bytes(5) + b"\x00\xff"  # no name, no date, no system
    end = struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)
    return header + deflate.compress(data) + deflate.flush() + end


def write(
    site: Path,
    cache: Path,
    words: dict[str, Any],
    records: Iterable[Path] = (),
    say: Callable[[str], object] = print,
) -> None:
    """Write to `site` what live pages load; `words` are {language: the page's own}.

    Packing takes seconds, so `cache` keeps the scripts under a key of all they hold.
    `records` are the files of trainings that a page need not run again.
    """
    folder = site / "assets" / "live"
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache.with_suffix(".lock")):  # builds side by side pack once
        packed = _scripts(cache, say)
        copy_to(folder, packed.glob("*.js"))
        pieces = json.loads((packed / "pieces.json").read_text(encoding="utf-8"))
    files = {path.name: path.read_bytes() for path in sorted(records)}
    pieces["records"] = _write_pieces(folder, "records", pack(files))
    sources = {*SOURCES.glob("*.[jc]s*"), RUNTIME / "codemirror.js"}
    copy_to(folder, sources - {SOURCES / "worker.js"})
    for language, own in words.items():
        known = json.dumps({"words": own, "pieces": pieces}, ensure_ascii=False)
        text = f"live.known({known})\n"
        (folder / f"{language}.js").write_text(text, encoding="utf-8", newline="\n")


def copy_to(folder: Path, files: Iterable[Path]) -> None:
    """Put files into a folder of the site."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        shutil.copyfile(file, folder / file.name)


def _scripts(cache: Path, say: Callable[[str], object]) -> Path:
    """Return the folder of packed scripts; pack what is not there or is damaged."""
    key = hashlib.sha256(f"{require_origin()}{zlib.ZLIB_RUNTIME_VERSION}".encode())
    makers = [SOURCES / "worker.js", Path(__file__)]
    for source in [*makers, *(BUILDER / name for name in _SHARED)]:
        key.update(source.read_bytes())
    folder = cache / key.hexdigest()[:16]
    if folder.is_dir() and (wrong := checksums.damaged(folder)):
        say(f"{folder / wrong[0]} is damaged: packing Python for the browser anew")
        shutil.rmtree(folder)
    if not folder.is_dir():
        for old in cache.iterdir():
            shutil.rmtree(old)
        part = Path(tempfile.mkdtemp(dir=cache))
        _write_packs(part)
        checksums.write(part, checksums.of(part))
        part.rename(folder)
    return folder


def require_origin() -> str:
    """Compare the runtime with its manifest, byte for byte; return the manifest."""
    manifest = (RUNTIME / "manifest.json").read_text(encoding="utf-8")
    for entry in json.loads(manifest):
        path = RUNTIME / entry["file"]
        if hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            raise PageError("is not the file that manifest.json names", path=path)
    return manifest


def _write_packs(folder: Path) -> None:
    pieces = {}
    for name, files in packs().items():
        data = files["pyodide.asm.wasm"] if name == "wasm" else pack(files)
        pieces[name] = _write_pieces(folder, name, data)
    (folder / "pieces.json").write_text(json.dumps(pieces), encoding="utf-8")


def _write_pieces(folder: Path, name: str, data: bytes) -> list[tuple[str, int]]:
    """Write bytes as scripts that carry them; return [(script, size), ...]."""
    packed = gzipped(data)
    key, pieces = hashlib.sha256(packed).hexdigest()[:8], []
    for number, start in enumerate(range(0, len(packed), PIECE)):
        file = f"{name}-{key}-{number}.js"
        text = base64.b64encode(packed[start : start + PIECE]).decode()
        text = f'live.piece("{file}","{text}")\n'
        (folder / file).write_text(text, encoding="ascii", newline="\n")
        pieces.append((file, len(text)))
    return pieces

"""Build the site as if elsewhere, and say where two sites differ first."""

import itertools
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import processor

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = "OPENBLAS_CORETYPE", "NPY_DISABLE_CPU_FEATURES", "NPY_ENABLE_CPU_FEATURES"
X86 = platform.machine().lower() in ("x86_64", "amd64")
DISPATCHED = processor.core.__cpu_dispatch__


@dataclass
class Variant:
    """A way to build: the kernels that BLAS and NumPy use, the Python, the shell."""

    name: str
    core: str = None  # of the BLAS: the name of a processor
    needs: str = None  # by NumPy's name, what a processor must have for it
    off: tuple = ()  # what NumPy shall not use, though it is there
    python: str = sys.executable
    shell: str = "mkdocs"  # the module that builds

    def environment(self):
        kept = {k: v for k, v in os.environ.items() if k not in SETTINGS}
        there = [name for name in self.off if processor.core.__cpu_features__[name]]
        if self.core:
            kept["OPENBLAS_CORETYPE"] = self.core
        if there:
            kept["NPY_DISABLE_CPU_FEATURES"] = " ".join(there)
        return kept | {"NO_MKDOCS_2_WARNING": "1"}

    def lacks(self):
        """Name what this processor would need for it, if it does not have that."""
        here = processor.core.__cpu_features__
        return None if self.needs is None or here.get(self.needs) else self.needs

    def proof(self):
        """Code for the kernel: it stops the build if this variant is not in effect."""
        code = Path(processor.__file__).read_text(encoding="utf-8")
        return f"{code}\n\nrequire({self.core!r}, {list(self.off)!r})\n"


def since(name):
    """List the features that a processor without `name` does not have either."""
    return tuple(itertools.dropwhile(name.__ne__, DISPATCHED))


PLAIN = Variant("as it is")
OLDEST = Variant("as on a Nehalem", "Nehalem", "X86_V2", off=since("X86_V3"))
PROCESSORS = [
    Variant("Nehalem in the BLAS", "Nehalem", needs="X86_V2"),
    Variant("Haswell in the BLAS", "Haswell", needs="X86_V3"),
    Variant("SkylakeX in the BLAS", "SkylakeX", needs="X86_V4"),
    Variant("NumPy without X86_V4", off=since("X86_V4"), needs="X86_V4"),
    Variant("NumPy without X86_V3", off=since("X86_V3"), needs="X86_V3"),
    OLDEST,
]


def copy_project(folder):
    """Copy what a build reads; where nothing is kept, every cell runs."""
    folder.mkdir(parents=True)
    ignore = shutil.ignore_patterns("__pycache__", "vendor")
    for name in ("docs", "snippets", "builder"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    shutil.copytree(ROOT / "tests/snippets", folder / "tests/snippets", ignore=ignore)
    runtime = ROOT / "builder" / "vendor"
    shutil.copytree(runtime, folder / "builder" / "vendor", copy_function=linked)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def linked(source, target):
    try:
        os.link(source, target)
    except OSError:  # another disk
        shutil.copy(source, target)


def before_cells(copy, *code):
    """Have each kernel of a copy run some code first, as no page shows it."""
    ready = copy / "builder" / "notebook" / "kernels" / "page" / "prepare.py"
    text = ready.read_text(encoding="utf-8")
    own = [f"exec({one!r}, {{}})\n" for one in code]
    ready.write_text("".join([text, *own]), encoding="utf-8")


def keep_cells(copy, lang):
    """Let a copy have what the cells of a language gave here, whatever its kernel."""
    from builder.notebook.run import kernel_digest

    shutil.copytree(ROOT / ".cache" / lang, copy / ".cache" / lang)
    run = copy / "builder" / "notebook" / "run.py"
    text = run.read_text(encoding="utf-8")
    if text.count(": kernel_digest()") != 1:
        raise RuntimeError(f"{run} no longer asks for kernel_digest(): mend this file")
    text = text.replace(": kernel_digest()", f": {kernel_digest()!r}")
    run.write_text(text, encoding="utf-8")


def without_time_limit(copy):
    """Let each cell of a copy take an hour: an emulated processor is slow."""
    kernel = copy / "builder" / "notebook" / "kernel.py"
    text = kernel.read_text(encoding="utf-8")
    if "\nSECONDS = 60 " not in text:
        raise RuntimeError(f"{kernel} no longer says 'SECONDS = 60': mend this file")
    text = text.replace("\nSECONDS = 60 ", "\nSECONDS = 3600 ")
    kernel.write_text(text, encoding="utf-8")


def build(folder, variant, **environment):
    """Build the project in a folder: the bytes of each file of the site."""
    command = [variant.python, "-m", variant.shell, "build", "-q", "-f", "mkdocs.yml"]
    environment = variant.environment() | environment
    done = run(command, cwd=folder, env=environment)
    if done.returncode:
        raise RuntimeError(f"{variant.name}: the build failed\n{done.stdout}")
    return files(folder / "site")


def run(command, **options):
    return subprocess.run(
        list(map(str, command)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
        **options,
    )


def files(site):
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def different(ours, theirs):
    """Say of each file that is not in both alike, {name: bytes}, where it begins."""
    return {
        name: first_difference(ours.get(name), theirs.get(name))
        for name in sorted(ours.keys() | theirs.keys(), key=sums_last)
        if ours.get(name) != theirs.get(name)
    }


def sums_last(name):
    """Order names for who looks for a cause: checksums differ with anything else."""
    return name == "SHA256SUMS", name


def first_difference(ours, theirs):
    if ours is None or theirs is None:
        return f"is missing in the {'first' if ours is None else 'second'}"
    pairs = itertools.zip_longest(*(one.splitlines(True) for one in (ours, theirs)))
    number, pair = next((n, p) for n, p in enumerate(pairs, start=1) if p[0] != p[1])
    lines = [(line or b"").decode("utf-8", "backslashreplace") for line in pair]
    at = len(os.path.commonprefix(lines))
    parts = [repr(line[max(at - 40, 0) : at + 40]) for line in lines]
    return f"line {number}, character {at + 1}: {parts[0]} and {parts[1]}"


def told(found, most=3):
    """Write differences for people: the first of them, and how many there are."""
    parts = [
        f"  {name}, {text}" for name, text in itertools.islice(found.items(), most)
    ]
    more = [f"  and {len(found) - most} more"] if len(found) > most else []
    return "\n".join([*parts, *more])

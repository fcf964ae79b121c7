"""Where the cells of a page run: an environment and a folder of their own, for a time.

`jupyter_nbconvert_config.py` hands these to Jupyter; `kernels/page` runs inside.
"""

import os
import re
import sys
import sysconfig
import tempfile
import threading
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbformat import NotebookNode
from traitlets import default

ROOT = Path(__file__).resolve().parents[2]
KERNELS = Path(__file__).resolve().parent / "kernels"
LIMIT = re.compile(r"([1-9]\d*) (s|min)")
SECONDS = 60  # that a cell may take, if its fence says nothing
FOLDER = "page-cells-"
# All that the kernel is told of the environment: what Python needs to start, what
# makes numbers the same everywhere, and where the recorded trainings are.
NEEDED = re.compile(
    r"PYTHONPATH|PYTHONHASHSEED|SOURCE_DATE_EPOCH|RECORDS|MPLCONFIGDIR"
    r"|(OPENBLAS|OMP|MKL|NPY)_\w+|(DY)?LD_\w+|SYSTEMROOT|SYSTEMDRIVE|WINDIR"
)


last = threading.local()  # of each page: its cell that ran last, how its Python ended


def environment(folder: str) -> dict[str, str]:
    """Return the environment variables of a page whose own folder this is."""
    kept = {k: v for k, v in os.environ.items() if NEEDED.fullmatch(k.upper())}
    places = dict.fromkeys("HOME USERPROFILE TMPDIR TEMP TMP".split(), folder)
    ipython = os.path.join(folder, ".ipython")
    return {**kept, **places, "IPYTHONDIR": ipython, "PYTHONUTF8": "1", "TZ": "UTC"}


class Kernel(AsyncKernelManager):
    """Starts the Python of a page in a fresh folder outside the project."""

    @default("kernel_spec_manager")
    def _only_ours(self) -> KernelSpecManager:
        return KernelSpecManager(kernel_dirs=[str(KERNELS)])

    async def _async_pre_start_kernel(
        self, **kwargs: Any
    ) -> tuple[list[str], dict[str, Any]]:
        last.cell, last.exit_code = 0, None
        self.folder = tempfile.TemporaryDirectory(prefix=FOLDER)
        kwargs |= {"cwd": self.folder.name, "env": environment(self.folder.name)}
        return await super()._async_pre_start_kernel(**kwargs)

    async def _async_is_alive(self) -> bool:
        if self.has_kernel and self.provisioner:
            last.exit_code = await self.provisioner.poll()
        return await super()._async_is_alive()

    async def _async_wait(self, pollinterval: float = 0.01) -> None:  # Jupyter's is 0.1
        await super()._async_wait(pollinterval)

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart)
        self.folder.cleanup()

    is_alive, cleanup_resources = _async_is_alive, _async_cleanup_resources


def begin_cell(cell: NotebookNode, cell_index: int) -> None:
    last.cell = cell["metadata"]["page_cell"]


def time_limit(cell: NotebookNode) -> int:
    """Return the seconds that a cell of the running notebook may take."""
    number, unit = cell["metadata"].get("limit", f"{SECONDS} s").split()
    return int(number) * (60 if unit == "min" else 1)


def paths_of_this_machine() -> re.Pattern[str]:
    """Match the project, Python, the home folder and the folders of pages."""
    roots = [str(ROOT), sys.prefix, str(Path.home())]
    roots += map(sysconfig.get_path, ("stdlib", "platstdlib", "purelib", "platlib"))
    known = {p for r in roots for p in (os.path.abspath(r), os.path.realpath(r))}
    forms = {p.replace("\\", form) for p in known for form in ("\\", "\\\\", "/")}
    longest = sorted((f for f in forms if len(f) > 3), key=len)[::-1]  # no / or C:\
    named = "|".join(map(re.escape, longest))
    rest = r"[^\s'\"<>()]*"
    return re.compile(rf"(?<![\w.])(?:{named})(?!\w){rest}|[^\s'\"<>()]*{FOLDER}{rest}")

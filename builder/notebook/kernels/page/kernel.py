"""The Python that runs the cells of one page: ipykernel, guarded and counted."""

import os
import sys
from typing import Any

import guard
import limits
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from prepare import prepare
from traitlets.config import Config

sys.path.pop(0)  # this folder: no cell imports from it


class PageKernel(IPythonKernel):
    """Makes itself ready while its client waits for it, and before any cell."""

    ready = False

    async def kernel_info_request(self, *args: Any) -> None:
        await super().kernel_info_request(*args)
        self.prepare()

    async def do_execute(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.prepare()
        limits.begin_cell()
        return await super().do_execute(*args, **kwargs)

    def prepare(self) -> None:
        if self.ready:
            return
        self.ready = True
        shell: Any = self.shell  # one of IPython's, once the kernel is asked
        prepare(shell)
        shell.user_ns.update(exit=guard.no_exit, quit=guard.no_exit)
        shell.display_pub.register_hook(limits.counted_display)
        guard.install(os.getcwd())


if __name__ == "__main__":
    folder = os.environ["HOME"]  # its own, in which it runs
    config = Config()
    config.HistoryManager.enabled = False  # no database for what runs once
    config.IPKernelApp.outstream_class = "limits.CountedStream"
    config.IPKernelApp.kernel_class = PageKernel
    try:
        os.getcwd()
        IPKernelApp.launch_instance(config=config)
    except Exception:
        if os.path.exists(folder):
            raise
        sys.exit()  # the build has failed meanwhile, and tidied up

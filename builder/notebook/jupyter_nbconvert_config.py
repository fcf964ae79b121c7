"""How mkdocs-jupyter's kernels run; no other Jupyter configuration is read."""

import os
import tempfile
import uuid

from traitlets.config import Config

from builder.notebook import kernel

c: Config  # noqa: F821  Jupyter reads this file where a name `c` is at hand

c.NotebookClient.kernel_manager_class = kernel.Kernel  # noqa: F821
c.NotebookClient.on_cell_start = kernel.begin_cell  # noqa: F821
c.NotebookClient.timeout_func = kernel.time_limit  # noqa: F821
c.NotebookClient.timeout = 600  # noqa: F821  for what is no cell
c.NotebookClient.shutdown_kernel = "immediate"  # noqa: F821  it has nothing to keep
# A kernel that is ended with its build has nothing to tell.
c.NotebookClient.extra_arguments = ["--IPKernelApp.log_level=50"]  # noqa: F821
if os.name == "posix":  # sockets with a name of their own: two builds share no port
    name = os.path.join(tempfile.gettempdir(), f"kernel-{uuid.uuid4().hex[:12]}.json")
    c.KernelManager.transport = "ipc"  # noqa: F821
    c.KernelManager.connection_file = name  # noqa: F821

"""How mkdocs-jupyter's kernels run; no other Jupyter configuration is read."""

c.NotebookClient.extra_arguments = ["--IPKernelApp.log_level=40"]  # noqa: F821
c.NotebookClient.timeout = 600  # noqa: F821

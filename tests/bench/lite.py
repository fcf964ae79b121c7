"""JupyterLite, measured from the click on Run to the same first output as ours."""

CELL = "import numpy as np; print(np.arange(3).sum(), 'here')"


def times(page, base):
    raise NotImplementedError

"""A build, and each Python that it starts, take no settings from who runs it.

Own settings of Python, Jupyter, IPython and Matplotlib can change what a cell prints
and draws, and no cache would know.
"""

import os
import sys
import warnings
from pathlib import Path

PREFIXES = ("PYTHON", "JUPYTER", "IPYTHON", "MATPLOTLIB", "MPL")
KEPT = {"PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"}


def settle(cache):
    """Forget the builder's settings; what these programs keep, they keep in `cache`."""
    for name in list(os.environ):
        if name.startswith(PREFIXES) and name not in KEPT:
            del os.environ[name]
    os.environ.update(
        PYTHONUTF8="1",
        TZ="UTC",
        JUPYTER_DATA_DIR=str(Path(cache, "jupyter")),
        MPLCONFIGDIR=str(Path(cache, "matplotlib")),
    )
    if sys.warnoptions:  # asked for are warnings of libraries; pages print none
        warnings.simplefilter("ignore")

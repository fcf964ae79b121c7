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
# The same bytes wherever and whenever the site is built.
SAME = {
    "SOURCE_DATE_EPOCH": "1409589182",  # 1 Sept. 2014, 16:33:02 UTC: arXiv 1409.0473v1
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
    "OPENBLAS_NUM_THREADS": "1",  # for speed: no page has work for two
    "OMP_NUM_THREADS": "1",
    "JUPYTER_PLATFORM_DIRS": "1",
}


def settle(cache: Path, jupyter: Path) -> None:
    """Forget the builder's settings; what these programs keep, they keep in `cache`.

    `jupyter` is the folder with the one configuration of Jupyter that is read.
    """
    for name in list(os.environ):
        if name.startswith(PREFIXES) and name not in KEPT:
            del os.environ[name]
    folders = {
        "JUPYTER_CONFIG_DIR": jupyter,
        "JUPYTER_DATA_DIR": Path(cache, "jupyter"),
        "IPYTHONDIR": Path(cache, "ipython"),
        "MPLCONFIGDIR": Path(cache, "matplotlib"),
    }
    os.environ.update(SAME | {name: str(path) for name, path in folders.items()})
    if sys.warnoptions:  # asked for are warnings of libraries; pages print none
        warnings.simplefilter("ignore")

"""What NumPy and its BLAS make of a processor, as they say it themselves.

Some variants of a build put this file's text before all cells, in the kernel itself.
"""

import ctypes
import platform
from pathlib import Path

import numpy as np
from numpy._core import _multiarray_umath as core


def blas():
    """Name the processor whose kernels the BLAS uses."""
    folder = Path(np.__file__).parent
    inside = folder.with_name("numpy.libs"), folder / ".dylibs"
    for file in (file for folder in inside for file in folder.glob("*openblas*")):
        name = ctypes.CDLL(str(file)).scipy_openblas_get_corename64_
        name.restype = ctypes.c_char_p
        return name().decode()
    return "a BLAS without kernels by name"


def features():
    """List what NumPy has code of its own for and now uses, the oldest first."""
    return [name for name in core.__cpu_dispatch__ if core.__cpu_features__[name]]


def describe():
    used = " ".join(features()) or "no features beyond its baseline"
    return f"{platform.machine()}, {blas()} in the BLAS, {used} in NumPy"


def require(core_name, off):
    """Stop where the BLAS uses other kernels, or NumPy what was switched off."""
    if core_name not in (None, blas()) or set(off) & set(features()):
        expected = f"{core_name or 'any kernels'} in the BLAS, NumPy without {off}"
        raise RuntimeError(f"Given {describe()}. Expected {expected}.")

"""What a measurement or a training ran on."""

import platform
from pathlib import Path

import numpy as np


def machine(*more: str) -> str:
    """Name the processor, what more there is to say, and NumPy, with commas."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        names = [line.split(": ")[1] for line in lines if line.startswith("model name")]
    except OSError:
        names = []
    name = names[0] if names else platform.machine()
    return ", ".join([name, *more, f"NumPy {np.__version__}"])

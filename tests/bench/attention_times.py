"""Measure how the time of attention grows with the sentence: `make bench`.

Writes `snippets/measured.py`, which a chapter shows beside the counted work. A build
only reads that file, since a build must give the same bytes each time.
"""

import datetime
import statistics
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "snippets"))

from attention import attention  # noqa: E402
from machine import machine  # noqa: E402

LENGTHS = [8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096]
D = 64
ROUNDS = 7


def seconds(function, at_least=0.02):
    """Return the seconds one call takes, averaged over calls that last a while."""
    calls, start = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - start) < at_least:
        function()
        calls += 1
    return elapsed / calls


def measure():
    """Return {n: median seconds}, the lengths taken in turn in every round."""
    rng = np.random.default_rng(0)
    inputs = {n: rng.standard_normal((3, n, D)).astype(np.float32) for n in LENGTHS}
    times = {n: [] for n in LENGTHS}
    for _ in range(ROUNDS):
        for n, (q, k, v) in inputs.items():
            times[n].append(seconds(partial(attention, q, k, v)))
    return {n: statistics.median(values) for n, values in times.items()}


def main():
    times, made_with = measure(), machine("1 thread")
    for shorter, longer in zip(LENGTHS, LENGTHS[1:]):
        ratio = times[longer] / times[shorter]
        print(f"{longer:5d} words take {ratio:.2f} x as long as {shorter}")
    entries = "".join(f"    {n}: {t:.3g},\n" for n, t in times.items())
    (ROOT / "snippets" / "measured.py").write_text(
        '"""Measured by `make bench`: median seconds of attention(q, k, v), d = 64, '
        'float32."""\n\n'
        f'TIMED_ON = "{datetime.date.today()}"\n'
        f'TIMED_WITH = "{made_with}"\n'
        f"SECONDS = {{\n{entries}}}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()

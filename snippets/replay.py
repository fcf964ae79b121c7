"""The trainings of this site: run once, kept, and read by the pages.

`python snippets/replay.py` runs those that are not kept yet, two at a time. A page asks
for one with `replay`; pasted into a plain Python, the same line trains.
"""

import hashlib
import os
import sys
import time
import zipfile
from functools import cache
from multiprocessing import Pool, current_process
from pathlib import Path

import numpy as np
from corpus import make_corpus, words
from training import Run, Settings, numbered, train

RUNS = [  # the longest first, for two processes to end together
    Settings("two cursors"),
    Settings("soft search", keep_at=(0, 50, 200)),
    Settings("cursors in step"),
    Settings("soft search", longest=20),
    Settings("one vector"),
    Settings("one vector", longest=20),
]


def replay(settings, pairs):
    """Train a model on pairs of sentences, or read what was kept of that training.

    Results are kept in the folder that the variable KEPT_RUNS of the environment names;
    without it nothing is kept.

    Parameters
    ----------
    settings : Settings
    pairs : list of Pair

    Returns
    -------
    Run

    Raises
    ------
    ValueError
        If a kept result is damaged.
    """
    source_words, target_words = words(pairs)
    data = numbered(pairs, source_words, target_words)
    key = hashlib.sha256(repr(settings).encode())
    for source, target in data.values():
        key.update(source.tobytes() + target.tobytes())
    folder = os.environ.get("KEPT_RUNS")
    file = Path(folder or ".", f"{key.hexdigest()[:20]}.npz")
    if folder and file.exists():
        return read_run(file)
    sizes = len(source_words), len(target_words)
    run = train(settings, data, *sizes, tell=progress(settings.model, row()))
    if folder:
        keep_run(file, run)
    return run


def keep_run(file, run):
    """Write a run to a file, whole or not at all."""
    arrays = {f"end/{name}": value for name, value in run.parameters.items()}
    for step, values in run.kept.items():
        arrays |= {f"{step}/{name}": value for name, value in values.items()}
    part = file.with_name(f"{file.stem}.{os.getpid()}.part.npz")
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez(part, losses=run.losses, **arrays)
    part.replace(file)


def read_run(file):
    """Read what `keep_run` wrote."""
    try:
        with open(file, "rb") as opened, np.load(opened) as arrays:
            found = {name: arrays[name] for name in arrays}
    except (ValueError, EOFError, OSError, zipfile.BadZipFile) as error:
        raise ValueError(
            f"Given {file}, which is no whole training ({error}). Delete it, and the "
            "next build trains anew."
        ) from error
    steps = {}
    losses = found.pop("losses")
    for name, value in found.items():
        step, _, parameter = name.partition("/")
        steps.setdefault(step, {})[parameter] = value
    end = steps.pop("end")
    return Run(end, losses, {int(step): values for step, values in steps.items()})


def progress(name, row=0):
    """Make a function that draws how far a training is, if someone is watching.

    `row` is how many lines above the cursor it draws.
    """
    began = time.monotonic()
    def tell(step, steps, loss):
        if sys.stderr.isatty() and (step % 20 == 0 or step == steps):
            left = (time.monotonic() - began) / step * (steps - step)
            bar = "#" * (30 * step // steps)
            line = f"{name:15} [{bar:30}] loss {loss:6.3f}, {left:3.0f} s left"
            if row:
                line = f"\x1b7\x1b[{row}A\r{line}\x1b8"
            end = "\n" if step == steps and not row else ""
            print(f"\r{line}", end=end, file=sys.stderr, flush=True)
    return tell


def row():
    """Above which line a process of a pool draws: each has one; 0 outside a pool."""
    return current_process()._identity[0] if current_process()._identity else 0


def replay_all(folder):
    """Train all RUNS that are not kept yet, two at a time."""
    if sys.stderr.isatty():
        print("\n\n", file=sys.stderr)  # a row for each process
    with Pool(2) as pool:
        jobs = [pool.apply_async(timed, (settings,)) for settings in RUNS]
        for settings, job in zip(RUNS, jobs):
            run, seconds = job.get()
            print(
                f"{settings.model}, up to {settings.longest} words: {seconds:.0f} s, "
                f"loss {run.losses[-50:].mean():.3f}"
            )
    Path(folder, "complete").touch()


@cache
def pairs():
    """Make the training pairs, once a process: cheaper than to hand them over."""
    return make_corpus(seed=1).train


def timed(settings):
    """Replay, and say how many seconds it took."""
    began = time.monotonic()
    return replay(settings, pairs()), time.monotonic() - began


if __name__ == "__main__":
    replay_all(os.environ["KEPT_RUNS"])

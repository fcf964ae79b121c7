"""Read the record of a training, or train where no record fits.

A record is an npz file: "losses"; "end/W", "50/W", ... for the parameters at the end
and after the steps that `keep_at` names; "key", a hash of settings and sentences;
"made", when and with what. (`record.py` adds marks and attention, which no page needs
to read.) The variable RECORDS of the environment names the folder of records; without
it, that is where the program runs.
"""

import hashlib
import os
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from batches import numericalize
from corpus import vocabularies
from grammar import Pair
from model import Settings
from training import Run, train


def replay(settings: Settings, pairs: Sequence[Pair]) -> Run:
    """Train a model on pairs of sentences, or read the record of that training."""
    file = Path(os.environ.get("RECORDS", "."), f"{record_name(settings)}.npz")
    if file.exists():
        key, run = read_record(file)
        if key == record_key(settings, pairs) and run.parameters:
            return run
    source_words, target_words = vocabularies(pairs)
    data = numericalize(pairs, source_words, target_words)
    sizes = len(source_words), len(target_words)
    return train(settings, data, *sizes, on_step=progress(settings.model.name))


def record_name(settings: Settings) -> str:
    """Name the file of a record, without its ending.

    >>> from soft_search import soft_search
    >>> record_name(Settings(soft_search))
    'soft-search-30-1'
    """
    model = settings.model.name.replace(" ", "-")
    return f"{model}-{settings.longest}-{settings.seed}"


def record_key(settings: Settings, pairs: Sequence[Pair]) -> str:
    """Hash the settings and the sentences of a training: what its code works on.

    Of every hundredth sentence the numbers, too: words may come to be counted anew.
    """
    lines = [repr(settings)]
    lines += [" ".join([*one.source, "=", *one.target]) for one in pairs]
    key = hashlib.sha256("\n".join(lines).encode())
    for source, target in numericalize(pairs[::100], *vocabularies(pairs)).values():
        key.update(source.tobytes() + target.tobytes())
    return key.hexdigest()[:20]


def read_record(file: Path) -> tuple[str, Run]:
    """Read a record: its key, and its Run. A damaged file is an error."""
    try:
        with open(file, "rb") as opened, np.load(opened) as arrays:
            found = {name: arrays[name] for name in arrays}
        key, losses, made = (found.pop(name) for name in ("key", "losses", "made"))
    except (ValueError, EOFError, OSError, KeyError, zipfile.BadZipFile) as error:
        raise ValueError(
            f"Given {file}, which is no whole record ({error}). Delete it, and the "
            "model is trained anew."
        ) from error
    steps: dict[str, dict] = {"end": {}}
    for name, value in found.items():
        step, _, parameter = name.partition("/")
        steps.setdefault(step, {})[parameter] = value
    kept = {int(step): values for step, values in steps.items() if step.isdigit()}
    made = tuple(str(part) for part in made)
    return str(key), Run(steps["end"], losses.astype(float), kept, made)


def progress(name: str) -> Callable:
    """Make a function that draws how far a training is, if someone is watching."""
    began = time.monotonic()

    def on_step(step: int, steps: int, loss: float) -> None:
        if sys.stderr.isatty() and (step % 20 == 0 or step == steps):
            left = (time.monotonic() - began) / step * (steps - step)
            line = (
                f"{name}: step {step} of {steps}, loss {loss:.3f}, {left:3.0f} s left"
            )
            print(line, end="\r" if step < steps else "\n", file=sys.stderr, flush=True)

    return on_step

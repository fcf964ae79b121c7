"""Measure a training step of each model, and of PyTorch: `make bench`.

Writes `snippets/training_times.py`, which the chapters show. PyTorch is measured where
it is installed (for whatever Python runs this file): the same model, batches and
losses, in turn with ours, on one thread each. A second is one of the processor: others
may use the machine.
"""

import datetime
import statistics
import sys
import time
from itertools import islice
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "snippets"))

from batches import batches  # noqa: E402
from machine import machine  # noqa: E402
from model import initialise  # noqa: E402
from soft_search import soft_search  # noqa: E402
from training import learning_rate, train  # noqa: E402
from trainings import FIRST  # noqa: E402
from transformer import transformer  # noqa: E402

try:
    import in_pytorch
    import torch

    PYTORCH = {
        soft_search: in_pytorch.soft_search,
        transformer: in_pytorch.transformer,
    }
except ImportError:
    PYTORCH = {}
MODELS = [*FIRST]
LENGTH, TARGET, WORDS, STEPS, ROUNDS = 18, 20, (110, 148), 30, 7


def one_batch():
    """A training set of one length, as long as the average sentence it learns from."""
    rng = np.random.default_rng(0)
    source = rng.integers(0, WORDS[0], (500, LENGTH))
    target = rng.integers(1, WORDS[1] + 1, (500, TARGET))
    return {LENGTH: (source, np.column_stack([target, np.zeros(500, int)]))}


def ours(model):
    """Seconds of STEPS training steps of ours, and their losses."""
    settings = FIRST[model]._replace(steps=STEPS, keep_at=())
    began = time.process_time()
    losses = train(settings, one_batch(), *WORDS).losses
    return time.process_time() - began, losses


def pytorch(model):
    """Seconds of STEPS training steps of PyTorch on the same batches; their losses."""
    settings = FIRST[model]._replace(steps=STEPS)
    began = time.process_time()
    step = PYTORCH[model](settings, initialise(settings, WORDS[0], WORDS[1] + 1))
    drawn = islice(batches(one_batch(), settings), STEPS)
    losses = [step(*batch, learning_rate(i, settings)) for i, batch in enumerate(drawn)]
    return time.process_time() - began, losses


def compare(ratios):
    """Tell how long PyTorch takes, as a multiple of our time."""
    for model, found in ratios.items():
        low, middle, high = min(found), statistics.median(found), max(found)
        print(f"PyTorch {torch.__version__} takes {middle:.2f} times as long as ours")
        print(f"on {model.name} ({low:.2f} to {high:.2f} in {ROUNDS} rounds).")


def main():
    runs = {model: [] for model in MODELS}
    ratios, made_with = {model: [] for model in PYTORCH}, machine("1 thread")
    for _ in range(ROUNDS):
        for model in MODELS:
            seconds, losses = ours(model)
            runs[model].append(seconds)
            if model in PYTORCH:
                theirs, same = pytorch(model)
                np.testing.assert_allclose(losses, same, rtol=1e-3)
                ratios[model].append(theirs / seconds)
    lines = [
        '"""Measured by `make bench`: milliseconds of a training step."""\n',
        f'MEASURED_ON = "{datetime.date.today()}"',
        f'MEASURED_WITH = "{made_with}"',
        "STEP_MS = {",
    ]
    for model, seconds in runs.items():
        median = 1000 * statistics.median(seconds) / STEPS
        lines.append(f'    "{model.name}": {median:.1f},')
    lines.append("}")
    (ROOT / "snippets" / "training_times.py").write_text(
        "\n".join(lines) + "\n", encoding="utf-8"
    )
    print("\n".join(lines))
    if PYTORCH:
        compare(ratios)
    else:
        print("Not compared with PyTorch, which is not installed here. To do so:")
        print(f"    {sys.executable} -m pip install torch")


if __name__ == "__main__":
    main()

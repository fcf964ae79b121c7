"""Measure a training step of each model, and of PyTorch: `make bench`.

Writes `snippets/training_times.py`, which the chapters show. PyTorch is measured where
it is installed (for whatever Python runs this file): the same model, batch and number
of steps, in turn with ours, on one thread each.
"""

import datetime
import statistics
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "snippets"))

from machine import machine  # noqa: E402
from model import Settings, initialise  # noqa: E402
from soft_search import soft_search  # noqa: E402
from training import train  # noqa: E402
from trainings import LENGTHS  # noqa: E402

MODELS = [*LENGTHS]
LENGTH, TARGET, WORDS, STEPS, ROUNDS = 18, 20, (110, 148), 30, 7


def one_batch():
    """A training set of one length, as long as the average sentence it learns from."""
    rng = np.random.default_rng(0)
    source = rng.integers(0, WORDS[0], (500, LENGTH))
    target = rng.integers(1, WORDS[1] + 1, (500, TARGET))
    return {LENGTH: (source, np.column_stack([target, np.zeros(500, int)]))}


def ours(model):
    """Seconds of STEPS training steps of ours."""
    settings = Settings(model, steps=STEPS, keep_at=())
    began = time.perf_counter()
    train(settings, one_batch(), *WORDS)
    return time.perf_counter() - began


def pytorch():
    """Seconds of STEPS training steps of soft search in PyTorch, written as there."""
    import torch

    torch.set_num_threads(1)
    settings = Settings(soft_search)
    values = initialise(settings, WORDS[0], WORDS[1] + 1)
    p = {k: torch.nn.Parameter(torch.tensor(v)) for k, v in values.items()}
    adam = torch.optim.Adam(p.values(), lr=settings.rate)
    n = settings.hidden

    def gru(x, s, U):
        z, r = torch.sigmoid(x[:, : 2 * n] + s @ U[:, : 2 * n]).chunk(2, 1)
        proposal = torch.tanh(x[:, 2 * n :] + (r * s) @ U[:, 2 * n :])
        return s + z * (proposal - s)

    def step(source, target):
        words = p["E_x"][source.T]
        both = []
        for k, order in enumerate((range(LENGTH), range(LENGTH)[::-1])):
            x = words @ p["W_x"][k] + p["b_x"][k]
            s, found = torch.zeros(len(source), n), {}
            for i in order:
                found[i] = s = gru(x[i], s, p["U_x"][k])
            both.append(torch.stack([found[i] for i in range(LENGTH)], 1))
        h = torch.cat(both, 2)
        Uh = h @ p["U_a"]
        s, y = torch.tanh(both[1][:, 0] @ p["W_s"]), torch.zeros_like(target[:, 0])
        logits = []
        for right in target.T:
            e = torch.tanh((s @ p["W_a"])[:, None] + Uh) @ p["v_a"]
            c = (torch.softmax(e, 1)[:, None] @ h)[:, 0]
            Ey = p["E_y"][y]
            s = gru(torch.cat([Ey, c], 1) @ p["W"] + p["b"], s, p["U"])
            t = torch.tanh(torch.cat([s, Ey, c], 1) @ p["O"] + p["b_o"])
            logits.append(t @ p["V"] + p["b_v"])
            y = right
        loss = torch.nn.functional.cross_entropy(
            torch.stack(logits, 1).flatten(0, 1), target.flatten()
        )
        adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(p.values(), settings.clip)
        adam.step()

    source, target = (torch.tensor(a) for a in one_batch()[LENGTH])
    rows = np.random.default_rng(1).integers(500, size=(STEPS, settings.batch))
    began = time.perf_counter()
    for batch in rows:
        step(source[batch], target[batch])
    return time.perf_counter() - began


def main():
    runs = {model: [] for model in MODELS}
    try:
        import torch

        with_torch = torch.__version__
    except ImportError:
        with_torch = None
    ratios, made_with = [], machine("1 thread")
    for _ in range(ROUNDS):
        for model in MODELS:
            runs[model].append(ours(model))
        if with_torch:
            ratios.append(pytorch() / runs[soft_search][-1])
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
    if ratios:
        low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
        print(f"PyTorch {with_torch} takes {middle:.2f} times as long as ours on soft")
        print(f"search ({low:.2f} to {high:.2f} in {ROUNDS} rounds).")
    else:
        print("Not compared with PyTorch, which is not installed here. To do so:")
        print(f"    {sys.executable} -m pip install torch")


if __name__ == "__main__":
    main()

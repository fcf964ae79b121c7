"""Write ``attention.json``: what PyTorch computes, for test_attention.py.

Run from the root of the repository, in an environment of its own (the tests read only
the file, so the project does not depend on PyTorch)::

    pip install torch==2.13.0 numpy
    python tests/reference/make_attention.py

The file in the repository was made by PyTorch 2.13.0 (CPU). The inputs are seeded and
rounded to three decimals, so that the text holds them exactly; the outputs are rounded
to about the accuracy of their dtype. Running it again gives the same file, except, on
another machine or version, for last digits and the versions noted in it.
"""

import json
from pathlib import Path

import numpy as np
import torch

SEED = 2014
TARGET = Path(__file__).with_name("attention.json")
BATCHES = [(), (2,), (2, 3)]
N_QUERIES, N_KEYS, D_K, D_V = 3, 4, 5, 2
DTYPES = {"float32": torch.float32, "float64": torch.float64}
DECIMALS = {"float32": 8, "float64": 13}


def draw(rng, *shape):
    """Return normal numbers of three decimals, spread enough for uneven weights."""
    return np.round(1.5 * rng.standard_normal(shape), 3).tolist()


def draw_mask(rng, *shape):
    """Return a boolean mask that hides about half, but never all keys of a query."""
    mask = rng.random(shape) < 0.5
    visible = rng.integers(shape[-1], size=(*shape[:-1], 1))
    np.put_along_axis(mask, visible, True, axis=-1)
    return mask.tolist()


def attend(queries, keys, values, mask, dtype):
    """Return PyTorch's weights and context, rounded, as nested lists."""
    queries, keys, values = (
        torch.tensor(array, dtype=DTYPES[dtype]) for array in (queries, keys, values)
    )
    mask = None if mask is None else torch.tensor(mask)
    context = torch.nn.functional.scaled_dot_product_attention(
        queries, keys, values, attn_mask=mask
    )
    scores = queries @ keys.mT / queries.shape[-1] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, -torch.inf)
    weights = torch.softmax(scores, dim=-1)
    return {"weights": rounded(weights, dtype), "context": rounded(context, dtype)}


def rounded(tensor, dtype):
    """Return nested lists that carry the accuracy of the dtype and no more."""
    return np.round(tensor.double().numpy(), DECIMALS[dtype]).tolist()


def attention_case(rng, batch):
    """Return inputs of one batch shape and PyTorch's outputs for every dtype."""
    case = {
        "batch": batch,
        "queries": draw(rng, *batch, N_QUERIES, D_K),
        "keys": draw(rng, *batch, N_KEYS, D_K),
        "values": draw(rng, *batch, N_KEYS, D_V),
        "mask": draw_mask(rng, *batch, N_QUERIES, N_KEYS),
    }
    arrays = case["queries"], case["keys"], case["values"]
    for dtype in DTYPES:
        case[dtype] = {
            "plain": attend(*arrays, None, dtype),
            "masked": attend(*arrays, case["mask"], dtype),
        }
    return case


def softmax_case(rng, axis):
    """Return scores of three axes and their torch.softmax along one of them."""
    scores = draw(rng, 2, 3, 4)
    case = {"axis": axis, "scores": scores}
    for dtype in DTYPES:
        tensor = torch.tensor(scores, dtype=DTYPES[dtype])
        case[dtype] = rounded(torch.softmax(tensor, dim=axis), dtype)
    return case


def main():
    """Write the file, one case a line."""
    rng = np.random.default_rng(SEED)
    about = {
        "made_by": "tests/reference/make_attention.py",
        "torch": torch.__version__,
        "numpy": np.__version__,
        "seed": SEED,
    }
    attention = [attention_case(rng, batch) for batch in BATCHES]
    softmax = [softmax_case(rng, axis) for axis in (0, 1, 2, -1)]
    parts = [f'"about": {json.dumps(about)}']
    for name, cases in (("attention", attention), ("softmax", softmax)):
        lines = ",\n".join(json.dumps(case) for case in cases)
        parts.append(f'"{name}": [\n{lines}\n]')
    TARGET.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

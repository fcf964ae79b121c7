"""Write models.json: losses and gradients of tiny models, computed by PyTorch.

Run with PyTorch and NumPy installed: python tests/reference/make_models.py

Nothing of `snippets/` is used. Each sentence is computed by itself, from the equations
of the paper (arXiv 1409.0473v7, App. A), in float64; autograd gives the gradients. The
two cursors are added up path by path.
"""

import itertools
import json
from pathlib import Path

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
N, M, ALIGN, OUT, X_WORDS, Y_WORDS = 3, 2, 4, 3, 5, 6
SOURCE = [[1, 4, 0], [2, 2, 3]]
TARGET = [[3, 5, 1, 0], [4, 0]]  # 0 ends a sentence
SHAPES = {
    "E_x": (X_WORDS, M), "E_y": (Y_WORDS, M), "W_s": (N, N), "U": (N, 3 * N),
    "b": (3 * N,), "b_o": (OUT,), "V": (OUT, Y_WORDS), "b_v": (Y_WORDS,),
}  # fmt: skip
ONE = {"W_x": (M, 3 * N), "U_x": (N, 3 * N), "b_x": (3 * N,)}
TWO = {name: (2, *shape) for name, shape in ONE.items()}
MODELS = {
    "one vector": SHAPES | ONE | {"W": (M + N, 3 * N), "O": (2 * N + M, OUT)},
    "cursors in step": SHAPES | TWO | {"W": (M + 2 * N, 3 * N), "O": (3 * N + M, OUT)},
    "soft search": SHAPES | TWO | {
        "W": (M + 2 * N, 3 * N), "O": (3 * N + M, OUT),
        "W_a": (N, ALIGN), "U_a": (2 * N, ALIGN), "v_a": (ALIGN,),
    },
    "two cursors": {k: SHAPES[k] for k in SHAPES if k not in ("W_s", "b_o")} | TWO | {
        "W": (M, 3 * N), "A": (2 * N, OUT), "b_a": (OUT,), "B": (N, OUT),
    },
}  # fmt: skip


def gru(x, s, U):
    """s_i = (1 - z) s_{i-1} + z s~;  s~ = tanh(x_p + U [r s_{i-1}])  (App. A.2.2)."""
    x_z, x_r, x_p = x.split(N)
    U_z, U_r, U_p = U.split(N, dim=1)
    z, r = torch.sigmoid(x_z + s @ U_z), torch.sigmoid(x_r + s @ U_r)
    return (1 - z) * s + z * torch.tanh(x_p + (r * s) @ U_p)


def run(xs, W, b, U):
    s, found = torch.zeros(N), []
    for x in xs:
        s = gru(x @ W + b, s, U)
        found.append(s)
    return found


def annotations(p, source):
    words = [p["E_x"][k] for k in source]
    ahead = run(words, p["W_x"][0], p["b_x"][0], p["U_x"][0])
    back = run(words[::-1], p["W_x"][1], p["b_x"][1], p["U_x"][1])[::-1]
    return [torch.cat(pair) for pair in zip(ahead, back)], back[0]


def attended(model, p, source, target):
    """-log p of a translation, and the attention weights."""
    if model == "one vector":
        read = run([p["E_x"][k] for k in source], p["W_x"], p["b_x"], p["U_x"])
        first = read[-1]
    else:
        h, first = annotations(p, source)
    s, y, loss, alphas = torch.tanh(first @ p["W_s"]), 0, 0, []
    for i, right in enumerate(target):
        if model == "one vector":
            c = first
        elif model == "cursors in step":
            c = h[min(i, len(h) - 1)]
        else:
            e = [torch.tanh(s @ p["W_a"] + x @ p["U_a"]) @ p["v_a"] for x in h]
            alpha = torch.softmax(torch.stack(e), 0)
            alphas.append(alpha.tolist())
            c = sum(a * x for a, x in zip(alpha, h))
        s = gru(torch.cat([p["E_y"][y], c]) @ p["W"] + p["b"], s, p["U"])
        t = torch.tanh(torch.cat([s, p["E_y"][y], c]) @ p["O"] + p["b_o"])
        loss = loss - torch.log_softmax(t @ p["V"] + p["b_v"], 0)[right]
        y = right
    return loss, alphas


def by_all_paths(p, source, target):
    """-log p of a translation as a sum over every path of the two cursors."""
    h, _ = annotations(p, source)
    words = target[:-1]
    s = run([p["E_y"][k] for k in [0, *words]], p["W"], p["b"], p["U"])
    total = 0
    for places in itertools.combinations_with_replacement(range(len(h)), len(words)):
        probability, u = 1, 0
        for t in range(len(h)):
            moves = [words[k] for k, place in enumerate(places) if place == t] + [0]
            for move in moves:
                top = torch.tanh(h[t] @ p["A"] + p["b_a"] + s[u] @ p["B"])
                chances = torch.softmax(top @ p["V"] + p["b_v"], 0)
                probability = probability * chances[move]
                u += move != 0
        total = total + probability
    return -torch.log(total)


def main():
    rng, found = np.random.default_rng(1409), {}
    for model, shapes in MODELS.items():
        values = {k: rng.normal(0, 0.7, shape).round(3) for k, shape in shapes.items()}
        p = {k: torch.tensor(v, requires_grad=True) for k, v in values.items()}
        alphas = []
        if model == "two cursors":
            loss = sum(by_all_paths(p, x, y) for x, y in zip(SOURCE, TARGET))
            loss = loss / sum(len(y) - 1 for y in TARGET)
        else:
            loss = 0
            for x, y in zip(SOURCE, TARGET):
                one, weights = attended(model, p, x, y)
                loss = loss + one / sum(map(len, TARGET))
                alphas.append(weights)
        loss.backward()
        found[model] = {
            "parameters": {k: v.tolist() for k, v in values.items()},
            "loss": loss.item(),
            "gradients": {k: v.grad.tolist() for k, v in p.items()},
            "weights": alphas,
        }
    rng_state = rng.normal(size=(2, N)).round(3)
    x = torch.tensor(rng.normal(size=(2, 3 * N)).round(3), requires_grad=True)
    s = torch.tensor(rng_state, requires_grad=True)
    U = torch.tensor(rng.normal(size=(N, 3 * N)).round(3), requires_grad=True)
    new = torch.stack([gru(a, b, U) for a, b in zip(x, s)])
    new.square().sum().backward()
    found["gru"] = {"x": x.tolist(), "s": s.tolist(), "U": U.tolist()}
    found["gru"]["new"] = new.tolist()
    found["gru"] |= {f"to_{k}": v.grad.tolist() for k, v in zip("xsU", (x, s, U))}
    found = {"source": SOURCE, "target": TARGET, "torch": torch.__version__, **found}
    file = Path(__file__).with_name("models.json")
    file.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

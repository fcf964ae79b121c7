"""Write transformer.json: a tiny Transformer, computed by PyTorch's own layers.

Run with PyTorch and NumPy installed: python tests/reference/make_transformer.py

Nothing of `snippets/` is used: torch.nn has the layers, in float64, without dropout;
autograd gives the gradients. Parameters are named and laid
out as in `snippets/transformer.py`. The file in the repository is of PyTorch 2.13.0.
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

torch.set_default_dtype(torch.float64)
D, INNER, HEADS, LAYERS, X_WORDS, Y_WORDS = 8, 12, 4, 2, 5, 6
SOURCE = [[1, 4, 0], [2, 2, 3]]
TARGET = [[3, 5, 1, 0], [4, 0]]  # 0 ends a sentence
FEED = {"W_1": (D, INNER), "b_1": (INNER,), "W_2": (INNER, D), "b_2": (D,)}
LAYER = {
    "encoder": {"self": (D, 4 * D), "norm": (2, 2, D), **FEED},
    "decoder": {"self": (D, 4 * D), "cross": (D, 4 * D), "norm": (3, 2, D), **FEED},
}
SHAPES = {
    "E_x": (X_WORDS, D), "E_y": (Y_WORDS, D), "V": (D, Y_WORDS), "b_v": (Y_WORDS,),
    **{f"{part}.{name}": (LAYERS, *shape)
       for part, shapes in LAYER.items() for name, shape in shapes.items()},
}  # fmt: skip


def waves(places):
    """The positions of section 3.5, number by number."""
    found = torch.zeros(places, D)
    for place in range(places):
        for i in range(D // 2):
            angle = torch.tensor(place / 10000 ** (2 * i / D))
            found[place, 2 * i], found[place, 2 * i + 1] = angle.sin(), angle.cos()
    return found


def call(module, names, *arguments, **more):
    """Run a module of torch.nn on parameters of ours."""
    missing = {k: torch.zeros_like(v) for k, v in module.named_parameters()} | names
    return torch.func.functional_call(module, missing, arguments, more)


def attention_names(W, prefix):
    """Ours has the four matrices side by side, PyTorch three below one another."""
    return {
        f"{prefix}.in_proj_weight": W[:, : 3 * D].T,
        f"{prefix}.out_proj.weight": W[:, 3 * D :].T,
    }


def layer_names(p):
    found = attention_names(p["self"], "self_attn")
    if "cross" in p:
        found |= attention_names(p["cross"], "multihead_attn")
    for i, norm in enumerate(p["norm"], start=1):
        found |= {f"norm{i}.weight": norm[0], f"norm{i}.bias": norm[1]}
    for i in (1, 2):
        found[f"linear{i}.weight"] = p[f"W_{i}"].T
        found[f"linear{i}.bias"] = p[f"b_{i}"]
    return found


def layers_of(p, part):
    return [
        {name: p[f"{part}.{name}"][i] for name in LAYER[part]} for i in range(LAYERS)
    ]


def logits(p, source, before):
    """Those of one sentence, and its words after one encoder and all decoder layers."""
    same = {"dropout": 0, "batch_first": True}
    reader = nn.TransformerEncoderLayer(D, HEADS, INNER, **same)
    writer = nn.TransformerDecoderLayer(D, HEADS, INNER, **same)
    x = (p["E_x"][source] + waves(len(source)))[None]
    read = [x]
    for layer in layers_of(p, "encoder"):
        read.append(call(reader, layer_names(layer), read[-1]))
    x = read[-1]
    y = (p["E_y"][before] + waves(len(before)))[None]
    hidden = torch.ones(len(before), len(before), dtype=torch.bool).triu(1)
    wrote = [y]
    for layer in layers_of(p, "decoder"):
        wrote.append(call(writer, layer_names(layer), wrote[-1], x, tgt_mask=hidden))
    scores = wrote[-1] @ p["V"] + p["b_v"]
    return {"encoder": read[1][0], "decoder": wrote[-1][0], "logits": scores[0]}


def heads(p):
    """One look of several heads, and one of a single head, by PyTorch's functions."""
    x, y = p["E_x"][[1, 4, 0]], p["E_y"][[3, 5, 1, 2]]
    many = nn.MultiheadAttention(D, HEADS, bias=False, batch_first=True)
    W = p["decoder.cross"][0]
    names = {k.removeprefix("a."): v for k, v in attention_names(W, "a").items()}
    out, weights = call(many, names, y, x, x, average_attn_weights=False)
    one = nn.functional.scaled_dot_product_attention(y, x, 2 * x)
    masked = nn.functional.scaled_dot_product_attention(y, y, y, is_causal=True)
    return {"multi head": out, "weights": weights, "one": one, "causal": masked}


def plain(value):
    """Nested lists with as many digits as a test needs."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return np.vectorize(lambda x: float(f"{x:.10g}"))(value.detach().numpy()).tolist()


def main():
    rng = np.random.default_rng(1706)
    values = {k: rng.normal(0, 0.7, shape).round(3) for k, shape in SHAPES.items()}
    p = {k: torch.tensor(v, requires_grad=True) for k, v in values.items()}
    loss, sentences = 0, []
    for source, target in zip(SOURCE, TARGET):
        made = logits(p, source, [0, *target[:-1]])
        each = nn.functional.cross_entropy(
            made["logits"], torch.tensor(target), reduction="sum"
        )
        loss = loss + each / sum(map(len, TARGET))
        sentences.append(plain(made))
    loss.backward()
    found = {
        "source": SOURCE,
        "target": TARGET,
        "torch": torch.__version__,
        "parameters": {k: v.tolist() for k, v in values.items()},
        "positions": plain(waves(4)),
        "heads": plain(heads(p)),
        "sentences": sentences,
        "loss": loss.item(),
        "gradients": plain({k: v.grad for k, v in p.items()}),
    }
    lines = ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in found.items())
    file = Path(__file__).with_name("transformer.json")
    file.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()

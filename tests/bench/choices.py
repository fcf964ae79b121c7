"""Train the Transformers that were not chosen: `make bench`.

Writes `snippets/choices.py`, which the chapter on the Transformer shows: the share of
development sentences right to the last word, of up to 30 words and of more. One
training each, seed 1, with the steps of the shorter training of the pages.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "snippets"))

import numpy as np  # noqa: E402
import transformer as model  # noqa: E402
from batches import numericalize  # noqa: E402
from corpus import make_corpus, vocabularies  # noqa: E402
from evaluation import select_lengths, translate_all  # noqa: E402
from layers import (  # noqa: E402
    causal_mask,
    each_word,
    feed_forward,
    go_on,
    layer_normalisation,
    multi_head_attention,
    queries_keys_values,
)
from metrics import exact_match  # noqa: E402
from tape import Node, Unrecorded  # noqa: E402
from training import train  # noqa: E402
from trainings import FIRST  # noqa: E402

NEAR, FAR = (5, 30), (31, 40)


def add(x, y, tape):
    """x + y; y is used up."""
    y.value += x.value

    def backward(grad):
        x.grad += grad

    return go_on(y, backward, tape)


def encoder_block(p, x, tape=None):
    """One that normalises what goes into each half: Xiong et al. 2020, Fig. 1b."""
    Q, KV = queries_keys_values(
        p["self"], layer_normalisation(x, p["norm"][0], tape), tape
    )
    looked, weights = multi_head_attention(p["self"], Q, KV, None, tape)
    x = add(x, looked, tape)
    made = feed_forward(p, layer_normalisation(x, p["norm"][1], tape), tape)
    return add(x, made, tape), weights


def decoder_block(p, y, memory, past=None, tape=None):
    """The same for a layer that writes."""
    Q, KV = queries_keys_values(
        p["self"], layer_normalisation(y, p["norm"][0], tape), tape
    )
    if past is not None:
        KV = Unrecorded(np.concatenate([past.value, KV.value], axis=1))
    mask = causal_mask(y.value.shape[1], KV.value.shape[1])
    looked, back = multi_head_attention(p["self"], Q, KV, mask, tape)
    y = add(y, looked, tape)
    unit = layer_normalisation(y, p["norm"][1], tape)
    Q = each_word(unit, p["cross"][:, : y.value.shape[-1]], tape=tape)
    looked, across = multi_head_attention(p["cross"], Q, memory, None, tape)
    y = add(y, looked, tape)
    made = feed_forward(p, layer_normalisation(y, p["norm"][2], tape), tape)
    return add(y, made, tape), KV, (back, across)


def normalise_and_multiply(x, W, b=None, tape=None):
    """What follows the last layer; without learned amounts."""
    d = x.value.shape[-1]
    plain = Node(np.array([np.ones(d), np.zeros(d)], x.value.dtype))
    return each_word(layer_normalisation(x, plain, tape), W, b, tape)


def judge(corpus):
    """Train the model as it now is; return its marks on the development set."""
    words = vocabularies(corpus.train)
    data = numericalize(corpus.train, *words)
    sizes = len(words[0]), len(words[1])
    run = train(FIRST[model.transformer], data, *sizes)
    dev = numericalize(corpus.dev, *words)
    done = translate_all(run.parameters, model.transformer, dev)
    return tuple(round(exact_match(*select_lengths(done, *n)), 3) for n in (NEAR, FAR))


BEFORE = {
    "encoder_block": encoder_block,
    "decoder_block": decoder_block,
    "each_word": normalise_and_multiply,
}


def main():
    corpus, made = make_corpus(seed=1), {}
    made["as in the paper"] = judge(corpus)
    kept = {name: getattr(model, name) for name in BEFORE}
    vars(model).update(BEFORE)
    made["normalised before"] = judge(corpus)
    vars(model).update(kept)
    model.LAYERS = 1
    made["one layer"] = judge(corpus)
    lines = [
        '"""Measured by `make bench`: Transformers on the development set, once each.',
        "",
        "The share of sentences right to the last word, of up to 30 words and of more.",
        '"""',
        "",
        "CHOICES = {",
        *(f'    "{name}": {marks},' for name, marks in made.items()),
        "}",
    ]
    print("\n".join(lines))
    path = ROOT / "snippets" / "choices.py"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

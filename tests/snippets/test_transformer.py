"""The Transformer against PyTorch's own layers; what a cache and a mask promise."""

import json
from pathlib import Path

import forward_transformer as plainly
import layers
import numpy as np
import pytest
import transformer
from attention import masked_attention
from batches import numericalize
from evaluation import as_nodes, attend, translate
from grammar import Pair
from heads import head_habits, head_looks, share_beside, share_on_links
from model import Settings, initialise
from operations import linear
from tape import Node, backward, record

REFERENCE = json.loads(
    Path(__file__).parents[1].joinpath("reference/transformer.json").read_text()
)
VALUES = {k: np.array(v) for k, v in REFERENCE["parameters"].items()}
SOURCE = np.array(REFERENCE["source"])
TARGET = np.array([[*y, *[-1] * (4 - len(y))] for y in REFERENCE["target"]])
SENTENCES = REFERENCE["sentences"]
MODEL = transformer.transformer


def near(ours, right, close=1e-9):
    np.testing.assert_allclose(ours, right, rtol=close, atol=close)


def small(seed=3, hidden=8):
    """A network of random numbers, none of them 0, for 5 and 6 words."""
    values = initialise(Settings(MODEL, hidden=hidden), 5, 6, np.float64)
    rng = np.random.default_rng(seed)
    return {k: v + rng.normal(0, 0.5, v.shape) for k, v in values.items()}


def nodes(**values):
    return {name: Node(np.array(value, float)) for name, value in values.items()}


def test_loss_and_gradients_are_those_of_pytorch():
    tape, p = [], as_nodes(VALUES)
    loss = MODEL.loss(p, SOURCE, TARGET, tape)
    assert loss.value == pytest.approx(REFERENCE["loss"], rel=1e-10)
    backward(loss, tape)
    assert set(p) == set(REFERENCE["gradients"])
    for name, grad in REFERENCE["gradients"].items():
        near(p[name].grad, grad, 1e-8)


def test_positions_are_those_of_the_paper():
    near(transformer.positions(4, 8), REFERENCE["positions"])


def test_one_look_is_pytorchs():
    x, y = VALUES["E_x"][[1, 4, 0]], VALUES["E_y"][[3, 5, 1, 2]]
    want = REFERENCE["heads"]
    near(plainly.scaled_dot_product(y, x, 2 * x)[0], want["one"])
    causal = layers.causal_mask(4, 4)
    near(plainly.scaled_dot_product(y, y, y, causal)[0], want["causal"])


def test_several_heads_are_pytorchs():
    W, want = VALUES["decoder.cross"][0], REFERENCE["heads"]
    x, y = VALUES["E_x"][[1, 4, 0]], VALUES["E_y"][[3, 5, 1, 2]]
    looked, weights = plainly.multi_head(W, y, x)
    near(looked, want["multi head"])
    near(weights, want["weights"])
    Q, KV = (
        linear(Node(y[None]), Node(W[:, :8])),
        linear(Node(x[None]), Node(W[:, 8:24])),
    )
    looked, weights = layers.multi_head_attention(Node(W), Q, KV)
    near(looked.value[0], want["multi head"])
    near(weights[0], want["weights"])


@pytest.mark.parametrize("number", [0, 1])
def test_a_layer_that_reads_is_pytorchs(number):
    x = VALUES["E_x"][SOURCE[number]] + transformer.positions(3, 8)
    layer = transformer.layers_of(VALUES, "encoder")[0]
    near(plainly.encoder_layer(layer, x)[0], SENTENCES[number]["encoder"])
    twin, _ = layers.encoder_block(nodes(**layer), Node(x[None]))
    near(twin.value[0], SENTENCES[number]["encoder"])


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("at_once", [1, 2, 9])
def test_two_layers_that_write_are_pytorchs_with_and_without_a_cache(number, at_once):
    """Word by word, two at once, all at once: always the same scores."""
    p = as_nodes(VALUES)
    memory, _ = transformer.read(p, SOURCE[number][None])
    before = np.array([[0, *REFERENCE["target"][number][:-1]]])
    past, logits = None, []
    for i in range(0, before.shape[1], at_once):
        now = before[:, i : i + at_once]
        scores, past, _ = transformer.write(p, now, memory, past)
        logits.append(scores.value[0])
    near(np.concatenate(logits), SENTENCES[number]["logits"])
    plain, _ = plainly.transformer_scores(VALUES, SOURCE[number], before[0])
    near(plain, SENTENCES[number]["logits"])


def test_layers_written_one_after_the_other_are_pytorchs():
    x = VALUES["E_x"][SOURCE[0]] + transformer.positions(3, 8)
    for layer in transformer.layers_of(VALUES, "encoder"):
        x, _ = plainly.encoder_layer(layer, x)
    before = [0, *REFERENCE["target"][0][:-1]]
    y = VALUES["E_y"][before] + transformer.positions(4, 8)
    for layer in transformer.layers_of(VALUES, "decoder"):
        y, _ = plainly.decoder_layer(layer, y, x)
    near(y, SENTENCES[0]["decoder"])


def by_the_tape(make, p):
    """Every parameter's gradient of a sum of what `make` makes, weighted unevenly."""
    tape = []
    made = make(p, tape)
    odd = np.cos(np.arange(made.value.size)).reshape(made.value.shape)

    def back(grad):
        made.grad += grad * odd

    backward(record((made.value * odd).sum(), back, tape), tape)
    return {name: node.grad.copy() for name, node in p.items()}, odd


OPERATIONS = {
    "layer_normalisation": (
        lambda p, tape: layers.layer_normalisation(p["x"], p["norm"], tape),
        {"x": (2, 3, 8), "norm": (2, 8)},
    ),
    "scaled_dot_product_attention": (
        lambda p, tape: layers.scaled_dot_product_attention(
            p["Q"], p["KV"], layers.causal_mask(3, 4), tape
        )[0],
        {"Q": (2, 3, 8), "KV": (2, 4, 16)},
    ),
    "feed_forward": (
        lambda p, tape: layers.feed_forward(p, p["x"], tape),
        {"x": (2, 3, 4), "W_1": (4, 6), "b_1": (6,), "W_2": (6, 4), "b_2": (4,)},
    ),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_gradients_of_an_operation_are_those_of_finite_differences(name):
    make, shapes = OPERATIONS[name]
    rng = np.random.default_rng(7)
    values = {k: rng.normal(size=shape) for k, shape in shapes.items()}
    grads, odd = by_the_tape(make, nodes(**values))
    for parameter, value in values.items():
        slopes = np.zeros_like(value)
        for place in np.ndindex(value.shape):
            kept, ends = value[place], []
            for shift in (1e-6, -1e-6):
                value[place] = kept + shift
                ends.append((make(nodes(**values), None).value * odd).sum())
            value[place] = kept
            slopes[place] = (ends[0] - ends[1]) / 2e-6
        error = np.linalg.norm(slopes - grads[parameter])
        assert error <= 1e-5 * np.linalg.norm(slopes), parameter


def test_a_word_never_sees_those_after_it():
    p = as_nodes(small())
    memory, _ = transformer.read(p, np.array([[1, 4, 0, 2]]))
    one, other = np.array([[0, 3, 5, 1, 2]]), np.array([[0, 3, 5, 4, 4]])
    first, second = (transformer.write(p, y, memory)[0].value[0] for y in (one, other))
    near(first[:3], second[:3], 1e-12)
    assert np.abs(first[3:] - second[3:]).max() > 0.01


def test_without_positions_the_order_of_the_source_is_lost(monkeypatch):
    """And with them it counts."""
    values, words = small(), np.array([1, 4, 0, 2])
    kept, _ = plainly.transformer_scores(values, words, [0])
    turned, _ = plainly.transformer_scores(values, words[::-1], [0])
    assert np.abs(kept - turned).max() > 0.01
    monkeypatch.setattr(plainly, "positions", lambda T, d: np.zeros((T, d)))
    kept, _ = plainly.transformer_scores(values, words, [0])
    turned, _ = plainly.transformer_scores(values, words[::-1], [0])
    near(kept, turned, 1e-12)


def test_a_mask_and_several_batches_are_those_of_the_checked_attention():
    rng = np.random.default_rng(5)
    Q, K, V = (rng.normal(size=(3, 4, 5)) for _ in range(3))
    mask = layers.causal_mask(4, 4)
    weights, context = masked_attention(Q, K, V, mask)
    ours = plainly.scaled_dot_product(Q, K, V, mask)
    near(ours[0], context, 1e-12)
    near(ours[1], weights, 1e-12)


def test_normalised_words_have_mean_0_and_variance_1():
    x = np.random.default_rng(2).normal(3, 9, (5, 16))
    gain_bias = np.array([np.ones(16), np.zeros(16)])
    ours = plainly.layer_norm(x, gain_bias)
    near(ours.mean(axis=1), 0, 1e-12)
    near(ours.var(axis=1), 1, 1e-5)
    twin = layers.layer_normalisation(Node(x), Node(gain_bias))
    near(ours, twin.value, 1e-12)


def test_what_several_heads_look_at_adds_up_to_one():
    looks = head_looks(small(), SOURCE, TARGET)
    shape = (transformer.LAYERS, 2, layers.HEADS)
    assert looks["reading"].shape == (*shape, 3, 3)
    assert looks["back"].shape == (*shape, 4, 4)
    assert looks["across"].shape == (*shape, 4, 3)
    for weights in looks.values():
        near(weights.sum(axis=-1), 1, 1e-12)
        assert np.ptp(weights, axis=2).max() > 0.1, "heads differ"
    assert not np.triu(looks["back"], 1).any()
    alpha = attend(small(), MODEL, SOURCE, TARGET)
    near(alpha, looks["across"][-1].mean(axis=1), 1e-12)


def test_what_several_heads_look_at_is_what_the_plain_functions_give():
    values = small()
    looks = head_looks(values, SOURCE, TARGET)
    for number, (source, target) in enumerate(zip(SOURCE, TARGET)):
        before = transformer.words_before(target[None])[0]
        _, across = plainly.transformer_scores(values, source, before)
        near(across, looks["across"][:, number], 1e-12)
        x = values["E_x"][source] + transformer.positions(3, 8)
        _, weights = plainly.encoder_layer(
            transformer.layers_of(values, "encoder")[0], x
        )
        near(weights, looks["reading"][0, number], 1e-12)


def test_habits_of_heads_that_look_in_one_way_only():
    """The first head at the word before, the second at itself, both across."""
    back, same = np.eye(4, k=-1), np.eye(4)
    back[0, 0] = 1
    weights = np.stack([back, same])[None, None]  # one layer, one sentence, two heads
    near(share_beside(weights, -1), [[1, 0]])
    near(share_beside(weights, 0), [[1 / 4, 1]])
    near(share_beside(weights, 1), [[0, 0]])
    links = {(0, 0), (1, 0), (2, 2), (3, 0)}
    near(share_on_links(weights, [links]), [[2 / 4, 2 / 4]])


def test_habits_of_all_heads_on_pairs_with_links():
    pairs = [
        Pair(("a", "b", "c"), ("d", "e"), frozenset({(0, 0)}), frozenset({(1, 2)})),
        Pair(("b", "c", "a"), ("e", "d"), frozenset({(0, 1)})),
    ]
    data = numericalize(pairs, ["a", "b", "c"], ["d", "e", "f", "g", "h"])
    habits = head_habits(small(), pairs, data)
    assert list(habits) == [
        "reading, word before", "reading, itself", "reading, word after",
        "back, word before", "back, itself", "across, gold links",
    ]  # fmt: skip
    looks = head_looks(small(), *data[3])
    one = looks["across"][:, 0, :, 0, 0] + looks["across"][:, 0, :, 1, 2]
    other = looks["across"][:, 1, :, 0, 1]
    near(habits["across, gold links"], (one / 2 + other) / 2)
    beside = looks["reading"][..., 1, 0] + looks["reading"][..., 2, 1]
    near(habits["reading, word before"], beside.mean(axis=1) / 2)
    near(habits["back, word before"], looks["back"][..., 1, 0].mean(axis=1))
    near(habits["back, itself"], share_beside(looks["back"][..., :2, :2], 0))


def test_networks_of_random_numbers_write_what_the_twin_writes():
    rng, written = np.random.default_rng(4), set()
    for seed in range(30):
        values, words = small(seed), rng.integers(0, 5, rng.integers(1, 9))
        ours = plainly.translate_transformer(values, words)
        assert [ours] == translate(values, MODEL, words[None])
        written.add(tuple(ours))
    assert len(written) > 15


@pytest.mark.parametrize("hidden", [3, 18, 65])
def test_a_size_that_heads_cannot_share_is_refused(hidden):
    fits = hidden + -hidden % 4
    match = f"Given hidden={hidden}. Expected a multiple of 4.*hidden={fits}"
    with pytest.raises(ValueError, match=match):
        initialise(Settings(MODEL, hidden=hidden), 5, 6)
    initialise(Settings(MODEL, hidden=fits), 5, 6)


def test_both_names_are_one_model():
    longer = transformer.transformer_trained_longer
    assert longer._replace(name=MODEL.name) == MODEL
    assert repr(longer) == "transformer_trained_longer"

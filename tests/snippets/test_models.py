"""The models against PyTorch, finite differences and all paths; their promises."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from cursors_in_step import diagonal_attention
from decoder import teacher_forcing
from evaluation import attend, translate
from model import Settings, initialise
from one_vector import fixed_context
from operations import cross_entropy
from recurrent import gru
from soft_search import additive_attention, attention_weights, soft_search
from tape import Node, Unrecorded, backward, record
from trainings import LENGTHS
from transducer import forward_algorithm, forward_backward

REFERENCE = json.loads(
    Path(__file__).parents[1].joinpath("reference").joinpath("models.json").read_text()
)
MODELS = {model.name: model for model in LENGTHS}
DIFFERENT = [*{model.loss: name for name, model in MODELS.items()}.values()]
SOURCE = np.array(REFERENCE["source"])
TARGET = np.array([[*y, *[-1] * (4 - len(y))] for y in REFERENCE["target"]])
SMALL = {"hidden": 4, "embedding": 3, "alignment": 4, "output": 6}


def nodes(values):
    return {name: Node(np.array(value, float)) for name, value in values.items()}


def sum_of_squares(x, tape):
    def back(grad):
        x.grad += 2 * x.value * grad

    return record((x.value**2).sum(), back, tape)


def loss_and_gradients(model, values, source, target):
    tape, p = [], nodes(values)
    loss = MODELS[model].loss(p, source, target, tape)
    backward(loss, tape)
    return float(loss.value), {name: node.grad for name, node in p.items()}


def small(model, seed=3):
    settings = Settings(MODELS[model], seed=seed, **SMALL)
    values = initialise(settings, 5, 6, np.float64)
    rng = np.random.default_rng(seed)
    return {k: v + rng.normal(0, 0.3, v.shape) for k, v in values.items()}


@pytest.mark.parametrize("model", [name for name in MODELS if name in REFERENCE])
def test_loss_and_gradients_are_those_of_pytorch(model):
    want = REFERENCE[model]
    loss, grads = loss_and_gradients(model, want["parameters"], SOURCE, TARGET)
    assert loss == pytest.approx(want["loss"], rel=1e-10)
    assert set(grads) == set(want["gradients"])
    for name, grad in want["gradients"].items():
        np.testing.assert_allclose(
            grads[name], grad, rtol=1e-8, atol=1e-12, err_msg=name
        )


def test_attention_weights_are_those_of_pytorch():
    want = REFERENCE["soft search"]
    values = {k: np.array(v) for k, v in want["parameters"].items()}
    alpha = attend(values, soft_search, SOURCE, TARGET)
    for ours, right in zip(alpha, want["weights"]):
        np.testing.assert_allclose(ours[: len(right)], right, rtol=1e-10)


def test_a_gru_step_is_that_of_pytorch():
    want = {k: np.array(v) for k, v in REFERENCE["gru"].items()}
    tape, (x, s, U) = [], (Node(want[k]) for k in "xsU")
    new = gru(x, s, U, tape)
    np.testing.assert_allclose(new.value, want["new"], rtol=1e-12)
    backward(sum_of_squares(new, tape), tape)
    for name, node in zip("xsU", (x, s, U)):
        np.testing.assert_allclose(node.grad, want[f"to_{name}"], rtol=1e-10)


@pytest.mark.parametrize("model", DIFFERENT)
def test_gradients_are_those_of_finite_differences(model):
    """The whole error against the whole gradient of each parameter: at most 1e-5."""
    rng = np.random.default_rng(8)
    source = rng.integers(0, 5, (3, 4))
    target = np.array([[3, 1, 5, 2, 0], [4, 0, -1, -1, -1], [2, 2, 5, 0, -1]])
    values = small(model)
    _, grads = loss_and_gradients(model, values, source, target)
    for name, value in values.items():
        slopes = np.zeros_like(value)
        for place in np.ndindex(value.shape):
            kept, ends = value[place], []
            for shift in (1e-5, -1e-5):
                value[place] = kept + shift
                p = nodes(values)
                ends.append(float(MODELS[model].loss(p, source, target).value))
            value[place] = kept
            slopes[place] = (ends[0] - ends[1]) / 2e-5
        error = np.linalg.norm(slopes - grads[name])
        assert error <= 1e-5 * max(np.linalg.norm(slopes), 1e-6), name
        assert np.linalg.norm(slopes) > 0 or name == "b_x", name


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("impossible", [0, 0.3])
@pytest.mark.parametrize("T, U", [(1, 1), (2, 3), (3, 2), (4, 4), (3, 0)])
def test_the_dynamic_programme_adds_up_every_path(T, U, impossible, dtype):
    """Against walking all paths of the grid one by one; some moves of probability 0."""
    rng = np.random.default_rng(T * 10 + U)
    chances = rng.uniform(0.1, 0.9, (2, T, U + 1))
    chances *= rng.random(chances.shape) >= impossible
    with np.errstate(divide="ignore"):
        write_, advance = np.log(chances).astype(dtype)
    total = np.zeros(U + 1)
    through = np.zeros((2, T, U + 1))
    for u_end in range(U + 1):
        for places in itertools.combinations_with_replacement(range(T), u_end):
            log_p, u, used = 0, 0, []
            for t in range(T):
                for _ in range(places.count(t)):
                    log_p += write_[t, u]
                    used.append((0, t, u))
                    u += 1
                log_p += advance[t, u]
                used.append((1, t, u))
            total[u_end] += np.exp(log_p)
            if u_end == U:
                for move in used:
                    through[move] += np.exp(log_p)
    here, done = forward_algorithm(write_, advance)
    assert here.dtype == done.dtype == dtype
    close = {np.float32: 1e-5, np.float64: 1e-10}[dtype]
    np.testing.assert_allclose(np.exp(done), total, rtol=close)
    log_p, by_writing, by_advancing = forward_backward(
        write_[..., None], advance[..., None], np.array([U])
    )
    assert np.exp(log_p[0]) == pytest.approx(total[U], rel=close)
    shares = np.stack([by_writing, by_advancing])[..., 0]
    wanted = through / (total[U] or 1)
    np.testing.assert_allclose(shares, wanted, rtol=close, atol=1e-14)


def test_logarithms_that_are_integers_are_not_cut_to_integers():
    moves = np.full((2, 3), -1)
    for ours, right in zip(
        forward_algorithm(moves, moves), forward_algorithm(moves * 1.0, moves * 1.0)
    ):
        np.testing.assert_array_equal(ours, right)


@pytest.mark.parametrize("lengths", [[-1, 2], [0, 3]])
def test_a_translation_longer_than_the_grid_is_refused(lengths):
    half = np.log(np.full((2, 3, 2), 0.5))
    with pytest.raises(ValueError, match="Given translations of .* 0 to 2 words. Exp"):
        forward_backward(half, half, np.array(lengths))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_loss_of_what_was_thought_impossible_is_finite(dtype):
    loss = cross_entropy(Node(np.array([[0, 200]], dtype)), np.array([0]))
    assert loss.value == 200 and loss.value.dtype == dtype


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("gate", [-1000, 1000])
def test_gates_that_are_shut_or_open_neither_warn_nor_learn(gate, dtype):
    x = Node(np.array([[gate, gate, 0.5]], dtype))
    s, U, tape = Node(np.full((1, 1), 2, dtype)), Node(np.zeros((1, 3), dtype)), []
    with np.errstate(all="raise"):
        new = gru(x, s, U, tape)
        backward(new, tape)
    is_open = gate > 0
    assert new.value == pytest.approx(np.tanh(0.5) if is_open else 2, rel=1e-6)
    slope = 1 - np.tanh(0.5) ** 2
    assert x.grad[0].tolist() == pytest.approx([0, 0, slope * is_open], rel=1e-6)
    assert s.grad[0, 0] == 1 - is_open and new.value.dtype == dtype


def test_attention_starts_uniform_because_v_is_zero():
    p = initialise(Settings(soft_search), 20, 30)
    source = np.arange(14).reshape(2, 7)
    alpha = attend(p, soft_search, source, np.array([[5, 6, 0], [7, 0, -1]]))
    np.testing.assert_allclose(alpha, 1 / 7, rtol=1e-6)


def test_attention_weights_add_up_to_one_over_the_source():
    values = {k: v * 3 for k, v in small("soft search").items()}
    alpha = attend(values, soft_search, np.array([[0, 1, 2, 3], [4, 3, 2, 1]]), TARGET)
    assert alpha.shape == (2, 4, 4)
    np.testing.assert_allclose(alpha.sum(axis=-1), 1, rtol=1e-12)
    assert np.ptp(alpha) > 0.1


@pytest.mark.parametrize("model", MODELS)
def test_a_translation_does_not_depend_on_the_rest_of_the_batch(model):
    values = {k: v * 2 for k, v in small(model, seed=2).items()}
    source = np.random.default_rng(0).integers(0, 5, (6, 7))
    together = translate(values, MODELS[model], source)
    assert together == [
        translate(values, MODELS[model], row[None])[0] for row in source
    ]
    assert len(set(map(tuple, together))) > 1 or model == "one vector"


@pytest.mark.parametrize("model", MODELS)
def test_a_translation_without_end_has_twice_the_words_and_five(model):
    values = small(model)
    values["b_v"][0] = -1e3  # neither an end nor an advance
    for places in (1, 4):
        source = np.zeros((3, places), int)
        assert {len(y) for y in translate(values, MODELS[model], source)} == {
            2 * places + 5
        }


@pytest.mark.parametrize("model", MODELS)
def test_translating_runs_in_float64_whatever_it_is_given(model, monkeypatch):
    """Which of two words is likelier must not hang on the last digits of float32."""
    seen = set()
    made = Node.__init__

    def watched(node, value, grad=None):
        seen.add(np.asarray(value).dtype)
        made(node, value, grad)

    monkeypatch.setattr(Node, "__init__", watched)
    model = MODELS[model]
    values = initialise(Settings(model, **SMALL), 5, 6)
    monkeypatch.setattr(Unrecorded, "__init__", watched)
    translate(values, model, SOURCE)
    if model.attend:
        attend(values, model, SOURCE, TARGET)
    assert seen == {np.dtype(float)}


@pytest.mark.parametrize("model", MODELS)
def test_what_follows_the_end_does_not_count(model):
    values = small(model)
    longer = np.pad(TARGET, ((0, 0), (0, 3)), constant_values=-1)
    short = loss_and_gradients(model, values, SOURCE, TARGET)
    long = loss_and_gradients(model, values, SOURCE, longer)
    assert short[0] == pytest.approx(long[0], rel=1e-12)
    for name in values:
        np.testing.assert_allclose(short[1][name], long[1][name], rtol=1e-9, atol=1e-15)


def test_fixing_the_context_to_the_last_forward_state_gives_the_one_vector_model():
    """The paper, App. A.2.2: its own model without attention."""
    s_0, look = fixed_context(nodes(small("one vector")), SOURCE)
    contexts = {id(look(s_0, i)[0]) for i in range(5)}
    assert len(contexts) == 1 and look(s_0, 0)[1] is None


def test_without_tanh_the_state_cancels_out_of_the_softmax():
    rng = np.random.default_rng(5)
    Uh, v = rng.normal(size=(1, 6, 4)), rng.normal(size=4)
    plain = [attention_weights(Node((Ws + Uh) @ v)).value
             for Ws in rng.normal(size=(3, 4))]  # fmt: skip
    squashed = [attention_weights(Node(np.tanh(Ws + Uh) @ v)).value
                for Ws in rng.normal(size=(3, 4))]  # fmt: skip
    np.testing.assert_allclose(plain[0], plain[1], rtol=1e-10)
    assert np.abs(squashed[0] - squashed[1]).max() > 0.01


def test_cursors_in_step_stay_on_the_last_word():
    s, look = diagonal_attention(nodes(small("cursors in step")), SOURCE)
    places = [look(s, i)[0].value for i in range(5)]
    assert not np.allclose(places[1], places[2])
    np.testing.assert_array_equal(places[2], places[4])


def test_float32_in_float32_out():
    for model in MODELS.values():
        values = initialise(Settings(model, **SMALL), 5, 6)
        tape, p = [], {name: Node(value) for name, value in values.items()}
        backward(model.loss(p, SOURCE, TARGET, tape), tape)
        assert {node.grad.dtype for node in p.values()} == {np.dtype(np.float32)}


def test_a_name_instead_of_a_model_is_refused():
    with pytest.raises(ValueError, match="Given the model 'soft search'.*Import it"):
        initialise(Settings("soft search"), 5, 6)


def test_teacher_forcing_scores_every_word_at_every_place():
    p = nodes(small("soft search"))
    logits, alphas = teacher_forcing(p, TARGET, *additive_attention(p, SOURCE))
    assert logits.value.shape == (4, 2, 6) and len(alphas) == 4

"""Each plain function of `forward.py` and its like against its twin, which trains."""

import ast
from functools import cache
from pathlib import Path

import attention as checked
import decoder
import encoder
import forward
import numpy as np
import pytest
import recurrent
import soft_search
import transducer
import two_cursors
from batches import numericalize
from corpus import make_corpus, vocabularies
from evaluation import as_nodes, translate
from forward_transformer import translate_transformer
from model import Settings, initialise
from one_vector import fixed_context
from replay import read_record, record_name
from tape import Node
from trainings import LENGTHS

from builder.notebook.include import extract

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets"
FILES = SNIPPETS / "forward.py", SNIPPETS / "forward_transformer.py"
MODELS = {repr(model): model for model in LENGTHS}
PLAIN = {
    "one_vector": forward.translate_one_vector,
    "cursors_in_step": forward.translate_in_step,
    "soft_search": forward.translate_soft_search,
    "two_cursors": forward.translate_two_cursors,
    "transformer": translate_transformer,
    "transformer_trained_longer": translate_transformer,
}
RNG = np.random.default_rng(2014)
WORDS = np.array([3, 0, 4, 4, 1, 2, 0])


def parameters(model):
    """Those of a small network, none of them 0."""
    size = {"hidden": 8, "embedding": 3, "alignment": 4, "output": 6}
    values = initialise(Settings(MODELS[model], **size), 5, 6, np.float64)
    return {k: v + RNG.normal(0, 0.5, v.shape) for k, v in values.items()}


@cache
def recorded(model):
    file = SNIPPETS / "records" / f"{record_name(Settings(MODELS[model]))}.npz"
    return read_record(file)[1].parameters


def equal(ours, twin):
    np.testing.assert_allclose(ours, twin, rtol=1e-6, atol=1e-12)


def draw(*shapes):
    return [RNG.normal(size=shape) for shape in shapes]


def test_a_cell_is_its_twin():
    x, s, U = draw((15,), (5,), (5, 15))
    equal(
        forward.gru_cell(x, s, U), recurrent.gru(*map(Node, (x, s[None], U))).value[0]
    )


def test_states_along_a_sequence_are_those_of_the_twin():
    x, U = draw((7, 15), (5, 15))
    twin = recurrent.run_gru(Node(x[:, None]), Node(U))
    equal(forward.gru_states(x, U), [s.value[0] for s in twin])


@pytest.mark.parametrize("axis", [0, 1])
def test_the_softmax_is_the_one_with_checks(axis):
    (scores,) = draw((4, 5))
    equal(forward.stable_softmax(scores, axis), checked.softmax(scores, axis=axis))
    twin = soft_search.attention_weights(Node(scores)).value
    equal(forward.stable_softmax(scores), twin)


def test_scores_and_soft_attention_are_those_of_the_twins():
    s, h, W, U, v = draw((5,), (7, 10), (5, 4), (10, 4), (4,))
    e = soft_search.energies(Node(s[None] @ W), Node((h @ U)[None]), Node(v))
    equal(forward.additive_scores(s, h, W, U, v), e.value[0])
    weights = soft_search.attention_weights(e)
    c, alpha = forward.soft_attention(s, h, W, U, v)
    equal(alpha, weights.value[0])
    equal(c, soft_search.context(weights, Node(h[None])).value[0])


@pytest.mark.parametrize("T, U", [(1, 1), (2, 3), (5, 2), (20, 20)])
def test_probabilities_of_passing_are_those_of_the_twin(T, U):
    write, advance = RNG.uniform(0.05, 0.95, (2, T, U + 1))
    here, done = transducer.forward_algorithm(np.log(write), np.log(advance))
    passing = forward.forward_probabilities(write, advance)
    equal(passing, np.exp(here))
    equal(passing[-1] * advance[-1], np.exp(done))


@pytest.mark.parametrize("source", [parameters, recorded])
def test_what_is_read_of_a_sentence_is_what_the_twins_read(source):
    plain = forward.float64_parameters(source("one_vector"))
    s_0, look = fixed_context(as_nodes(plain), WORDS[None])
    equal(forward.encode(plain, WORDS), look(s_0, 0)[0].value[0])
    plain = forward.float64_parameters(source("soft_search"))
    p = as_nodes(plain)
    twin, _ = encoder.bidirectional_encoder(p, WORDS[None])
    h = forward.annotations(plain, WORDS)
    equal(h, twin.value[0])
    s_0, look = soft_search.additive_attention(p, WORDS[None])
    s = forward.initial_state(plain, h)
    equal(s, s_0.value[0])
    weights = (plain[name] for name in ("W_a", "U_a", "v_a"))
    c, alpha = forward.soft_attention(s, h, *weights)
    equal(c, look(s_0, 0)[0].value[0])
    equal(alpha, look(s_0, 0)[1].value[0])


@pytest.mark.parametrize("source", [parameters, recorded])
def test_a_step_of_the_decoder_is_the_twins(source):
    plain = forward.float64_parameters(source("one_vector"))
    p, n = as_nodes(plain), len(plain["U"])
    s, c, Ey = *draw((n,), (n,)), plain["E_y"][2]
    nodes = [Node(one[None]) for one in (s, Ey, c)]
    new, *_ = decoder.decoder_step(p, *nodes[:2], lambda s, i: (nodes[2], None), 0)
    equal(forward.decoder_cell(plain, s, Ey, c), new.value[0])
    twin = decoder.output_layer(p, *nodes).value[0]
    equal(forward.word_scores(plain, s, Ey, c), twin)


@pytest.mark.parametrize("source", [parameters, recorded])
def test_scores_of_moves_are_the_twins(source):
    plain = forward.float64_parameters(source("two_cursors"))
    h_t, s = draw((len(plain["A"]),), (len(plain["U"]),))
    twin = two_cursors.joint_network(
        as_nodes(plain), Node(h_t[None, None]), Node(s[None, None])
    )
    equal(forward.move_scores(plain, h_t, s), twin.value[0, 0, 0])


@pytest.mark.parametrize("model", MODELS)
def test_networks_of_random_numbers_write_what_the_twin_writes(model):
    written = set()
    for _ in range(30):
        values, words = parameters(model), RNG.integers(0, 5, RNG.integers(1, 9))
        ours = PLAIN[model](values, words)
        assert [ours] == translate(values, MODELS[model], words[None])
        written.add(tuple(ours))
    assert len(written) > 15


@pytest.mark.parametrize("model", MODELS)
def test_recorded_networks_write_what_the_twin_writes(model):
    plain = forward.float64_parameters(recorded(model))
    for source in some_test_sentences():
        twin = translate(recorded(model), MODELS[model], source)
        assert [PLAIN[model](plain, words) for words in source] == twin


@cache
def some_test_sentences():
    corpus = make_corpus(seed=1)
    data = numericalize(corpus.test, *vocabularies(corpus.train))
    return [source[:3] for source, _ in data.values()]


def functions():
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef):
                yield pytest.param(text, node.name, id=node.name)


@pytest.mark.parametrize("text, name", [*functions()])
def test_a_page_can_show_it(text, name):
    """What the page shows, without docstring: at most 25 lines of 72 columns."""
    lines = extract(text, name).splitlines()
    assert len(lines) <= 25 and max(map(len, lines)) <= 72

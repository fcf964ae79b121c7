"""The scores that papers name against loops, and the product that learns."""

from itertools import product

import numpy as np
import pytest
from evaluation import attend, translate
from forward import (
    additive_scores,
    annotations,
    initial_state,
    stable_softmax,
    translate_greedily,
)
from model import Settings, initialise
from scores import (
    concat_scores,
    cosine_scores,
    dot_scores,
    general_scores,
    imitate,
    scaled_dot_scores,
    search_by_product,
)
from soft_search import soft_search
from states import asking_states

RNG = np.random.default_rng(2015)
S, H = RNG.normal(size=3), RNG.normal(size=(4, 5))
W, U, V = RNG.normal(size=(3, 6)), RNG.normal(size=(5, 6)), RNG.normal(size=6)


def test_general_is_the_sum_that_the_paper_writes():
    between = RNG.normal(size=(3, 5))
    ours = general_scores(S, H, between)
    for j, got in enumerate(ours):
        places = product(range(3), range(5))
        terms = [S[a] * between[a, b] * H[j, b] for a, b in places]
        assert got == pytest.approx(sum(terms))


def test_concat_joins_each_pair_and_is_the_additive_score():
    ours = concat_scores(S, H, np.vstack([W, U]), V)
    for j, got in enumerate(ours):
        sums = [
            sum(S[a] * W[a, k] for a in range(3))
            + sum(H[j, b] * U[b, k] for b in range(5))
            for k in range(6)
        ]
        assert got == pytest.approx(sum(V[k] * np.tanh(sums[k]) for k in range(6)))
    np.testing.assert_allclose(ours, additive_scores(S, H, W, U, V))


def test_the_products_differ_only_in_their_scale():
    q, k = [3.0, 0.0, 0.0, 4.0], [[1.0, 9.0, 9.0, 2.0], [0.0, 1.0, 0.0, 0.0]]
    assert dot_scores(np.array(q), np.array(k)).tolist() == [11.0, 0.0]
    assert scaled_dot_scores(np.array(q), np.array(k)).tolist() == [5.5, 0.0]


def test_a_cosine_knows_no_length():
    k = np.array([[6.0, 8.0], [-0.3, -0.4], [-4.0, 3.0]])
    ours = cosine_scores(np.array([30.0, 40.0]), k, 5)
    np.testing.assert_allclose(ours, [5, -5, 0], atol=1e-12)


@pytest.fixture(scope="module")
def network():
    """A small one with random parameters, none of them 0; sources and targets."""
    size = {"hidden": 6, "embedding": 3, "alignment": 4, "output": 5}
    values = initialise(Settings(soft_search, **size), 5, 7, np.float64)
    rng = np.random.default_rng(3)
    p = {name: value + rng.normal(0, 1, value.shape) for name, value in values.items()}
    return (
        p,
        np.array([[3, 0, 4, 4, 1], [1, 2, 2, 0, 3]]),
        np.array([[2, 6, 0], [1, 0, -1]]),
    )


def own(p):
    return lambda s, h: additive_scores(s, h, p["W_a"], p["U_a"], p["v_a"])


def test_the_states_ask_as_the_network_that_trains_does(network):
    p, source, target = network
    s, h, alpha = asking_states(p, source, target)
    maps = attend(p, soft_search, source, target)
    np.testing.assert_array_equal(alpha, maps)
    for places in np.ndindex(s.shape[:2]):
        weights = stable_softmax(own(p)(s[places], h[places[0]]))
        np.testing.assert_allclose(weights, maps[places])
    np.testing.assert_allclose(h[1], annotations(p, source[1]))


def test_a_product_steers_in_place_of_the_sum(network):
    """Against the plain way forward, a sentence at a time."""
    p, source, target = network
    rng = np.random.default_rng(9)
    W_Q, W_K = rng.normal(size=(6, 4)), rng.normal(size=(12, 4))
    model, weights = search_by_product(W_Q, W_K), []
    for words, ours in zip(source, translate(p, model, source)):
        h = annotations(p, words)

        def look(s, i, h=h):
            weights.append(stable_softmax(scaled_dot_scores(s @ W_Q, h @ W_K)))
            return weights[-1] @ h

        s_0 = initial_state(p, h)
        assert ours == translate_greedily(p, words, s_0, look)
    first = attend(p, model, source, target)[0, 0]
    np.testing.assert_allclose(first, weights[0])
    assert translate(p, model, source) != translate(p, soft_search, source)


def test_a_product_learns_lessons_by_heart():
    rng = np.random.default_rng(4)
    s, h = rng.normal(size=(3, 2, 3)), rng.normal(size=(3, 3, 5))
    W, U, v = rng.normal(size=(3, 8)), rng.normal(size=(5, 8)), rng.normal(size=8)
    scores = [
        [additive_scores(one, notes, W, U, v) for one in states]
        for states, notes in zip(s, h)
    ]
    lessons = [(s, h, stable_softmax(np.array(scores)))]
    before, after = (
        distance(*imitate(lessons, W, U, steps), *lessons[0]) for steps in (0, 300)
    )
    assert after < 0.05 * before


def distance(W_Q, W_K, s, h, wanted):
    total = [
        np.abs(stable_softmax(scaled_dot_scores(one @ W_Q, notes @ W_K)) - alpha).sum()
        for states, notes, rows in zip(s, h, wanted)
        for one, alpha in zip(states, rows)
    ]
    return np.mean(total)

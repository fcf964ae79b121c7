"""Tests of snippets/attention.py.

Four independent witnesses: numbers of PyTorch (tests/reference/attention.json), plain
Python loops, properties that hold for any input, and every error with its message.
Warnings count as errors throughout.
"""

import ast
import code
import inspect
import json
import math
from pathlib import Path

import attention as snippets
import numpy as np
import pytest
from attention import (
    attention,
    check_arrays,
    dot_product_scores,
    masked_attention,
    scaled_dot_product_scores,
    softmax,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from builder.notebook.include import extract

pytestmark = pytest.mark.filterwarnings("error")

repeatable = settings(derandomize=True, database=None, deadline=None, max_examples=100)

DTYPES = ["float32", "float64"]
TOLERANCE = {"float32": 1e-6, "float64": 1e-12}
KEPT = Path(__file__).parents[1] / "reference" / "attention.json"
REFERENCE = json.loads(KEPT.read_text(encoding="utf-8"))


def assert_close(actual, expected, tolerance):
    """Same shape, same numbers up to an absolute tolerance."""
    assert np.shape(actual) == np.shape(expected)
    np.testing.assert_allclose(actual, expected, rtol=0, atol=tolerance)


def some_arrays(seed=0, batch=(), n_queries=3, n_keys=4, d=5, d_v=2, dtype=float):
    """Queries, keys and values with normal entries."""
    rng = np.random.default_rng(seed)
    shapes = (*batch, n_queries, d), (*batch, n_keys, d), (*batch, n_keys, d_v)
    return [rng.standard_normal(shape).astype(dtype) for shape in shapes]


# --- PyTorch -------------------------------------------------------------------------


def test_reference_says_how_it_was_made():
    about = REFERENCE["about"]
    assert about["made_by"] == "tests/reference/make_attention.py"
    assert about["torch"].startswith("2.13.0")
    assert [case["batch"] for case in REFERENCE["attention"]] == [[], [2], [2, 3]]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("case", REFERENCE["attention"], ids=lambda c: str(c["batch"]))
@pytest.mark.parametrize("kind", ["plain", "masked"])
def test_attention_agrees_with_pytorch(case, kind, dtype):
    arrays = [np.array(case[name], dtype) for name in ("queries", "keys", "values")]
    if kind == "plain":
        weights, context = attention(*arrays)
    else:
        weights, context = masked_attention(*arrays, case["mask"])
    assert weights.dtype == context.dtype == dtype
    assert_close(weights, case[dtype][kind]["weights"], TOLERANCE[dtype])
    assert_close(context, case[dtype][kind]["context"], TOLERANCE[dtype])


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("case", REFERENCE["softmax"], ids=lambda c: str(c["axis"]))
def test_softmax_agrees_with_pytorch(case, dtype):
    weights = softmax(np.array(case["scores"], dtype), axis=case["axis"])
    assert weights.dtype == dtype
    assert_close(weights, case[dtype], TOLERANCE[dtype])


# --- Plain Python loops --------------------------------------------------------------


def loop_scores(queries, keys, scale):
    return [
        [sum(q * k for q, k in zip(query, key, strict=True)) * scale for key in keys]
        for query in queries
    ]


def loop_attention(queries, keys, values, mask):
    """Attention of one batch entry, by the definition, in Python floats."""
    all_weights, all_contexts = [], []
    for i, scores in enumerate(loop_scores(queries, keys, len(keys[0]) ** -0.5)):
        weights = [math.exp(s) if mask[i][j] else 0.0 for j, s in enumerate(scores)]
        total = math.fsum(weights)
        weights = [weight / total for weight in weights]
        all_weights.append(weights)
        all_contexts.append(
            [
                math.fsum(w * v for w, v in zip(weights, column, strict=True))
                for column in zip(*values, strict=True)
            ]
        )
    return all_weights, all_contexts


@pytest.mark.parametrize("batch", [(), (2,), (2, 3)])
def test_scores_agree_with_loops(batch):
    queries, keys, _ = some_arrays(1, batch)
    dot = dot_product_scores(queries, keys)
    scaled = scaled_dot_product_scores(queries, keys)
    assert dot.shape == scaled.shape == (*batch, 3, 4)
    for index in np.ndindex(batch):
        one = queries[index].tolist(), keys[index].tolist()
        assert_close(dot[index], loop_scores(*one, 1.0), 1e-12)
        assert_close(scaled[index], loop_scores(*one, 5**-0.5), 1e-12)


@pytest.mark.parametrize("batch", [(), (2,), (2, 3)])
def test_attention_agrees_with_loops(batch):
    arrays = some_arrays(2, batch)
    mask = np.random.default_rng(3).random((*batch, 3, 4)) < 0.5
    mask[..., 0] = True
    plain = attention(*arrays)
    masked = masked_attention(*arrays, mask)
    for index in np.ndindex(batch):
        one = [array[index].tolist() for array in arrays]
        everything = loop_attention(*one, np.full((3, 4), True).tolist())
        part = loop_attention(*one, mask[index].tolist())
        for actual, expected in zip(plain + masked, everything + part, strict=True):
            assert_close(actual[index], expected, 1e-12)


# --- Shapes, dtypes, lists -----------------------------------------------------------


@pytest.mark.parametrize(
    ("q_batch", "k_batch", "v_batch", "weights_batch", "context_batch"),
    [
        ((), (), (), (), ()),
        ((2,), (), (), (2,), (2,)),
        ((), (2,), (2,), (2,), (2,)),
        ((), (), (2,), (), (2,)),
        ((2, 1), (3,), (1, 1), (2, 3), (2, 3)),
        ((2, 3), (2, 3), (2, 3), (2, 3), (2, 3)),
        ((4, 1, 1), (2, 1), (3,), (4, 2, 1), (4, 2, 3)),
    ],
)
def test_leading_shapes_broadcast(
    q_batch, k_batch, v_batch, weights_batch, context_batch
):
    queries = some_arrays(4, q_batch)[0]
    keys = some_arrays(5, k_batch)[1]
    values = some_arrays(6, v_batch)[2]
    weights, context = attention(queries, keys, values)
    assert weights.shape == (*weights_batch, 3, 4)
    assert context.shape == (*context_batch, 3, 2)
    spread = [
        np.broadcast_to(array, context_batch + array.shape[-2:])
        for array in (queries, keys, values)
    ]
    for index in np.ndindex(context_batch):
        one_weights, one_context = attention(*[array[index] for array in spread])
        assert_close(context[index], one_context, 1e-12)
        of_all = np.broadcast_to(weights, (*context_batch, 3, 4))
        assert_close(of_all[index], one_weights, 1e-12)


@pytest.mark.parametrize("shape", [(1,), (4,), (1, 4), (3, 1), (3, 4), (2, 3, 4)])
def test_mask_broadcasts(shape):
    arrays = some_arrays(7, batch=(2,))
    mask = np.random.default_rng(8).random(shape) < 0.5
    mask[..., 0] = True
    full = np.broadcast_to(mask, (2, 3, 4)).copy()
    actual = masked_attention(*arrays, mask.tolist())
    expected = masked_attention(*arrays, full)
    for one, other in zip(actual, expected, strict=True):
        np.testing.assert_array_equal(one, other)
    assert ((actual[0] > 0) == full).all()


@pytest.mark.parametrize(
    ("given_dtype", "expected"),
    [
        ("float32", "float32"),
        ("float64", "float64"),
        ("int8", "float64"),
        ("int32", "float64"),
        ("int64", "float64"),
        ("uint8", "float64"),
        ("bool", "float64"),
    ],
)
def test_dtype(given_dtype, expected):
    queries, keys, values = (
        np.eye(3, dtype=given_dtype),
        np.ones((4, 3), given_dtype),
        np.ones((4, 2), given_dtype),
    )
    results = [
        softmax(keys, axis=0),
        dot_product_scores(queries, keys),
        scaled_dot_product_scores(queries, keys),
        *attention(queries, keys, values),
        *masked_attention(queries, keys, values, np.full((3, 4), True)),
    ]
    assert [str(result.dtype) for result in results] == [expected] * 7


def test_small_integers_do_not_wrap_around():
    small = np.array([[100, 100]], dtype=np.int8)
    assert dot_product_scores(small, small).tolist() == [[20000.0]]
    assert softmax(np.array([-100, 100], dtype=np.int8), axis=0)[1] == 1.0


def test_lists_are_accepted():
    queries, keys, values = some_arrays(9)
    mask = np.tri(3, 4, dtype=bool)
    lists = queries.tolist(), keys.tolist(), values.tolist()
    pairs = [
        (softmax(lists[0], axis=0), softmax(queries, axis=0)),
        (dot_product_scores(*lists[:2]), dot_product_scores(queries, keys)),
        (
            scaled_dot_product_scores(*lists[:2]),
            scaled_dot_product_scores(queries, keys),
        ),
        *zip(attention(*lists), attention(queries, keys, values), strict=True),
        *zip(
            masked_attention(*lists, mask.tolist()),
            masked_attention(queries, keys, values, mask),
            strict=True,
        ),
    ]
    for from_lists, from_arrays in pairs:
        np.testing.assert_array_equal(from_lists, from_arrays)


def test_inputs_are_left_as_they_were():
    arrays = some_arrays(10)
    mask = np.tri(3, 4, dtype=bool)
    before = [array.copy() for array in (*arrays, mask)]
    attention(*arrays)
    masked_attention(*arrays, mask)
    softmax(arrays[0], axis=0)
    for array, copy in zip((*arrays, mask), before, strict=True):
        np.testing.assert_array_equal(array, copy)


# --- Extreme scores ------------------------------------------------------------------


@pytest.mark.parametrize("dtype", DTYPES)
def test_large_scores_neither_overflow_nor_warn(dtype):
    scores = np.array([[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4]], dtype)
    expected = np.array([[1.0, 0.0, 0.0], [1 / 3, 1 / 3, 1 / 3]], dtype)
    with np.errstate(all="raise"):
        assert_close(softmax(scores, axis=1), expected, TOLERANCE[dtype])
    queries, keys = np.array([[100.0], [-100.0]], dtype), np.array([[100.0], [-100.0]])
    keys, values = keys.astype(dtype), np.array([[7.0], [9.0]], dtype)
    assert scaled_dot_product_scores(queries, keys).max() == 1e4
    every = np.full((2, 2), True)
    for weights, context in (
        attention(queries, keys, values),
        masked_attention(queries, keys, values, every),
    ):
        assert weights.tolist() == [[1.0, 0.0], [0.0, 1.0]]
        assert context.tolist() == [[7.0], [9.0]]
        assert weights.dtype == context.dtype == dtype
    _, context = masked_attention(queries, keys, values, ~np.eye(2, dtype=bool))
    assert context.tolist() == [[9.0], [7.0]]


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_whole_range_of_floats_does_not_warn(dtype):
    largest = np.finfo(dtype).max
    scores = np.array([-np.inf, -largest, 0.0, largest], dtype)
    with np.errstate(all="raise"):
        assert softmax(scores, axis=0).tolist() == [0.0, 0.0, 0.0, 1.0]


# --- Properties ----------------------------------------------------------------------


@st.composite
def arrays_of_attention(draw):
    """Queries, keys and values of one dtype, with up to two leading axes."""
    dtype = np.dtype(draw(st.sampled_from(DTYPES)))
    batch = draw(hnp.array_shapes(min_dims=0, max_dims=2, max_side=3))
    n_queries, n_keys, d, d_v = (draw(st.integers(1, 4)) for _ in range(4))
    numbers = st.floats(-8, 8, width=32, allow_subnormal=False)
    return [
        draw(hnp.arrays(dtype, (*batch, *shape), elements=numbers))
        for shape in ((n_queries, d), (n_keys, d), (n_keys, d_v))
    ]


@st.composite
def arrays_and_mask(draw):
    """The same, and a mask that lets every query look at one key at least."""
    queries, keys, values = draw(arrays_of_attention())
    n_queries, n_keys = queries.shape[-2], keys.shape[-2]
    mask = draw(hnp.arrays(bool, (n_queries, n_keys)))
    seen = draw(
        st.lists(st.integers(0, n_keys - 1), min_size=n_queries, max_size=n_queries)
    )
    mask[np.arange(n_queries), seen] = True
    return queries, keys, values, mask


def rounding(array, scale=1.0):
    """Room for rounding: scores up to 128 in size, a few operations on each."""
    return 1000 * np.finfo(array.dtype).eps * scale


eighths = st.integers(-800, 800).map(lambda n: n / 8)  # sums of these are exact


@repeatable
@given(arrays_and_mask())
def test_rows_sum_to_one(case):
    *arrays, mask = case
    for weights in (attention(*arrays)[0], masked_attention(*arrays, mask)[0]):
        assert (weights >= 0).all()
        assert_close(weights.sum(axis=-1), np.ones(weights.shape[:-1]), 1e-6)


@repeatable
@given(
    hnp.arrays(float, hnp.array_shapes(max_dims=3, max_side=4), elements=eighths),
    st.data(),
)
def test_softmax_sums_to_one_along_its_axis_only(scores, data):
    axis = data.draw(st.integers(-scores.ndim, scores.ndim - 1))
    weights = softmax(scores, axis=axis)
    assert_close(weights.sum(axis=axis), np.ones_like(scores.sum(axis=axis)), 1e-12)
    lines = np.moveaxis(scores, axis, -1)
    turned = np.moveaxis(softmax(lines, axis=-1), -1, axis)
    assert_close(weights, turned, 1e-12)


@repeatable
@given(arrays_and_mask(), st.data())
def test_order_of_keys_and_values_does_not_matter(case, data):
    queries, keys, values, mask = case
    order = data.draw(st.permutations(range(keys.shape[-2])))
    turned = queries, keys[..., order, :], values[..., order, :]
    for before, after in (
        (attention(queries, keys, values), attention(*turned)),
        (
            masked_attention(queries, keys, values, mask),
            masked_attention(*turned, mask[:, order]),
        ),
    ):
        assert_close(after[0], before[0][..., order], rounding(values))
        assert_close(after[1], before[1], rounding(values, scale=8))


@repeatable
@given(
    st.sampled_from(DTYPES),
    hnp.arrays(float, hnp.array_shapes(max_dims=2, max_side=4), elements=eighths),
    st.integers(-10_000, 10_000),
)
def test_shifting_all_scores_changes_nothing(dtype, scores, shift):
    scores = scores.astype(dtype)
    shifted = softmax(scores + np.array(shift, dtype), axis=-1)
    np.testing.assert_array_equal(shifted, softmax(scores, axis=-1))


@repeatable
@given(arrays_of_attention())
def test_context_lies_between_the_values(arrays):
    values = arrays[2]
    _, context = attention(*arrays)
    room = rounding(values)
    assert (context >= values.min(axis=-2, keepdims=True) - room).all()
    assert (context <= values.max(axis=-2, keepdims=True) + room).all()


@repeatable
@given(arrays_and_mask())
def test_a_masked_key_is_a_removed_key(case):
    queries, keys, values, mask = case
    weights, context = masked_attention(queries, keys, values, mask)
    assert (weights[..., ~mask] == 0).all()
    for i, kept in enumerate(mask):
        one_weights, one_context = attention(
            queries[..., [i], :], keys[..., kept, :], values[..., kept, :]
        )
        assert_close(weights[..., [i], :][..., kept], one_weights, rounding(values))
        assert_close(context[..., [i], :], one_context, rounding(values, scale=8))


@repeatable
@given(arrays_of_attention())
def test_a_mask_that_hides_nothing_changes_nothing(arrays):
    plain = attention(*arrays)
    masked = masked_attention(*arrays, True)
    for one, other in zip(plain, masked, strict=True):
        np.testing.assert_array_equal(one, other)


# --- Errors: what was given, what was expected, what to do ---------------------------


def assert_explains(function, *fragments):
    """The call raises a ValueError, without a warning, that says all the fragments."""
    with np.errstate(all="raise"), pytest.raises(ValueError) as caught:
        function()
    message = str(caught.value)
    for fragment in fragments:
        assert fragment in message
    return message


NAN, INF = math.nan, math.inf
NO_SCORES = "Expected at least one score, no NaN, no +inf, and a finite score in every"


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    ("scores", "axis", "found"),
    [
        ([0, NAN], 0, "2 scores of shape (2,) for a softmax along axis=0: 1 NaN, 0 +"),
        ([[0, 1], [NAN, -INF]], 1, "shape (2, 2) for a softmax along axis=1: 1 NaN,"),
        ([INF, 0, INF], 0, "0 NaN, 2 +inf, 0 slices"),
        ([INF, NAN], -1, "axis=-1: 1 NaN, 1 +inf, 0 slices"),
        ([-INF], 0, "1 scores of shape (1,)"),
        ([[0, 1], [-INF, -INF]], 1, "0 NaN, 0 +inf, 1 slices of only -inf (fully"),
        ([[0, -INF], [1, -INF]], 0, "along axis=0: 0 NaN, 0 +inf, 1 slices of only"),
        ([[-INF, -INF]], None, "axis=None: 0 NaN, 0 +inf, 1 slices of only -inf"),
        ([], 0, "Given 0 scores of shape (0,)"),
        (np.ones((0, 3)), 0, "Given 0 scores of shape (0, 3)"),
        (np.ones((0, 3)), 1, "Given 0 scores of shape (0, 3)"),
        (np.ones((3, 0)), -1, "Given 0 scores of shape (3, 0)"),
    ],
)
def test_softmax_explains_what_it_refuses(scores, axis, found, dtype):
    scores = np.array(scores, dtype)
    assert_explains(
        lambda: softmax(scores, axis=axis), found, NO_SCORES, "Correct the scores, or"
    )


def test_softmax_has_no_default_axis():
    with pytest.raises(TypeError, match="axis"):
        softmax([1.0, 2.0])
    with pytest.raises(TypeError, match="positional"):
        softmax([1.0, 2.0], 0)
    with pytest.raises(ValueError, match="axis 1 is out of bounds"):
        softmax([1.0, 2.0], axis=1)


FUNCTIONS = {
    "dot": lambda q, k, v: dot_product_scores(q, k),
    "scaled": lambda q, k, v: scaled_dot_product_scores(q, k),
    "attention": attention,
    "masked": lambda q, k, v: masked_attention(q, k, v, True),
}
TWO_AXES = (
    "Expected at least two axes, (..., vectors, features), none of length 0.",
    "Write a single vector as [[1.0, 2.0]]; leave out what is empty.",
)
FINITE = "Expected only finite numbers.", "Replace them, for example by 0, and mask"
SAME_D = (
    "Expected queries (..., n_queries, d) and keys (..., n_keys, d) with the same d.",
    "Project one to the other's d, or transpose",
)
SAME_N = (
    "Expected keys (..., n_keys, d) and values (..., n_keys, d_v) with the same n_keys",
    "Give one value for each key.",
)
SAME_BATCH = (
    "Expected axes before the last two that broadcast: equal, 1 or absent.",
    "Reshape the batch, or insert an axis of length 1",
)


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS.keys())
@pytest.mark.parametrize(
    ("wrong", "fragments"),
    [
        ({"queries": np.ones(5)}, ("Given queries of shape (5,).", *TWO_AXES)),
        ({"keys": np.ones(5)}, ("Given keys of shape (5,).", *TWO_AXES)),
        ({"queries": 1.0}, ("Given queries of shape ().", *TWO_AXES)),
        ({"queries": []}, ("Given queries of shape (0,).", *TWO_AXES)),
        ({"queries": np.ones((0, 5))}, ("Given queries of shape (0, 5).", *TWO_AXES)),
        ({"keys": np.ones((0, 5))}, ("Given keys of shape (0, 5).", *TWO_AXES)),
        ({"keys": np.ones((4, 0))}, ("Given keys of shape (4, 0).", *TWO_AXES)),
        ({"keys": np.ones((0, 4, 5))}, ("Given keys of shape (0, 4, 5)", *TWO_AXES)),
        (
            {"queries": [[0, 0, 0, NAN, -INF]]},
            ("Given queries of shape (1, 5) with 1 NaN and 1 infinite", *FINITE),
        ),
        (
            {"keys": np.full((4, 5), INF)},
            ("Given keys of shape (4, 5) with 0 NaN and 20 infinite", *FINITE),
        ),
        (
            {"queries": np.ones((3, 6))},
            ("Given shapes: queries (3, 6), keys (4, 5)", *SAME_D),
        ),
        (
            {"keys": np.ones((4, 1))},
            ("Given shapes: queries (3, 5), keys (4, 1)", *SAME_D),
        ),
        (
            {"queries": np.ones((2, 3, 5)), "keys": np.ones((6, 4, 5))},
            ("Given shapes: queries (2, 3, 5), keys (6, 4, 5)", *SAME_BATCH),
        ),
    ],
)
def test_queries_and_keys_that_are_refused(function, wrong, fragments):
    given_arrays = dict(zip(("queries", "keys", "values"), some_arrays(), strict=True))
    given_arrays |= wrong
    assert_explains(lambda: function(*given_arrays.values()), *fragments)


@pytest.mark.parametrize("name", ["attention", "masked"])
@pytest.mark.parametrize(
    ("values", "fragments"),
    [
        (np.ones(4), ("Given values of shape (4,).", *TWO_AXES)),
        (np.ones((4, 0)), ("Given values of shape (4, 0).", *TWO_AXES)),
        (
            [[1], [2], [NAN], [INF]],
            ("Given values of shape (4, 1) with 1 NaN and 1 infinite", *FINITE),
        ),
        (
            np.ones((3, 2)),
            ("Given shapes: queries (2, 3, 5), keys (2, 4, 5), values (3, 2)", *SAME_N),
        ),
        (np.ones((1, 2)), ("values (1, 2)", *SAME_N)),
        (np.ones((3, 4, 2)), ("keys (2, 4, 5), values (3, 4, 2)", *SAME_BATCH)),
    ],
)
def test_values_that_are_refused(name, values, fragments):
    queries, keys, _ = some_arrays(batch=(2,))
    assert_explains(lambda: FUNCTIONS[name](queries, keys, values), *fragments)


NUMBERS = "Expected float32, float64, integers or lists of such", "Write array.astype("


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        (np.zeros((70000, 1), np.float16), "of dtype float16."),
        (np.ones((4, 5)) * 1j, "of dtype complex128."),
        (np.ma.masked_less(np.ones((4, 5)), 2), "of dtype float64 with a mask."),
        (np.full((4, 5), None), "of dtype object."),
        ([[10**30, 1]], "of dtype object."),
        ([["0", "1"]], "of dtype <U1."),
    ],
)
def test_what_is_no_plain_float_is_refused_everywhere(wrong, found):
    arrays = some_arrays()
    calls = {
        "scores": lambda: softmax(wrong, axis=0),
        "queries": lambda: dot_product_scores(wrong, arrays[1]),
        "keys": lambda: scaled_dot_product_scores(arrays[0], wrong),
        "values": lambda: masked_attention(*arrays[:2], wrong, True),
    }
    for name, call in calls.items():
        assert_explains(call, f"Given {name} {found}", *NUMBERS)


def test_what_comes_after_the_values_is_checked_like_them():
    queries, keys, values = some_arrays()
    assert len(check_arrays(queries, keys, values, values)) == 4
    for fourth, fragments in (
        (np.full((4, 2), NAN), ("values of shape (4, 2) with 8 NaN", *FINITE)),
        (np.ones((3, 2)), ("values (4, 2), values (3, 2)", *SAME_N)),
        (NAN, ("Given values of shape ().", *TWO_AXES)),
    ):
        assert_explains(
            lambda given=fourth: check_arrays(queries, keys, values, given), *fragments
        )


@pytest.mark.parametrize("dtype, size", [("float32", 1e30), ("float64", 1e200)])
def test_a_product_too_large_is_laid_to_queries_and_keys(dtype, size):
    large = np.array([[size, -size]], dtype)
    for call in (
        lambda: attention(large, large, [[1.0]]),
        lambda: masked_attention(large, -large, [[1.0]], True),
        lambda: dot_product_scores(large, large),
    ):
        said = assert_explains(call, "Given queries up to 1e+", "the end of " + dtype)
        assert "Divide queries or keys by a large number" in said
    apart = np.array([[0, size], [size, 0]], dtype)
    assert dot_product_scores(apart[:1], apart[1:]) == 0, "large, but no product is"


NOT_BOOL = "Expected bool, True where the query may look", "Write mask == 1 for a mask"
MASK_SHAPE = "Expected a shape that broadcasts to (2, 3, 4)", "Put the keys on its last"
ONE_KEY = "Expected a key for every query to look at.", "or leave that query out."


@pytest.mark.parametrize(
    ("mask", "fragments"),
    [
        (np.ones((3, 4), int), ("Given a mask of dtype int64.", *NOT_BOOL)),
        (np.ones((3, 4)), ("Given a mask of dtype float64.", *NOT_BOOL)),
        (np.full((3, 4), -np.inf), ("Given a mask of dtype float64.", *NOT_BOOL)),
        (None, ("Given a mask of dtype object.", *NOT_BOOL)),
        (np.full((4, 3), True), ("Given a mask of shape (4, 3).", *MASK_SHAPE)),
        (np.full(3, True), ("Given a mask of shape (3,).", *MASK_SHAPE)),
        (np.full((3, 3, 4), True), ("Given a mask of shape (3, 3, 4).", *MASK_SHAPE)),
        (np.full((1, 2, 3, 4), True), ("mask of shape (1, 2, 3, 4).", *MASK_SHAPE)),
        (np.full((2, 3, 0), True), ("mask of shape (2, 3, 0).", *MASK_SHAPE)),
        (False, ("without any True in row (0, 0), and 6 such row(s)", *ONE_KEY)),
        (
            [[[True] * 4] * 3, [[True] * 4, [True] * 4, [False] * 4]],
            ("without any True in row (1, 2), and 1 such row(s)", *ONE_KEY),
        ),
    ],
)
def test_masks_that_are_refused(mask, fragments):
    arrays = some_arrays(batch=(2,))
    assert_explains(lambda: masked_attention(*arrays, mask), *fragments)


def test_refused_shapes_show_no_second_traceback():
    queries, keys, values = some_arrays(batch=(2,))
    for call in (
        lambda: dot_product_scores(queries, np.ones((3, 4, 5))),
        lambda: masked_attention(queries, keys, values, np.full(3, True)),
    ):
        with pytest.raises(ValueError) as caught:
            call()
        assert caught.value.__suppress_context__


# --- Pasted into a plain session -----------------------------------------------------


def test_functions_can_be_pasted_into_a_plain_session(capsys):
    source = inspect.getsource(snippets)
    names = [node.name for node in ast.parse(source).body[3:]]
    assert names == [
        "check_numbers",
        "check_vectors",
        "check_products",
        "check_arrays",
        "check_mask",
        "check_scores",
        "softmax",
        "dot_product_scores",
        "scaled_dot_product_scores",
        "attention",
        "masked_attention",
    ]
    session = code.InteractiveConsole()
    session.push("import numpy as np")
    for name in names:
        lines = extract(source, name).splitlines()
        assert all(line.strip() for line in lines)
        for line in lines:
            session.push(line)
        assert not session.push("")
    session.push("q, k, v = np.eye(2), np.eye(2), np.array([[1.0], [3.0]])")
    session.push("_, context = masked_attention(q, k, v, np.tri(2, dtype=bool))")
    assert capsys.readouterr() == ("", "")
    _, expected = masked_attention(
        np.eye(2), np.eye(2), [[1.0], [3.0]], np.tri(2, dtype=bool)
    )
    np.testing.assert_array_equal(session.locals["context"], expected)

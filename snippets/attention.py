"""Attention in a few lines of NumPy: scores, softmax, weighted average.

The paper is Vaswani et al. 2017, arXiv 1706.03762, section 3.2.1; masks, 3.2.3; the
softmax over positions is Eq. 6 of Bahdanau, Cho and Bengio, arXiv 1409.0473.

Queries are (..., n_queries, d), keys (..., n_keys, d), values (..., n_keys, d_v); axes
in front are a batch, by NumPy's rules. Weights are (..., n_queries, n_keys), each row
sums to 1; contexts are (..., n_queries, d_v). float32 and float64 stay, integers become
float64; 16 bits, complex numbers and masked arrays are refused with a ValueError.

Readers paste these functions into a Python session, where a blank line would end them.
"""

import numpy as np
from numpy.typing import ArrayLike


def check_numbers(name: str, numbers: ArrayLike) -> np.ndarray:
    """Return numbers as new floats, under the name that an error calls them.

    >>> check_numbers("scores", np.array([1j]))
    Traceback (most recent call last):
    ValueError: Given scores of dtype complex128. Expected float32, float64, ...
    """
    array = np.asanyarray(numbers)
    masked = isinstance(array, np.ma.MaskedArray)
    if masked or array.dtype.kind not in "fiub" or array.dtype == np.float16:
        raise ValueError(
            f"Given {name} of dtype {array.dtype}{' with a mask' * masked}. Expected "
            "float32, float64, integers or lists of such numbers. Write array.astype("
            "np.float32) for 16 bits, array.real for complex numbers, array.filled(0) "
            "for a masked array (and hand over the mask by itself)."
        )
    return np.asarray(array) * 1.0


def check_vectors(name: str, vectors: ArrayLike) -> np.ndarray:
    """Return vectors as floats: two axes or more, none of length 0, all numbers finite.

    >>> check_vectors("keys", [[1, 0]])
    array([[1., 0.]])
    """
    array = check_numbers(name, vectors)
    if array.ndim < 2 or array.size == 0:
        raise ValueError(
            f"Given {name} of shape {array.shape}. Expected at least two axes, "
            "(..., vectors, features), none of length 0. Write a single vector as "
            "[[1.0, 2.0]]; leave out what is empty."
        )
    if not np.isfinite(array).all():  # 0 * NaN is NaN: no weight can hide it
        raise ValueError(
            f"Given {name} of shape {array.shape} with {np.isnan(array).sum()} NaN "
            f"and {np.isinf(array).sum()} infinite entries. Expected only finite "
            "numbers. Replace them, for example by 0, and mask those positions."
        )
    return array


def check_products(queries: np.ndarray, keys: np.ndarray) -> None:
    """Refuse queries and keys whose dot products are too large for their floats.

    >>> check_products(np.array([[1e200]]), np.array([[1e200]]))
    Traceback (most recent call last):
    ValueError: Given queries up to 1e+200 and keys up to 1e+200 in size. Expected ...
    """
    q, k = float(np.abs(queries).max()), float(np.abs(keys).max())
    dtype = np.result_type(queries, keys)
    limit = float(np.finfo(dtype).max)
    if q * k * keys.shape[-1] > limit:  # perhaps too large: only then look closer
        with np.errstate(all="ignore"):
            products = queries @ np.swapaxes(keys, -2, -1)
        if not np.isfinite(products).all():
            raise ValueError(
                f"Given queries up to {q:.0e} and keys up to {k:.0e} in size. Expected "
                f"dot products up to {limit:.0e}, the end of {dtype}. Divide "
                "queries or keys by a large number, or use float64."
            )


def check_arrays(
    queries: ArrayLike, keys: ArrayLike, *values: ArrayLike
) -> list[np.ndarray]:
    """Return queries, keys and values as new float arrays that fit together.

    >>> check_arrays([1, 0], [[1, 0]])
    Traceback (most recent call last):
    ValueError: Given queries of shape (2,). Expected at least two axes...
    """
    names = ["queries", "keys", *["values"] * len(values)]
    arrays = [check_vectors(*both) for both in zip(names, (queries, keys, *values))]
    given = ", ".join(f"{name} {array.shape}" for name, array in zip(names, arrays))
    q, k, *v = arrays
    if q.shape[-1] != k.shape[-1]:
        raise ValueError(
            f"Given shapes: {given}. Expected queries (..., n_queries, d) and keys "
            "(..., n_keys, d) with the same d. Project one to the other's d, or "
            "transpose the one that is turned."
        )
    if any(array.shape[-2] != k.shape[-2] for array in v):
        raise ValueError(
            f"Given shapes: {given}. Expected keys (..., n_keys, d) and values "
            "(..., n_keys, d_v) with the same n_keys. Give one value for each key."
        )
    try:
        np.broadcast_shapes(*[array.shape[:-2] for array in arrays])
    except ValueError:
        raise ValueError(
            f"Given shapes: {given}. Expected axes before the last two that broadcast: "
            "equal, 1 or absent. Reshape the batch, or insert an axis of length 1 with "
            "np.newaxis."
        ) from None
    check_products(q, k)
    return arrays


def check_mask(mask: ArrayLike, shape: tuple[int, ...]) -> np.ndarray:
    """Return the mask, read-only, in the shape of the scores; each row needs a True.

    >>> check_mask([True, False], (2, 2))
    array([[ True, False],
           [ True, False]])
    """
    mask = np.asarray(mask)
    if mask.dtype != bool:  # 0 and 1 or 0 and -inf: which of them hides is a guess
        raise ValueError(
            f"Given a mask of dtype {mask.dtype}. Expected bool, True where the query "
            "may look at the key. Write mask == 1 for a mask of 0 and 1, mask == 0 for "
            "one of 0 and -inf."
        )
    try:
        mask = np.broadcast_to(mask, shape)
    except ValueError:
        raise ValueError(
            f"Given a mask of shape {mask.shape}. Expected a shape that broadcasts to "
            f"{shape}, the scores' (..., n_queries, n_keys). Put the keys on its last "
            "axis and the queries on the axis before."
        ) from None
    blind = np.argwhere(~mask.any(axis=-1)).tolist()
    if blind:
        raise ValueError(
            f"Given a mask without any True in row {tuple(blind[0])}, and {len(blind)} "
            f"such row(s) in shape {shape}. Expected a key for every query to look at. "
            "Let it look at one, or leave that query out."
        )
    return mask


def check_scores(
    scores: np.ndarray, largest: np.ndarray, axis: int | tuple[int, ...] | None
) -> None:
    """Refuse scores that have no softmax along an axis; their maximum shows them all.

    >>> check_scores(np.array([np.nan]), np.array([np.nan]), axis=0)
    Traceback (most recent call last):
    ValueError: Given 1 scores of shape (1,) for a softmax along axis=0: 1 NaN, ...
    """
    if largest.size == 0 or not np.isfinite(largest).all():
        raise ValueError(
            f"Given {scores.size} scores of shape {scores.shape} for a softmax along "
            f"axis={axis}: {np.isnan(scores).sum()} NaN, {np.isposinf(scores).sum()} "
            f"+inf, {np.isneginf(largest).sum()} slices of only -inf (fully masked). "
            "Expected at least one score, no NaN, no +inf, and a finite score in every "
            "slice along that axis. Correct the scores, or leave out what is masked."
        )


def softmax(scores: ArrayLike, *, axis: int | tuple[int, ...] | None) -> np.ndarray:
    """Turn scores into weights that are not negative and sum to 1 along an axis.

    -inf gets weight 0. No default: the wrong axis gives numbers just as plausible.

    >>> softmax([[1000, 1000], [0, -np.inf]], axis=1)
    array([[0.5, 0.5],
           [1. , 0. ]])
    """
    scores = check_numbers("scores", scores)  # now floats
    largest = np.max(scores, axis=axis, keepdims=True, initial=-np.inf)
    check_scores(scores, largest, axis)
    with np.errstate(over="ignore", under="ignore"):  # far below the largest: weight 0
        exponentials = np.exp(scores - largest)  # the largest: exp(0) = 1
        return exponentials / np.sum(exponentials, axis=axis, keepdims=True)


def dot_product_scores(queries: ArrayLike, keys: ArrayLike) -> np.ndarray:
    """Score every query against every key: (..., n_queries, n_keys).

    >>> dot_product_scores([[1, 2]], [[1, 0], [0, 1], [1, 1]])
    array([[1., 2., 3.]])
    """
    queries, keys = check_arrays(queries, keys)
    return queries @ np.swapaxes(keys, -2, -1)  # .T would turn the batch axes too


def scaled_dot_product_scores(queries: ArrayLike, keys: ArrayLike) -> np.ndarray:
    """Score by the dot product over sqrt(d_k); footnote 4 of the paper says why.

    >>> scaled_dot_product_scores([[1, 1, 1, 1]], [[1, 2, 3, 4], [0, 0, 0, 2]])
    array([[5., 1.]])
    """
    scores = dot_product_scores(queries, keys)
    d_k = np.shape(keys)[-1]
    return scores / d_k**0.5  # not np.sqrt(d_k): a NumPy float64 would widen float32


def attention(
    queries: ArrayLike, keys: ArrayLike, values: ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    """Average the values for each query, weighted by how well its keys match (Eq. 1).

    >>> weights, context = attention([[0, 0]], [[1, 0], [0, 1]], [[10], [20]])
    >>> weights, context
    (array([[0.5, 0.5]]), array([[15.]]))
    """
    queries, keys, values = check_arrays(queries, keys, values)
    scores = scaled_dot_product_scores(queries, keys)
    weights = softmax(scores, axis=-1)  # over the keys: one distribution per query
    context = weights @ values
    return weights, context


def masked_attention(
    queries: ArrayLike, keys: ArrayLike, values: ArrayLike, mask: ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    """Average the values over the keys that each query may look at: True in the mask.

    >>> x, causal = np.zeros((2, 2)), np.tri(2, dtype=bool)
    >>> masked_attention(x, x, [[1], [3]], causal)
    (array([[1. , 0. ],
           [0.5, 0.5]]), array([[1.],
           [2.]]))
    """
    queries, keys, values = check_arrays(queries, keys, values)
    scores = scaled_dot_product_scores(queries, keys)
    visible = check_mask(mask, scores.shape)
    scores = np.where(visible, scores, -np.inf)  # exp(-inf) is 0: no weight at all
    weights = softmax(scores, axis=-1)
    context = weights @ values
    return weights, context

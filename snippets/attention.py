"""Attention in a few lines of NumPy: scores, softmax, weighted average.

Readers paste these functions from a page into a plain Python session, after ``import
numpy as np`` and in this order; hence no blank line inside a body, which would end the
definition there. The ``check_`` helpers come first: they refuse what cannot work, and
say why.

Shapes follow one convention: the last axis holds the features of one vector, the axis
before it counts the vectors, and any axes in front of those are a batch, broadcast by
the rules of NumPy. float32 stays float32, float64 stays float64, integers become
float64; 16 bits are refused.
"""

import numpy as np


def check_numbers(name, numbers):
    """Return numbers as floats: float32 and float64 stay, integers become float64.

    Parameters
    ----------
    name : str
        What an error calls them.
    numbers : array_like

    Returns
    -------
    ndarray
        A new array.

    Raises
    ------
    ValueError
        If they are complex, of 16 bits, masked, or no numbers: each would give wrong
        weights without a word.

    Examples
    --------
    >>> check_numbers("scores", [1, 2])
    array([1., 2.])
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


def check_vectors(name, vectors):
    """Return vectors as an array of floats, all finite, with two axes or more.

    Parameters
    ----------
    name : str
        What an error calls them.
    vectors : array_like, shape (..., n, d)

    Raises
    ------
    ValueError
        If there are fewer than two axes, an axis of length 0, an entry that is NaN or
        infinite, or something `check_numbers` refuses.

    Examples
    --------
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


def check_products(queries, keys):
    """Refuse queries and keys whose dot products are too large for their floats.

    Parameters
    ----------
    queries, keys : ndarray
        As `check_vectors` returns them, with the same d.

    Raises
    ------
    ValueError
        If a dot product is not finite.

    Examples
    --------
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


def check_arrays(queries, keys, *values):
    """Return queries, keys and values as float arrays that fit together.

    Parameters
    ----------
    queries : array_like, shape (..., n_queries, d)
        What each position looks for.
    keys : array_like, shape (..., n_keys, d)
        What each position is compared by.
    *values : array_like, shape (..., n_keys, d_v)
        What each position hands over; left out where only scores are computed.

    Returns
    -------
    list of ndarray
        The given arrays, in the order given, none of them changed.

    Raises
    ------
    ValueError
        If an array is refused by `check_vectors`; if queries and keys differ in d, or
        keys and values in n_keys; if the leading shapes do not broadcast; if a query
        times a key is too large a number (`check_products`).

    References
    ----------
    .. [1] Vaswani et al. (2017), "Attention Is All You Need", arXiv:1706.03762,
       section 3.2.1: the shapes of Q, K and V.

    Examples
    --------
    >>> queries, keys = check_arrays([[1, 0]], [[1, 0], [0, 1], [1, 1]])
    >>> queries.shape, keys.shape, keys.dtype
    ((1, 2), (3, 2), dtype('float64'))
    >>> check_arrays([1, 0], [[1, 0]])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: Given queries of shape (2,). Expected at least two axes...
    """
    names = ["queries", "keys", *["values"] * len(values)]
    arrays = [check_vectors(*both) for both in zip(names, (queries, keys, *values))]
    given = ", ".join(f"{name} {array.shape}" for name, array in zip(names, arrays))
    queries, keys, *values = arrays
    if queries.shape[-1] != keys.shape[-1]:
        raise ValueError(
            f"Given shapes: {given}. Expected queries (..., n_queries, d) and keys "
            "(..., n_keys, d) with the same d. Project one to the other's d, or "
            "transpose the one that is turned."
        )
    if any(array.shape[-2] != keys.shape[-2] for array in values):
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
    check_products(queries, keys)
    return arrays


def check_mask(mask, shape):
    """Return the mask broadcast to the shape of the scores.

    Parameters
    ----------
    mask : array_like of bool, broadcastable to `shape`
        True where the query may look at the key.
    shape : tuple of int
        Shape of the scores, (..., n_queries, n_keys).

    Returns
    -------
    ndarray of bool, shape `shape`
        A read-only view of the mask.

    Raises
    ------
    ValueError
        If the mask is not boolean, does not broadcast to `shape`, or has a row without
        any True: such a query would have nothing to average. The row is named.

    References
    ----------
    .. [1] Vaswani et al. (2017), "Attention Is All You Need", arXiv:1706.03762,
       section 3.2.3: masking in the decoder.

    Examples
    --------
    >>> check_mask([True, False], (2, 2))
    array([[ True, False],
           [ True, False]])
    >>> check_mask([[True, False], [False, False]], (2, 2))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: Given a mask without any True in row (1,)...
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


def check_scores(scores, largest, axis):
    """Refuse scores that have no softmax along an axis.

    Parameters
    ----------
    scores : ndarray
        Any shape.
    largest : ndarray
        Their maximum along `axis`, kept as an axis of length 1; -inf of nothing.
    axis : int, tuple of int, or None
        Axis along which the weights shall sum to 1.

    Raises
    ------
    ValueError
        If `scores` is empty, has a NaN or a +inf, or has nothing but -inf somewhere
        along the axis. The maximum alone shows all four.

    References
    ----------
    .. [1] Vaswani et al. (2017), "Attention Is All You Need", arXiv:1706.03762,
       section 3.2.3: masked scores are -inf.

    Examples
    --------
    >>> check_scores(np.array([0.0, -np.inf]), np.array([0.0]), axis=0)
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


def softmax(scores, *, axis):
    """Turn scores into weights that are not negative and sum to 1 along an axis.

    Parameters
    ----------
    scores : array_like
        Any shape. An entry of -inf gets weight 0.
    axis : int, tuple of int, or None
        Axis along which the weights sum to 1 (None: over all entries). It has no
        default: the wrong axis gives numbers just as plausible.

    Returns
    -------
    ndarray
        Weights, of the shape of `scores`.

    Raises
    ------
    ValueError
        If `scores` are refused by `check_numbers` or `check_scores`: no floats, empty,
        NaN, +inf, or nothing but -inf somewhere along the axis; as
        numpy.exceptions.AxisError, if there is no such axis.

    References
    ----------
    .. [1] Bahdanau, Cho & Bengio (2014), "Neural Machine Translation by Jointly
       Learning to Align and Translate", arXiv:1409.0473, equation 6: softmax over the
       positions of the source.
    .. [2] Vaswani et al. (2017), "Attention Is All You Need", arXiv:1706.03762,
       section 3.2.1, equation 1.

    Examples
    --------
    >>> softmax([0.0, 0.0, -np.inf], axis=0)
    array([0.5, 0.5, 0. ])
    >>> softmax([[1000, 1000], [0, 1000]], axis=1)
    array([[0.5, 0.5],
           [0. , 1. ]])
    >>> softmax([[1000, 1000], [0, 1000]], axis=0)
    array([[1. , 0.5],
           [0. , 0.5]])
    >>> softmax([-np.inf, -np.inf], axis=0)
    Traceback (most recent call last):
    ValueError: Given 2 scores of shape (2,) for a softmax along axis=0: 0 NaN, ...
    """
    scores = check_numbers("scores", scores)  # now floats
    largest = np.max(scores, axis=axis, keepdims=True, initial=-np.inf)
    check_scores(scores, largest, axis)
    with np.errstate(over="ignore", under="ignore"):  # far below the largest: weight 0
        exponentials = np.exp(scores - largest)  # the largest: exp(0) = 1
        return exponentials / np.sum(exponentials, axis=axis, keepdims=True)


def dot_product_scores(queries, keys):
    """Score every query against every key by their dot product.

    Parameters
    ----------
    queries : array_like, shape (..., n_queries, d)
        One vector for each position that looks.
    keys : array_like, shape (..., n_keys, d)
        One vector for each position looked at.

    Returns
    -------
    ndarray, shape (..., n_queries, n_keys)
        The scores: one row for each query, one column for each key.

    Raises
    ------
    ValueError
        If the arrays are refused by `check_arrays`.

    References
    ----------
    .. [1] Vaswani et al. (2017), "Attention Is All You Need", arXiv:1706.03762,
       section 3.2.1: dot-product attention, before the scaling of equation 1.

    Examples
    --------
    >>> dot_product_scores([[1, 2]], [[1, 0], [0, 1], [1, 1]])
    array([[1., 2., 3.]])
    """
    queries, keys = check_arrays(queries, keys)
    return queries @ np.swapaxes(keys, -2, -1)  # .T would turn the batch axes too


def scaled_dot_product_scores(queries, keys):
    """Score every query against every key by their dot product over sqrt(d_k).

    Parameters
    ----------
    queries : array_like, shape (..., n_queries, d)
        One vector for each position that looks.
    keys : array_like, shape (..., n_keys, d)
        One vector for each position looked at; d is the d_k of the paper.

    Returns
    -------
    ndarray, shape (..., n_queries, n_keys)
        The scores: one row for each query, one column for each key.

    Raises
    ------
    ValueError
        If the arrays are refused by `check_arrays`.

    References
    ----------
    .. [1] Vaswani et al. (2017), "Attention Is All You Need", arXiv:1706.03762,
       section 3.2.1, equation 1; its footnote 4 says why sqrt(d_k).

    Examples
    --------
    >>> scaled_dot_product_scores([[1, 1, 1, 1]], [[1, 2, 3, 4], [0, 0, 0, 2]])
    array([[5., 1.]])
    """
    scores = dot_product_scores(queries, keys)
    d_k = np.shape(keys)[-1]
    return scores / d_k**0.5  # not np.sqrt(d_k): a NumPy float64 would widen float32


def attention(queries, keys, values):
    """Average the values for each query, weighted by how well its keys match.

    Parameters
    ----------
    queries : array_like, shape (..., n_queries, d)
        One vector for each position that looks.
    keys : array_like, shape (..., n_keys, d)
        One vector for each position looked at.
    values : array_like, shape (..., n_keys, d_v)
        What each position looked at hands over.

    Returns
    -------
    weights : ndarray, shape (..., n_queries, n_keys)
        Each row sums to 1.
    context : ndarray, shape (..., n_queries, d_v)
        The weighted averages of the values.

    Raises
    ------
    ValueError
        If the arrays are refused by `check_arrays`.

    References
    ----------
    .. [1] Vaswani et al. (2017), "Attention Is All You Need", arXiv:1706.03762,
       section 3.2.1, equation 1.
    .. [2] Bahdanau, Cho & Bengio (2014), "Neural Machine Translation by Jointly
       Learning to Align and Translate", arXiv:1409.0473, equation 6: softmax over the
       positions of the source.

    Examples
    --------
    >>> weights, context = attention([[0, 0]], [[1, 0], [0, 1]], [[10], [20]])
    >>> weights
    array([[0.5, 0.5]])
    >>> context
    array([[15.]])
    """
    queries, keys, values = check_arrays(queries, keys, values)
    scores = scaled_dot_product_scores(queries, keys)
    weights = softmax(scores, axis=-1)  # over the keys: one distribution per query
    context = weights @ values
    return weights, context


def masked_attention(queries, keys, values, mask):
    """Average the values for each query over the keys it may look at.

    Parameters
    ----------
    queries : array_like, shape (..., n_queries, d)
        One vector for each position that looks.
    keys : array_like, shape (..., n_keys, d)
        One vector for each position looked at.
    values : array_like, shape (..., n_keys, d_v)
        What each position looked at hands over.
    mask : array_like of bool, broadcastable to (..., n_queries, n_keys)
        True where the query may look at the key.

    Returns
    -------
    weights : ndarray, shape (..., n_queries, n_keys)
        Each row sums to 1; 0 where the mask is False.
    context : ndarray, shape (..., n_queries, d_v)
        The weighted averages of the values.

    Raises
    ------
    ValueError
        If the arrays are refused by `check_arrays`, or the mask by `check_mask`.

    References
    ----------
    .. [1] Vaswani et al. (2017), "Attention Is All You Need", arXiv:1706.03762,
       section 3.2.1, equation 1, and section 3.2.3: masked scores become -inf.

    Examples
    --------
    Each position sees itself and those before it:

    >>> x = np.zeros((3, 2))
    >>> causal = np.tril(np.ones((3, 3), dtype=bool))
    >>> weights, context = masked_attention(x, x, [[1], [3], [8]], causal)
    >>> weights.round(2)
    array([[1.  , 0.  , 0.  ],
           [0.5 , 0.5 , 0.  ],
           [0.33, 0.33, 0.33]])
    >>> context.round(2)
    array([[1.],
           [2.],
           [4.]])
    """
    queries, keys, values = check_arrays(queries, keys, values)
    scores = scaled_dot_product_scores(queries, keys)
    visible = check_mask(mask, scores.shape)
    scores = np.where(visible, scores, -np.inf)  # exp(-inf) is 0: no weight at all
    weights = softmax(scores, axis=-1)
    context = weights @ values
    return weights, context

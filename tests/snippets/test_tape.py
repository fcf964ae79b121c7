"""The tape: what it finds, and what it refuses because it cannot follow."""

import numpy as np
import pytest
from operations import concatenate, embed, linear, stack, tanh
from tape import Node, backward


def numbers(*shape):
    return Node(np.random.default_rng(len(shape)).normal(size=shape))


def summed(x, tape):
    ones = Node(np.ones((x.value.shape[-1], 1)))
    return linear(x, ones, tape=tape)


def test_the_same_with_and_without_a_tape():
    x, W, b = numbers(2, 3), numbers(3, 4), numbers(4)
    for operation, given in (
        (linear, (x, W)),
        (linear, (x, W, b)),
        (tanh, (x,)),
        (embed, (W, np.array([2, 0]))),
        (stack, ([x, x], 1)),
        (concatenate, ([x, x],)),
    ):
        tape = []
        noted, free = operation(*given, tape=tape), operation(*given)
        np.testing.assert_array_equal(noted.value, free.value)
        assert len(tape) == 1 and not noted.grad.any()


def test_a_node_used_twice_has_the_sum_of_both_gradients():
    x, tape = numbers(1, 3), []
    backward(summed(concatenate([x, x, x[:, :1]], tape), tape), tape)
    assert x.grad.tolist() == [[3, 2, 2]]


def test_a_gradient_comes_from_any_one_number_of_a_result():
    x, tape = Node(np.array([[1.0, 2.0]])), []
    y = tanh(x, tape)
    backward(y[:, 1:], tape)
    assert x.grad[0].tolist() == [0, 1 - np.tanh(2.0) ** 2]


def test_a_tape_is_used_up():
    x, tape = numbers(1, 3), []
    loss = summed(x, tape)
    backward(loss, tape)
    assert tape == []
    with pytest.raises(ValueError, match="not record this loss, or is used up.*anew"):
        backward(loss, tape)
    assert (x.grad == 1).all(), "nothing was added twice"


def test_a_loss_of_another_tape_is_refused():
    loss = summed(numbers(1, 3), [])
    other = []
    summed(numbers(1, 3), other)
    with pytest.raises(ValueError, match="not record this loss"):
        backward(loss, other)


@pytest.mark.parametrize("part", [..., np.s_[:, :1]])
def test_what_no_tape_has_recorded_has_no_gradient(part):
    """Neither as a loss nor on the way: a silent 0 would be taken for a result."""
    x, tape = numbers(1, 1), []
    with pytest.raises(ValueError, match="not record this loss"):
        backward(tanh(x), tape)
    loss = tanh(tanh(x)[part], tape)
    with pytest.raises(AttributeError, match="that no tape has recorded.*Hand a tape"):
        backward(loss, tape)
    assert not hasattr(tanh(x), "anything")


def test_the_gradient_of_many_numbers_is_refused():
    with pytest.raises(ValueError, match=r"shape \(2,\): add it up first"):
        backward(Node(np.zeros(2)), [])


@pytest.mark.parametrize("part", [0, [0, 2], np.array([True, False, True]), (0,)])
def test_a_part_of_a_node_that_would_lose_its_gradient_is_refused(part):
    with pytest.raises(IndexError, match="Given the index .*a slice, such as node"):
        Node(np.ones(3))[part]
    with pytest.raises(IndexError, match=r"Given the index .* shape \(2, 3\)"):
        Node(np.ones((2, 3)))[:, [0, 2]]
    assert Node(np.ones(3))[3:].value.size == 0

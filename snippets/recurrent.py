"""The gated unit of Cho et al. 2014, arXiv 1406.1078, Eq. 5-8.

x is (..., batch, 3 n), what comes in, already multiplied by its weights for z, r and
the proposal, side by side; s the state, (..., batch, n); U is U_z, U_r, U_p, (..., n, 3
n). (PyTorch's GRU swaps z and 1 - z, and multiplies by r after U_p.)
"""

import numpy as np
from tape import Node, record


def gru(x: Node, s: Node, U: Node, tape: list | None = None) -> Node:
    """One step of a gated recurrent unit: the new state from the old.

    z = sigmoid(x_z + s U_z)           how much of the state is renewed
    r = sigmoid(x_r + s U_r)           how much of it the proposal sees
    proposal = tanh(x_p + (r s) U_p)
    new state = (1 - z) s + z proposal
    """
    n = s.value.shape[-1]
    U_gates, U_p = U.value[..., : 2 * n], U.value[..., 2 * n :]
    x_gates, x_p = x.value[..., : 2 * n], x.value[..., 2 * n :]
    gates = 0.5 + 0.5 * np.tanh(0.5 * (x_gates + s.value @ U_gates))  # the sigmoid
    z, r = gates[..., :n], gates[..., n:]
    seen = r * s.value
    proposal = np.tanh(x_p + seen @ U_p)

    def backward(grad: np.ndarray) -> None:
        to_p = grad * z * (1 - proposal**2)
        to_seen = to_p @ U_p.swapaxes(-1, -2)
        to_gates = np.empty_like(gates)
        to_gates[..., :n] = grad * (proposal - s.value)
        to_gates[..., n:] = to_seen * s.value
        to_gates *= gates * (1 - gates)
        x.grad[..., : 2 * n] += to_gates
        x.grad[..., 2 * n :] += to_p
        U.grad[..., : 2 * n] += s.value.swapaxes(-1, -2) @ to_gates
        U.grad[..., 2 * n :] += seen.swapaxes(-1, -2) @ to_p
        s.grad += grad * (1 - z) + to_seen * r + to_gates @ U_gates.swapaxes(-1, -2)

    return record(s.value + z * (proposal - s.value), backward, tape)


def run_gru(x: Node, U: Node, tape: list | None = None) -> list[Node]:
    """Run along a sequence x, (T, ..., batch, 3 n), from state 0: the T states."""
    s = Node(np.zeros_like(x.value[0, ..., : U.value.shape[-2]]))
    states = []
    for i in range(len(x.value)):
        s = gru(x[i], s, U, tape)
        states.append(s)
    return states

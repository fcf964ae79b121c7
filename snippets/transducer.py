"""The lattice of an RNN transducer: every way of two cursors through two sentences.

The source cursor stands on word t, the target cursor after u words. A move writes the
next target word (u + 1) or advances to the next source word (t + 1). Many paths lead to
one translation; dynamic programming adds up the probabilities of all of them. Graves is
Graves 2012, arXiv 1211.3711. log_write and log_advance, (T, U + 1, ...), are the
log-probabilities of each move at (t, u); further axes are a batch.
"""

import numpy as np
from operations import log_softmax
from tape import Node, record

BLANK = 0  # among the words: the source cursor advances; at the end it leaves


def forward_algorithm(
    log_write: np.ndarray, log_advance: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Log-probabilities of being at (t, u), and of leaving the source after u words.

    Graves, section 2.4, Eq. 16 (alpha) and 17. Every move as likely as the other, two
    words in, one word out, makes two paths of three moves:

    >>> half = np.log(np.full((2, 2), 0.5))
    >>> log_here, log_done = forward_algorithm(half, half)
    >>> np.exp(log_done)
    array([0.25, 0.25])
    """
    dtype = np.result_type(log_write, log_advance, np.float32)  # integers: float64
    log_here = np.full(log_write.shape, -np.inf, dtype)
    arriving = np.full_like(log_here[0], -np.inf)
    arriving[0] = 0
    for t in range(len(log_here)):
        log_here[t] = arriving
        for u in range(1, len(arriving)):
            by_writing = log_here[t, u - 1] + log_write[t, u - 1]
            log_here[t, u] = np.logaddexp(arriving[u], by_writing)
        arriving = log_here[t] + log_advance[t]
    return log_here, arriving


def forward_backward(
    log_write: np.ndarray, log_advance: np.ndarray, lengths: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Log-probability of each translation, and the share that goes through each move.

    A translation has lengths[b] words, 0 to U. The shares, of writing and of advancing,
    are the gradient too (Graves, Eq. 18-20); 0 where no path gives the translation.

    >>> half = np.log(np.full((2, 2, 1), 0.5))
    >>> log_p, writing, advancing = forward_backward(half, half, np.array([1]))
    >>> np.exp(log_p), writing[:, 0, 0]
    (array([0.25]), array([0.5, 0.5]))
    """
    longest = log_write.shape[1] - 1
    if len(lengths) and not 0 <= np.min(lengths) <= np.max(lengths) <= longest:
        raise ValueError(
            f"Given translations of {np.min(lengths)} to {np.max(lengths)} words, and "
            f"moves at 0 to {longest} words. Expected lengths within these. Count the "
            "words without the end, or score more places."
        )
    log_here, log_done = forward_algorithm(log_write, log_advance)
    sentence = np.arange(len(lengths))
    log_p = log_done[lengths, sentence]
    to_go = np.full_like(log_done, -np.inf)
    to_go[lengths, sentence] = np.where(np.isinf(log_p), 0, -log_p)
    by_writing, by_advancing = np.zeros_like(log_here), np.zeros_like(log_here)
    for t in reversed(range(len(log_here))):
        to_go = log_advance[t] + to_go
        by_advancing[t] = np.exp(log_here[t] + to_go)
        for u in reversed(range(longest)):
            by_going_on = log_write[t, u] + to_go[u + 1]
            by_writing[t, u] = np.exp(log_here[t, u] + by_going_on)
            to_go[u] = np.logaddexp(to_go[u], by_going_on)
    return log_p, by_writing, by_advancing


def transducer_loss(logits: Node, target: np.ndarray, tape: list | None = None) -> Node:
    """-log p of translations over all paths, in nats a target word.

    logits (T_x, T_y + 1, batch, words) score every move at every place; target is
    (batch, T_y), without the end, -1 after it.
    """
    log_p = log_softmax(logits.value)
    words = np.zeros((target.shape[1] + 1, len(target)), int)
    words[:-1] = np.maximum(target.T, 0)
    u, b = np.indices(words.shape)
    lengths = (target >= 0).sum(axis=1)
    total, by_writing, by_advancing = forward_backward(
        log_p[:, u, b, words], log_p[..., BLANK], lengths
    )

    def backward(grad: np.ndarray) -> None:
        to_logits = np.exp(log_p) * (by_writing + by_advancing)[..., None]
        to_logits[..., BLANK] -= by_advancing
        to_logits[:, u, b, words] -= by_writing
        logits.grad += to_logits * (grad / lengths.sum())

    return record(-total.sum() / lengths.sum(), backward, tape)

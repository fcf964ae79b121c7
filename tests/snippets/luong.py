"""A fifth model: tanh networks, dot products. Luong et al. 2015, arXiv 1508.04025."""

import numpy as np
from model import Model, embedding, lecun_normal
from operations import concatenate, cross_entropy, embed, linear, stack, tanh
from soft_search import attention_weights, context
from tape import Node, record


def parameters(size, source_words, target_words):
    n, m = size.hidden, size.embedding
    tables = {"E_x": (source_words, m), "E_y": (target_words, m)}
    weights = {"W_x": (m + n, n), "W_y": (m + n, n), "V": (2 * n, target_words)}
    draws = {name: (embedding, shape) for name, shape in tables.items()}
    return draws | {name: (lecun_normal, shape) for name, shape in weights.items()}


def run(words, start, W, tape):
    s = [start]
    for i in range(len(words.value)):
        s.append(tanh(linear(concatenate([words[i], s[-1]], tape), W, tape=tape), tape))
    return stack(s[1:], 1, tape)


def dot_product_attention(h, s, tape):
    def backward(grad):
        h.grad += grad[..., None] * s.value[:, None]
        s.grad += (grad[:, None] @ h.value)[:, 0]

    scores = (h.value @ s.value[..., None])[..., 0]
    return attention_weights(record(scores, backward, tape), tape)


def forward(p, source, target, tape=None):
    before = np.column_stack([np.zeros(len(target), int), target[:, :-1]]).clip(0)
    start = Node(np.zeros((len(source), len(p["V"].value) // 2)))
    h = run(embed(p["E_x"], source.T, tape), start, p["W_x"], tape)
    s = run(embed(p["E_y"], before.T, tape), h[:, -1], p["W_y"], tape)
    alphas = [dot_product_attention(h, s[:, i], tape) for i in range(before.shape[1])]
    c = stack([context(alpha, h, tape) for alpha in alphas], 1, tape)
    return linear(concatenate([s, c], tape), p["V"], tape=tape), alphas


def loss(p, source, target, tape=None):
    return cross_entropy(forward(p, source, target, tape)[0], target, tape)


def translate(p, source):
    y = np.zeros((len(source), 2 * source.shape[1] + 5), int)
    for i in range(y.shape[1]):
        y[:, i] = forward(p, source, y)[0].value[:, i].argmax(axis=-1)
    return [row[: [*row, 0].index(0)].tolist() for row in y]


def attend(p, source, target):
    return np.stack([one.value for one in forward(p, source, target)[1]], axis=1)


luong = Model("Luong", parameters, loss, translate, attend)

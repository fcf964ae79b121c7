"""A fifth model: it scores by a product. Luong et al. 2015, arXiv 1508.04025."""

from decoder import decoder_parameters, encoder_decoder
from encoder import bidirectional_encoder, encoder_parameters
from model import lecun_normal
from operations import linear, tanh
from soft_search import attention_weights, context
from tape import record


def parameters(size, source_words, target_words):
    return {
        **encoder_parameters(size, source_words),
        **decoder_parameters(size, target_words, 2 * size.hidden),
        "W_a": (lecun_normal, (size.hidden, 2 * size.hidden)),
    }


def product(h, query, tape):
    def backward(grad):
        h.grad += grad[..., None] * query.value[:, None]
        query.grad += (grad[:, None] @ h.value)[:, 0]

    return record((h.value @ query.value[..., None])[..., 0], backward, tape)


def multiplicative_attention(p, source, tape=None):
    h, first = bidirectional_encoder(p, source, tape)
    s_0 = tanh(linear(first, p["W_s"], tape=tape), tape)

    def look(s, i):
        scores = product(h, linear(s, p["W_a"], tape=tape), tape)
        alpha = attention_weights(scores, tape)
        return context(alpha, h, tape), alpha

    return s_0, look


luong = encoder_decoder("Luong", parameters, multiplicative_attention, attends=True)

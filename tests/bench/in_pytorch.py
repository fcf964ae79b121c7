"""A training step of two models in PyTorch, written as one would write it there.

Each function gets our first parameters, and gives step(source, target, rate): the loss.
"""

import torch
from layers import HEADS
from torch.nn import functional as F
from transformer import LAYERS, positions

torch.set_num_threads(1)


def trained_by(settings, p, logits_of):
    adam = torch.optim.Adam(p.values())

    def step(source, target, rate):
        adam.param_groups[0]["lr"] = rate
        logits = logits_of(torch.tensor(source), torch.tensor(target))
        loss = F.cross_entropy(logits.flatten(0, 1), torch.tensor(target).flatten())
        adam.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(p.values(), settings.clip)
        adam.step()
        return loss.item()

    return step


def soft_search(settings, values):
    p = {k: torch.nn.Parameter(torch.tensor(v)) for k, v in values.items()}
    n = settings.hidden

    def gru(x, s, U):
        z, r = torch.sigmoid(x[:, : 2 * n] + s @ U[:, : 2 * n]).chunk(2, 1)
        proposal = torch.tanh(x[:, 2 * n :] + (r * s) @ U[:, 2 * n :])
        return s + z * (proposal - s)

    def logits(source, target):
        words, length = p["E_x"][source.T], source.shape[1]
        both = []
        for k, order in enumerate((range(length), range(length)[::-1])):
            x = words @ p["W_x"][k] + p["b_x"][k]
            s, found = torch.zeros(len(source), n), {}
            for i in order:
                found[i] = s = gru(x[i], s, p["U_x"][k])
            both.append(torch.stack([found[i] for i in range(length)], 1))
        h = torch.cat(both, 2)
        Uh = h @ p["U_a"]
        s, y = torch.tanh(both[1][:, 0] @ p["W_s"]), torch.zeros_like(target[:, 0])
        scores = []
        for right in target.T:
            e = torch.tanh((s @ p["W_a"])[:, None] + Uh) @ p["v_a"]
            c = (torch.softmax(e, 1)[:, None] @ h)[:, 0]
            Ey = p["E_y"][y]
            s = gru(torch.cat([Ey, c], 1) @ p["W"] + p["b"], s, p["U"])
            t = torch.tanh(torch.cat([s, Ey, c], 1) @ p["O"] + p["b_o"])
            scores.append(t @ p["V"] + p["b_v"])
            y = right
        return torch.stack(scores, 1)

    return trained_by(settings, p, logits)


def transformer(settings, values):
    p = {k: torch.nn.Parameter(torch.tensor(v)) for k, v in values.items()}
    d = settings.hidden
    places = torch.tensor(positions(50, d).astype("float32"))

    def heads(x):
        return x.unflatten(-1, (HEADS, -1)).transpose(1, 2)

    def norm(x, gain_bias):
        return F.layer_norm(x, (d,), *gain_bias)

    def look(W, x, y, causal=False):
        if x is y:
            q, k, v = map(heads, (x @ W[:, : 3 * d]).chunk(3, -1))
        else:
            q = heads(x @ W[:, :d])
            k, v = map(heads, (y @ W[:, d : 3 * d]).chunk(2, -1))
        c = F.scaled_dot_product_attention(q, k, v, is_causal=causal)
        return c.transpose(1, 2).flatten(2) @ W[:, 3 * d :]

    def feed(part, i, x):
        W_1, b_1, W_2, b_2 = (p[f"{part}.{k}"][i] for k in ("W_1", "b_1", "W_2", "b_2"))
        return F.relu(x @ W_1 + b_1) @ W_2 + b_2

    def logits(source, target):
        x = p["E_x"][source] + places[: source.shape[1]]
        for i in range(LAYERS):
            norms = p["encoder.norm"][i]
            x = norm(x + look(p["encoder.self"][i], x, x), norms[0])
            x = norm(x + feed("encoder", i, x), norms[1])
        y = p["E_y"][F.pad(target[:, :-1], (1, 0))] + places[: target.shape[1]]
        for i in range(LAYERS):
            norms = p["decoder.norm"][i]
            y = norm(y + look(p["decoder.self"][i], y, y, causal=True), norms[0])
            y = norm(y + look(p["decoder.cross"][i], y, x), norms[1])
            y = norm(y + feed("decoder", i, y), norms[2])
        return y @ p["V"] + p["b_v"]

    return trained_by(settings, p, logits)

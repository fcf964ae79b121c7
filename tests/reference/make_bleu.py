"""Write bleu.json: BLEU as sacrebleu counts it, for tests/snippets/test_replay.py.

Run with sacrebleu installed: python tests/reference/make_bleu.py
"""

import json
import random
from pathlib import Path

import sacrebleu

WORDS = "o a gato gata preto preta dorme corre na casa porta de vidro e mas".split()


def case(name, ours, right):
    score = sacrebleu.corpus_bleu(ours, [right], tokenize="none", force=True).score
    return {"name": name, "ours": ours, "right": right, "bleu": score}


def main():
    rng = random.Random(2002)
    right = [" ".join(rng.choices(WORDS, k=rng.randint(4, 20))) for _ in range(12)]
    damaged = []
    for sentence in right:
        words = [w for w in sentence.split() if rng.random() > 0.08]
        words = [rng.choice(WORDS) if rng.random() < 0.2 else w for w in words]
        damaged.append(" ".join(words))
    cases = [
        case("equal", right, right),
        case("damaged and short", damaged, right),
        case("too long", [f"{s} {s}" for s in right], right),
        case("other sentences", right[1:] + right[:1], right),
        case("no run of four", ["gato preto dorme mas"], ["o gato preto e"]),
        case("no word", ["gato preto dorme mas"], ["a casa de vidro"]),
        case("one word", ["gato preto dorme mas", "e"], ["a porta de vidro", "e"]),
        case("no word of one", ["a casa de vidro", "mas o gato e"], right[:1] * 2),
    ]
    found = {"sacrebleu": sacrebleu.__version__, "cases": cases}
    file = Path(__file__).with_name("bleu.json")
    text = json.dumps(found, indent=1, ensure_ascii=False)
    file.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

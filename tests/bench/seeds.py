"""Train every model with five seeds and keep their marks in snippets/seeds.py.

Run with: make seeds  (a quarter of an hour on two processors). The marks are those of
the test set, which nothing was chosen by.
"""

import sys
from multiprocessing import Pool
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "snippets"))

from corpus import make_corpus, words  # noqa: E402
from evaluation import (  # noqa: E402
    between,
    exact_match,
    grade,
    grade_alignment,
    token_accuracy,
    translate_all,
)
from training import Settings, numbered, train  # noqa: E402

SEEDS = 5
MODELS = ["two cursors", "soft search", "cursors in step", "one vector"]
JOBS = [(model, 30) for model in MODELS] + [
    (model, longest) for longest in (20, 40) for model in ("soft search", "one vector")
]


def mark(job):
    """Train one model with one seed and mark its translations of the test set."""
    model, longest, seed = job
    corpus = make_corpus(seed=1)
    lists = words(corpus.train)
    settings = Settings(model, longest=longest, seed=seed)
    run = train(settings, numbered(corpus.train, *lists), *map(len, lists))
    data = numbered(corpus.test, *lists)
    translated = translate_all(run.parameters, model, data)
    trained = between(translated, 5, longest)
    scores, exact = grade(translated)
    marks = {
        "BLEU": [round(score, 1) for score in scores],
        "exact": [round(share, 3) for share in exact],
        "exact, lengths trained on": round(exact_match(*trained), 3),
        "tokens, lengths trained on": round(token_accuracy(*trained), 3),
    }
    if model == "soft search":
        short = {n: both for n, both in data.items() if n <= longest}
        links = grade_alignment(run.parameters, corpus.test, short)
        marks |= {name: round(value, 3) for name, value in links.items()}
    print(job, marks, flush=True)
    return marks


def main():
    jobs = [(*job, seed) for job in JOBS for seed in range(1, SEEDS + 1)]
    with Pool(2) as pool:
        marks = pool.map(mark, jobs, chunksize=1)
    found = {}
    for (model, longest, _), one in zip(jobs, marks):
        for name, value in one.items():
            found.setdefault((model, longest), {}).setdefault(name, []).append(value)
    (ROOT / "snippets" / "seeds.py").write_text(as_code(found), encoding="utf-8")


def as_code(found):
    """Write the marks as a module: one line a seed, or one for the five."""
    lines = [
        '"""Marks of five seeds on the test set, written by `make seeds`."""\n',
        "# (model, longest source trained on): each mark, seed 1 to 5. BLEU and exact",
        "# match are lists over the BANDS of source lengths: 5-9, 10-14, ... 35-40.",
        "SEEDS = {",
    ]
    for key, marks in found.items():
        lines.append(f"    {key}: {{".replace("'", '"'))
        for name, values in marks.items():
            if isinstance(values[0], list):
                lines.append(f'        "{name}": [')
                lines += [f"            {row}," for row in values]
                lines.append("        ],")
            else:
                lines.append(f'        "{name}": {values},')
        lines.append("    },")
    return "\n".join([*lines, "}"]) + "\n"


if __name__ == "__main__":
    main()

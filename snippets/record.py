"""What is recorded of each training that a page shows, seed by seed.

Every training leaves a record in `records/` (see `replay.py`): its losses, the marks of
its translations of the test set (by which nothing was chosen), and, for soft search,
where it looks in four sentences at twelve moments; its parameters too, if pages use
them. `trainings.py` lists the trainings, `train_all.py` runs them.
"""

import datetime
import json
import os
from functools import cache
from pathlib import Path

import numpy as np
from corpus import make_corpus, words
from evaluation import (
    attend,
    between,
    exact_match,
    grade,
    grade_alignment,
    token_accuracy,
    translate_all,
)
from machine import machine
from replay import record_key, record_name
from training import numbered, train

WATCHED = (  # sentences of the test set
    "my cats follow the tired neighbor 's cat in the schools every day",
    "the dog sees the teachers ' old white box near the steel window",
    "the teachers ' red birds love this teacher in the morning",
    "the small girls carry the steel keys",
)
MOMENTS = (0, 10, 20, 50, 100, 150, 200, 300, 500, 800, 1200)  # and the end


@cache
def material():
    """Make the corpus and its numbers, once a process."""
    corpus = make_corpus(seed=1)
    lists = words(corpus.train)
    return corpus, lists, numbered(corpus.train, *lists)


def record(settings, folder, with_parameters, tell=None):
    """Train, and write the record."""
    corpus, lists, data = material()
    looks = settings.model == "soft search"
    keep_at = {*settings.keep_at, *(MOMENTS if looks else ())}
    run = train(settings._replace(keep_at=keep_at), data, *map(len, lists), tell=tell)
    arrays = {
        "key": record_key(settings, data),
        "made": (str(datetime.date.today()), machine()),
        "losses": run.losses.astype(np.float32),
        "marks": json.dumps(marks(settings, run.parameters)),
    }
    if with_parameters:
        arrays |= under("end", run.parameters)
        for step in settings.keep_at:
            arrays |= under(step, run.kept[step])
    if looks:
        arrays["sentences"] = WATCHED
        for step, parameters in {**run.kept, settings.steps: run.parameters}.items():
            arrays |= under(f"attention/{step}", watch(parameters))
    part = Path(folder, f"{record_name(settings)}.{os.getpid()}.part")
    with part.open("wb") as opened:
        np.savez_compressed(opened, **arrays)
    part.replace(Path(folder, f"{record_name(settings)}.npz"))


def under(name, arrays):
    return {f"{name}/{key}": value for key, value in arrays.items()}


def marks(settings, parameters):
    """Mark the translations of the test set, and where soft search looks."""
    corpus, lists, _ = material()
    data = numbered(corpus.test, *lists)
    translated = translate_all(parameters, settings.model, data)
    trained = between(translated, 5, settings.longest)
    scores, exact = grade(translated)
    found = {
        "BLEU": [round(score, 1) for score in scores],
        "exact": [round(share, 3) for share in exact],
        "exact, lengths trained on": round(exact_match(*trained), 3),
        "tokens, lengths trained on": round(token_accuracy(*trained), 3),
    }
    if settings.model == "soft search":
        short = {n: both for n, both in data.items() if n <= settings.longest}
        links = grade_alignment(parameters, corpus.test, short)
        found |= {name: round(float(value), 3) for name, value in links.items()}
    return found


def watch(parameters):
    """Where soft search looks in the WATCHED sentences: {"0": (T_y, T_x), ...}."""
    corpus, lists, _ = material()
    by_text = {" ".join(one.source): one for one in corpus.test}
    found = {}
    for number, text in enumerate(WATCHED):
        if text not in by_text:
            raise KeyError(f"Given {text!r}. Expected a sentence of the test set.")
        ((source, target),) = numbered([by_text[text]], *lists).values()
        (alpha,) = attend(parameters, source, target)
        found[f"{number}"] = alpha.astype(np.float32)
    return found


def read_marks(file):
    with np.load(file) as arrays:
        return json.loads(str(arrays["marks"]))


def seeds_as_code(folder, trainings):
    """Write the marks of all trainings as a module: one line a seed."""
    found = {}
    for settings in sorted(trainings, key=lambda one: one.seed):
        one = read_marks(Path(folder, f"{record_name(settings)}.npz"))
        for name, value in one.items():
            marks = found.setdefault((settings.model, settings.longest), {})
            marks.setdefault(name, []).append(value)
    lines = [
        '"""Marks of five seeds on the test set, written by `make train`."""\n',
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

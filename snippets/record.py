"""What is recorded of each training that a page shows, seed by seed.

Every training leaves a record in `records/` (see `replay.py`): its losses, the marks of
its translations of the test set (by which nothing was chosen), and, if the model has an
alignment, where it looks in four sentences at twelve moments; its parameters too, if
pages use them. `trainings.py` lists the trainings, `train_all.py` runs them.
"""

import datetime
import json
import os
import textwrap
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from batches import numericalize
from corpus import Corpus, make_corpus, vocabularies
from evaluation import (
    attend,
    evaluate_alignment,
    evaluate_by_length,
    select_lengths,
    translate_all,
)
from machine import machine
from metrics import check_any, check_pairs, exact_match
from model import Model, Settings
from replay import record_key, record_name
from training import train

WATCHED = (  # sentences of the test set
    "my cats follow the tired neighbor 's cat in the schools every day",
    "the dog sees the teachers ' old white box near the steel window",
    "the teachers ' red birds love this teacher in the morning",
    "the small girls carry the steel keys",
)
HEAD = '''"""What five seeds gave on the test set: of each mark lowest, median, highest.

Written by `make train`. The number is the longest source trained on; BLEU and exact
match are lists over the BANDS of source lengths: 5-9, 10-14, ... 35-40.
"""

# fmt: off'''
NO_BREAK = "\N{NO-BREAK SPACE}"
MOMENTS = (0, 10, 20, 50, 100, 150, 200, 300, 500, 800, 1200)  # and the end


@cache
def material() -> tuple[Corpus, tuple, dict]:
    """Make the corpus and its numbers, once a process."""
    corpus = make_corpus(seed=1)
    lists = vocabularies(corpus.train)
    return corpus, lists, numericalize(corpus.train, *lists)


def record_training(
    settings: Settings,
    folder: Path,
    with_parameters: bool,
    on_step: Callable | None = None,
) -> None:
    """Train, and write the record."""
    corpus, lists, data = material()
    attends = settings.model.attend is not None
    keep_at = (*settings.keep_at, *(MOMENTS if attends else ()))
    watched = settings._replace(keep_at=keep_at)
    run = train(watched, data, len(lists[0]), len(lists[1]), on_step)
    arrays: dict[str, Any] = {
        "key": record_key(settings, corpus.train),
        "made": (str(datetime.date.today()), machine()),
        "losses": run.losses.astype(np.float32),
        "marks": json.dumps(marks(settings, run.parameters)),
    }
    if with_parameters:
        arrays |= under("end", run.parameters)
        for step in settings.keep_at:
            arrays |= under(step, run.kept[step])
    if attends:
        arrays["sentences"] = WATCHED
        for step, parameters in {**run.kept, settings.steps: run.parameters}.items():
            where = watch(settings.model, parameters)
            arrays |= under(f"attention/{step}", where)
    part = Path(folder, f"{record_name(settings)}.{os.getpid()}.part")
    with part.open("wb") as opened:
        np.savez_compressed(opened, **arrays)
    part.replace(Path(folder, f"{record_name(settings)}.npz"))


def under(name: str | int, arrays: dict) -> dict:
    return {f"{name}/{key}": value for key, value in arrays.items()}


def marks(settings: Settings, parameters: dict) -> dict:
    """Mark the translations of the test set, and the alignment, if there is one."""
    corpus, lists, _ = material()
    data = numericalize(corpus.test, *lists)
    translated = translate_all(parameters, settings.model, data)
    trained = select_lengths(translated, 5, settings.longest)
    scores, exact = evaluate_by_length(translated)
    found = {
        "BLEU": [round(score, 1) for score in scores],
        "exact": [round(share, 3) for share in exact],
        "exact, lengths trained on": round(exact_match(*trained), 3),
        "tokens, lengths trained on": round(token_accuracy(*trained), 3),
    }
    if settings.model.attend:
        short = {n: both for n, both in data.items() if n <= settings.longest}
        links = evaluate_alignment(parameters, settings.model, corpus.test, short)
        found |= {name: round(float(value), 3) for name, value in links.items()}
    return found


def token_accuracy(translations: Sequence, references: Sequence) -> float:
    """The share of reference words that stand at the same place in the translation.

    >>> token_accuracy([["o", "gato", "vê"]], [["o", "cão", "vê", "bem"]])
    0.5
    """
    pairs = check_pairs(translations, references)
    total = sum(len(right) for _, right in pairs)
    check_any(total, "words in the references")
    return sum(a == b for ours, right in pairs for a, b in zip(ours, right)) / total


def watch(model: Model, parameters: dict) -> dict[str, np.ndarray]:
    """Where a model looks in the WATCHED sentences: {"0": (T_y, T_x), ...}."""
    corpus, lists, _ = material()
    by_text = {" ".join(one.source): one for one in corpus.test}
    found = {}
    for number, text in enumerate(WATCHED):
        if text not in by_text:
            raise KeyError(f"Given {text!r}. Expected a sentence of the test set.")
        ((source, target),) = numericalize([by_text[text]], *lists).values()
        (alpha,) = attend(parameters, model, source, target)
        found[f"{number}"] = alpha.astype(np.float32)
    return found


def read_marks(file: Path) -> dict:
    with np.load(file) as arrays:
        return json.loads(str(arrays["marks"]))


def seeds_as_code(folder: Path, trainings: Sequence[Settings]) -> str:
    """Write what the seeds of each training gave as a module: low, median, high."""
    found: dict[tuple, dict] = {}
    for settings in trainings:
        one = read_marks(Path(folder, f"{record_name(settings)}.npz"))
        for name, value in one.items():
            kind = name if isinstance(value, list) else "marks"
            model = found.setdefault((kind, settings.longest), {})
            model.setdefault(settings.model.name, {}).setdefault(name, []).append(value)
    lines = [HEAD]
    for (kind, longest), models in found.items():
        lines.append(f"SEEDS_{kind.upper()}_{longest} = {{")
        for model, marks in models.items():
            spread = {name: spread_of(values) for name, values in marks.items()}
            text = f'"{model}": {json.dumps(spread.get(kind, spread))},'
            for name in spread:  # names stay whole
                text = text.replace(name, name.replace(" ", NO_BREAK))
            first, *others = textwrap.wrap(text, 80)
            lines += [f"    {first}", *(f"        {line}" for line in others)]
        lines.append("}")
    return "\n".join(lines).replace(NO_BREAK, " ") + "\n"


def spread_of(values: Sequence) -> list:
    """The lowest, the median and the highest of the seeds, place by place."""
    three = np.min(values, axis=0), np.median(values, axis=0), np.max(values, axis=0)
    return np.round(three, 3).tolist()

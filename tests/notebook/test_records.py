"""Recorded trainings: true of the code as it stands, or made anew, never stale."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import psutil
import pytest
import small_site
from batches import numericalize
from corpus import make_corpus, vocabularies
from cursors_in_step import cursors_in_step
from evaluation import attend, select_lengths, translate_all
from model import Settings
from record import MOMENTS, WATCHED, read_marks
from records import seeds
from replay import read_record, record_name
from soft_search import soft_search
from training import train
from trainings import OTHERS, RUNS

from builder.errors import PageError
from builder.notebook.chapter import read_chapter
from builder.notebook.code_key import canonical
from builder.notebook.records import (
    Records,
    behind_training,
    keys,
    records_in_use,
    require_recorded,
)

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets"
RECORDS = SNIPPETS / "records"


@pytest.fixture(scope="module")
def corpus():
    return make_corpus(seed=1)


@pytest.fixture(scope="module")
def material(corpus):
    """The training pairs as numbers, and how many words there are on each side."""
    lists = vocabularies(corpus.train)
    return numericalize(corpus.train, *lists), [len(one) for one in lists]


def test_the_records_of_the_project_fit_its_code():
    """On each version of Python: the hash is of the syntax tree."""
    assert Records(RECORDS).fit(keys(SNIPPETS)[1]), "run: make train"


def test_all_records_together_stay_small():
    assert sum(file.stat().st_size for file in RECORDS.iterdir()) < 10e6


@pytest.mark.parametrize("settings", RUNS[:5], ids=lambda one: one.model.name)
def test_the_first_steps_train_to_the_recorded_losses(settings, material):
    """On each processor: float32 drifts apart by 1e-6 so far, by 0.05 after 500."""
    data, sizes = material
    losses = []

    class Enough(Exception):
        pass

    def on_step(step, steps, loss):
        losses.append(loss)
        if step == 60:
            raise Enough

    with pytest.raises(Enough):
        train(settings, data, *sizes, on_step=on_step)
    _, run = read_record(RECORDS / f"{record_name(settings)}.npz")
    np.testing.assert_allclose(losses, run.losses[:60], atol=1e-4, rtol=0)


def spread_of(settings, name):
    kind = name if name in ("BLEU", "exact") else "marks"
    known = getattr(seeds, f"SEEDS_{kind.upper()}_{settings.longest}")
    model = known[settings.model.name]
    return model if kind == name else model[name]


def test_each_training_has_its_losses_marks_and_moment(corpus):
    for settings in RUNS + OTHERS:
        with np.load(RECORDS / f"{record_name(settings)}.npz") as arrays:
            assert len(arrays["losses"]) == settings.steps
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(arrays["made"][0]))
            assert "NumPy" in str(arrays["made"][1])
            marks = json.loads(str(arrays["marks"]))
            names = set(arrays)
        for name, value in marks.items():
            low, _, high = spread_of(settings, name)
            assert (np.array(low) <= value).all() and (value <= np.array(high)).all()
        assert any(n.startswith("end/") for n in names) == (settings in RUNS)
        for step in settings.keep_at:
            assert f"{step}/E_x" in names


def test_the_recorded_attention_is_that_of_the_recorded_parameters(corpus):
    lists = vocabularies(corpus.train)
    by_text = {" ".join(one.source): one for one in corpus.test}
    file = RECORDS / "soft-search-30-1.npz"
    _, run = read_record(file)
    moments = {**run.kept, 2000: run.parameters}
    with np.load(file) as arrays:
        kept = [n for n in arrays if n.startswith("attention/")]
        assert len(kept) == 12 * 4 == (len(MOMENTS) + 1) * len(WATCHED)
        for name in kept:
            np.testing.assert_allclose(arrays[name].sum(axis=1), 1, rtol=1e-5)
        for number, text in enumerate(WATCHED):
            ((source, target),) = numericalize([by_text[text]], *lists).values()
            for step in (0, 50, 200, 2000):
                np.testing.assert_allclose(
                    arrays[f"attention/{step}/{number}"],
                    attend(moments[step], soft_search, source, target)[0],
                    atol=1e-5,
                )


def test_the_marks_of_the_seeds_are_those_of_the_recorded_parameters(corpus):
    settings = Settings(cursors_in_step)
    _, run = read_record(RECORDS / f"{record_name(settings)}.npz")
    data = numericalize(corpus.test, *vocabularies(corpus.train))
    some = {n: data[n] for n in (5, 7, 9, 35, 37, 39)}
    translated = translate_all(run.parameters, settings.model, some)
    known = read_marks(RECORDS / f"{record_name(settings)}.npz")
    for band, (low, high) in {0: (5, 9), 6: (35, 40)}.items():
        ours, right = select_lengths(translated, low, high)
        exact = sum(map(list.__eq__, ours, right)) / len(ours)
        assert known["exact"][band] == round(exact, 3)


SAMPLE = '''"""Doc."""
from other import x
def f(a, *, b=1, **c):
    "Doc."
    return [f"{a!r:>{b}} {{}}" for a in c if a], lambda: {**c}, a[1:, ::2]
class A(B):
    """Doc."""
    x: int = 1
async def g():
    with open(x) as y, y: yield u"text"
'''


def test_the_hash_of_code_is_the_same_on_every_python():
    """Written down once; a newer Python that reads the same code must agree."""
    kept = Path(__file__).parents[1] / "reference" / "canonical.txt"
    assert canonical(ast.parse(SAMPLE)) + "\n" == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("b=1", "b=2"),
        ("1:,", "2:,"),
        ("{a!r", "{a!s"),
        ("A(B)", "A"),
        ("not", ""),
        ("x: int", "x: str"),
    ],
)
def test_code_and_only_code_changes_the_hash(old, new):
    """Annotations of functions are words about code; those of a class may be heeded."""
    code = SAMPLE.replace("if a]", "if not a]")
    assert canonical(ast.parse(code.replace(old, new, 1))) != canonical(ast.parse(code))
    words = SAMPLE.replace("Doc.", "Words.").replace("b=1,", "b: int = 1,  # one\n ")
    words = words.replace("**c):", "**c: list) -> list[str]:")
    assert canonical(ast.parse(words)) == canonical(ast.parse(SAMPLE))


def test_a_training_hangs_on_what_stands_behind_it_and_on_nothing_else():
    assert {file.stem for file in behind_training(SNIPPETS)} == {
        "tape", "operations", "recurrent", "encoder", "decoder", "model", "batches",
        "one_vector", "cursors_in_step", "soft_search", "two_cursors", "transducer",
        "training", "metrics", "evaluation", "corpus", "grammar", "lexicon", "replay",
        "record", "machine", "transformer", "layers",
    }  # fmt: skip


def test_a_change_in_one_model_leaves_the_records_of_the_others(tmp_path):
    """Also a model that is new; what all models share makes all of them old."""
    for file in SNIPPETS.glob("*.py"):
        shutil.copy(file, tmp_path)

    def changed(file, text="\nmore = 1\n"):
        old, whole = (tmp_path / file).read_text(encoding="utf-8"), keys(tmp_path)[0]
        (tmp_path / file).write_text(old + text, encoding="utf-8")
        now = json.loads(keys(tmp_path)[0])
        return {name for name, code in json.loads(whole).items() if now[name] != code}

    assert changed("soft_search.py") == {"soft_search"}
    assert changed("layers.py") == {"transformer", "transformer_trained_longer"}
    assert changed("two_cursors.py", "# a remark\n") == set()
    (tmp_path / "cat.py").write_text("cat = 1\n", encoding="utf-8")
    assert changed("trainings.py", "from cat import cat\n") == set()
    assert "cat" in json.loads(keys(tmp_path)[0])
    names = {repr(settings.model) for settings in RUNS + OTHERS}
    assert names <= changed("training.py")


# A stand-in for the real trainings: the maker of records is the real one.
TRAINING = """
from model import Settings
def train(settings):
    return 0.5 * settings.seed
"""
MODEL = """
from typing import NamedTuple
class Model(NamedTuple):
    name: str
    def __repr__(self):
        return self.name
class Settings(NamedTuple):
    model: Model
    longest: int = 30
    seed: int = 1
    steps: int = 20
cat, dog = Model("cat"), Model("dog")
"""
RECORD = """
import os, time
from pathlib import Path
import numpy as np
from replay import record_name
from training import train
def record_training(settings, folder, with_parameters, on_step):
    for step in range(settings.steps):
        time.sleep(float(os.environ.get("SLOWLY", "0")))
        on_step(step + 1, settings.steps, 0.0)
    file = Path(folder, f"{record_name(settings)}.npz")
    file.write_text(str(train(settings)))
def seeds_as_code(folder, trainings):
    found = [Path(folder, f"{record_name(s)}.npz").read_text() for s in trainings]
    return f"SEEDS = [{', '.join(found)}]\\n"
"""
REPLAY = """
import os
from pathlib import Path
def record_name(settings):
    return f"{settings.model.name}-{settings.seed}"
def replay(settings):
    return Path(os.environ["RECORDS"], f"{record_name(settings)}.npz").read_text()
"""
TRAININGS = """
from model import Settings, cat, dog
RUNS = [Settings(cat), Settings(cat, seed=2)]
OTHERS = [Settings(dog)]
"""
STAND_IN = {
    "snippets/model.py": MODEL,
    "snippets/training.py": TRAINING,
    "snippets/record.py": RECORD,
    "snippets/replay.py": REPLAY,
    "snippets/trainings.py": TRAININGS,
    "snippets/training_times.py": 'STEP_MS = {"cat": 1.0}\n',
}


@pytest.fixture
def project(tmp_path):
    """Snippets whose trainings take no time, recorded."""
    small_site.write(tmp_path, STAND_IN)
    shutil.copy(SNIPPETS / "train_all.py", tmp_path / "snippets")
    make_all(tmp_path)
    return tmp_path


def command(project, *arguments):
    snippets = project / "snippets"
    maker = snippets / "train_all.py"
    found = [sys.executable, maker, snippets / "records", *keys(snippets), *arguments]
    return list(map(str, found))


def make_all(project, *arguments):
    done = subprocess.run(
        command(project, *arguments), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def in_use(project, capfd):
    found = records_in_use(project / "snippets", project / ".cache")
    return found, capfd.readouterr().out


def test_what_fits_costs_no_training(project, capfd):
    assert make_all(project) == ""
    found, said = in_use(project, capfd)
    assert found.folder == project / "snippets" / "records" and said == ""
    assert [file.name for file in found.read_by_pages()] == ["cat-1.npz", "cat-2.npz"]


def test_changed_code_settings_or_lists_train_anew_and_say_so(project, capfd):
    code = project / "snippets" / "training.py"
    before = in_use(project, capfd)[0]
    code.write_text(TRAINING.replace("0.5", "0.4"), encoding="utf-8")
    found, said = in_use(project, capfd)
    assert "cat-1: its record is of other code; training it anew" in said
    assert "3 of 3 trainings" in said
    assert (found.folder / "cat-2.npz").read_text() == "0.8"
    assert found.digest != before.digest
    again, said = in_use(project, capfd)
    assert again.digest == found.digest and said == ""
    code.write_text(f"# a remark\n{TRAINING}", encoding="utf-8")
    assert in_use(project, capfd)[0].digest == before.digest, "old code"
    lists = project / "snippets" / "trainings.py"
    lists.write_text(TRAININGS.replace("seed=2", "seed=2, steps=21"), encoding="utf-8")
    found, said = in_use(project, capfd)
    assert "cat-2: its record is of other settings" in said and "1 of 1" in said
    lists.write_text(TRAININGS.replace("(dog", "(dog, seed=3"), encoding="utf-8")
    found, said = in_use(project, capfd)
    assert "dog-3: there is no record" in said and "1 of 1" in said
    assert (found.folder / "seeds.py").read_text() == "SEEDS = [0.5, 1.0, 1.5]\n"


def test_what_is_damaged_is_named_and_made_anew(project, capfd):
    records = project / "snippets" / "records"
    (records / "cat-2.npz").write_text("1.1")
    (records / "dog-1.npz").unlink()
    found, said = in_use(project, capfd)
    assert re.search(r"cat-2: its record, \S+cat-2.npz, is damaged; training", said)
    assert "dog-1: there is no record" in said and "2 of 2" in said
    assert found.folder.is_relative_to(project / ".cache")
    assert (found.folder / "cat-2.npz").read_text() == "1.0"
    (found.folder / "cat-1.npz").write_text("oh")
    found, said = in_use(project, capfd)
    assert said.count("training it anew") == 0, "copied from the project's own"
    assert (found.folder / "cat-1.npz").read_text() == "0.5"
    (records / "index.json").write_text("{")
    make_all(project)
    assert in_use(project, capfd)[0].folder == records


def until(condition):
    for _ in range(1000):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to that")


def works(process):
    """Tell whether a process is there, and no zombie that nobody has buried."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def ended(process, within):
    """How a process ended; it is killed if it has not."""
    try:
        return process.wait(within)
    except subprocess.TimeoutExpired:
        process.kill()
        raise


# What a pool does after it started its second process, or before, takes a second.
LATE = """
import os, time
from multiprocessing.process import BaseProcess
start, begun = BaseProcess.start, []
def start_late(self):
    begun.append(self)
    waits = os.environ["LATE"] if len(begun) == 2 else ""
    time.sleep(waits == "before")
    start(self)
    time.sleep(waits == "behind")
BaseProcess.start = start_late
"""


@pytest.mark.parametrize(
    ("victim", "late"),
    [("worker", ""), ("worker", "before"), ("worker", "behind"), ("caller", "")],
)
def test_who_dies_is_not_waited_for(project, victim, late):
    """A killed worker is said at once; a killed build leaves no training running."""
    (project / "sitecustomize.py").write_text(LATE)
    slowly = os.environ | {"SLOWLY": "0.5", "LATE": late, "PYTHONPATH": str(project)}
    arguments = command(project, "--anew", *(["--leash"] if victim == "caller" else []))
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=slowly
    ) as running:
        trainer = psutil.Process(running.pid)

        def workers():
            return [p for p in trainer.children() if "spawn_main" in str(p.cmdline())]

        until(workers)
        found = workers()
        if victim == "worker":
            found[0].kill()
        else:
            running.stdin.close()  # as the system does for a build that is killed
        assert ended(running, within=30) == 1
        if victim == "worker":
            assert "process that trained died" in running.stderr.read()
        until(lambda: not any(map(works, found)))


@pytest.mark.parametrize(
    ("code", "refused"),
    [
        ("replay(Settings(soft_search, longest=30, seed=1), pairs)", ""),
        ("s = Settings(one_vector, seed=7)\nreplay(s, pairs)", "seed=7"),
        ("replay(Settings(one_vector, longest=30, steps=9), pairs)", "steps=9"),
        ("Settings(one_vector, seed=7)", ""),
        ("def zeros(x):\n    return 0\nreplay(s, pairs)", "defines 'zeros' other than"),
    ],
)
def test_a_page_asks_for_what_was_recorded(tmp_path, code, refused):
    page = tmp_path / "page.md"
    page.write_text(f"{small_site.FRONT}\n```python\n{code}\n```\n")
    chapter = read_chapter(page, tmp_path)
    if refused:
        with pytest.raises(PageError, match=rf"page.md:\d+: cell 1: .*{refused}"):
            require_recorded(chapter, SNIPPETS, Records(RECORDS))
    else:
        require_recorded(chapter, SNIPPETS, Records(RECORDS))


def test_a_page_never_shows_a_training_of_other_code(tmp_path_factory):
    """Neither after a change, nor after it is taken back, nor by its own definition."""
    site = small_site.copy(tmp_path_factory)
    shutil.copy(SNIPPETS / "train_all.py", site / "snippets")
    small_site.write(site, STAND_IN)
    make_all(site)
    for language in ("pt", "en"):
        small_site.change(
            site,
            f"docs/{language}/cats.md",
            "```python\nprint(cats + 1)",
            "```python\nimport os\nfrom pathlib import Path\n"
            "from typing import NamedTuple\n"
            '--8<-- "model.py"\n--8<-- "replay.py:record_name"\n'
            '--8<-- "replay.py:replay"\n--8<-- "records/seeds.py"\n'
            'print("trained:", replay(Settings(cat, seed=2)), SEEDS)',
        )

    def shown():
        done = small_site.build(site)
        assert done.returncode == 0, done.stderr
        html = (site / "site/cats.html").read_text(encoding="utf-8")
        return re.search(r"trained: [^<]*", html)[0].strip(), done

    assert shown()[0] == "trained: 1.0 [0.5, 1.0, 0.5]"
    small_site.change(site, "snippets/training.py", "0.5", "0.25")
    text, done = shown()
    assert text == "trained: 0.5 [0.25, 0.5, 0.25]"
    assert "other code; training it anew" in done.stdout + done.stderr
    small_site.change(site, "snippets/training.py", "0.25", "0.5")
    assert shown()[0] == "trained: 1.0 [0.5, 1.0, 0.5]"
    own = 'def train():\n    pass\n--8<-- "records'
    for language in ("pt", "en"):
        small_site.change(site, f"docs/{language}/cats.md", '--8<-- "records', own)
    done = small_site.build(site)
    assert done.returncode
    assert "defines 'train' other than snippets/training.py" in done.stderr

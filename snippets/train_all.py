"""Make a folder of records whole: `python snippets/train_all.py FOLDER CODES ALL`.

CODES names the code behind the trainings of each model, {"model": hash} as JSON, ALL
that of all and the list of them; the hashes stand in `index.json` with the hash of each
file. A record of its model's code, in FOLDER or in the folder `--from`, is left or
copied; all others are trained anew, one process a processor.
"""

import argparse
import hashlib
import json
import multiprocessing
import os
import shutil
import sys
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from model import Settings
from record import record_training, seeds_as_code
from replay import record_name
from training_times import STEP_MS
from trainings import OTHERS, RUNS

CONTEXT = multiprocessing.get_context("spawn")  # not forked: there is a thread
ALL = RUNS + OTHERS
done = CONTEXT.Value("d", 0)  # milliseconds of training, as once measured


def make_records() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("codes", type=json.loads)
    arguments.add_argument("all")
    arguments.add_argument("--from", dest="old", type=Path, help="read records here")
    arguments.add_argument("--anew", action="store_true", help="train every one")
    arguments.add_argument("--leash", action="store_true", help="end with the caller")
    given = arguments.parse_args()
    if given.leash:
        threading.Thread(target=end_with_caller, daemon=True).start()
    given.folder.mkdir(parents=True, exist_ok=True)
    missing = []
    for settings in ALL:
        why = "" if given.anew else take_over(settings, given)
        if why is not None:
            missing.append(settings)
        if why:
            print(f"{record_name(settings)}: {why}; training it anew", flush=True)
    if missing and not train_missing(missing, given):
        return 1
    finish(given)
    return 0


def finish(given: argparse.Namespace) -> None:
    """Write what follows from the records, and that they are all there."""
    seeds = given.folder / "seeds.py"
    text = seeds_as_code(given.folder, ALL)
    seeds.write_text(text, encoding="utf-8", newline="\n")
    known = read_index(given.folder)["files"]
    names = [f"{record_name(settings)}.npz" for settings in ALL]
    files = {name: known[name] for name in names}
    write_index(
        given.folder, {**files, seeds.name: {"sha256": sha256(seeds)}}, given.all
    )


def end_with_caller() -> None:
    """Whoever started this holds the other end of its input, until it dies."""
    while os.read(0, 1024):
        pass
    os._exit(1)


def take_over(settings: Settings, given: argparse.Namespace) -> str | None:
    """Use a record that is there already; say why there is none that fits."""
    name = f"{record_name(settings)}.npz"
    why = "there is no record"
    for folder in filter(None, (given.folder, given.old)):
        known = read_index(folder)["files"].get(name)
        if not known or not Path(folder, name).is_file():
            continue
        if known.get("code") != code_of(settings, given):
            why = "its record is of other code"
        elif known.get("settings") != repr(settings):
            why = "its record is of other settings"
        elif known.get("sha256") != sha256(folder / name):
            why = f"its record, {folder / name}, is damaged"
        else:
            if folder != given.folder:
                shutil.copyfile(folder / name, given.folder / name)
                add_to_index(given.folder, name, known)
            return None
    return why


def code_of(settings: Settings, given: argparse.Namespace) -> str:
    """The hash of the code behind a training."""
    name = repr(settings.model)
    if name not in given.codes:
        raise KeyError(
            f"Given the model {name}. Expected one of {', '.join(given.codes)}, which "
            "trainings.py imports. Call it by its name there."
        )
    return given.codes[name]


def train_missing(missing: list[Settings], given: argparse.Namespace) -> bool:
    """Train in processes of their own; whether all of them came to their end."""
    missing.sort(key=cost, reverse=True)  # the longest first: they end together
    processes = min(os.cpu_count() or 1, len(missing))
    with ProcessPoolExecutor(processes, CONTEXT, join_in, (done,)) as pool:
        try:
            note_ends(submit(missing, given.folder, pool), given)
        except BrokenProcessPool as error:
            print(
                "A process that trained died: ended by someone, or out of memory "
                f"({error}). What was recorded stays; go on with the same command.",
                file=sys.stderr,
            )
            # The pool waits for ever for one that began as another died.
            for process in multiprocessing.active_children():
                process.kill()
            return False
    return True


def submit(
    missing: list[Settings], folder: Path, pool: ProcessPoolExecutor
) -> dict[Future, Settings]:
    """Hand each training to the pool, which may break meanwhile."""
    try:
        return {pool.submit(train_one, ALL.index(one), folder): one for one in missing}
    except OSError as error:  # the system starts none, or the pool has closed its pipes
        raise BrokenProcessPool(str(error)) from error


def note_ends(jobs: dict[Future, Settings], given: argparse.Namespace) -> None:
    """Add to the index what comes to its end, and show what is left."""
    began, whole = time.monotonic(), sum(map(cost, jobs.values()))
    open_ = set(jobs)
    while open_:
        ended, open_ = wait(open_, timeout=1, return_when="FIRST_COMPLETED")
        for job in ended:
            job.result()
            file = given.folder / f"{record_name(jobs[job])}.npz"
            add_to_index(given.folder, file.name, entry(file, given, jobs[job]))
        share = min(1, done.value / whole)
        tell(len(jobs) - len(open_), len(jobs), share, began, ended)


def cost(settings: Settings) -> float:
    """Milliseconds that a training takes, by the measured time of a step."""
    return settings.steps * STEP_MS.get(settings.model.name, max(STEP_MS.values()))


def tell(ended: int, all_: int, share: float, began: float, news: set) -> None:
    """Show what is done, and the time left: in place, or a line a training."""
    seconds = (time.monotonic() - began) * (1 / share - 1) if share else 0
    left = f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"
    bar = "#" * int(30 * share)
    line = f"[{bar:30}] {ended} of {all_} trainings, about {left} left"
    if sys.stdout.isatty():
        end = "\n" if ended == all_ else ""
        print(f"\r{line:79}", end=end, flush=True)
    elif news:
        print(line, flush=True)


def join_in(counter: Synchronized) -> None:
    """A worker shares the count of what is done, and ends when its parent does."""
    global done
    done = counter
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Also a worker without a training: it would wait for one for ever."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def train_one(number: int, folder: Path) -> None:
    """Train in a process of its own, to which no model could be sent."""
    settings = ALL[number]
    share = cost(settings) / settings.steps

    def on_step(step: int, steps: int, loss: float) -> None:
        with done.get_lock():
            done.value += share

    record_training(settings, folder, settings in RUNS, on_step)


def read_index(folder: Path) -> dict:
    """What made the files of a folder: {"all": ..., "files": {name: {"code": ...}}}."""
    try:
        return json.loads(Path(folder, "index.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {"files": {}}


def write_index(folder: Path, files: dict, all_: str | None = None) -> None:
    part = Path(folder, f"index.{os.getpid()}.part")
    text = json.dumps({"all": all_, "files": files}, indent=1, sort_keys=True)
    part.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    part.replace(Path(folder, "index.json"))


def add_to_index(folder: Path, name: str, known: dict) -> None:
    write_index(folder, {**read_index(folder)["files"], name: known})


def entry(file: Path, given: argparse.Namespace, settings: Settings) -> dict:
    return {
        "code": code_of(settings, given),
        "parameters": settings in RUNS,
        "settings": repr(settings),
        "sha256": sha256(file),
    }


def sha256(file: Path) -> str:
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(make_records())

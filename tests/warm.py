"""Run `mkdocs` again and again without importing it each time: by forks of one process.

A small site builds in the time that its imports take. `start()` starts the process;
where nothing can fork, on Windows, `run` starts a fresh Python each time.
"""

import atexit
import functools
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

SECONDS = 300  # that a run may take


def run(arguments, folder, environment):
    """Run `mkdocs` in a folder; what it wrote is text, as of `subprocess.run`."""
    if not hasattr(os, "fork"):
        return subprocess.run(
            [sys.executable, "-m", "mkdocs", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
        )
    with tempfile.TemporaryDirectory() as own:
        out, err = Path(own, "out"), Path(own, "err")
        asked = [[*arguments], str(folder), environment, str(out), str(err)]
        process = start()
        print(json.dumps(asked), file=process.stdin, flush=True)
        code = int(process.stdout.readline())
        texts = [file.read_text(encoding="utf-8") for file in (out, err)]
    return subprocess.CompletedProcess(arguments, code, *texts)


@functools.cache
def start():
    """Start the process that forks; it ends when its input does, with this one."""
    pipes = dict.fromkeys(("stdin", "stdout"), subprocess.PIPE)
    process = subprocess.Popen([sys.executable, __file__], encoding="utf-8", **pipes)
    atexit.register(process.communicate)
    return process


def serve():
    import babel.dates  # noqa: F401  What a build imports but for the builder itself.
    import latex2mathml.converter  # noqa: F401
    import material.plugins.search.plugin  # noqa: F401
    import mkdocs.commands.build  # noqa: F401
    import mkdocs_jupyter.plugin  # noqa: F401
    import mkdocs_static_i18n.plugin  # noqa: F401
    import pybtex.database  # noqa: F401

    del sys.path[0]  # this folder
    for line in sys.stdin:
        if child := os.fork():
            _, status = os.waitpid(child, 0)
            print(os.waitstatus_to_exitcode(status), flush=True)
        else:
            one(*json.loads(line))


def one(arguments, folder, environment, *files):
    from mkdocs.__main__ import cli

    signal.alarm(SECONDS)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, file in enumerate([os.devnull, *files]):
        os.dup2(os.open(file, os.O_RDWR | os.O_CREAT), number)
    cli(arguments, prog_name="mkdocs")  # and it ends the child


if __name__ == "__main__":
    serve()

"""What a cell may not do: a guard against accidents, not a prison for hostile code.

Whoever writes a page runs code on the machine that builds it, and can get round this.
"""

import functools
import os
import sys
from collections.abc import Callable
from typing import Any, Never

NETWORK = "connect bind getaddrinfo gethostbyname gethostbyaddr sendto sendmsg"
PROCESSES = (
    "subprocess.Popen os.system os.exec os.fork os.forkpty os.posix_spawn os.spawn"
    " os.startfile pty.spawn os.kill os.killpg _winapi.CreateProcess"
)
# Events of a changed file, and which of their arguments are paths.
CHANGES = {"os.link": [1], "os.rename": [0, 1], "os.symlink": [1]}
CHANGES |= dict.fromkeys(
    "os.chmod os.chown os.mkdir os.remove os.rmdir os.truncate os.utime shutil.rmtree"
    " sqlite3.connect".split(),
    [0],
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def install(folder: str) -> None:
    """From now on refuse network, processes, and writing outside of a folder."""
    own, null = os.path.realpath(folder), os.path.realpath(os.devnull)

    def change(path: Any) -> None:
        if isinstance(path, int) or path == ":memory:":  # open already; no file
            return
        real = os.path.realpath(os.fsdecode(path))
        if real not in (own, null) and not real.startswith(own + os.sep):
            raise PermissionError(
                f"a cell may change files in its own folder only, not {path!r}; "
                'write to a plain name, open("name", "w"), or leave it out'
            )

    def changed(places: list[int], *args: Any) -> None:
        for place in places:
            change(args[place])

    def opened(path: Any, mode: str | None, flags: int) -> None:
        if path is not None and flags & WRITING:
            change(path)

    def imported(name: str, *_: object) -> None:
        if name.startswith("multiprocessing.popen_"):  # starts without an event
            no_process()

    checks: dict[str, Callable[..., object]]
    checks = {f"socket.{event}": no_network for event in NETWORK.split()}
    checks |= {event: no_process for event in PROCESSES.split()}
    checks |= {"open": opened, "import": imported}
    for event, places in CHANGES.items():
        checks[event] = functools.partial(changed, places)

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if check := checks.get(event):
            check(*args)

    sys.addaudithook(hook)


def no_network(*_: object) -> Never:
    raise PermissionError(
        "a cell may not use the network: a page is built from this project alone; "
        "put what it needs into a file of snippets/"
    )


def no_process(*_: object) -> Never:
    raise PermissionError(
        "a cell may not start or end a process; call a function instead"
    )


def no_exit(*_: object) -> Never:
    raise RuntimeError("a cell may not end the page's Python; leave exit() out")

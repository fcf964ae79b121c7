"""What a reader is told of a cell that failed."""

import json
import re
import sys
import traceback

from builder.live.printed import LIMIT, Post

NETWORK = {"requests", "httpx", "aiohttp", "urllib3"}
NO_NETWORK = "no network|url type: https|Host is unreachable|NetworkError|urlopen error"
NO_PROCESS = "does not support processes|start new thread|Function not implemented"


def limit(error: BaseException) -> str | None:
    """Name the limit of a page's Python that a cell has met, if it has met one."""
    text, missing = str(error), (getattr(error, "name", None) or "").partition(".")[0]
    if isinstance(error, SyntaxError) and re.match(r"\s*[%!?]", error.text or ""):
        return "magic"
    if isinstance(error, EOFError):
        return "input"
    if isinstance(error, ModuleNotFoundError):
        if missing in sys.stdlib_module_names:
            error.msg = f"No module named '{missing}'"  # no word on installing it
            return "absent"
        return "network" if missing in NETWORK else None
    if isinstance(error, ConnectionError) or re.search(NO_NETWORK, text):
        return "network"
    return "process" if re.search(NO_PROCESS, text) else None


def report(error: BaseException, name: str, post: Post) -> None:
    """Send a traceback cut to the cells' lines, and the last of these on the page.

    Cell 0 is no cell of the page: it is what earlier chapters made.
    """
    met = limit(error)
    told = traceback.TracebackException.from_exception(error)
    one: traceback.TracebackException | None = told
    while one:  # no ring: Python has cut those of causes and contexts
        own = [frame for frame in one.stack if frame.filename.startswith("<cell ")]
        one.stack = traceback.StackSummary.from_list(own)
        one = one.__cause__ or one.__context__
    where = name
    line: int | None = 0
    if told.stack:
        on_page = [frame for frame in told.stack if frame.filename != "<cell 0>"]
        last = (on_page or told.stack)[-1]
        where, line = last.filename, last.lineno
    if isinstance(error, SyntaxError) and str(error.filename).startswith("<cell "):
        where, line = str(error.filename), error.lineno
    more = {
        "type": type(error).__name__,
        "line": line,
        "cell": int(where[6:-1]),
        "kinds": [kind.__name__ for kind in type(error).__mro__],
        "limit": met,
    }
    text = "".join(told.format())
    if len(text) > LIMIT:
        post("cut", "")
    post("error", text[:LIMIT], json.dumps(more))

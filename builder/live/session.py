"""A reader's session in the browser: cells share names, as in a notebook."""

import ast
import inspect
import io
import json
import linecache
import os
import sys
from contextlib import suppress
from html import escape
from typing import Any

from builder.live.faults import report
from builder.live.memory import Moment, main
from builder.live.needs import draws, imports_matplotlib, trains
from builder.live.printed import Printed
from builder.output.figure import inline_svg
from builder.output.gaze import drawn
from builder.output.printed import printed
from builder.output.style import SAVING, STYLE

__all__ = ["draws", "keep", "prepare_figures", "run", "trains"]  # for worker.js
LARGEST = 3_000_000  # characters of a figure that a page can still draw

# The source of a cell, what it printed and drew, and the HTML of its last value.
Given = tuple[str, list[tuple[str, str]], str]

output: Printed  # what the running cell prints
here: Moment | None = None  # what the names now are
gave: dict[int, Given] = {}  # by the number of a cell
ends: dict[int, Moment] = {}  # by the number of a cell: what it left behind
# Imports of what draws, put off until it is here, with the number of their cell.
postponed: list[tuple[int, ast.Module]] = []


def post(kind: str, text: str, more: str = "{}") -> None:
    """Send the page a message, once worker.js has put its own function here."""


def keep(yes: bool) -> None:
    """Let `replay` read the recorded trainings, unless a reader changed code."""
    os.environ["RECORDS"] = "/records" if yes else "/none"


def prepare_figures() -> None:
    """Matplotlib is here: give it the build's style, and do the imports put off."""
    import matplotlib.pyplot

    matplotlib.rcParams.update(STYLE)
    matplotlib.pyplot.show = show
    for number, statement in postponed:
        made: dict[str, Any] = {}
        exec(compile(statement, "<import>", "exec"), made)
        main.__dict__.update({**made, **main.__dict__})
        for end, moment in ends.items():
            if end >= number:
                moment.names = {**made, **moment.names}
    postponed.clear()


def show(*_: object, **__: object) -> None:
    """Hand over the open figures, as Jupyter does when a cell ends."""
    plt: Any = sys.modules.get("matplotlib.pyplot")
    for number in plt.get_fignums() if plt else []:
        figure, svg = plt.figure(number), io.StringIO()
        figure.savefig(svg, format="svg", **SAVING)
        plt.close(figure)
        output.kept.append(("figure", svg.getvalue()))


async def run(number: int, source: str, options: str, words: str) -> None:
    """Run a cell; send the page what it prints, draws or where it fails.

    `options` are those of its fence, as far as what comes out needs them.

    It begins where the cell above has ended. What stands below keeps its own end only
    if this cell gives what it gave before: else the page must run it again.
    """
    global output, here
    sys.stdout = sys.stderr = output = Printed(post)
    rich = ""
    failed: BaseException | None = None
    ended: Moment | None = None
    name = f"<cell {number}>"
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    above = ends.setdefault(number - 1, here or Moment())
    if here is not above:
        above.restore()
    try:
        rich = await execute(number, source, name)
        show()
        ended = Moment(above)
    except BaseException as error:
        failed = error
        if plt := sys.modules.get("matplotlib.pyplot"):
            plt.close("all")
    output.flush()
    given = (source, output.kept, rich)
    anew = bool(failed) or gave.get(number) != given
    gave[number], here = given, ended
    for end in [end for end in ends if end > number - (not ended) and anew]:
        del ends[end]
    if ended:
        ends[number] = ended
    if len(rich) > LARGEST:
        post("large", "")
        rich = ""
    post("done", html(number, json.loads(options), json.loads(words)) + rich)
    if failed:
        report(failed, name, post)
    post("end", "", json.dumps({"anew": anew}))


async def execute(number: int, source: str, name: str) -> str:
    tree = ast.parse(source, name)
    if "matplotlib" not in sys.modules:
        put_off = [node for node in tree.body if imports_matplotlib(node)]
        postponed.extend((number, ast.Module([node], [])) for node in put_off)
        tree.body = [node for node in tree.body if node not in put_off]
    last = tree.body[-1] if tree.body else None
    quiet = source.rstrip().endswith(";")
    shown = last.value if isinstance(last, ast.Expr) and not quiet else None
    if shown:
        tree.body.pop()
    await evaluate(tree, name, "exec")
    if not shown:
        return ""
    value = await evaluate(ast.Expression(shown), name, "eval")
    for method in ("_repr_html_", "_repr_svg_"):
        if not isinstance(value, type) and hasattr(value, method):
            if text := getattr(value, method)():
                return text
    if value is not None:
        print(pretty(value))
    return ""


async def evaluate(tree: ast.Module | ast.Expression, name: str, mode: str) -> Any:
    """Evaluate code that may `await` at its top, as in Jupyter."""
    code = compile(tree, name, mode, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    value = eval(code, main.__dict__)
    return await value if code.co_flags & inspect.CO_COROUTINE else value


def pretty(value: object) -> str:
    if not isinstance(value, (list, tuple, dict, set)):
        return repr(value)
    import pprint

    return pprint.pformat(value, sort_dicts=False)


def html(number: int, options: dict[str, str], words: dict[str, Any]) -> str:
    """What came out, by the rules of the page's own build."""
    parts: list[str] = []
    figures = 0
    for kind, content in output.parts():
        if kind == "text":
            parts.extend(texts(content, options, f"live-{number}-{len(parts)}-", words))
        elif len(content) > LARGEST:
            post("large", "")
        else:
            prefix, decimal = f"live-{number}-{figures}-", words["decimal"]
            drawing = inline_svg(content, prefix, options["alt"], decimal)
            parts.append(f'<figure class="plot">{drawing}</figure>')
            figures += 1
    return "".join(parts)


def texts(
    text: str, options: dict[str, str], prefix: str, words: dict[str, Any]
) -> list[str]:
    if "gaze" in options:
        with suppress(ValueError):  # a reader's own: no weights, or more than those
            return [drawn(text, options, prefix, words)]
    try:
        return list(printed(text, options["table"], words))
    except ValueError:  # a table that is none
        return [f'<pre tabindex="0"><samp>{escape(text)}</samp></pre>']

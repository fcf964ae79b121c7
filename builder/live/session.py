"""A reader's session in the browser: cells share names, as in a notebook."""

import ast
import inspect
import io
import json
import linecache
import os
import sys
from html import escape

from builder.live.faults import report
from builder.live.memory import Moment, main
from builder.live.needs import draws, imports_matplotlib, trains
from builder.live.printed import Printed
from builder.output.figure import inline_svg
from builder.output.render import printed
from builder.output.style import SAVING, STYLE

__all__ = ["draws", "keep", "prepare_figures", "run", "trains"]  # for worker.js
LARGEST = 3_000_000  # characters of a figure that a page can still draw

post = None  # worker.js puts here what sends a message to the page
gave, ends = {}, {}  # cell number: its source and output, and what it left behind
postponed = []  # imports of what draws, put off until it is here: (cell, code)
here, output = None, None  # what the names now are; what the running cell prints


def keep(yes):
    """Let `replay` read the recorded trainings, unless a reader changed code."""
    os.environ["RECORDS"] = "/records" if yes else "/none"


def prepare_figures():
    """Matplotlib is here: give it the build's style, and do the imports put off."""
    import matplotlib.pyplot

    matplotlib.rcParams.update(STYLE)
    matplotlib.pyplot.show = show
    for number, statement in postponed:
        made = {}
        exec(compile(statement, "<import>", "exec"), made)
        main.__dict__.update({**made, **main.__dict__})
        for end, moment in ends.items():
            if end >= number:
                moment.names = {**made, **moment.names}
    postponed.clear()


def show(*_, **__):
    """Hand over the open figures, as Jupyter does when a cell ends."""
    plt = sys.modules.get("matplotlib.pyplot")
    for number in plt.get_fignums() if plt else []:
        figure, svg = plt.figure(number), io.StringIO()
        figure.savefig(svg, format="svg", **SAVING)
        plt.close(figure)
        output.kept.append(("figure", svg.getvalue()))


async def run(number, source, caption, alt, label):
    """Run a cell; send the page what it prints, draws or where it fails.

    It begins where the cell above has ended. What stands below keeps its own end only
    if this cell gives what it gave before: else the page must run it again.
    """
    global output, here
    sys.stdout = sys.stderr = output = Printed(post)
    rich, failed, ended = "", None, None
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
        rich = post("large", "") or ""
    post("done", html(number, caption, alt, label) + rich)
    if failed:
        report(failed, name, post)
    post("end", "", json.dumps({"anew": anew}))


async def execute(number, source, name):
    tree = ast.parse(source, name)
    if "matplotlib" not in sys.modules:
        put_off = [node for node in tree.body if imports_matplotlib(node)]
        postponed.extend((number, ast.Module([node], [])) for node in put_off)
        tree.body = [node for node in tree.body if node not in put_off]
    last = tree.body[-1] if tree.body else None
    shown = isinstance(last, ast.Expr) and not source.rstrip().endswith(";")
    if shown:
        tree.body.pop()
    await evaluate(tree, name, "exec")
    if not shown:
        return ""
    value = await evaluate(ast.Expression(last.value), name, "eval")
    for method in ("_repr_html_", "_repr_svg_"):
        if not isinstance(value, type) and hasattr(value, method):
            if text := getattr(value, method)():
                return text
    if value is not None:
        print(pretty(value))
    return ""


async def evaluate(tree, name, mode):
    """Evaluate code that may `await` at its top, as in Jupyter."""
    code = compile(tree, name, mode, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    value = eval(code, main.__dict__)
    return await value if code.co_flags & inspect.CO_COROUTINE else value


def pretty(value):
    if not isinstance(value, (list, tuple, dict, set)):
        return repr(value)
    import pprint

    return pprint.pformat(value, sort_dicts=False)


def html(number, caption, alt, label):
    """What came out, by the rules of the page's own build."""
    parts, figures = [], 0
    for kind, content in output.parts():
        if kind == "text":
            parts.extend(texts(content, caption, label))
        elif len(content) > LARGEST:
            post("large", "")
        else:
            drawing = inline_svg(content, f"live-{number}-{figures}-", alt)
            parts.append(f'<figure class="plot">{drawing}</figure>')
            figures += 1
    return "".join(parts)


def texts(text, caption, label):
    try:
        return list(printed(text, caption, label))
    except ValueError:  # a table that is none
        return [f'<pre tabindex="0"><samp>{escape(text)}</samp></pre>']

"""A reader's session in the browser: cells share names, as in a notebook."""

import ast
import io
import json
import linecache
import os
import re
import sys
import traceback
import types
from html import escape

from pages.figure import inline_svg
from pages.render import printed

LIMIT = 100_000  # characters that a cell may print
LARGEST = 3_000_000  # characters of a figure that a page can still draw

post = None  # worker.js puts here what sends a message to the page
main = sys.modules["__main__"] = types.ModuleType("__main__")
ran, starts = {}, {}  # cell number: its source, and the random states it began with
plotting, postponed = {"matplotlib"}, []
figures, output = [], None


class Printed(io.TextIOBase):
    """What a cell prints: sent to the page line by line, and kept, up to a limit."""

    def __init__(self):
        self.kept, self.line, self.size = [], [], 0

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"can write a text, not {type(text).__name__}")
        fits = text[: max(0, LIMIT - self.size)]
        if self.size <= LIMIT < self.size + len(text):
            post("cut", "")
        self.size += len(text)
        if fits:
            self.kept.append(fits)
            self.line.append(fits)
        if "\n" in fits or "\r" in fits:
            self.flush()
        return len(text)

    def flush(self):
        if self.line:
            post("text", "".join(self.line))
            self.line.clear()

    def isatty(self):
        return True  # a reader is watching: a training may draw its progress

    def text(self):
        """All of it, as in a terminal: what follows \\r replaces the line so far."""
        return re.sub(r"[^\n]*\r(?!\n)", "", "".join(self.kept))


def draws(source):
    """Tell whether a cell uses Matplotlib; remember what it defines that would."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return False
    for node in tree.body:
        if imports_matplotlib(node):
            plotting.update(a.asname or a.name.partition(".")[0] for a in node.names)
        elif any(map(imports_matplotlib, ast.walk(node))):
            return True
        elif plotting & {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}:
            if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                return True
            plotting.add(node.name)
    return False


def imports_matplotlib(node):
    modules = [a.name for a in node.names] if isinstance(node, ast.Import) else []
    if isinstance(node, ast.ImportFrom):
        modules = [node.module or ""]
    tops = {name.partition(".")[0] for name in modules}
    return bool(tops & {"matplotlib", "mpl_toolkits"})


def trains(source):
    """Tell whether a cell asks for one of the trainings that come with the site."""
    try:
        nodes = ast.walk(ast.parse(source))
    except SyntaxError:
        return False
    calls = [node.func for node in nodes if isinstance(node, ast.Call)]
    return any(isinstance(f, ast.Name) and f.id == "replay" for f in calls)


def keep(yes):
    """Let `replay` read the recorded trainings, unless a reader changed code."""
    os.environ["RECORDS"] = "/records" if yes else "/none"


def prepare_figures():
    """Matplotlib is here: give it the build's style, and do the imports put off."""
    import matplotlib.pyplot
    import pages.style  # noqa: F401  the build's own, made when the pages are

    matplotlib.pyplot.show = show
    for statement in postponed:
        exec(compile(statement, "<import>", "exec"), main.__dict__)
    postponed.clear()


def show(*_, **__):
    """Hand over the open figures, as Jupyter does when a cell ends."""
    plt = sys.modules.get("matplotlib.pyplot")
    for number in plt.get_fignums() if plt else []:
        figure, svg = plt.figure(number), io.StringIO()
        metadata = {"Date": None, "Creator": None}
        figure.savefig(svg, format="svg", bbox_inches="tight", metadata=metadata)
        plt.close(figure)
        figures.append(svg.getvalue())


def generators():
    """Every random generator of the session, with its state."""
    numpy = sys.modules.get("numpy")
    if not numpy:
        return []
    known = [v for v in main.__dict__.values() if isinstance(v, numpy.random.Generator)]
    legacy = numpy.random.mtrand._rand._bit_generator
    return [(bits, bits.state) for bits in {*(g.bit_generator for g in known), legacy}]


def rewind(states):
    for bits, state in states:
        bits.state = state


def run(number, source, caption, alt, label):
    """Run a cell; send the page what it prints, draws or where it fails.

    A cell that runs again draws the random numbers it drew before. The cells below go
    on from where they were, unless the cell has changed: then they must run again.
    """
    global output
    sys.stdout = sys.stderr = output = Printed()
    figures.clear()
    before, changed = generators(), ran.get(number) != source
    rewind(starts.setdefault(number, before))
    rich, failed = "", None
    name = f"<cell {number}>"
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    try:
        rich = execute(source, name)
        show()
    except BaseException as error:
        failed = error
        if plt := sys.modules.get("matplotlib.pyplot"):
            plt.close("all")
    output.flush()
    if changed:
        for later in [n for n in starts if n > number]:
            del starts[later]
    elif max(starts) > number:
        rewind(before)
    ran[number] = source
    post("done", html(number, caption, alt, label) + rich)
    if failed:
        report(failed, name)
    post("end", "")


def execute(source, name):
    tree = ast.parse(source, name)
    if "matplotlib" not in sys.modules:
        put_off = [node for node in tree.body if imports_matplotlib(node)]
        postponed.extend(ast.Module([node], []) for node in put_off)
        tree.body = [node for node in tree.body if node not in put_off]
    last = tree.body[-1] if tree.body else None
    shown = isinstance(last, ast.Expr) and not source.rstrip().endswith(";")
    if shown:
        tree.body.pop()
    exec(compile(tree, name, "exec"), main.__dict__)
    if not shown:
        return ""
    value = eval(compile(ast.Expression(last.value), name, "eval"), main.__dict__)
    for method in ("_repr_html_", "_repr_svg_"):
        if not isinstance(value, type) and hasattr(value, method):
            if text := getattr(value, method)():
                return text
    if value is not None:
        print(pretty(value))
    return ""


def pretty(value):
    if not isinstance(value, (list, tuple, dict, set)):
        return repr(value)
    import pprint

    return pprint.pformat(value, sort_dicts=False)


def html(number, caption, alt, label):
    """What came out, by the rules of the page's own build."""
    text = output.text()
    try:
        parts = list(printed(text, caption, label))
    except ValueError:  # a table that is none
        parts = [f'<pre tabindex="0"><samp>{escape(text)}</samp></pre>']
    for at, svg in enumerate(figures):
        if len(svg) > LARGEST:
            post("large", "")
            continue
        drawing = inline_svg(svg, f"live-{number}-{at}-", alt)
        parts.append(f'<figure class="plot">{drawing}</figure>')
    return "".join(parts)


def report(error, name):
    """Send a traceback cut to the reader's own lines, and the last of these lines."""
    told = traceback.TracebackException.from_exception(error)
    one, seen = told, set()
    while one and id(one) not in seen:
        seen.add(id(one))
        own = [frame for frame in one.stack if frame.filename.startswith("<cell ")]
        one.stack = traceback.StackSummary.from_list(own)
        one = one.__cause__ or one.__context__
    where, line = name, 0
    if told.stack:
        where, line = told.stack[-1].filename, told.stack[-1].lineno
    if isinstance(error, SyntaxError) and str(error.filename).startswith("<cell "):
        where, line = error.filename, error.lineno
    more = {"type": type(error).__name__, "line": line, "cell": int(where[6:-1])}
    kinds = [kind.__name__ for kind in type(error).__mro__]
    post("error", "".join(told.format()), json.dumps({**more, "kinds": kinds}))

"""A reader's session in the browser: cells share names, as in a notebook."""

import ast
import inspect
import io
import json
import linecache
import os
import re
import sys
import traceback
import types
from collections import deque
from html import escape
from itertools import groupby

from builder.output.figure import inline_svg
from builder.output.render import printed

LIMIT = 100_000  # characters that a cell may print
LARGEST = 3_000_000  # characters of a figure that a page can still draw
HEAVY = 10_000_000  # bytes of an array of which no copy is kept

post = None  # worker.js puts here what sends a message to the page
main = sys.modules["__main__"] = types.ModuleType("__main__")
gave, ends = {}, {}  # cell number: its source and output, and what it left behind
plotting, postponed = {"matplotlib"}, []  # what draws; imports put off: (cell, code)
here, output = None, None  # what the names now are; what the running cell prints


class Printed(io.TextIOBase):
    """What a cell prints: sent to the page line by line, and kept, up to a limit.

    `kept` also has what it draws, in its place: ("text" or "figure", content).
    """

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
            self.kept.append(("text", fits))
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

    def parts(self):
        """Texts, as in a terminal (what follows \\r replaces the line), and figures."""
        for kind, pieces in groupby(self.kept, lambda one: one[0]):
            contents = [content for _, content in pieces]
            if kind == "figure":
                yield from ((kind, content) for content in contents)
            else:
                yield kind, re.sub(r"(?m)^[^\n]*\r(?!\n)", "", "".join(contents))


class Moment:
    """What cells share at one moment: names, what stands in them, random states.

    Restored, a cell finds what the cells above it left, whatever has run since. Out of
    reach: iterators, open files, and arrays too large to be kept twice.
    """

    def __init__(self, before=None):
        self.names, self.contents = dict(main.__dict__), {}
        known = before.contents if before else {}
        roots = [("random", "_inst"), ("numpy.random.mtrand", "_rand")]
        found = [getattr(sys.modules.get(name), root, None) for name, root in roots]
        found.extend(self.names.values())
        while found:
            one = found.pop()
            if id(one) not in self.contents and not is_fixed(one):
                content, inside = state(one, known)
                self.contents[id(one)] = one, content
                found.extend(inside)

    def restore(self):
        main.__dict__.clear()
        main.__dict__.update(self.names)
        for one, content in self.contents.values():
            if content is not None:
                put_back(one, content)


PLAIN = {type(None), bool, int, float, complex, str, bytes, types.ModuleType}
fixed = {}  # tuples of plain things and of such tuples, by id: no need to look again


def is_fixed(one):
    if type(one) in PLAIN or id(one) in fixed:
        return True
    if not isinstance(one, tuple):
        return False
    if PLAIN.issuperset(map(type, one)) or all(map(is_fixed, one)):
        fixed[id(one)] = one
    return id(one) in fixed


def state(one, known):
    """Return what can change of an object, and the objects in it."""
    random, numpy = sys.modules.get("random"), sys.modules.get("numpy")
    if isinstance(one, dict):
        return dict(one), one.values()
    if isinstance(one, (list, set, deque, bytearray)):
        return list(one), () if isinstance(one, bytearray) else one
    if isinstance(one, (tuple, frozenset)):
        return None, one
    if isinstance(one, types.FunctionType):
        cells = [c for c in one.__closure__ or () if c != types.CellType()]  # not empty
        return None, [*(c.cell_contents for c in cells), *(one.__defaults__ or ())]
    if random and isinstance(one, random.Random):
        return None if isinstance(one, random.SystemRandom) else one.getstate(), ()
    if numpy and isinstance(one, numpy.random.Generator):
        return one.bit_generator.state, ()
    if numpy and isinstance(one, numpy.random.RandomState):
        return one.get_state(legacy=False), ()
    if numpy and isinstance(one, numpy.ndarray):
        return copied(one, known), one.ravel() if one.dtype == object else ()
    if isinstance(one, type) and one.__module__ == "__main__":
        return None, vars(one).values()
    if type(one).__module__ in ("__main__", "types") and hasattr(one, "__dict__"):
        return None, [vars(one)]
    return None, ()


def copied(array, known):
    """Return a copy of an array, the one already kept if nothing has changed."""
    _, old = known.get(id(array), (None, None))
    if array.nbytes > HEAVY:
        return None
    same = old is not None and sys.modules["numpy"].array_equal(old, array)
    return old if same else array.copy()


def put_back(one, content):
    if isinstance(one, (dict, set)):
        one.clear()
        one.update(content)
    elif isinstance(one, (list, deque, bytearray)):
        one.clear()
        one.extend(content)
    elif hasattr(one, "bit_generator"):
        one.bit_generator.state = content
    elif hasattr(one, "set_state"):
        one.set_state(content)
    elif hasattr(one, "setstate"):
        one.setstate(content)
    elif one.flags.writeable and one.shape == content.shape:
        one[...] = content


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

    import builder.live.style  # noqa: F401  the build's own, made when the pages are

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
        metadata = {"Date": None, "Creator": None}
        figure.savefig(svg, format="svg", bbox_inches="tight", metadata=metadata)
        plt.close(figure)
        output.kept.append(("figure", svg.getvalue()))


async def run(number, source, caption, alt, label):
    """Run a cell; send the page what it prints, draws or where it fails.

    It begins where the cell above has ended. What stands below keeps its own end only
    if this cell gives what it gave before: else the page must run it again.
    """
    global output, here
    sys.stdout = sys.stderr = output = Printed()
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
        report(failed, name)
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


NETWORK = {"requests", "httpx", "aiohttp", "urllib3"}
NO_NETWORK = "no network|url type: https|Host is unreachable|NetworkError|urlopen error"
NO_PROCESS = "does not support processes|start new thread|Function not implemented"


def limit(error):
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


def report(error, name):
    """Send a traceback cut to the reader's own lines, and the last of these lines."""
    met = limit(error)
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
    more.update(kinds=kinds, limit=met)
    text = "".join(told.format())
    if len(text) > LIMIT:
        post("cut", "")
    post("error", text[:LIMIT], json.dumps(more))

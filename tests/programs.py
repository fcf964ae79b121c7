"""Run the programs of a chapter's blocks, each in a space of names of its own.

`python tests/programs.py < {"name": program}` prints {"name": what it gave}; so one
process starts NumPy and Matplotlib once for many programs.
"""

import ast
import contextlib
import functools
import io
import json
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
RECORDS = ROOT / "snippets" / "records"
CORPORA = {}  # the code of make_corpus and what it uses: that function, with a memory
CARRIED = re.compile(r"live\.carried\.here\((.*)\)\s*", re.DOTALL)


def blocks(site, page):
    """What a page takes along: {"pieces": [...], "programs": {number: ...}}."""
    text = Path(site, f"{page}.blocks.js").read_text(encoding="utf-8")
    return json.loads(CARRIED.fullmatch(text)[1])


def texts(made, kind="alone"):
    """The programs of a page: {number: text}, as the copy button joins them."""
    return {
        int(number): "".join(made["pieces"][at] for at in known[kind]["pieces"])
        for number, known in made["programs"].items()
        if kind in known
    }


def shown(site, name):
    """{number: what the page has under a block}, from its notebook."""
    notebook = json.loads((site / f"{name}.ipynb").read_text(encoding="utf-8"))
    found = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and cell["execution_count"]:
            text, figures = "", []
            for output in cell["outputs"]:
                text += "".join(output.get("text", ""))
                if output["output_type"] == "display_data":
                    figures.append("".join(output["data"]["image/svg+xml"]))
            found[cell["execution_count"]] = {"text": text, "figures": figures}
    return found


def without(program):
    """Leave out each statement of a program in turn: [(what, program), ...]."""
    lines, found = program.split("\n"), []
    for node in ast.parse(program).body:
        first = min([node.lineno, *(d.lineno for d in decorators(node))])
        kept = lines[: first - 1] + lines[node.end_lineno :]
        found.append((lines[first - 1], "\n".join(kept)))
    return found


def decorators(node):
    return getattr(node, "decorator_list", [])


def run(programs, folder, records=RECORDS):
    """Run {name: program} in one clean process; return {name: what it gave}."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "MPLCONFIGDIR": str(folder),
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONIOENCODING": "utf-8",
        "RECORDS": str(records),
        "PYTHONPATH": str(folder),  # as if a program stood there
    }
    done = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(programs),
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={**environment, **kernels()},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def same(one, other):
    """Whether two runs printed the same, and drew the same but for a point or two.

    A layout that Matplotlib finds by itself moves a little from draw to draw.
    """
    if one["text"] != other["text"] or len(one["figures"]) != len(other["figures"]):
        return False
    pairs = zip(one["figures"], other["figures"])
    return all(_alike(*map(_parts, pair)) for pair in pairs)


def _parts(svg):
    """A drawing's words and numbers; names of its parts hang on where they stand."""
    svg = re.sub(r'(id|xlink:href|clip-path)="[^"]*"', "", svg)
    return re.split(r"(-?\d+\.\d+|-?\d+)", svg)


def _alike(one, other):
    if one[::2] != other[::2] or len(one) != len(other):
        return False
    pairs = zip(one[1::2], other[1::2])
    return all(abs(float(a) - float(b)) < 2 for a, b in pairs)


def kernels():
    return {k: v for k, v in os.environ.items() if k.startswith("OPENBLAS_CORE")}


def share_corpora(program):
    """Let programs whose code of `make_corpus` is the same one share what it makes.

    A corpus takes a second, all else that a block does about a third of one.
    """
    tree = ast.parse(program)
    code = "".join(ast.unparse(node) for node in behind(tree, "make_corpus"))
    for at, node in enumerate(tree.body):
        if getattr(node, "name", "") == "make_corpus":
            wrapped = f"make_corpus = __shared__({code!r}, make_corpus)"
            tree.body.insert(at + 1, ast.parse(wrapped).body[0])
            break
    return ast.fix_missing_locations(tree)


def behind(tree, name):
    """The statements of a program that give a name, and all that these use."""
    from builder.program.names import names_of

    known = [(node, names_of(node)) for node in tree.body]
    asked, found = {name}, set()
    while asked:
        new = {node for node, names in known if names.gives & asked} - found
        found |= new
        asked = set().union(*(n.needs | n.later for node, n in known if node in new))
    return [node for node in tree.body if node in found]


def shared(code, function):
    return CORPORA.setdefault(code, functools.cache(function))


def give(program):
    """What a program printed and drew, and what it raised."""
    import matplotlib.pyplot as plt
    import numpy as np

    from builder.output.style import SAVING

    figures, printed = [], io.StringIO()

    def show():
        for number in plt.get_fignums():
            svg = io.StringIO()
            plt.figure(number).savefig(svg, format="svg", **SAVING)
            plt.close(number)
            figures.append(svg.getvalue())

    plt.show, raised = show, ""
    np.random.seed(0)
    try:
        with contextlib.redirect_stdout(printed):
            names = {"__name__": "__main__", "__shared__": shared}
            exec(compile(share_corpora(program), "<program>", "exec"), names)
    except Exception as error:
        raised = f"{type(error).__name__}: {error}"
    plt.close("all")
    return {"text": printed.getvalue(), "figures": figures, "raised": raised}


def main():
    import matplotlib

    from builder.output.style import STYLE

    matplotlib.use("svg")
    matplotlib.rcParams.update(STYLE)
    warnings.simplefilter("error")
    with contextlib.suppress(ImportError):  # beside short forms it is there
        import birth_of_attention as one_file

        one_file.make_corpus = functools.cache(one_file.make_corpus)
    programs = json.load(sys.stdin)
    json.dump({name: give(text) for name, text in programs.items()}, sys.stdout)


if __name__ == "__main__":
    main()

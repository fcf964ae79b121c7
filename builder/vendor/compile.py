"""Compile, with Pyodide's own Python, the modules that pages use: compiled.zip.

Python would otherwise compile them in each reader's browser: two of the three seconds
that a first run took. Run this after a change of the runtime (`python compile.py`, with
what the tests need); a test compiles each module anew and compares.
"""

import base64
import functools
import http.server
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "tests"))

import browser  # noqa: E402

PREPARE = """
import io, importlib.util, marshal, sys, zipfile
SITE = "/lib/python3.12/site-packages/"
STDLIB = "/lib/python312.zip/"
library = zipfile.ZipFile("/lib/python312.zip")

def source(path):
    if path.startswith(STDLIB):
        return library.read(path.removeprefix(STDLIB))
    with open(path, "rb") as file:
        return file.read()

def compiled(path):
    return compile(source(path), path, "exec", dont_inherit=True)

def header(path):  # a hash of the source that is not looked at again
    magic, flags = importlib.util.MAGIC_NUMBER, (1).to_bytes(4, "little")
    return magic + flags + importlib.util.source_hash(source(path))
"""
USE = """
import ast, html, json, linecache, pprint, re, traceback, types
import numpy as np
np.random.default_rng(0).normal(size=2), np.linalg.norm([1.0])
import matplotlib
matplotlib.use("svg")
import matplotlib.pyplot as plt
figure, axes = plt.subplots()
axes.loglog([1, 10], [1, 10], label="$x^2$"), axes.legend()
plt.figure(), plt.pcolormesh([[1.0]]), plt.imshow([[1.0]]), plt.bar([1], [2])
for number in plt.get_fignums():
    plt.figure(number).savefig(io.StringIO(), format="svg", bbox_inches="tight")
"""
WRITE = """
import pathlib
origins = {str(getattr(getattr(m, "__spec__", None), "origin", None))
           for m in list(sys.modules.values())}
out = io.BytesIO()
with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
    for path in sorted(o for o in origins if o.endswith(".py")):
        if path.startswith((STDLIB, SITE)):
            name = zipfile.ZipInfo(path.removeprefix("/lib/") + "c")
            name.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(name, header(path) + marshal.dumps(compiled(path)))
import base64
base64.b64encode(out.getvalue()).decode()
"""
COMPARE = """
import base64
wrong = []
with zipfile.ZipFile(io.BytesIO(base64.b64decode(given))) as old:
    for name in old.namelist():
        path, data = "/lib/" + name[:-1], old.read(name)
        if data[:16] != header(path) or marshal.loads(data[16:]) != compiled(path):
            wrong.append(name)
" ".join(wrong) or f"{len(old.namelist())} right"
"""


def in_pyodide(*programs, **values):
    """Run Python in Pyodide as it came, wheels installed; return the last value."""
    quiet = type("", (http.server.SimpleHTTPRequestHandler,), {})
    quiet.log_message = lambda *_: None
    handler = functools.partial(quiet, directory=HERE)
    with (
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        chromium = playwright.chromium.launch(
            executable_path=browser.find(), args=["--no-sandbox"]
        )
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/manifest.json")
        page.add_script_tag(url="/pyodide.js")
        result = page.evaluate(
            """async ([wheels, programs, values]) => {
              const python = await loadPyodide({ indexURL: location.origin + "/" });
              const extractDir = "/lib/python3.12/site-packages";
              for (const wheel of wheels) {
                const bytes = await (await fetch(wheel)).arrayBuffer();
                python.unpackArchive(bytes, "wheel", { extractDir });
              }
              for (const [name, value] of Object.entries(values))
                python.globals.set(name, value);
              return programs.map(program => python.runPython(program)).pop();
            }""",
            [sorted(p.name for p in HERE.glob("*.whl")), programs, values],
        )
        chromium.close()
        server.shutdown()
    return result


def wrong(archive):
    """Name the modules of `archive` that are not what their sources give."""
    given = base64.b64encode(archive).decode()
    return in_pyodide(PREPARE, COMPARE, given=given)


if __name__ == "__main__":
    text = in_pyodide(PREPARE, USE, WRITE)
    (HERE / "compiled.zip").write_bytes(base64.b64decode(text))
    print(wrong((HERE / "compiled.zip").read_bytes()))

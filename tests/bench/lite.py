"""JupyterLite with the same Pyodide, NumPy and Python library, to measure beside ours.

`python lite.py FOLDER` builds it (JupyterLite and IPython come from PyPI into a virtual
environment there); then `python live.py --lite FOLDER/site`.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

RUNTIME = Path(__file__).resolve().parents[2] / "builder" / "vendor"
JUPYTERLITE = ["jupyterlite-core==0.6.4", "jupyterlite-pyodide-kernel==0.6.1"]
# What its kernel loads first, with what that needs; not in our runtime.
KERNEL = (
    "asttokens comm decorator executing ipython jedi matplotlib-inline micropip"
    " packaging parso prompt-toolkit pure-eval pygments six stack-data traitlets"
    " wcwidth"
).split()
CODE = "import numpy as np\nprint('sum', np.arange(3).sum())"


def build(folder):
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    program = folder / "venv" / "bin"
    pip = [program / "pip", "-q"]
    subprocess.run([*pip, "install", *JUPYTERLITE, "jupyter-server"], check=True)
    pyodide = folder / "files" / "pyodide"
    shutil.copytree(RUNTIME, pyodide, ignore=shutil.ignore_patterns("codemirror*"))
    lock = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    packages = {"numpy": lock["packages"]["numpy"]}
    for name in KERNEL:
        entry = lock["packages"].get(name)
        version = f"{name}=={entry['version']}" if entry else name
        wheels = folder / "wheels" / name
        options = "--no-deps --only-binary :all: --python-version 3.12".split()
        subprocess.run([*pip, "download", *options, "-d", wheels, version], check=True)
        (wheel,) = wheels.iterdir()
        depends = entry["depends"] if entry else []
        shutil.copy(wheel, pyodide)
        packages[name] = {
            **(entry or lock["packages"]["micropip"]),
            "name": name,
            "version": wheel.name.split("-")[1],
            "file_name": wheel.name,
            "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
            "imports": [re.sub("-", "_", name)],
            "depends": [d for d in depends if d.replace("_", "-") in KERNEL],
        }
    for name in ("ssl", "sqlite3"):  # asked for, never used here: an empty package
        wheel = pyodide / f"{name}-1.0.0-py2.py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            info = f"{name}-1.0.0.dist-info"
            text = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0.0\n"
            archive.writestr(f"{info}/METADATA", text)
            archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\n")
        packages[name] = {
            **packages["micropip"],
            "name": name,
            "version": "1.0.0",
            "file_name": wheel.name,
            "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
            "imports": [],
            "depends": [],
        }
    lock["packages"] = packages
    (pyodide / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    (folder / "files" / "jupyter-lite.json").write_text(
        json.dumps(
            {
                "jupyter-lite-schema-version": 0,
                "jupyter-config-data": {
                    "litePluginSettings": {
                        "@jupyterlite/pyodide-kernel-extension:kernel": {
                            "pyodideUrl": "./static/pyodide/pyodide.js"
                        }
                    }
                },
            }
        ),
        encoding="utf-8",
    )
    subprocess.run(
        [
            *(program / "jupyter", "lite", "build", "--apps", "repl"),
            *("--lite-dir", folder / "files", "--output-dir", folder / "site"),
        ],
        check=True,
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    shutil.copytree(pyodide, folder / "site" / "static" / "pyodide")


def times(page, base):
    """Until the kernel has loaded IPython: what JupyterLite needs at the least.

    With the stand-ins for ssl and sqlite3 it goes no further; it would still have to
    import IPython and NumPy, and to run the cell.
    """
    code = CODE.replace("\n", "%0A").replace(" ", "%20")
    start = time.perf_counter()
    with page.expect_console_message(
        lambda message: re.match("Loaded .*ipython", message.text), timeout=120_000
    ):
        page.goto(f"{base}repl/index.html?kernel=python&execute=1&code={code}")
    return {"IPython loaded, not run": 1000 * (time.perf_counter() - start)}


if __name__ == "__main__":
    build(Path(sys.argv[1]).resolve())

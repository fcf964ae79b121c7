"""A small copy of the project, built in a few seconds, for tests to break."""

import functools
import os
import re
import shutil
import sys
from pathlib import Path

import warm
from elsewhere import linked

PROJECT = Path(__file__).resolve().parents[1]
NAV = "nav:\n  - index.md\n  - cats.md\n\n"

FRONT = """---
jupyter:
  kernelspec:
    display_name: Python 3
    language: python
    name: python3
description: Gatos.
---
"""

SNIPPET = '''"""Numbers of cats."""


def double(number):
    """Return twice a number."""
    return 2 * number
'''

INDEX_PT = """---
description: Um site pequeno.
---

# Um site pequeno

Comece pelos [gatos](cats.md#count).

## Por quê {#why}

Para quebrar.
"""

INDEX_EN = """---
description: A small site.
---

# A small site

Start with the [cats](cats.md#count).

## Why {#why}

To break it.
"""

CATS_PT = """---
jupyter:
  kernelspec:
    display_name: Python 3
    language: python
    name: python3
description: Gatos, contados.
---

# Gatos

Um gato vale por dois.

## Quantos {#count}

```python values="cats"
--8<-- "small.py:double"


cats = double(21)
print("gatos:", cats)
```

São {{ cats }} gatos em $n$ tapetes.

```python
print(cats + 1)
```

Volte ao [começo](index.md#why).
"""

CATS_EN = """---
jupyter:
  kernelspec:
    display_name: Python 3
    language: python
    name: python3
description: Cats, counted.
---

# Cats

One cat counts for two.

## How many {#count}

```python values="cats"
--8<-- "small.py:double"


cats = double(21)
print("cats:", cats)
```

There are {{ cats }} cats on $n$ mats.

```python
print(cats + 1)
```

Go back to the [start](index.md#why).
"""

SOURCES = {
    "snippets/small.py": SNIPPET,
    "docs/pt/index.md": INDEX_PT,
    "docs/pt/cats.md": CATS_PT,
    "docs/en/index.md": INDEX_EN,
    "docs/en/cats.md": CATS_EN,
}


def make(folder):
    """Put the project's theme and settings, and small pages, into a folder."""
    ignore = shutil.ignore_patterns("__pycache__", "vendor")  # 24 MB
    shutil.copytree(PROJECT / "builder", folder / "builder", ignore=ignore)
    runtime = folder / "builder/vendor"
    try:
        runtime.symlink_to(PROJECT / "builder/vendor", target_is_directory=True)
    except OSError:  # not everybody may make links on Windows
        shutil.copytree(PROJECT / "builder/vendor", runtime)
    settings = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    settings, count = re.subn(r"^nav:\n(?:[ #].*\n|\n)+", NAV, settings, flags=re.M)
    assert count == 1
    shutil.copy(PROJECT / "pyproject.toml", folder)
    write(folder, {"mkdocs.yml": settings, **SOURCES})
    return folder


@functools.cache
def built(parent):
    """Make and build one small site for all tests; they change copies of it."""
    folder = make(parent / "small-site")
    first = build(folder)
    assert first.returncode == 0, first.stdout + first.stderr
    assert runs(first) == ["pt/cats.md", "en/cats.md"]
    return folder


def copy(tmp_path_factory):
    """Copy the built site, its cache included: only what a test changes will run."""
    folder = tmp_path_factory.mktemp("copy") / "small-site"
    made = built(tmp_path_factory.getbasetemp())
    return shutil.copytree(made, folder, symlinks=True, copy_function=own_if_small)


def own_if_small(source, target):
    """What is large, Python for the browser, a build replaces whole or not at all."""
    large = os.path.getsize(source) > 100_000
    (linked if large else shutil.copy2)(source, target)


def write(folder, texts):
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def change(folder, name, old, new):
    """Replace a text that stands once in a file."""
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, (name, old)
    write(folder, {name: text.replace(old, new)})


def environment():
    """The tests' own environment, but for what changes the words of a build."""
    own = {k: v for k, v in os.environ.items() if k not in ("SITE_URL", "COLUMNS")}
    return {**own, "NO_MKDOCS_2_WARNING": "1"}


def command(*arguments):
    return [sys.executable, "-m", "mkdocs", *arguments]


def build(folder, *flags):
    """Run `mkdocs build`; what it tells is in the result's `stderr`."""
    done = warm.run(["build", *flags], folder, environment())
    # Now and then ZeroMQ writes this while a kernel is being ended; nothing is lost.
    done.stderr = re.sub(r"Assertion failed: pfd\.revents .*\n", "", done.stderr)
    return done


def runs(built):
    """Name the pages whose cells ran."""
    return re.findall(r"running the cells of (\S+)", built.stderr)

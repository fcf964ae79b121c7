"""Code from snippets/; what is expected was written by hand."""

import subprocess
import sys

import pytest

from builder.errors import PageError
from builder.notebook.include import expand_includes, extract

MODULE = '''"""What the module is for."""

import math

LIMIT = 3
size: int = 4


def plain(x):
    """Do it.

    In two paragraphs.
    """
    # a comment stays
    return x


@staticmethod
@property
def decorated(x):
    return "no docstring"


class Cat:
    """A cat."""

    def meow(self):
        """Say it."""
        return "miau"


def shout():
    print("MIAU")


async def later():
    "Wait."
    return 1
'''


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("LIMIT", ["LIMIT = 3"]),
        ("size", ["size: int = 4"]),
        ("plain", ["def plain(x):", "    # a comment stays", "    return x"]),
        (
            "decorated",
            [
                "@staticmethod",
                "@property",
                "def decorated(x):",
                '    return "no docstring"',
            ],
        ),
        (
            "Cat",
            [
                "class Cat:",
                "    def meow(self):",
                '        return "miau"',
            ],
        ),
        ("shout", ["def shout():", '    print("MIAU")']),
        ("later", ["async def later():", "    return 1"]),
    ],
)
def test_a_definition_comes_without_its_docstring(name, lines):
    assert extract(MODULE, name).split("\n") == lines


@pytest.mark.parametrize("name", ["meow", "math", "x", "nope"])
def test_only_what_the_module_itself_defines_can_be_included(name):
    assert extract(MODULE, name) is None


def test_a_whole_file_comes_as_it_can_be_pasted():
    module = MODULE + "\n\nif __name__ == '__main__':\n    shout()\n"
    module = module.replace("import math", "import math\nfrom neighbor import far", 1)
    whole = extract(module)
    assert whole.startswith("import math\nLIMIT = 3\n")
    assert whole.endswith("async def later():\n    return 1")
    for left_out in ('"""', "neighbor", "__main__"):
        assert left_out not in whole
    session = subprocess.run(
        [sys.executable, "-i", "-q"], input=whole + "\n\nCat().meow()\n",
        capture_output=True, text=True,
    )  # fmt: skip
    assert session.stdout.strip() == "'miau'" and "Error" not in session.stderr


def test_remarks_above_a_statement_stay_with_it_in_a_whole_file():
    assert extract("import os\n\n# Why.\n# And how.\nX = 1\n") == (
        "import os\n# Why.\n# And how.\nX = 1"
    )


def test_an_include_stands_among_other_lines(tmp_path):
    (tmp_path / "a.py").write_text(MODULE)
    source = 'before = 1\n--8<-- "a.py:LIMIT"\n--8<-- "a.py:size"\nafter = 2'
    expanded = expand_includes(source, tmp_path, "page.md", 1, 1)
    assert expanded == "before = 1\nLIMIT = 3\nsize: int = 4\nafter = 2"


@pytest.mark.parametrize(
    "line",
    [
        '    --8<-- "a.py:LIMIT"',
        "--8<-- 'a.py:LIMIT'",
        '--8<-- "a.py:LIMIT"  # why',
        '--8<-- "a.py:LIMIT" "a.py:size"',
        '--8<-- "a.py:1:3:5"',
        "--8<--",
    ],
)
def test_a_line_that_looks_like_an_include_but_is_none_is_an_error(tmp_path, line):
    (tmp_path / "a.py").write_text(MODULE)
    with pytest.raises(PageError, match=r"page.md:6: cell 2: cannot read this include"):
        expand_includes(f"x = 1\n{line}", tmp_path, "page.md", 5, 2)


ANNOTATED = '''from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np


class Pair(NamedTuple):
    left: int = 0

    def turned(self) -> "Pair":
        return self


def é(
    x: Sequence[int], *more: float, b: dict | None = None, name: str = ""
) -> dict[str, list]:
    """Annotated."""
    kept: dict[str, list] = {"é": []}
    def inner(grad: np.ndarray) -> None:
        kept["é"] += [grad]
    return kept


def plain(x, y = 1):
    return x


def wide(
    a_long_name: int, another_long_name: int, a_third_long_name: int, and_a_fourth: int
):
    pass
'''
BARE = """from typing import NamedTuple
import numpy as np


class Pair(NamedTuple):
    left: int = 0
    def turned(self):
        return self


def é(x, *more, b=None, name=""):
    kept = {"é": []}
    def inner(grad):
        kept["é"] += [grad]
    return kept


def plain(x, y = 1):
    return x


def wide(
    a_long_name, another_long_name, a_third_long_name, and_a_fourth_that_is_longer_too
):
    pass"""


def test_annotations_of_functions_are_for_those_who_work_on_them():
    """Those of a class may be what makes it work; imports for annotations alone go."""
    longer = "and_a_fourth_that_is_longer_too"
    module = ANNOTATED.replace("and_a_fourth", longer)
    assert extract(module) == BARE
    one = BARE[BARE.index("def é") : BARE.index("\n\n\ndef plain")]
    for _ in range(2):  # what was read once is kept, and stays as it was
        assert extract(module, "é") == one


def test_a_cell_imports_a_thing_once(tmp_path):
    (tmp_path / "a.py").write_text("import numpy as np\n\nx = np.ones(1)\n")
    (tmp_path / "b.py").write_text("import numpy as np\nimport math\n\ny = x\n")
    source = '--8<-- "a.py"\n--8<-- "b.py"\nimport math\n'
    page = tmp_path / "page.md"
    assert expand_includes(source, tmp_path, page, 1, 1) == (
        "import numpy as np\nx = np.ones(1)\nimport math\ny = x\nimport math\n"
    )

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



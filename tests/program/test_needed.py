"""What a statement needs, on small programs written by hand, run to see."""

import contextlib
import io
import random

import pytest

from builder.program.needed import Program
from builder.program.statement import statements_of


def slice_of(source):
    """The lines that the last statement of a program needs."""
    program = Program(statements_of(source))
    found = program.needed([len(program.statements) - 1])
    return "\n".join(program.statements[at].text for at in found)


def prints(source):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(source, {"__name__": "program"})
    return printed.getvalue()


# Each: a program, and which of its statements its last one does without.
CASES = [
    ("a = 1\nb = 2\nprint(b)", ["a = 1"]),
    ("a = 1\na = 2\nprint(a)", ["a = 1"]),
    ("a = 1\na += 1\nprint(a)", []),
    ("a = [1]\nb = a\nb.append(2)\nprint(a)", []),
    ("a = [1]\nb = [a]\nb[0].append(2)\nprint(a)", []),
    ("a = [3, 1]\nfor b in [a]: b.sort()\nprint(a)", []),
    ("a, c = [1], 5\na[0] = 2\nprint(a)", []),
    ("a = {}\nb = {}\na['x'] = 1\nb['x'] = 2\nprint(a)", ["b = {}", "b['x'] = 2"]),
    ("import random\nr = random.Random(1)\nx = r.random()\nprint(r.random())", []),
    ("import random\nrandom.seed(1)\nx = random.random()\nprint(random.random())", []),
    (
        "import random\nr = random.Random(1)\nq = random.Random(2)\ny = q.random()\n"
        "print(r.random())",
        ["q = random.Random(2)", "y = q.random()"],
    ),
    ("def f(): return g()\ndef g(): return n\nn = 4\nn = 5\nprint(f())", ["n = 4"]),
    ("def f(x): x.append(1)\na = []\nf(a)\nprint(a)", []),
    ("def f(x):\n    y = x\n    y.append(1)\na = []\nf(x=a)\nprint(a)", []),
    ("def f(x): g(x)\ndef g(y): y[0] = 3\na = [0]\nf(a)\nprint(a)", []),
    ("def f(x): return x\ndef f(x): return -x\nprint(f(1))", ["def f(x): return x"]),
    ("f = lambda: n\nn = 3\nprint(f())", []),
    ("n = 1\nif n > 5: n = 9\nprint(n)", []),
    ("n = 1\nfor n in range(3): pass\nprint(n)", []),
    ("i = 7\nt = 0\nfor i in range(3): t += i\nprint(t)", ["i = 7"]),
    ("k = 7\nprint([k for k in range(3)])", ["k = 7"]),
    ("k = 7\nprint([k + j for j in range(3)])", []),
    ("class C:\n    def m(self): self.n = 2\nc = C()\nc.n = 1\nc.m()\nprint(c.n)", []),
    ("it = iter([1, 2])\nnext(it)\nprint(next(it))", []),
    ("b = 1\nx = (y := b)\nprint(y)", []),
    (
        "try:\n    import json\nexcept ImportError: json = None\nprint(json.dumps(1))",
        [],
    ),
    ("d = 1\ndef f(x=d): return x\nd = 2\nprint(f())", ["d = 2"]),
    ("import a_b as np\nprint(1)", ["import a_b as np"]),
    ("a = [2, 1]\nfor x, y in zip([a], [0]): x.sort()\nprint(a)", []),
    (
        "a, b = [[1]], [[2]]\nfor x, y in zip(a, b): x.append(3)\nprint(b)",
        ["for x, y in zip(a, b): x.append(3)"],
    ),
    ("a = [[1]]\nfor i, x in enumerate(a): x.append(3)\nprint(a)", []),
    (
        "a, b = [1], [2]\nc, d = a, b\nd.append(3)\nprint(a)",
        ["c, d = a, b", "d.append(3)"],
    ),
]


@pytest.mark.parametrize("source, spared", CASES)
def test_a_program_keeps_what_its_last_statement_needs_and_no_more(source, spared):
    program = Program(statements_of(source))
    texts = [one.text for one in program.statements]
    found = program.needed([len(texts) - 1])
    assert [texts[at] for at in range(len(texts)) if at not in found] == spared
    kept = slice_of(source)
    if "a_b" not in source:
        assert prints(kept) == prints(source)


@pytest.mark.parametrize("seed", range(150))
def test_random_programs_print_the_same_without_what_they_do_not_need(seed):
    """Assignments, changes in place, aliases, loops and functions, by lot."""
    lot, names = random.Random(seed), ["a", "b", "c", "d"]
    lines = [f"{name} = [{lot.randrange(9)}]" for name in names]
    for number in range(14):
        one, two = lot.sample(names, 2)
        lines.append(
            lot.choice(
                [
                    f"{one} = {two}",
                    f"{one} = [*{two}, {number}]",
                    f"{one}.append({number})",
                    f"{one}[0] = len({two})",
                    f"for i in {two}: {one} = [*{one}[:3], i]",
                    f"if len({two}) > 2: {one} = [{number}]",
                    f"def f{number}(x): x.append(len({two}))",
                    f"{one} += [{number}]",
                ]
            )
        )
        if lines[-1].startswith("def"):
            lines.append(f"f{number}({one})")
    source = "\n".join([*lines, f"print({lot.choice(names)})"])
    assert prints(slice_of(source)) == prints(source), source


def test_a_name_that_nobody_gives_is_named():
    with pytest.raises(KeyError, match="nowhere"):
        slice_of("a = 1\nprint(nowhere)")


def test_two_statements_on_a_line_are_refused():
    with pytest.raises(ValueError, match="two statements on one line: a = 1; b = 2"):
        list(statements_of("a = 1; b = 2"))

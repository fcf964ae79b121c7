"""The same code in two languages; what is expected was written by hand."""

import pytest

from builder.prose.parity import skeleton


@pytest.mark.parametrize(
    ("pt", "en"),
    [
        ('print("gato")  # mia', "print('cat')"),
        ('a = [\n    "um", "dois",\n]', 'a = ["one", "two"]'),
        ('f(name="gato")', 'f(name="cat")'),
        ('"gatos: %d" % n', '"%d cats" % n'),
        ('f"{n} gatos"', 'f"{n} cats"'),
        ('f"{n:.2f} gatos"', 'f"cats: {n:.2f}"'),
        ('def f():\n    """Soma."""\n    return 1', 'def f():\n  "Sum."\n  return 1'),
    ],
)
def test_texts_comments_and_layout_may_differ(pt, en):
    assert skeleton(pt) == skeleton(en)


@pytest.mark.parametrize(
    ("pt", "en"),
    [
        ("a = 1", "a = 2"),
        ("a = 1", "a = 1.0"),
        ("a = 1", 'a = "1"'),
        ("gato = 1", "cat = 1"),
        ("f(name='a')", "f(nome='a')"),
        ("a = None", "a = True"),
        ("print(1)", "print(1)\nprint(1)"),
        ('["um", "dois"]', '["one"]'),
        ('f"{n}"', 'f"{m}"'),
        ('f"{n} {m}"', 'f"{m} {n}"'),
        ('f"{n:.2f}"', 'f"{n:.3f}"'),
        ('f"{n!r}"', 'f"{n}"'),
    ],
)
def test_numbers_names_and_formats_may_not_differ(pt, en):
    assert skeleton(pt) != skeleton(en)

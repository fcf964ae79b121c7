"""The count of `make lines`, and the limits it names."""

import lines

# What is too long still: to be split, and struck from here.

PYTHON = '''"""What this file is."""

import os  # a comment


def first(words):
    """One line."""
    text = """
    not a docstring

    of two lines and one blank"""
    return [
        # nothing here
        text,
    ]


class Thing:
    """Two lines
    of words."""

    size = 3
'''


def test_blanks_comments_and_docstrings_do_not_count():
    found = [
        PYTHON.splitlines()[n - 1] for n in sorted(lines.code_lines("a.py", PYTHON))
    ]
    assert [line.strip() for line in found] == [
        "import os  # a comment",
        "def first(words):",
        'text = """',
        "not a docstring",
        'of two lines and one blank"""',
        "return [",
        "text,",
        "]",
        "class Thing:",
        "size = 3",
    ]


def test_scripts_styles_and_templates_count_alike():
    script = "// one\nlet url = 'http://x'; // two\n/* three\n four */ let b;\n\n"
    assert lines.code_lines("a.js", script) == {2, 4}
    assert lines.code_lines("a.css", "/* a\n b */\np {\n\n}\n") == {3, 5}
    page = "{# a\n b #}\n<p>\n<!-- c\n d -->\n{% if a %}\n"
    assert lines.code_lines("a.html", page) == {3, 6}


def test_too_long_is_said_with_place_and_number():
    body = "".join(f"    a = {n}\n" for n in range(39))
    more = f"\n\ndef g():\n    return 1\n\n{'    # more' * 50}\n"
    assert list(lines.too_long("a.py", f"def f():\n{body}{more}")) == []
    assert list(lines.too_long("a.py", f"def f():\n{body}    return a\n{more}")) == [
        "a.py:1: f has 41 lines, more than 40"
    ]
    assert list(lines.too_long("a.css", "a {}\n" * 251)) == [
        "a.css: 251 lines, more than 250"
    ]
    assert list(lines.too_long("a.css", "a {}\n" * 250 + "\n" * 9)) == []


def test_rooms_are_named_as_the_readme_does(tmp_path):
    names = ["builder/hooks.py", "builder/live/a.js", "builder/vendor/b.js"]
    names += ["builder/look/words/pt.yml", "snippets/c.py"]
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1\n", encoding="utf-8")
    found = [path for path, _ in lines.sources(tmp_path)]
    rooms = [lines.room(path.relative_to(tmp_path)) for path in found]
    assert rooms == ["builder", "builder/live", "snippets"]


def test_no_file_and_no_function_is_too_long():
    folders = lines.ROOT / "builder", lines.ROOT / "snippets"
    found = [
        words
        for path, text in lines.sources(*folders)
        for words in lines.too_long(path.relative_to(lines.ROOT).as_posix(), text)
    ]
    assert not found, "\n".join(found)

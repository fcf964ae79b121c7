"""What an author can get wrong in a file is told in one sentence, with its line."""

import pytest
from small_site import FRONT

from builder.errors import PageError
from builder.notebook.cache import Cache
from builder.notebook.chapter import read_chapter
from builder.prose import parity

ONLY = "only Python runs here, not '{}': write ```python at the start of a line, or "
ONLY += "```text for what is only shown"
FIRST = "front matter begins with --- and no more, on the first line; here stands "
RUNS = "a page with 'jupyter:' needs a kernelspec with 'language: python'"


def told(path, data, snippets=None):
    """Write a page, read it, and return what the error says after the file's name."""
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(PageError) as caught:
        read_chapter(path, snippets or path.parent)
    return str(caught.value).removeprefix(path.as_posix())


@pytest.mark.parametrize(
    "fence",
    [
        *("```py", "```Python", "~~~python", "```{python}", "```{code-cell}", "```js"),
        *("````python", "``` python", "```", "> ```python", "- ```python"),
        *("  ```python", "    ```python", "\t```python", "1. ```python", "```python3"),
    ],
)
def test_a_fence_that_would_neither_run_nor_be_text_is_refused(tmp_path, fence):
    page = f"{FRONT}\nUm.\n\n{fence}\nprint(1)\n```\n"
    assert told(tmp_path / "a.md", page) == ":12: " + ONLY.format(fence.strip())


def test_a_cell_inside_a_list_is_refused_in_its_line(tmp_path):
    page = f"{FRONT}\n- Um.\n\n  ```python\n  print(1)\n  ```\n"
    assert told(tmp_path / "a.md", page) == ":12: " + ONLY.format("```python")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "```text\na\n",
            ":10: this fence is never closed; end it with ``` on a line alone",
        ),
        (
            "```python\na = 1\n\nDois.\n",
            ":10: this fence is never closed; end it with ``` on a line alone",
        ),
        (
            "```text\na\n\n```python\n1\n```\n",
            ":10: this fence is not closed before the next, in line 13",
        ),
        (
            "``python\na = 1\n``\n",
            ":10: '``python' is no fence: write ``` for one",
        ),
        (
            "<!-- #raw -->\na\n<!-- #endraw -->\n",
            ":10: '<!-- #raw -->' hides what follows; take it out",
        ),
        (
            '```python active="md"\na = 1\n```\n',
            ":11: Jupytext hides this from the page: 'a = 1'",
        ),
        (
            "```python .noeval\na = 1\n```\n",
            ":10: unknown cell option '.noeval', which would hide the cell",
        ),
        (
            '```python fold="a" fold="b"\na = 1\n```\n',
            ":10: the option 'fold' stands here twice",
        ),
        (
            '```python fold="a\na = 1\n```\n',
            ':10: cell 1: cannot read the options fold="a; write name="..."',
        ),
        (
            '```python values="a-b"\na = 1\n```\n',
            ':10: cell 1: cannot read values="a-b"; write values="n total"',
        ),
        (
            '```python alt="x" caption="A **cat"\na = 1\n```\n',
            ":10: cell 1: the option 'caption' is plain text and would show '**'",
        ),
        (
            '```python\nprint("\\d")\n```\n',
            ":11: cell 1: SyntaxError: invalid escape sequence '\\d' "
            '(line 1 of the cell: print("\\d"))',
        ),
        (
            f"```python\na = {'-' * 5000}1\n```\n",
            ":11: cell 1: Python cannot read it: "
            "too much inside one another; write it simpler",
        ),
        (
            '```python\n--8<-- "../secret.py"\n```\n',
            ":11: cell 1: there is no snippets/../secret.py to include",
        ),
    ],
)
def test_what_would_be_lost_without_a_word_is_refused(tmp_path, text, message):
    (tmp_path / "secret.py").write_text("a = 1\n", encoding="utf-8")
    (tmp_path / "snippets").mkdir()
    page = f"{FRONT}\n{text}"
    assert told(tmp_path / "a.md", page, tmp_path / "snippets") == message


def test_a_cell_on_a_page_that_runs_nothing_is_refused(tmp_path):
    assert told(tmp_path / "a.md", "# A\n\n```python\nprint(1)\n```\n") == (
        ":3: nothing runs on a page without 'jupyter:' in its front matter; "
        "write ```text for what is only shown"
    )


def test_an_include_brings_nothing_from_outside_in_another_encoding(tmp_path):
    (tmp_path / "small.py").write_bytes("a = 1\nb = 'é'\n".encode("latin-1"))
    page = tmp_path / "a.md"
    page.write_text(f'{FRONT}\n```python\n--8<-- "small.py:a"\n```\n', encoding="utf-8")
    with pytest.raises(PageError, match="small.py:2: byte 6 .* save the file as UTF-8"):
        read_chapter(page, tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("---\njup", "--- \njup", f":1: {FIRST}'--- '"),
        ("---\njup", "--\njup", f":1: {FIRST}'--'"),
        ("---\njup", "----\njup", f":1: {FIRST}'----'"),
        ("---\njup", "\n---\njup", f":2: {FIRST}'---'"),
        ("---\njup", "jup", f":1: {FIRST}'jupyter:'"),
        (
            ".\n---\n",
            ".\n--- \n",
            ":8: the front matter is closed by '--- '; write --- and no more",
        ),
        (
            ".\n---\n",
            ".\n...\n",
            ":8: the front matter is closed by '...'; write --- and no more",
        ),
        (".\n---\n", ".\n", ":1: the front matter is not closed by ---"),
        ("language: python", "language: julia", f":1: {RUNS}"),
        ("  kernelspec", "  kernel", f":1: {RUNS}"),
        (
            "description: Gatos.",
            "description: Gatos: dois.",
            ":7: cannot be read as YAML: mapping values are not allowed here",
        ),
        (
            "description",
            "name: a\nname: b\ndescription",
            ":8: cannot be read as YAML: the key 'name' stands here twice",
        ),
        (
            "description",
            "descrição",
            ":2: the front matter: unknown field 'descrição'; "
            "use description, hide, search, jupyter",
        ),
        (
            "description: Gatos.",
            "hide: toc",
            ":2: the front matter: hide must be a list, not 'toc'",
        ),
        (
            "description: Gatos.",
            "hide: &all [toc]\ndescription: *all",
            ":8: cannot be read as YAML: "
            "an alias (*name) stands here; write the value itself",
        ),
        (
            "description: Gatos.",
            f"description: {'[' * 3000}",
            ":2: cannot be read as YAML: too many brackets inside one another",
        ),
    ],
)
def test_damaged_front_matter_is_refused(tmp_path, old, new, message):
    assert FRONT.count(old) == 1
    assert told(tmp_path / "a.md", FRONT.replace(old, new) + "\nUm.\n") == message


@pytest.mark.parametrize("front", ["", FRONT])
@pytest.mark.parametrize(
    ("letter", "name"),
    [
        ("\r", "a carriage return without a line feed (U+000D)"),
        ("\x00", "a NUL byte (U+0000)"),
        ("\x0b", "a vertical tab (U+000B)"),
        ("\x0c", "a form feed (U+000C)"),
        ("\x1b", "a control character (U+001B)"),
        ("\x85", "a next-line character (U+0085)"),
        ("\u2028", "a line separator (U+2028)"),
        ("\u2029", "a paragraph separator (U+2029)"),
        ("\ufeff", "a byte order mark (U+FEFF)"),
    ],
)
def test_a_letter_that_ends_lines_or_is_none_is_refused(tmp_path, front, letter, name):
    line = front.count("\n") + 3
    page = f"{front}# A\n\nUm{letter}gato.\n"
    message = f":{line}: {name} stands in this line; take it out"
    assert told(tmp_path / "a.md", page) == message


@pytest.mark.parametrize("front", ["", FRONT])
def test_what_is_not_utf8_or_empty_or_no_file_is_refused(tmp_path, front):
    page = tmp_path / "a.md"
    line = front.count("\n") + 3
    assert told(page, f"{front}# A\n\nPão.\n".encode("latin-1")) == (
        f":{line}: byte 2 of this line, 0xe3, is not UTF-8; save the file as UTF-8"
    )
    assert "byte 1 of this line" in told(page, f"{front}# A\n".encode("utf-16"))
    assert told(page, front) == (
        ":8: the page has no text below its front matter; write one"
        if front
        else ": the page is empty; write a heading and a text"
    )
    page.unlink()
    for make, why in (
        (page.mkdir, "Is a directory"),
        (lambda: page.symlink_to("nowhere"), "No such file or directory"),
    ):
        make()
        with pytest.raises(PageError, match=f"a.md: cannot be read as a file: {why}"):
            read_chapter(page, tmp_path)
        page.rmdir() if page.is_dir() else page.unlink()


@pytest.mark.parametrize("front", ["", FRONT])
def test_line_ends_and_byte_order_marks_change_nothing(tmp_path, front):
    code = "```python\na = 1\n```\n\nDois.\n" if front else ""
    plain = f"{front}# A\n\nUm.\n\n{code}"
    page, found = tmp_path / "a.md", []
    for text in (plain, plain.replace("\n", "\r\n"), f"\ufeff{plain}"):
        page.write_bytes(text.encode())
        found.append(read_chapter(page, tmp_path))
    assert found[0] == found[1] == found[2]


def test_a_link_in_docs_that_leads_to_nothing_is_told(tmp_path):
    (tmp_path / "pt").mkdir()
    (tmp_path / "pt/mat.png").symlink_to("nowhere")
    with pytest.raises(PageError, match="mat.png: this link leads to nothing: nowhere"):
        parity.require_parity(tmp_path, ["pt"], read_chapter, Cache(tmp_path))

"""A page's source; what is expected was written by hand."""

import pytest
from small_site import FRONT

from builder.errors import PageError
from builder.notebook.chapter import Cell, read_chapter


def read(folder, text, front=FRONT):
    page = folder / "page.md"
    page.write_text(front + text, encoding="utf-8")
    return read_chapter(page, folder)


def test_prose_and_code_alternate_and_code_is_numbered(tmp_path):
    chapter = read(tmp_path, "\n# Olá\n\nUm.\n\n```python\na = 1\n```\n\nDois.\n")
    assert chapter.is_notebook
    assert chapter.cells == (
        Cell("# Olá\n\nUm.", 10),
        Cell("a = 1", 15, 1, {}),
        Cell("Dois.", 18),
    )


def test_repeated_text_has_each_time_its_own_line(tmp_path):
    block = "Um gato.\n\n```python\nprint(1)\n```\n\n"
    chapter = read(tmp_path, "\n" + block * 3 + "Fim.\n")
    assert [cell.line for cell in chapter.cells if not cell.is_code] == [10, 16, 22, 28]
    assert [cell.line for cell in chapter.code] == [13, 19, 25]


def test_repeated_cells_side_by_side_have_each_their_own_line(tmp_path):
    chapter = read(tmp_path, "\n```python\nprint(1)\n```\n" * 3)
    assert [cell.line for cell in chapter.code] == [11, 15, 19]


def test_code_that_repeats_a_word_of_its_option_line_has_its_own_line(tmp_path):
    text = '\n```python values="n"\nn\n```\n\npython\n\n```python\nn\n```\n'
    chapter = read(tmp_path, text)
    assert [(cell.source, cell.line) for cell in chapter.cells] == [
        ("n", 11),
        ("python", 14),
        ("n", 17),
    ]


def test_lines_are_counted_in_the_source_not_after_an_include(tmp_path):
    (tmp_path / "long.py").write_text("a = [\n1,\n2,\n3,\n]\n")
    include = '--8<-- "long.py:a"'
    text = f"\n```python\n{include}\n```\n\n```python\nb = 1\n```\n"
    first, second = read(tmp_path, text).code
    assert (first.source, first.line) == ("a = [\n1,\n2,\n3,\n]", 11)
    assert (second.source, second.line) == ("b = 1", 15)


def test_options_of_a_cell_are_texts(tmp_path):
    text = '\n```python fold="Veja: \'isto\'" values="a b"\na = b = 1\n```\n'
    (cell,) = read(tmp_path, text).code
    assert cell.options == {"fold": "Veja: 'isto'", "values": "a b"}


@pytest.mark.parametrize(
    ("option", "cause"),
    [
        (
            'tabel="x"',
            "unknown cell option 'tabel'; use one of: alt, caption",
        ),
        ("table=1", "the option 'table' takes a text: write table=\"...\""),
        ("table", "the option 'table' takes a text: write table=\"...\""),
    ],
)
def test_a_wrong_option_is_an_error_in_its_line(tmp_path, option, cause):
    with pytest.raises(PageError) as caught:
        read(tmp_path, f"\nUm.\n\n```python {option}\na = 1\n```\n")
    assert f"page.md:12: cell 1: {cause}" in str(caught.value)


def test_code_of_another_language_is_an_error_in_its_line(tmp_path):
    with pytest.raises(PageError, match="page.md:12: only Python runs here"):
        read(tmp_path, "\nUm.\n\n```bash\nls\n```\n")


def test_blank_lines_around_a_cell_are_nothing_to_read(tmp_path):
    text = "\nUm.\n```python\na = 1\n```\nDois.\n\n```python\nb = 1\n```\n\n\n\nTrês.\n"
    chapter = read(tmp_path, text)
    assert [(cell.source, cell.line) for cell in chapter.cells if cell.source] == [
        ("Um.", 10),
        ("a = 1", 12),
        ("Dois.", 14),
        ("b = 1", 17),
        ("Três.", 22),
    ]


def test_a_page_without_a_kernel_is_one_stretch_of_prose(tmp_path):
    front = "---\ndescription: Gatos.\n---\n"
    chapter = read(tmp_path, "\n# Olá\n\n```text\na = 1\n```\n", front)
    assert not chapter.is_notebook
    assert chapter.cells == (Cell("\n# Olá\n\n```text\na = 1\n```\n", 4),)


def test_a_page_without_front_matter_is_one_stretch_of_prose(tmp_path):
    chapter = read(tmp_path, "# Olá\n", front="")
    assert chapter.cells == (Cell("# Olá\n", 1),)

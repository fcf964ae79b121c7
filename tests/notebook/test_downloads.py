"""A chapter to take away; what is expected was written by hand."""

import nbformat
import pytest
from made import chapter_of

from builder.notebook import downloads
from builder.notebook.chapter import Cell
from builder.notebook.run import Result
from builder.prose import values


@pytest.fixture
def taken_from():
    prose = (
        "# Gatos\n\n## Quantos {#count}\n\nSão {{ n }}: [fim](end.md), "
        "[nota](end.md#why), [fora](https://example.org/a.md), [aqui](#count)."
        "\n{: .lead }"
    )
    cell = Cell("print(n)", 7, 1, {"values": "n"})
    chapter = chapter_of(Cell(prose, 1), cell)
    found = {1: Result("3\n", ["<svg/>"], {"n": 3})}
    known = values.Values(chapter, found, "pt")
    return lambda site: downloads.to_notebook(chapter, found, known, site)


@pytest.fixture
def taken(taken_from):
    return taken_from("https://site.example/en/")


def test_the_notebook_to_take_away_is_valid_and_has_its_outputs(taken):
    nbformat.validate(taken)
    prose, code = taken.cells
    assert prose.source == (
        "# Gatos\n\n## Quantos\n\nSão 3: [fim](https://site.example/en/end.html), "
        "[nota](https://site.example/en/end.html#why), "
        "[fora](https://example.org/a.md), [aqui](#count)."
    )
    assert (code.source, code.execution_count) == ("print(n)", 1)
    stream, figure = code.outputs
    assert (stream.name, stream.text) == ("stdout", "3\n")
    assert figure.data["image/svg+xml"] == "<svg/>"
    assert [cell.id for cell in taken.cells] == ["cell-1", "cell-2"]


def test_a_link_to_a_page_without_an_address_is_its_text(taken_from):
    (prose, _) = taken_from("").cells
    assert "São 3: fim, nota, [fora](https://example.org/a.md)" in prose.source


def test_a_drawing_is_taken_away_in_words():
    line = '![Um gato.](drawings/cat.svg "Visto por [@a2014].")'
    chapter = chapter_of(Cell(f"Veja:\n\n{line}\n\nFim.", 1))
    known = values.Values(chapter, {}, "pt")
    (prose,) = downloads.to_notebook(chapter, {}, known, "", str.upper).cells
    assert prose.source == "VEJA:\n\n_UM GATO._\n\n_VISTO POR [@A2014]._\n\nFIM."


def test_the_script_to_take_away_is_python_with_prose_as_comments(taken):
    script = downloads.to_script(taken)
    compile(script, "script", "exec")
    assert "# ## Quantos\n#\n# São 3: [fim](" in script
    assert script.endswith("# %%\nprint(n)\n")

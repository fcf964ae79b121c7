"""What is ready before a first cell: figures as SVG, and values for the prose."""

import runpy
from pathlib import Path
from typing import Any

from IPython.display import display

VALUES = "application/x.page-values+json"
# By its path: no cell shall be able to import what makes pages.
OUTPUT = Path(__file__).resolve().parents[3] / "output"
style = runpy.run_path(str(OUTPUT / "style.py"))


def prepare(shell: Any) -> None:
    """Set up figures, and the names that cells of ours use."""
    import matplotlib.pyplot  # writes its cache of fonts

    shell.run_line_magic("matplotlib", "inline")
    figures = "figure_formats = ['svg']", f"print_figure_kwargs = {style['SAVING']}"
    for setting in figures:
        shell.run_line_magic("config", f"InlineBackend.{setting}")
    matplotlib.rcParams.update(style["STYLE"])
    shell.user_ns.update(_hand_over=hand_over)


def hand_over(**values: Any) -> None:
    """Give named numbers and words to the page's prose."""
    inf = float("inf")
    plain = {k: v.item() if hasattr(v, "item") else v for k, v in values.items()}
    for name, value in plain.items():
        number = isinstance(value, (int, float)) and value == value
        if not (isinstance(value, str) or number and value not in (inf, -inf)):
            cause = f"the prose can use a number or a text, but {name} is {value!r}"
            raise TypeError(cause)
    display({VALUES: plain}, raw=True)

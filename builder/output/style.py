"""How Matplotlib draws a figure for a page."""

from typing import Any

STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "the-birth-of-attention",
    "figure.dpi": 72,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
SAVING: dict[str, Any] = {
    "bbox_inches": "tight",
    "metadata": {"Date": None, "Creator": None},
}

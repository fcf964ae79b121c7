%matplotlib inline
%config InlineBackend.figure_formats = ["svg"]
%config InlineBackend.print_figure_kwargs = {"bbox_inches": "tight", "metadata": {"Date": None, "Creator": None}}
import matplotlib
matplotlib.rcParams.update({
    "svg.fonttype": "none",
    "svg.hashsalt": "the-birth-of-attention",
    "figure.dpi": 72,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
})
del matplotlib
def _hand_over(**values):
    """Give named numbers and words to the page's prose."""
    inf = float("inf")
    plain = {k: v.item() if hasattr(v, "item") else v for k, v in values.items()}
    for name, value in plain.items():
        if not isinstance(value, (int, float, str)) or value in (inf, -inf) or value != value:
            raise TypeError(f"the prose can use a number or a text, but {name} is {value!r}")
    display({"application/x.page-values+json": plain}, raw=True)

"""The kinds of output that a cell can have, in the order in which a page shows them.

Each is a module: `OPTIONS` are the options of a fence that belong to it, with what each
is for; `html(result, options, number, words)` gives the HTML of what a cell gave, and
raises a ValueError where that and the options do not go together.
"""

from builder.output import figure, gaze, printed

KINDS = printed, gaze, figure

"""The trainings that pages show: `make train` records each of them."""

from training import Settings

RUNS = [  # kept with their parameters, which pages use
    Settings("two cursors"),
    Settings("soft search", keep_at=(0, 50, 200)),
    Settings("cursors in step"),
    Settings("one vector"),
    Settings("soft search", longest=20),
    Settings("one vector", longest=20),
]
OTHERS = [  # for the spread of five seeds, and for two more lengths
    Settings(model, longest=longest, seed=seed)
    for model, lengths in {
        "two cursors": [30],
        "soft search": [30, 20, 40],
        "cursors in step": [30],
        "one vector": [30, 20, 40],
    }.items()
    for longest in lengths
    for seed in range(1, 6)
    if seed > 1 or longest == 40
]

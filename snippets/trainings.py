"""The trainings that pages show: `make train` records each of them."""

from cursors_in_step import cursors_in_step
from model import Settings
from one_vector import one_vector
from soft_search import soft_search
from transformer import transformer, transformer_trained_longer
from two_cursors import two_cursors

RUNS = [  # kept with their parameters, which pages use
    Settings(two_cursors),
    Settings(soft_search, keep_at=(0, 50, 200)),
    Settings(cursors_in_step),
    Settings(one_vector),
    Settings(transformer, steps=2800, batch=16, rate=3e-3),  # the search's seconds
    Settings(transformer_trained_longer, steps=8000, batch=16, rate=3e-3),
    Settings(soft_search, longest=20),
    Settings(one_vector, longest=20),
]
LENGTHS = {  # the longest sources of each model's trainings
    two_cursors: [30],
    soft_search: [30, 20, 40],
    cursors_in_step: [30],
    one_vector: [30, 20, 40],
    transformer: [30],
    transformer_trained_longer: [30],
}
FIRST = {run.model: run for run in reversed(RUNS)}
OTHERS = [  # for the spread of five seeds, and for two more lengths
    FIRST[model]._replace(longest=longest, seed=seed, keep_at=())
    for model, lengths in LENGTHS.items()
    for longest in lengths
    for seed in range(1, 6)
    if seed > 1 or longest == 40
]

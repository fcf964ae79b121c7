"""Programs that train, run without any record: one for each model, whole.

What they print are the page's lines; the numbers lie within the spread of the seeds.
`make test` runs the search's; `make whole` runs all, two minutes of a processor, and
each month does. The first steps of each are compared with its record in
test_records.py.
"""

import re
import shutil

import programs
import pytest
from records.seeds import SEEDS_BLEU_30, SEEDS_EXACT_30

NUMBER = re.compile(r"\d+\.\d+|\d+")
# A model: its page, and the how-manieth of the blocks that print such a line.
BLOCKS = {
    "one vector": ("en/bottleneck", "step ", 0),
    "soft search": ("en/first-try", "step ", 0),
    "two cursors": ("en/cursors", "| BLEU", 0),
    "cursors in step": ("en/cursors", "| BLEU", 1),
}


SHORT = "soft search"
MODELS = [
    pytest.param(one, marks=() if one == SHORT else pytest.mark.whole) for one in BLOCKS
]


@pytest.mark.parametrize("model", MODELS)
def test_a_program_trains_and_prints_the_lines_of_the_page(model, site, tmp_path):
    name, line, which = BLOCKS[model]
    under = programs.shown(site, name)
    number = [n for n, one in under.items() if line in one["text"]][which]
    made = programs.blocks(site, name)
    text = programs.texts(made)[number]
    assert model.replace(" ", "_") in text and made["programs"][f"{number}"]["records"]
    (one,) = programs.run({"it": text}, tmp_path, records=tmp_path).values()
    assert not one["raised"], one["raised"]
    ours, page = one["text"], under[number]["text"]
    assert blanked(ours) == blanked(page)
    print(ours)
    if line == "step ":
        for got, expected in zip(losses(ours), losses(page), strict=True):
            assert got == pytest.approx(expected, rel=0.2, abs=0.1)
    else:
        bleu, exact = [
            [float(x) for x in NUMBER.findall(row.partition("|")[2].partition("|")[2])]
            for row in ours.split("\n")[2:4]
        ]
        require_within(bleu, SEEDS_BLEU_30[model], 4)
        require_within(exact, SEEDS_EXACT_30[model], 0.08)


@pytest.mark.whole
def test_the_transformer_trains_and_is_as_good_as_on_the_page(site, tmp_path):
    """The block of the figure, with the record of its longer training beside it."""
    made = programs.blocks(site, "en/transformer")
    both = {"transformer-30-1.npz", "transformer-trained-longer-30-1.npz"}
    (number,) = (n for n, one in made["programs"].items() if {*one["records"]} == both)
    shutil.copy(programs.RECORDS / "transformer-trained-longer-30-1.npz", tmp_path)
    text = programs.texts(made)[int(number)] + '\nprint(*ours["Transformer"])\n'
    (one,) = programs.run({"it": text}, tmp_path, records=tmp_path).values()
    assert not one["raised"], one["raised"]
    exact = [float(part) for part in one["text"].split()]
    print(exact)
    require_within(exact, SEEDS_EXACT_30["transformer"], 0.08)


def blanked(text):
    """A text without its numbers, and without how wide they make a table."""
    return re.sub(r"[ -]+", " ", NUMBER.sub("0", text))


def losses(text):
    return [float(line.split()[-1]) for line in text.strip().split("\n")]


def require_within(numbers, spread, slack):
    low, _, high = spread
    for number, least, most in zip(numbers, low, high, strict=True):
        assert least - slack <= number <= most + slack

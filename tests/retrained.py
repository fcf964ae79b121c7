"""How far records trained anew lie from those that the project keeps, as Markdown.

    python tests/retrained.py RECORDED ANEW

Fails if a record is missing, or a mark is further off than the five seeds are apart.
"""

import json
import sys
from itertools import groupby
from pathlib import Path

import numpy as np

# Five seeds may agree by chance: so much of a mark's scale is never too far.
LEAST = 0.01


def read(folder):
    """Read the records of a folder: {"soft-search-30-1": its arrays}."""
    found = {}
    for file in sorted(Path(folder).glob("*.npz")):
        with np.load(file) as arrays:
            found[file.stem] = {
                "losses": arrays["losses"],
                "made": " on ".join(map(str, arrays["made"])),
                "marks": flat(json.loads(str(arrays["marks"]))),
            }
    if not found:
        raise SystemExit(f"{folder} has no records (*.npz). Expected what train left.")
    return found


def flat(marks):
    """Give each number a name of its own.

    >>> flat({"AER": 0.06, "BLEU": [100.0, 99.2]})
    {'AER': 0.06, 'BLEU, band 1': 100.0, 'BLEU, band 2': 99.2}
    """
    found = {}
    for name, value in marks.items():
        if isinstance(value, list):
            found |= {f"{name}, band {n}": one for n, one in enumerate(value, start=1)}
        else:
            found[name] = value
    return found


def limits(records):
    """How far each mark may be off: {("soft-search-30", "AER"): 0.016}."""
    found = {}
    for model, names in groupby(sorted(records), lambda name: name.rsplit("-", 1)[0]):
        seeds = [records[name]["marks"] for name in names]
        for mark in seeds[0]:
            values = [one[mark] for one in seeds]
            scale = 100 if mark.startswith("BLEU") else 1
            found[model, mark] = max(max(values) - min(values), LEAST * scale)
    return found


def furthest(name, recorded, anew, allowed):
    """Return the mark that is off by most of what it may: (share, mark)."""
    model = name.rsplit("-", 1)[0]
    return max(
        (abs(anew["marks"].get(mark, np.inf) - value) / allowed[model, mark], mark)
        for mark, value in recorded["marks"].items()
    )


def row(name, recorded, anew, share, mark):
    """Write one record as a line of the table."""
    ours, theirs = recorded["losses"], anew["losses"]
    if len(ours) != len(theirs):
        raise SystemExit(
            f"{name}: {len(ours)} steps, and {len(theirs)}: not one training"
        )
    apart = np.abs(ours - theirs)
    at = int(apart.argmax())
    was, now = recorded["marks"][mark], anew["marks"].get(mark, "none")
    cells = [
        name,
        f"{apart[at]:.2g} at step {at + 1}",
        f"{ours[-1]:.4f} → {theirs[-1]:.4f}",
        f"{mark}: {was} → {now}",
        f"{share:.0%}" + (" **too far**" if share > 1 else ""),
    ]
    return f"| {' | '.join(cells)} |"


def report(recorded, anew):
    """Compare all records: (whether they are near enough, the text)."""
    allowed = limits(recorded)
    made = {one["made"] for one in anew.values()}
    lines = [
        "## Every training run again",
        "",
        f"Recorded {', '.join(sorted({one['made'] for one in recorded.values()}))}; "
        f"anew {', '.join(sorted(made))}.",
        "",
        "| record | losses apart, at most | last loss | the mark furthest off "
        "| of what five seeds are apart |",
        "|---|---|---|---|---|",
    ]
    wrong = [name for name in recorded if name not in anew]
    lines += [f"| {name} | **not trained** | | | |" for name in wrong]
    for name in sorted(recorded.keys() & anew.keys()):
        share, mark = furthest(name, recorded[name], anew[name], allowed)
        lines.append(row(name, recorded[name], anew[name], share, mark))
        wrong += [name] if share > 1 else []
    verdict = f"Too far off: {', '.join(sorted(wrong))}." if wrong else "None too far."
    return not wrong, "\n".join([*lines, "", verdict])


def main():
    if len(sys.argv) != 3:
        raise SystemExit(f"Given {sys.argv[1:]}. Expected two folders of records.")
    fine, text = report(*map(read, sys.argv[1:]))
    print(text)
    sys.exit(not fine)


if __name__ == "__main__":
    main()

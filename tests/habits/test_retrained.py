"""The report of the monthly training: what it calls too far, and what not."""

import json
import subprocess
import sys

import numpy as np
import retrained
from lines import ROOT


def write(folder, name, losses, **marks):
    folder.mkdir(exist_ok=True)
    np.savez(
        folder / f"{name}.npz",
        losses=np.float32(losses),
        made=("2026-11-01", folder.name),
        marks=json.dumps(marks),
    )


def two_seeds(folder, first, second, bleu=100.0):
    """Two seeds of a training, which differ in AER."""
    write(folder, "soft-search-30-1", [2, 1, 0.5], AER=first, BLEU=[bleu, 90.0])
    write(folder, "soft-search-30-2", [2, 1, 0.4], AER=second, BLEU=[100.0, 90.0])


def told(tmp_path):
    script = ROOT / "tests" / "retrained.py"
    command = [sys.executable, script, tmp_path / "kept", tmp_path / "anew"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def test_off_by_less_than_the_seeds_are_apart_is_fine(tmp_path):
    two_seeds(tmp_path / "kept", 0.06, 0.08)
    two_seeds(tmp_path / "anew", 0.075, 0.065, bleu=99.5)
    write(
        tmp_path / "anew", "soft-search-30-2", [2, 1.25, 0.4], AER=0.065, BLEU=[100, 90]
    )
    code, text = told(tmp_path)
    assert code == 0, text
    assert "Recorded 2026-11-01 on kept; anew 2026-11-01 on anew." in text
    assert (
        "| soft-search-30-1 | 0 at step 1 | 0.5000 → 0.5000 | AER: 0.06 → 0.075 | 75% |"
        in text
    )
    assert "| soft-search-30-2 | 0.25 at step 2 |" in text
    assert text.rstrip().endswith("None too far.")


def test_off_by_more_is_too_far(tmp_path):
    two_seeds(tmp_path / "kept", 0.06, 0.08)
    two_seeds(tmp_path / "anew", 0.06, 0.101)
    code, text = told(tmp_path)
    assert code == 1
    assert "AER: 0.08 → 0.101 | 105% **too far** |" in text
    assert text.rstrip().endswith("Too far off: soft-search-30-2.")


def test_seeds_that_agree_leave_a_hundredth_of_the_scale(tmp_path):
    two_seeds(tmp_path / "kept", 0.06, 0.06)
    for aer, bleu, share in ((0.068, 100.0, "80%"), (0.06, 98.5, "150% **too far**")):
        two_seeds(tmp_path / "anew", aer, 0.06, bleu)
        code, text = told(tmp_path)
        assert code == ("too far" in share)
        assert f"| {share} |" in text


def test_a_training_that_is_missing_or_another_is_told(tmp_path):
    two_seeds(tmp_path / "kept", 0.06, 0.08)
    write(tmp_path / "anew", "soft-search-30-1", [2, 1, 0.5], AER=0.06, BLEU=[100, 90])
    code, text = told(tmp_path)
    assert code == 1
    assert "| soft-search-30-2 | **not trained** |" in text
    write(tmp_path / "anew", "soft-search-30-1", [2, 1], AER=0.06, BLEU=[100, 90])
    assert told(tmp_path) == (1, "soft-search-30-1: 3 steps, and 2: not one training\n")


def test_the_projects_own_records_can_be_compared():
    records = retrained.read(ROOT / "snippets" / "records")
    fine, text = retrained.report(records, records)
    assert fine and text.count("| 0% |") == len(records) >= 40

"""README and CONTRIBUTING: short, and true of the folders and commands there are."""

import re
import subprocess

import pytest
from lines import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
STEPS = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"(?m)^([a-z]+):", MAKEFILE))


def test_they_are_short():
    assert len(README.splitlines()) < 90
    assert len(STEPS.splitlines()) <= 45


@pytest.mark.parametrize("text", [README, STEPS], ids=["README", "CONTRIBUTING"])
def test_each_command_they_name_is_there(text):
    named = set(re.findall(r"(?m)(?:`|^    )make ([a-z]+)", text))
    assert named & {"serve", "test"} and named <= TARGETS, named - TARGETS


def test_each_command_is_explained_by_help():
    told = subprocess.run(
        ["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert {line.split()[1] for line in told.splitlines()} == TARGETS
    assert all(len(line) <= 88 for line in told.splitlines())


def test_the_table_names_each_folder_and_only_those():
    rows = re.findall(r"(?m)^\| (`.*?) \|", README)
    named = {name.strip("/") for row in rows for name in re.findall("`([^`]+)`", row)}
    rooms = {path.name for path in (ROOT / "builder").iterdir() if path.is_dir()}
    expected = {f"builder/{name}" for name in rooms - {"__pycache__"}}
    expected |= {"docs/pt", "docs/en", "docs", "snippets", "snippets/records"}
    assert named == expected | {"builder", "tests", ".github"}


def test_the_files_they_name_are_there():
    named = re.findall(
        r"\b((?:docs|snippets|builder|tests)/[\w./-]*\w)", README + STEPS
    )
    made_later = {"docs/pt/NAME.md", "docs/en/NAME.md", "snippets/MODEL.py"}
    made_later |= {"builder/output/KIND.py"}
    for name in set(named) - made_later:
        assert (ROOT / name).exists(), name


def test_the_picture_is_small():
    assert "](.github/picture.png)" in README
    data = (ROOT / ".github" / "picture.png").read_bytes()
    assert data.startswith(b"\x89PNG") and len(data) <= 100 * 1024

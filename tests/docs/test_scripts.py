"""The script of a page, downloaded, prints what the page shows."""

import os
import re
import subprocess
import sys
from pathlib import Path

import outputs
import pytest
from bs4 import BeautifulSoup

RECORDS = Path(__file__).resolve().parents[2] / "snippets" / "records"
SWAP = str.maketrans(".,", ",.")
CHAPTERS = outputs.pages(runs=True)


@pytest.fixture(params=CHAPTERS)
def page(request, site):
    """The path of a chapter in the site, without its ending, and its HTML."""
    html = (site / f"{request.param}.html").read_text(encoding="utf-8")
    return request.param, BeautifulSoup(html, "html.parser")


def test_the_chapters_tested_are_all_there_are(site):
    built = {
        p.relative_to(site).with_suffix("").as_posix() for p in site.rglob("*.ipynb")
    }
    assert built == set(CHAPTERS) and len(built) >= 12


def shown(soup):
    """Every printed line of a page: outputs as they are, tables cell by cell."""
    lines = []
    for output in soup.select(".output"):
        for part in output.select("samp, .gaze caption, tr"):
            if part.name == "tr":
                cells = [cell.get_text() for cell in part.find_all(["th", "td"])]
                if "↓" in cells[0]:  # what a page says in the empty corner of weights
                    cells[0] = ""
                lines.append(cells)
            else:
                lines += part.get_text().split("\n")
    return [line for line in lines if line]


def comma(cell):
    """Write the numbers of a cell as Portuguese tables do."""
    cell = re.sub(r"^\.(?=\d)", "0.", cell)
    return re.sub(r"\d[\d.,]*\d", lambda number: number[0].translate(SWAP), cell)


def read(printed):
    """Read a run the same way; the rule under the head of a table is not shown."""
    lines = []
    for line in printed.split("\n"):
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.split("|")[1:-1]]
            if not all(set(cell) <= set("-:") for cell in cells):
                lines.append(cells)
        elif line:
            lines.append(line.rstrip("\n"))
    return lines


def run(arguments, text, folder):
    clean = {"PATH": os.environ["PATH"], "MPLBACKEND": "svg", "HOME": str(folder)}
    clean |= {"OPENBLAS_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    clean["MPLCONFIGDIR"] = str(folder)
    clean |= {"RECORDS": str(RECORDS)}
    return subprocess.run(
        [sys.executable, *arguments],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env=clean,
        check=False,
    )


def test_the_downloaded_script_runs_by_itself(page, site, tmp_path):
    name, soup = page
    if name.startswith("en/"):  # the same code as its twin, and pasted above
        compile((site / f"{name}.py").read_text(encoding="utf-8"), name, "exec")
        return
    done = run([site / f"{name}.py"], "", tmp_path)
    assert done.returncode == 0, done.stderr
    titles = {one.get_text() for one in soup.select(".gaze caption")}
    written = []
    for line in read(done.stdout):
        if isinstance(line, list):
            written.append([comma(cell) for cell in line])
        else:  # titles of weights are for people, too
            written.append(comma(line) if comma(line) in titles else line)
    assert written == shown(soup)
    assert not done.stderr

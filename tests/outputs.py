"""Keep what the pages print under `tests/outputs`, for a diff to show each change.

`make outputs` accepts the outputs of the built site; `test_outputs.py` compares.
"""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "tests" / "outputs"
FOLDERS = {"pt": "", "en": "en/"}


def pages(runs=None):
    """Name the pages as the site does; with `runs`, those whose cells run, or not.

    `[..., "soft-search", ..., "en/soft-search", ...]`
    """
    return [
        f"{folder}{path.stem}"
        for language, folder in FOLDERS.items()
        for path in sorted((ROOT / "docs" / language).glob("*.md"))
        if runs in (None, "\njupyter:" in path.read_text(encoding="utf-8"))
    ]


def chapters():
    """Name the chapters: pages whose cells run, but for the first, a picture."""
    return [name for name in pages(runs=True) if not name.endswith("index")]


def printed(notebook):
    """Return all that a downloaded notebook printed, cell by cell, as one text."""
    parts = []
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(cells, start=1):
        text = "".join(
            "".join(output["text"])
            for output in cell["outputs"]
            if output["output_type"] == "stream"
        )
        if text:
            parts.append(f"--- cell {number}\n{text}")
    return "".join(parts)


def of_site(site):
    """Return {"pt/self-attention.txt": text} for every chapter of a built site."""
    found = {}
    for language, folder in FOLDERS.items():
        for path in sorted((site / folder).glob("*.ipynb")):
            notebook = json.loads(path.read_text(encoding="utf-8"))
            found[f"{language}/{path.stem}.txt"] = printed(notebook)
    return found


def main():
    found = of_site(ROOT / "site")
    if not found:
        raise SystemExit("site/ has no chapters; build it first: make site")
    for path in KEPT.glob("*/*.txt"):
        if path.relative_to(KEPT).as_posix() not in found:
            path.unlink()
    for name, text in found.items():
        path = KEPT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"kept tests/outputs/{name}")


if __name__ == "__main__":
    main()

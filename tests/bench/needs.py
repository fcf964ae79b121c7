"""What `make bench` needs besides Python, looked for before the long measuring."""

import sys
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import browser  # noqa: E402


def main():
    if not browser.find():
        raise SystemExit(
            "make bench measures live Python in Chromium, and there is none here.\n"
            "Install Chromium or Chrome, or say where it is: CHROME=/path make bench"
        )
    if not find_spec("torch"):
        print("No PyTorch here: a training step will be measured without its own.")


if __name__ == "__main__":
    main()

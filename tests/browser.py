"""Find a Chromium for the tests, or install one; say what to do if neither works.

And wait for what happens in it.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

NAMES = [
    "chromium-headless-shell",  # without a window to draw, half the work
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
]
AXE = {
    "runOnly": {
        "type": "tag",
        "values": [
            "wcag2a",
            "wcag2aa",
            "wcag21a",
            "wcag21aa",
            "wcag22aa",
            "best-practice",
        ],
    },
    "resultTypes": ["violations"],
}
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
HELP = """No Chromium was found and none could be installed. The tests click through the
site in a real browser. Install Chromium or Chrome, or say where it is:
    CHROME=/path/to/chrome make test"""


def find():
    """Return the path of a browser: $CHROME, the system's, or Playwright's; or None."""
    if chosen := os.environ.get("CHROME"):
        if not shutil.which(chosen):
            raise SystemExit(
                f"CHROME={chosen} is not a program that can be run. {HELP}"
            )
        return shutil.which(chosen)
    for name in [*NAMES, str(MAC)]:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def until(page, script, argument=None, seconds=60):
    """Wait until a script in the page says yes.

    Playwright's `wait_for_function` would need `eval`, which the site's pages forbid.
    """
    begin = time.monotonic()
    while not page.evaluate(script, argument):
        waited = time.monotonic() - begin
        if waited > seconds:
            raise TimeoutError(f"still not true after {seconds} s: {script}")
        page.wait_for_timeout(20 if waited < 1 else 100)


HITS = """[...document.querySelectorAll(".md-search-result__link")]
  .map(one => one.getAttribute("href"))"""


def until_still(page, script):
    """Return what a script in the page gives when it has been that for 0.3 s."""
    known, since = page.evaluate(script), time.monotonic()
    while time.monotonic() - since < 0.3:
        page.wait_for_timeout(50)
        found = page.evaluate(script)
        if found != known:
            known, since = found, time.monotonic()
    return known


def search(page, words):
    """Type into the search as a person would; return the pages found."""
    box = page.locator(".md-search__input")
    box.focus()
    box.fill("")
    box.press_sequentially(words)
    until(
        page,
        """words => {
          const meta = document.querySelector(".md-search-result__meta").textContent;
          const input = document.querySelector(".md-search__input").value;
          return input === words && /\\d|Nenhum|No matching/.test(meta);
        }""",
        words,
    )
    return until_still(page, HITS)


def install():
    """Install Debian's Chromium as root, else the one that Playwright offers."""
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["install", "-y", "--no-install-recommends", "fonts-dejavu-core"]
        for command in (
            ["update"],
            [*install, "chromium-headless-shell"],
            [*install, "chromium"],  # where there is no such package
        ):
            if not find():
                subprocess.run(["apt-get", "-q", *command], env=quiet, check=False)
    else:
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"], check=False
        )


def require_apart(page, svg):
    """No text of a drawing leaves it, or lies on another text."""
    page.set_content(str(svg))
    boxes = page.evaluate(
        "[...document.querySelectorAll('text')].map(t => t.getBBox())"
        ".map(b => [b.x, b.y, b.x + b.width, b.y + b.height])"
    )
    _, _, width, height = map(float, svg["viewbox"].split())
    for number, (left, top, right, bottom) in enumerate(boxes):
        assert 0 <= left < right <= width and 0 <= top < bottom <= height
        for x0, y0, x1, y1 in boxes[:number]:
            across, down = min(right, x1) - max(left, x0), min(bottom, y1)
            assert across <= 0 or down - max(top, y0) <= 2


def main():
    if not find():
        print("No Chromium here: installing one for the tests.", flush=True)
        install()
    if not find():
        raise SystemExit(HELP)
    print(f"Browser for the tests: {find()}", flush=True)


if __name__ == "__main__":
    main()

"""Measure live Python in the browser: `make bench`. Medians of rounds, side by side.

Cold: a browser just started, from the click on Run to the first output of a cell that
uses NumPy. Warm: the same cell again. Stop: an endless loop, from the click on Stop
until the page says that it has ended. First figure: Matplotlib loaded and drawn.
With `--lite FOLDER`, a built JupyterLite site is measured too, in turn with ours.
"""

import argparse
import functools
import http.server
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

import browser  # noqa: E402
import lite  # noqa: E402

PAGE = "en/self-attention.html"
# Resolves with the milliseconds from a click until a cell's state is as wanted.
TIMED = """
([button, cell, states]) => new Promise(done => {
  const start = performance.now();
  const node = document.querySelectorAll(".cell")[cell];
  const look = () => {
    const state = node.querySelector(".live-status")?.dataset.state;
    if (states.includes(state)) done(performance.now() - start);
  };
  new MutationObserver(look).observe(node, {
    attributes: true, childList: true, subtree: true, attributeFilter: ["data-state"],
  });
  document.querySelector(button).click();
})
"""
SETTLED = ["same", "different", "error"]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def serve(folder):
    handler = functools.partial(Quiet, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/"


def ours(page, base):
    """Return {what: milliseconds} of one visit."""
    page.goto(base + PAGE)
    page.wait_for_timeout(1000)  # the page itself is not what is measured

    def timed(action, cell, states=SETTLED):
        button = f".cell [data-live={action}][aria-label$=' {cell}']"
        return page.evaluate(TIMED, [button, cell - 1, states])

    times = {"cold": timed("run", 2), "again": timed("run", 2)}
    figure = page.evaluate(
        "[...document.querySelectorAll('.cell')].findIndex("
        "one => one.querySelector('.output figure')) + 1"
    )
    timed("run", figure - 1)
    times["first figure"] = timed("run", figure)
    times["figure again"] = timed("run", figure)
    page.locator(".cell").nth(1).locator("[data-live=edit]").click()
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("print('on')\nwhile True: pass")
    page.keyboard.press("Shift+Enter")
    page.wait_for_timeout(1500)
    page.evaluate("document.querySelector('.live-bar').id = 'bar'")
    stop = "#bar button:nth-of-type(2)"
    times["stop"] = page.evaluate(TIMED, [stop, 1, [""]])
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--site", type=Path, help="a built site (else it is built)")
    parser.add_argument("--lite", type=Path, help="a built JupyterLite site")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = (options.site or Path(folder, "site")).absolute()
        if not options.site:
            command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", site]
            subprocess.run(command, cwd=ROOT, check=True)
        cases = {"http": (ours, serve(site)), "file": (ours, f"{site.as_uri()}/")}
        if options.lite:
            cases["JupyterLite, http"] = (lite.times, serve(options.lite))
        found = {name: {} for name in cases}
        for _ in range(options.rounds):
            for name, (measure, base) in cases.items():
                chromium = playwright.chromium.launch(
                    executable_path=browser.find(), args=["--no-sandbox"]
                )
                for what, took in measure(chromium.new_page(), base).items():
                    found[name].setdefault(what, []).append(took)
                chromium.close()
                time.sleep(0.5)
    for name, times in found.items():
        told = (f"{what} {statistics.median(t):,.0f} ms" for what, t in times.items())
        print(f"{name:18s} {'   '.join(told)}")


if __name__ == "__main__":
    main()

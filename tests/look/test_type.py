"""The type of a page: which letters a browser takes, when, how many on a line."""

import functools
import http.server
import re
import threading
from contextlib import contextmanager

import outputs
import pytest
from browser import until
from conftest import Quiet

PAGES = [f"{name}.html" for name in outputs.pages()]
WIDE = {"viewport": {"width": 1280, "height": 800}}
# For each kind of type on a page, all the characters that are set in it. What is
# closed counts too; formulas have a face of their own.
COLLECT = """() => {
  const kinds = new Map(), walk = document.createTreeWalker(document.body, 4);
  for (let text; (text = walk.nextNode());) {
    const around = text.parentElement;
    if (around.closest("script, style, noscript, math")) continue;
    const { fontFamily, fontWeight, fontStyle } = getComputedStyle(around);
    const kind = `${fontStyle} ${fontWeight} 20px ${fontFamily}`;
    for (const letter of text.data.replace(/\\s/g, ""))
      kinds.set(kind, (kinds.get(kind) ?? new Set()).add(letter));
  }
  const all = document.createElement("div");
  all.id = "all-letters";
  for (const [font, letters] of kinds) {
    const line = all.appendChild(document.createElement("p"));
    line.style.font = font;
    line.textContent = [...letters].join("");
  }
  document.body.append(all);
  return document.fonts.ready.then(() => {});
}"""


def fallen_back(page):
    """What a browser sets in other fonts than ours: [(its font, the characters)]."""
    page.evaluate(COLLECT)
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    query = {"nodeId": root, "selector": "#all-letters > p"}
    found = []
    for node in tools.send("DOM.querySelectorAll", query)["nodeIds"]:
        fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        for font in fonts:
            if not (font["isCustomFont"] and font["familyName"].startswith("Nascim")):
                text = tools.send("DOM.getOuterHTML", {"nodeId": node})["outerHTML"]
                found.append((font["familyName"], font["glyphCount"], text))
    tools.detach()
    return found


@contextmanager
def served(site, late=(), arrives=None):
    """Serve the site as hosts do, fonts to be kept.

    What ends as `late` says is not sent before the event `arrives`.
    """

    class Handler(Quiet):
        def do_GET(self):
            if self.path.endswith(late):
                arrives.wait(30)
            super().do_GET()

        def end_headers(self):
            self.send_header("Cache-Control", "max-age=3600")
            super().end_headers()

    handler = functools.partial(Handler, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}/"
        running.shutdown()


@pytest.mark.parametrize(("read", "visits"), [("file", 1), ("http", 4)])
def test_no_letter_falls_back(chromium, site, read, visits):
    """English pages from a server, at a later visit: a first waits for no font."""
    context = chromium.new_context(**WIDE)
    page = context.new_page()
    with served(site) as address:
        base = address if read == "http" else f"{site.as_uri()}/"
        page.goto(base + PAGES[0])
        page.wait_for_timeout(500)
        for name in PAGES:
            if name.startswith("en/") != (read == "http"):
                continue
            for left in reversed(range(visits)):
                page.goto(base + name)
                found = fallen_back(page)
                assert left or not found, (name, found)
                if not found:
                    break
    context.close()


SHIFTS = """new Promise(done => {
  new PerformanceObserver(list => done(list.getEntries().map(one => one.value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done([]), 300);
})"""
PAINTED = "performance.getEntriesByName('first-contentful-paint').length"
FONTS = """performance.getEntriesByType("resource")
  .filter(one => one.name.endsWith(".woff2") && one.responseEnd).length"""


@pytest.mark.parametrize("name", ["index.html", "en/soft-search.html", "myths.html"])
def test_a_page_waits_for_no_font_and_moves_for_none(visit, site, name):
    """Nor for a script: none arrives before the page is painted."""
    arrives = threading.Event()
    with served(site, (".woff2", ".js"), arrives) as address:
        page = visit(address, **WIDE).page
        page.goto(address + name, wait_until="commit")
        until(page, PAINTED, seconds=20)
        assert page.locator("article p").first.is_visible()
        assert page.evaluate(FONTS) == 0
        arrives.set()
        page.wait_for_load_state()
        until(page, f"({FONTS}) >= 2")
    assert fallen_back(page)  # it stays as it was shown
    assert page.evaluate(SHIFTS) == []


@pytest.mark.parametrize("name", ["story.html", "en/first-try.html", "myths.html"])
def test_from_a_folder_a_page_has_its_fonts_before_it_is_seen(visit, site, name):
    page = visit(f"{site.as_uri()}/", **WIDE).open(name)
    page.wait_for_timeout(500)
    assert page.locator("h1").is_visible()
    assert page.evaluate(SHIFTS) == []


def test_fonts_are_small_and_few_are_asked_for_at_first(visit, server, site):
    fonts = {path.name: path for path in site.glob("assets/fonts/*.woff2")}
    assert sum(path.stat().st_size for path in fonts.values()) <= 90 * 1024
    assert "SIL OPEN FONT LICENSE" in (site / "assets/fonts/OFL.txt").read_text()
    for name in ("index.html", "story.html", "first-try.html", "en/code.html"):
        tab, asked = visit(server, **WIDE), set()
        tab.page.on("request", lambda request: asked.add(request.url))  # noqa: B023
        tab.open(name).wait_for_timeout(300)
        names = {url.rpartition("/")[2] for url in asked if url.endswith(".woff2")}
        assert 2 <= len(names) and names <= set(fonts)
        assert sum(fonts[one].stat().st_size for one in names) <= 60 * 1024


def test_a_page_waits_for_one_sheet_and_for_no_script(pages, site):
    for name, soup in pages.items():
        sheets = soup.select("link[rel=stylesheet]")
        assert [re.sub(r".*/", "", one["href"]) for one in sheets] == ["site.css"], name
        waits = soup.select("head script[src], article script[src]")
        assert all(one.has_attr("defer") for one in waits), name
    assert "@import" not in (site / "assets/site.css").read_text(encoding="utf-8")


# How many characters each line of running text has, but for the last of a paragraph.
LINES = """() => {
  const range = document.createRange(), found = [];
  for (const one of document.querySelectorAll(".md-content p")) {
    if (!one.checkVisibility() || one.closest(`.cell, figure, fieldset, li, details,
      .lead, .standfirst, .kicker, .downloads, .paper, .footnote, .definition`))
      continue;
    const lines = new Map(), walk = document.createTreeWalker(one, 4);
    for (let text; (text = walk.nextNode());) {
      if (text.parentElement.closest("sup, sub, math, .margin, .definition")) continue;
      for (let at = 0; at < text.length; at++) {
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        const box = range.getClientRects()[0];
        if (!box) continue;
        const y = Math.round((box.top + box.bottom) / 16);
        const line = [y, y - 1, y + 1].find(near => lines.has(near)) ?? y;
        lines.set(line, (lines.get(line) ?? 0) + 1);
      }
    }
    const down = [...lines].sort((a, b) => a[0] - b[0]).slice(0, -1);
    found.push(...down.map(([, letters]) => letters));
  }
  return found;
}"""


def test_a_line_has_62_to_72_characters(visit, site):
    tab = visit(f"{site.as_uri()}/", **WIDE)
    for name in PAGES:
        lines = tab.open(name).evaluate(LINES)
        average = sum(lines) / len(lines)
        print(f"{name}: {len(lines)} lines of {average:.1f}")
        assert 62 <= average <= 72, name

"""`make picture`: the built site as the README shows it, .github/picture.png."""

import io
from pathlib import Path

import browser
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / ".github" / "picture.png"
PAGE, AT = "en/index.html", "figure.gaze"  # a page, and what shall be in its middle
SIZE = {"width": 1100, "height": 760}
COLOURS = 128  # enough for text and lines: a quarter of the bytes
MOST = 100 * 1024


def take(site):
    """Return a picture of the page, as the bytes of a PNG."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser.find(), args=["--no-sandbox"]
        )
        page = chromium.new_page(viewport=SIZE, reduced_motion="reduce")
        page.goto((site / PAGE).as_uri())
        page.locator(AT).first.evaluate("one => one.scrollIntoView({block: 'center'})")
        page.wait_for_timeout(500)  # fonts, and the table of contents following
        shot = page.screenshot()
        chromium.close()
    small = io.BytesIO()
    image = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS)
    image.save(small, "PNG", optimize=True)
    return small.getvalue()


def main():
    if not (ROOT / "site" / PAGE).is_file():
        raise SystemExit(f"site/{PAGE} is not there; build it first: make site")
    data = take(ROOT / "site")
    if len(data) > MOST:
        raise SystemExit(f"The picture has {len(data)} bytes, expected {MOST} at most.")
    PICTURE.write_bytes(data)
    print(f"{PICTURE.relative_to(ROOT)}: {len(data)} bytes")


if __name__ == "__main__":
    main()

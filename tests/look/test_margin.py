"""Sources beside the text: on a wide screen in the margin, elsewhere below it."""

import re

import pytest
from contrast import contrast

LOOK = """note => {
  const canvas = new OffscreenCanvas(1, 1)
    .getContext("2d", {alpha: false, willReadFrequently: true})
  const style = getComputedStyle(note)
  const page = getComputedStyle(document.body).backgroundColor
  const shade = alpha => {
    canvas.globalAlpha = 1; canvas.fillStyle = page; canvas.fillRect(0, 0, 1, 1)
    canvas.globalAlpha = alpha; canvas.fillStyle = style.color
    canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
  }
  return [shade(style.opacity), shade(0)]
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_note_in_the_margin_can_be_read(visit, site, scheme):
    size = {"width": 1280, "height": 900}
    tab = visit(f"{site.as_uri()}/", viewport=size, color_scheme=scheme)
    page = tab.open("story.html")
    notes = page.locator("small.margin")
    assert contrast(*notes.first.evaluate(LOOK)) >= 4.5
    boxes = [note.bounding_box() for note in notes.all()]
    assert len(boxes) > 20
    text = page.locator("article > p").first.bounding_box()
    for above, below in zip(boxes, boxes[1:]):
        assert above["y"] + above["height"] <= below["y"] + 1  # none over another
        assert above["x"] >= text["x"] + text["width"]
        assert above["x"] + above["width"] <= 1280


def test_on_a_phone_the_notes_stand_below(visit, site):
    tab = visit(f"{site.as_uri()}/", viewport={"width": 360, "height": 740})
    page = tab.open("en/story.html")
    assert not any(note.is_visible() for note in page.locator("small.margin").all())
    assert page.locator(".footnote li").first.is_visible()


def test_the_margin_is_for_the_eye_alone(pages):
    """A screen reader has the note itself, and the search index none of this."""
    for small in pages["story.html"].select("small.margin"):
        assert small["aria-hidden"] == "true"
        assert small.find_previous_sibling("sup").select_one("a.footnote-ref")
        assert re.search(r"\d{4}|e-mail|Schmidhuber|GroundHog", small.get_text())

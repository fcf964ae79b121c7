"""A chapter is read: its prose is taller than its code and what that printed."""

import outputs
import pytest

HEIGHTS = """() => {
  const tall = nodes => nodes.filter(one => one.checkVisibility())
    .reduce((sum, one) => sum + one.getBoundingClientRect().height, 0);
  const all = what => [...document.querySelectorAll(".md-content__inner " + what)];
  const prose = all(":is(p, li, h1, h2, h3, blockquote > p)").filter(one =>
    !one.closest(".cell, figure, .footnote, .downloads, .paper, li li"));
  const code = all(".cell > .highlight");
  const printed = all(".cell > .output").filter(one => one.querySelector("samp"));
  return [tall(prose), tall(code), tall(printed)];
}"""


@pytest.mark.parametrize("name", outputs.chapters())
def test_prose_is_taller_than_code_and_what_it_printed(visit, server, name):
    page = visit(server, viewport={"width": 1280, "height": 900}).open(f"{name}.html")
    prose, code, printed = page.evaluate(HEIGHTS)
    print(f"{name}: prose {prose:.0f}, code {code:.0f}, printed {printed:.0f} px")
    assert code > 100 and printed > 100
    assert prose > code + printed

"""The copy buttons, in a real browser, from a folder and from a server."""

import outputs
import programs
import pytest
from browser import until

CHAPTERS = outputs.pages(runs=True)
CLIPBOARD = """
window.copied = [];
document.addEventListener("copy", event => {
  window.copied.push(document.getSelection().toString()
    || document.activeElement.value);
});
if (navigator.clipboard)
  navigator.clipboard.writeText = async text => { window.copied.push(text); };
"""


def copied(page, action, cell):
    """Click a button of a cell; return what is on the clipboard, and what is said."""
    before = page.evaluate("window.copied.length")
    for fold in cell.locator("details.fold:not([open]) > summary").all():
        fold.click()
    button = cell.locator(f"[data-live={action}]")
    if not button.is_visible():
        cell.locator("[popovertarget]").click()
    button.click()
    until(page, f"window.copied.length > {before}")
    status = cell.locator(".live-status")
    until(page, "document.querySelectorAll('.live-status:not(:empty)').length > 0")
    return page.evaluate("window.copied.at(-1)"), status.inner_text()


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_main_button_copies_the_program_of_a_block(visit, site, server, name):
    """Each chapter: the first block, and one that stands far down."""
    folder = f"{site.as_uri()}/"
    tab = visit(folder if name.startswith("en/") else server)
    tab.context.add_init_script(CLIPBOARD)
    page = tab.open(f"{name}.html")
    made = programs.blocks(site, name)
    cells = page.locator(".cell")
    assert cells.count() == len(made["programs"]) > 4
    for number in (1, cells.count() - 2):
        cell, known = cells.nth(number - 1), made["programs"][str(number)]
        text, said = copied(page, "copy", cell)
        assert text == programs.texts(made)[number]
        assert f" {known['alone']['lines']} " in said
        if "short" in known:
            text, said = copied(page, "short", cell)
            assert text == programs.texts(made, "short")[number]
        links = cell.locator("a[download]").evaluate_all(
            "links => links.map(one => one.getAttribute('href').split('/').pop())"
        )
        assert links == known["records"]
        assert cell.locator("[data-live=short]").count() == ("short" in known)
    assert not tab.errors and not tab.foreign


def test_the_small_button_copies_the_block_and_nothing_else(visit, base):
    tab = visit(base)
    tab.context.add_init_script(CLIPBOARD)
    page = tab.open("self-attention.html")
    cell = page.locator(".cell").nth(1)
    text, _ = copied(page, "block", cell)
    assert text.strip() == cell.locator("pre > code").inner_text().strip()
    assert page.locator(".output button").count() == 0


def test_after_an_edit_the_button_copies_all_down_to_the_block(visit, server):
    tab = visit(server)
    tab.context.add_init_script(CLIPBOARD)
    page = tab.open("en/self-attention.html")
    first, second = page.locator(".cell").nth(0), page.locator(".cell").nth(1)
    first.locator("[data-live=edit]").click()
    first.locator(".cm-content").press_sequentially("mine = 5\n")
    text, said = copied(page, "copy", second)
    assert "mine = 5\n" in text and second.locator("code").inner_text().strip() in text
    assert "with your changes" in said


def test_the_one_file_is_a_download_of_the_site(site):
    text = (site / "birth_of_attention.py").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line.strip()]
    assert len(lines) <= 900
    assert "(MIT licence)" in text.split("\n")[0]
    known = [line for line in lines if line.startswith("# --- ")]
    assert len(known) >= 15

"""Where Material is not what this site needs: its pages, its scripts, its weight.

`patches.py` says what is changed of its scripts.
"""

import json
import re
from html import escape
from pathlib import Path

from builder.errors import PageError
from builder.site.patches import CUTS, PATCHES
from builder.site.tags import Edit, Tag

VERSION = "9.8.1"  # whose scripts were read


def edits(html: str, tags: list[Tag], folder: str) -> list[Edit]:
    """Let a page search below its own language's folder; name what has no name.

    Unnamed switches are hidden from those who would only hear them.
    """
    found = []
    boxes = (tag for tag in tags if tag.attributes.get("class") == "md-search__input")
    search = next((tag.attributes.get("aria-label", "") for tag in boxes), "")
    for tag in tags:
        if tag.attributes.get("id") == "__config":
            settings = json.loads(html[tag.end : tag.text_end])
            if folder:
                settings["base"] = re.sub(r"^\.\.(/|$)", "", settings["base"]) or "."
            text = json.dumps(settings, ensure_ascii=False)
            found.append((tag.end, tag.text_end, text))
        # Material names its search box and drawer switch for nobody; screen readers
        # need it.
        elif tag.attributes.get("class") == "md-toggle":
            hidden = ' aria-hidden="true" tabindex="-1"'
            found.append((tag.end - 1, tag.end - 1, hidden))
        elif tag.attributes.get("role") == "dialog":  # the search's
            name = f' aria-label="{escape(search)}"'
            found.append((tag.end - 1, tag.end - 1, name))
    return found


def mend_scripts(site: Path) -> None:
    """Change Material's scripts where it matters; fail if they are not as they were.

    Behind its bundle stands a script of ours, so that no page asks for one more.
    """
    for script, old, new in PATCHES:
        (path,) = site.glob(f"assets/javascripts/{script}")
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            cause = f"expected '{old}' once; look at what this version of Material does"
            raise PageError(cause, path=path)
        path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    (path,) = site.glob("assets/javascripts/bundle.*.min.js")
    text = path.read_text(encoding="utf-8")
    for start, end, new in CUTS:
        if text.count(start) != 1 or text.count(end) != 1:
            cause = f"expected '{start}' and '{end}' once; look at this version"
            raise PageError(cause, path=path)
        text = text[: text.index(start)] + new + text[text.index(end) :]
    ours = site / "assets/place.js"
    text += ours.read_text(encoding="utf-8")
    ours.unlink()
    path.write_text(text, encoding="utf-8", newline="\n")


def prune(site: Path) -> None:
    """Remove source maps, other languages' stemmers, and a script that pages carry."""
    (site / "assets/myths.js").unlink(missing_ok=True)
    for path in site.rglob("*.map"):
        path.unlink()
    for path in [*site.rglob("*.min.js"), *site.rglob("*.min.css")]:
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"\s*(//|/\*)# sourceMappingURL=\S+( \*/)?\s*$", "\n", text)
        path.write_text(text, encoding="utf-8", newline="\n")
    for path in site.glob("assets/javascripts/lunr/**/*.js"):
        if path.name not in ("lunr.pt.min.js", "lunr.stemmer.support.min.js"):
            path.unlink()

"""Where Material is not what this site needs: its pages, its scripts, its weight."""

import json
import re
from html import escape
from pathlib import Path
from typing import NamedTuple

from builder.errors import PageError
from builder.site.tags import Edit, Tag, edited, tags_of

VERSION = "9.8.1"  # whose scripts were read


class Patch(NamedTuple):
    """A change of one of Material's scripts, and what would be wrong without it."""

    script: str
    old: str
    new: str
    without: str


PATCHES = [
    Patch(
        "workers/search.*.min.js",
        ":`${r}*`)",
        ":`${r} ${r}*`)",
        without='"gatos" does not find "gato": nothing stems a word that ends in a *',
    ),
    Patch(
        "workers/search.*.min.js",
        "e[s].startsWith(o.term)",
        "(e[s].startsWith(o.term)||o.term.startsWith(e[s]))",
        without="a page found by the stem of a word is listed as lacking that word",
    ),
    Patch(
        "bundle.*.min.js",
        '$(location.protocol!=="file:"),',
        "$(!1),",
        without="every page loads the whole index, 100 kB and more, unasked",
    ),
    Patch(
        "bundle.*.min.js",
        "t=new Worker(e)",
        "t=Object.assign(new EventTarget,{postMessage(i){"
        "this.w||((this.w=new Worker(e)).onmessage="
        'n=>this.dispatchEvent(new MessageEvent("message",{data:n.data}))),'
        "this.w.postMessage(i)}})",
        without="every page loads the search's worker, and is heavier than it may be",
    ),
    Patch(
        "bundle.*.min.js",
        'd&&r?e.setAttribute("tabindex","0")',
        'd?e.setAttribute("tabindex","0")',
        without="on a touch screen no key scrolls code that is wider than the page",
    ),
]


class Cut(NamedTuple):
    """A module of Material's that no page needs: all from `start` to before `end`."""

    start: str
    end: str
    new: str
    why: str


CUTS = [
    Cut(
        "var xo=Cr((kr,yo)=>",
        "var ro=Cr(",
        "var xo=Cr(()=>{});",
        why="browsers know :focus-visible themselves; styles.py asks for that",
    ),
    Cut(
        "var ao=Cr((Nt,io)=>",
        "var ZM=",
        "var ao=Cr((Nt,io)=>{io.exports={isSupported(){}}});",
        why="a page copies its code by itself (builder/live/copies.js)",
    ),
]


def mended(html: str, folder: str) -> str:
    """Return a page that stands alone, as 404.html does, with these edits."""
    return edited(html, edits(html, tags_of(html), folder))


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
    """Change Material's scripts where it matters; fail if they are not as they were."""
    for script, old, new, _ in PATCHES:
        (path,) = site.glob(f"assets/javascripts/{script}")
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            cause = f"expected '{old}' once; look at what this version of Material does"
            raise PageError(cause, path=path)
        path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    (path,) = site.glob("assets/javascripts/bundle.*.min.js")
    text = path.read_text(encoding="utf-8")
    for start, end, new, _ in CUTS:
        if text.count(start) != 1 or text.count(end) != 1:
            cause = f"expected '{start}' and '{end}' once; look at this version"
            raise PageError(cause, path=path)
        text = text[: text.index(start)] + new + text[text.index(end) :]
    path.write_text(text, encoding="utf-8", newline="\n")


def prune(site: Path) -> None:
    """Remove source maps, and stemmers of languages that the site does not speak."""
    for path in site.rglob("*.map"):
        path.unlink()
    for path in [*site.rglob("*.min.js"), *site.rglob("*.min.css")]:
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"\s*(//|/\*)# sourceMappingURL=\S+( \*/)?\s*$", "\n", text)
        path.write_text(text, encoding="utf-8", newline="\n")
    for path in site.glob("assets/javascripts/lunr/**/*.js"):
        if path.name not in ("lunr.pt.min.js", "lunr.stemmer.support.min.js"):
            path.unlink()

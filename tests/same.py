"""`make same AS=folder`: does this site say what another one says, but for its code?

Of each page: the words outside code, the outputs, the numbers in figures, the ids and
the addresses. For a change of the builder, which no reader should notice.
"""

import sys
from itertools import zip_longest
from pathlib import Path

from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[1]
CODE = ".highlight, script, style, link, code"
AROUND = 40  # characters shown on each side of a difference


def said(html):
    """Return what a page says, by kind: {kind: text or list}.

    >>> said('<p id="a">One <b>two</b> <code>x</code></p>')["words"]
    'One two'
    """
    soup = BeautifulSoup(html, "html.parser")
    for node in soup.select(CODE):
        node.decompose()
    words = " ".join(soup.get_text(" ").split())
    found = {"words": words.replace(" ,", ",").replace(" .", ".")}
    for name in ("id", "href", "src", "aria-label", "alt"):
        found[name] = [node[name] for node in soup.select(f"[{name}]")]
    return found


def differences(ours, theirs):
    """Name each kind in which two pages differ, and where they begin to."""
    for kind, mine in said(ours).items():
        other = said(theirs)[kind]
        pairs = enumerate(zip_longest(mine, other))
        if at := next(([n] for n, (a, b) in pairs if a != b), None):
            (n,) = at
            start = max(n - AROUND, 0) if kind == "words" else n
            end = n + AROUND if kind == "words" else n + 1
            yield f"{kind}: {mine[start:end]!r} and {other[start:end]!r}"


def compare(site, other):
    """Compare two folders: {page: [difference]}."""
    names = [
        {p.relative_to(f).as_posix() for p in f.rglob("*.html")} for f in (site, other)
    ]
    found = {name: ["is in one of them only"] for name in names[0] ^ names[1]}
    for name in sorted(names[0] & names[1]):
        pages = [(f / name).read_text(encoding="utf-8") for f in (site, other)]
        if pages[0] != pages[1] and (told := list(differences(*pages))):
            found[name] = told
    return found


def main():
    if len(sys.argv) != 2 or not Path(sys.argv[1], "index.html").is_file():
        given = sys.argv[1:] or "nothing"
        sys.exit(
            f"Given {given}. Expected the folder of a built site: make same AS=..."
        )
    found = compare(ROOT / "site", Path(sys.argv[1]))
    for name, told in found.items():
        print(name, *told, sep="\n  ")
    print(f"{len(found)} pages say something else" if found else "the same words")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()

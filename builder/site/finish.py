"""Last touches on the built site: own search per language, nothing that nobody uses."""

import base64
import hashlib
import json
import re
import unicodedata

from builder.errors import PageError
from builder.site.tags import Edit, Tag, edited, tags_of, words_of

# Scripts of this site, workers made of them, and nothing of any other host. On file://
# no address is "self"; styles stand in attributes of figures and in the editor.
POLICY = (
    "default-src 'none'; script-src 'self' file: 'wasm-unsafe-eval' {hashes}; "
    "style-src 'self' file: 'unsafe-inline'; img-src 'self' file: data:; "
    "connect-src 'self' file:; worker-src 'self' blob:; form-action 'none'; "
    "base-uri 'none'"
)
# Where Material's scripts are not what this site needs: (file, what it has, what for).
MENDED_SCRIPTS = [
    # It asks for "gatos*", and nothing stems a word that ends in a star.
    ("workers/search.*.min.js", ":`${r}*`)", ":`${r} ${r}*`)"),
    # So a word is not missing where its stem was found.
    (
        "workers/search.*.min.js",
        "e[s].startsWith(o.term)",
        "(e[s].startsWith(o.term)||o.term.startsWith(e[s]))",
    ),
    # It loads the index on every page; from file:// only when somebody searches.
    ("bundle.*.min.js", '$(location.protocol!=="file:"),', "$(!1),"),
    # It loads the search's worker on every page; only a search needs it.
    (
        "bundle.*.min.js",
        "t=new Worker(e)",
        "t=Object.assign(new EventTarget,{postMessage(i){"
        "this.w||((this.w=new Worker(e)).onmessage="
        'n=>this.dispatchEvent(new MessageEvent("message",{data:n.data}))),'
        "this.w.postMessage(i)}})",
    ),
]


def finish_page(html: str, folder: str) -> str:
    """Let a page search below its own language's folder, and hide unnamed switches."""
    tags, edits = tags_of(html), []
    for tag in tags:
        if tag.attributes.get("id") == "__config":
            settings = json.loads(html[tag.end : tag.text_end])
            if folder:
                settings["base"] = re.sub(r"^\.\.(/|$)", "", settings["base"]) or "."
            text = json.dumps(settings, ensure_ascii=False)
            edits.append((tag.end, tag.text_end, text))
        # Material names its search box and drawer switch for nobody; screen readers
        # need it.
        elif tag.attributes.get("class") == "md-toggle":
            hidden = ' aria-hidden="true" tabindex="-1"'
            edits.append((tag.end - 1, tag.end - 1, hidden))
    return edited(html, [*edits, *_policy(html, tags)])


def guarded(html: str) -> str:
    """Give a page its content security policy; its inline scripts are in it by hash."""
    return edited(html, _policy(html, tags_of(html)))


def _policy(html: str, tags: list[Tag]) -> list[Edit]:
    """Put the policy behind the page's character set, before anything is loaded."""
    hashes = {}
    for tag in tags:
        data = tag.attributes.get("type", "").endswith("json")  # no browser runs it
        if tag.name == "script" and "src" not in tag.attributes and not data:
            text = html[tag.end : tag.text_end]
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            hashes[f"'sha256-{digest}'"] = text
    policy = POLICY.format(hashes=" ".join(hashes))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    places = [t.end for t in tags if t.name == "meta" and "charset" in t.attributes]
    return [(place, place, meta) for place in places[:1]]


def own_index(index, folder):
    """Make a search index relative to its language's folder, and forgive accents.

    Who types "atencao" on a phone looks for "atenção".
    """
    if folder:  # static-i18n adds the entries of the languages built before
        inside = f"{folder}/"
        index["docs"] = [e for e in index["docs"] if e["location"].startswith(inside)]
        for entry in index["docs"]:
            entry["location"] = entry["location"].removeprefix(inside)
    for entry in index["docs"]:
        text = words_of(f"{entry['title']} {entry['text']}").lower()
        words = set(re.findall(r"\w+", text))
        plain = sorted({_plain(word) for word in words} - words)
        if plain:
            entry["text"] += f"<p>{' '.join(plain)}</p>"
    return index


def _plain(word):
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def write_index(folder, index):
    """Write the index for http (JSON) and for file:// (a script)."""
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (folder / "search").mkdir(parents=True, exist_ok=True)
    for name, content in (("json", text), ("js", f"var __index = {text}")):
        path = folder / f"search/search_index.{name}"
        path.write_text(content, encoding="utf-8", newline="\n")


def mend_scripts(site):
    """Change Material's scripts where it matters; fail if they are not as they were."""
    for name, old, new in MENDED_SCRIPTS:
        (path,) = site.glob(f"assets/javascripts/{name}")
        text = path.read_text(encoding="utf-8")
        if text.count(old) != 1:
            cause = f"expected '{old}' once; look at what this version of Material does"
            raise PageError(cause, path=path)
        path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def prune(site):
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

"""Each page's content security policy: what a browser may load for it."""

import base64
import hashlib

from builder.site.tags import Edit, Tag

# Scripts of this site, workers made of them, and nothing of any other host. On file://
# no address is "self"; styles stand in attributes of figures and in the editor.
POLICY = (
    "default-src 'none'; script-src 'self' file: 'wasm-unsafe-eval' {hashes}; "
    "style-src 'self' file: 'unsafe-inline'; img-src 'self' file: data:; "
    "font-src 'self' file:; connect-src 'self' file:; worker-src 'self' blob:; "
    "form-action 'none'; base-uri 'none'"
)


def edits(html: str, tags: list[Tag]) -> list[Edit]:
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

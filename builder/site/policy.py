"""Each page's content security policy: what a browser may load for it."""

import base64
import hashlib
import re

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Scripts of this site, workers made of them, and nothing of any other host. On file://
# no address is "self"; styles stand in attributes of figures and in the editor.
POLICY = (
    "default-src 'none'; script-src 'self' file: 'wasm-unsafe-eval' {hashes}; "
    "style-src 'self' file: 'unsafe-inline'; img-src 'self' file: data:; "
    "connect-src 'self' file:; worker-src 'self' blob:; form-action 'none'; "
    "base-uri 'none'"
)


def guarded(html: str) -> str:
    """Give a page its content security policy; its inline scripts are in it by hash."""
    digests = [hashlib.sha256(text.encode()).digest() for text in INLINE.findall(html)]
    hashes = [f"'sha256-{base64.b64encode(one).decode()}'" for one in digests]
    policy = POLICY.format(hashes=" ".join(dict.fromkeys(hashes)))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace('<meta charset="utf-8">', f'<meta charset="utf-8">{meta}', 1)

"""What a browser may load for a page."""

from builder.site import policy
from builder.site.tags import edited, tags_of


def test_inline_scripts_stand_in_the_policy_by_their_hashes():
    page = '<meta charset="utf-8"><script>let a</script><script>let a</script>'
    guarded = edited(page, policy.edits(page, tags_of(page)))
    told = guarded.partition('content="')[2].partition('"')[0]
    (script,) = [r for r in told.split("; ") if r.startswith("script-src")]
    digest = "IfEXP/8HLuXoAiy0hZVrCAcjcLsZqYFpLOHDGj8enqE="
    assert script == f"script-src 'self' file: 'wasm-unsafe-eval' 'sha256-{digest}'"

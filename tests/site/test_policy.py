"""What a browser may load for a page."""

from builder.site.policy import guarded


def test_inline_scripts_stand_in_the_policy_by_their_hashes():
    page = '<meta charset="utf-8"><script>let a</script><script>let a</script>'
    policy = guarded(page).partition('content="')[2].partition('"')[0]
    (script,) = [r for r in policy.split("; ") if r.startswith("script-src")]
    digest = "IfEXP/8HLuXoAiy0hZVrCAcjcLsZqYFpLOHDGj8enqE="
    assert script == f"script-src 'self' file: 'wasm-unsafe-eval' 'sha256-{digest}'"

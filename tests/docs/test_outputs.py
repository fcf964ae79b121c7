"""The pages print what was accepted: `make outputs` accepts anew."""

from outputs import KEPT, of_site


def test_every_chapter_prints_what_was_kept(site):
    kept = {
        path.relative_to(KEPT).as_posix(): path.read_text(encoding="utf-8")
        for path in KEPT.glob("*/*.txt")
    }
    found = of_site(site)
    assert found, "the site has no chapters"
    assert found == kept, "run `make outputs` and look at the diff"

"""What ran once is kept, and runs again exactly when something in it changes."""

import subprocess
from functools import partial
from pathlib import Path

import pytest
import small_site

from builder.notebook import cache
from builder.notebook.cache import Cache
from builder.site import checksums

# --- A folder of texts ---------------------------------------------------------------


def never():
    raise AssertionError("made anew what is kept")


@pytest.fixture
def kept(tmp_path):
    """A cache that keeps the text "olá\\r\\nmundo\\n" for the key "a"."""
    kept = Cache(tmp_path / "kept")
    assert kept.get("a", lambda: "olá\r\nmundo\n") == "olá\r\nmundo\n"
    return kept


def entry(kept):
    (file,) = kept.folder.iterdir()
    return file


def test_the_same_key_gives_the_kept_text(kept):
    assert kept.get("a", never) == "olá\r\nmundo\n"
    assert Cache(kept.folder).get("a", never) == "olá\r\nmundo\n"


def test_another_key_makes_another_text(kept):
    assert kept.get("b", lambda: "outro") == "outro"
    assert kept.get("a", never) == "olá\r\nmundo\n"
    assert kept.get("b", never) == "outro"


@pytest.mark.parametrize("text", ["", "\n", "a\n\nb", "\N{CAT}", "a" * 100_000])
def test_any_text_can_be_kept(tmp_path, text):
    Cache(tmp_path).get("a", lambda: text)
    assert Cache(tmp_path).get("a", never) == text


def flip_last_byte(content):
    return content[:-2] + bytes([content[-2] ^ 1]) + content[-1:]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda content: content[:64],  # the checksum alone
        lambda content: b"",
        flip_last_byte,
        lambda content: bytes([content[0] ^ 1]) + content[1:],
        lambda content: content + b"\n",
        lambda content: content.replace(b"\r\n", b"\n"),
        lambda content: content + b"\xff",
        lambda content: b"\xff\xfe" + content,
    ],
    ids=[
        "a byte short",
        "half",
        "checksum alone",
        "empty",
        "flipped byte",
        "flipped byte of the checksum",
        "a line longer",
        "other line ends",
        "not UTF-8 at the end",
        "not UTF-8 at the start",
    ],
)
def test_a_damaged_entry_is_made_anew(kept, damage):
    file = entry(kept)
    file.write_bytes(damage(file.read_bytes()))
    said = []
    assert Cache(kept.folder, said.append).get("a", lambda: "novo") == "novo"
    assert said == [f"{file} is damaged: made anew"]
    assert Cache(kept.folder).get("a", never) == "novo"


def test_a_text_that_cannot_be_made_leaves_nothing(tmp_path):
    with pytest.raises(AssertionError, match="made anew"):
        Cache(tmp_path).get("a", never)
    assert list(tmp_path.iterdir()) == []


def test_unused_entries_are_forgotten_and_used_ones_kept(kept):
    kept.get("b", lambda: "outro")
    later = Cache(kept.folder)
    later.get("b", never)
    later.get("c", lambda: "novo")
    later.forget_unused()
    assert len(list(kept.folder.iterdir())) == 2
    assert later.get("b", never) == "outro"
    assert later.get("c", never) == "novo"
    assert later.get("a", lambda: "de novo") == "de novo"


def test_what_was_asked_for_with_different_keys_is_all_kept(kept):
    kept.get("b", lambda: "outro")
    kept.forget_unused()
    assert kept.get("a", never) == "olá\r\nmundo\n"
    assert kept.get("b", never) == "outro"


def test_a_stray_file_is_forgotten(kept):
    stray = entry(kept).with_suffix(".part")
    stray.write_text("meio")
    kept.forget_unused()
    assert not stray.exists()
    assert kept.get("a", never) == "olá\r\nmundo\n"


def test_a_build_that_tidies_up_does_not_disturb_another(kept, monkeypatch):
    replace = Path.replace

    def tidy_up_and_replace(part, file):
        Cache(kept.folder).forget_unused()
        return replace(part, file)

    monkeypatch.setattr(Path, "replace", tidy_up_and_replace)
    assert kept.get("b", lambda: "outro") == "outro"
    assert Cache(kept.folder).get("b", never) == "outro"


def test_two_builds_can_keep_the_same_text_at_once(kept, monkeypatch):
    def replace_second(part, file):
        monkeypatch.undo()
        Cache(kept.folder).get("b", lambda: "outro")
        return part.replace(file)

    monkeypatch.setattr(Path, "replace", replace_second)
    assert kept.get("b", lambda: "outro") == "outro"
    assert Cache(kept.folder).get("b", never) == "outro"


def test_forgetting_in_a_folder_that_is_not_there_is_no_error(tmp_path):
    Cache(tmp_path / "none").forget_unused()
    assert list(tmp_path.iterdir()) == []


def test_another_version_of_a_package_is_another_key(kept, monkeypatch):
    versions = cache.environment()
    assert "numpy==" in versions
    monkeypatch.setattr(
        cache, "environment", lambda: versions.replace("numpy==", "numpy==9.")
    )
    assert Cache(kept.folder).get("a", lambda: "novo") == "novo"
    monkeypatch.setattr(cache, "environment", lambda: versions)
    assert Cache(kept.folder).get("a", never) == "olá\r\nmundo\n"


def test_another_python_is_another_key(kept, monkeypatch):
    monkeypatch.setattr("platform.python_version", lambda: "9.9.9")
    assert Cache(kept.folder).get("a", lambda: "novo") == "novo"


def test_another_kind_of_computer_is_another_key(kept, monkeypatch):
    monkeypatch.setattr("platform.machine", lambda: "abacus")
    assert Cache(kept.folder).get("a", lambda: "novo") == "novo"


# --- Of a site -----------------------------------------------------------------------

PT, EN = "docs/pt/cats.md", "docs/en/cats.md"


@pytest.fixture
def site(tmp_path_factory):
    return small_site.copy(tmp_path_factory)


def pages(folder):
    names = "cats.html", "en/cats.html"
    return [(folder / "site" / name).read_text(encoding="utf-8") for name in names]


def build(folder):
    """Build; return the pages that ran and the two pages that were made."""
    built = small_site.build(folder)
    assert built.returncode == 0, built.stderr
    return small_site.runs(built), *pages(folder)


def test_a_second_build_runs_no_cell_and_gives_the_same(site):
    first = pages(site)
    assert build(site) == ([], *first)


def test_a_changed_word_of_prose_shows_and_runs_no_cell(site):
    small_site.change(site, PT, "Um gato vale", "Um bichano vale")
    ran, pt, en = build(site)
    assert ran == []
    assert "<p>Um bichano vale por dois.</p>" in pt
    assert "<p>One cat counts for two.</p>" in en


def test_a_changed_docstring_of_an_included_function_runs_no_cell(site):
    small_site.change(site, "snippets/small.py", "Return twice", "Give twice")
    assert build(site)[0] == []


def test_a_changed_cell_runs_its_page_in_its_language_only(site):
    small_site.change(site, PT, '"gatos:"', '"bichanos:"')
    ran, pt, en = build(site)
    assert ran == ["pt/cats.md"]
    assert "<samp>bichanos: 42</samp>" in pt
    assert "<samp>cats: 42</samp>" in en
    assert len(list((site / ".cache/pt").iterdir())) == 1  # the old one is forgotten


def test_a_changed_included_function_runs_its_pages_in_both_languages(site):
    small_site.change(site, "snippets/small.py", "2 * number", "3 * number")
    ran, pt, en = build(site)
    assert ran == ["pt/cats.md", "en/cats.md"]
    assert "<samp>gatos: 63</samp>" in pt and "São 63 gatos" in pt
    assert "<samp>cats: 63</samp>" in en and "There are 63 cats" in en


def test_a_changed_style_of_figures_runs_all(site):
    style = "builder/output/style.py"
    small_site.change(site, style, '"font.size": 10', '"font.size": 11')
    assert build(site)[0] == ["pt/cats.md", "en/cats.md"]


def test_a_damaged_entry_runs_its_page_again_with_the_same_result(site):
    first = pages(site)
    (file,) = (site / ".cache/en").iterdir()
    file.write_bytes(file.read_bytes().replace(b"cats: 42", b"cats: 24"))
    assert build(site) == (["en/cats.md"], *first)


def test_two_builds_at_once_both_end_well_with_a_whole_site(site):
    small_site.change(site, PT, '"gatos:"', '"bichanos:"')
    # Not by `small_site.build`, which makes one after the other.
    begin = partial(subprocess.Popen, cwd=site, env=small_site.environment())
    both = [begin(small_site.command("build"), stderr=subprocess.PIPE) for _ in "ab"]
    told = [one.communicate()[1].decode() for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    assert checksums.damaged(site / "site") == []
    assert "<samp>bichanos: 42</samp>" in pages(site)[0]
    assert not list(site.glob(".site-*"))


def test_a_cell_that_ran_before_a_failure_need_not_run_again(site):
    small_site.change(site, PT, '"gatos:"', '"bichanos:"')
    small_site.change(site, EN, "One cat", "One **cat")
    failed = small_site.build(site)
    assert (failed.returncode, small_site.runs(failed)) == (1, ["pt/cats.md"])
    small_site.change(site, EN, "One **cat", "One cat")
    ran, pt, _ = build(site)
    assert ran == []
    assert "<samp>bichanos: 42</samp>" in pt

"""A build that fails leaves the last site as it was; none removes what others made."""

import errno
import os
import shutil
import stat
from pathlib import Path

import pytest

from builder.errors import PageError
from builder.site import aside, checksums, swap
from builder.site.aside import Aside

FIRST = {"index.html": "um", "a.html": "a", "assets/a.js": "a", "old/b.html": "b"}
SECOND = {"index.html": "dois", "a.html": "a", "assets/a.js": "A", "new.html": "n"}
OTHERS = {".git/HEAD": "ref", "CNAME": "cats.example", "old/notes.txt": "meu"}


def write(folder, texts):
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def texts(folder):
    """Everything in a folder but the list of checksums, which is checked."""
    if checksums.read(folder):
        assert not set(checksums.damaged(folder)) - set(OTHERS)
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.name != checksums.LIST
    }


@pytest.fixture
def begin(tmp_path):
    """Begin a build of some files, to be put in place by who asks for it."""

    def begin(made, name="site"):
        build = Aside(tmp_path / name, tmp_path / "checkout", tmp_path / "lock")
        write(build.made, made)
        return build

    return begin


@pytest.fixture
def site(tmp_path, begin):
    """A site that an earlier build made, with files of others in it."""
    begin(FIRST).put_in_place()
    write(tmp_path / "site", OTHERS)
    return tmp_path / "site"


def left_over(site):
    return [path.name for path in site.parent.glob(".*-building-*")]


def test_a_site_is_what_was_made_beside_what_others_put_there(site, begin):
    begin(SECOND).put_in_place()
    assert texts(site) == SECOND | OTHERS
    begin(FIRST).put_in_place()
    assert texts(site) == FIRST | OTHERS
    assert not left_over(site)


def test_a_folder_that_only_an_old_page_needed_goes_with_it(tmp_path, begin):
    begin(FIRST).put_in_place()
    begin(SECOND).put_in_place()
    assert not (tmp_path / "site/old").exists()


def test_a_file_that_stays_the_same_is_not_touched(site, begin):
    before = (site / "a.html").stat()
    begin(SECOND).put_in_place()
    after = (site / "a.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_site_stays_while_a_build_is_at_work_or_gives_up(site, begin):
    build = begin(SECOND)
    assert texts(site) == FIRST | OTHERS
    build.remove()
    assert texts(site) == FIRST | OTHERS
    assert not left_over(site)


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("error", [FULL, KeyboardInterrupt()], ids=["full", "Ctrl-C"])
@pytest.mark.parametrize("at", range(1, 8))
def test_what_breaks_half_way_is_undone(site, begin, monkeypatch, error, at):
    """The first two replacements, a page's removal, the lists: each can fail."""
    calls = 0

    def breaking(call):
        def broken(*args, **kwargs):
            nonlocal calls
            calls += 1
            if calls == at:
                raise error
            return call(*args, **kwargs)

        return broken

    build, before = begin(SECOND), texts(site)
    listed = (site / checksums.LIST).read_bytes()
    monkeypatch.setattr(swap.shutil, "copy2", breaking(shutil.copy2))
    monkeypatch.setattr(os, "replace", breaking(os.replace))
    monkeypatch.setattr(Path, "unlink", breaking(Path.unlink))
    with pytest.raises(type(error)):
        build.put_in_place()
    assert calls >= at
    monkeypatch.undo()
    assert texts(site) == before
    assert (site / checksums.LIST).read_bytes() == listed
    build.remove()
    begin(SECOND).put_in_place()
    assert texts(site) == SECOND | OTHERS


def test_what_a_kill_left_is_removed_but_not_what_is_at_work(site, begin):
    killed, at_work = begin(SECOND), begin(SECOND)
    killed.alive.release()  # as the system does when a process ends
    build = begin(SECOND)
    assert sorted(left_over(site)) == sorted([at_work.folder.name, build.folder.name])
    write(site.parent, {".site-building-plan/notes.txt": "meu"})
    for one in (build, at_work):
        one.put_in_place()
    begin(FIRST).remove()
    assert left_over(site) == [".site-building-plan"]
    assert texts(site) == SECOND | OTHERS


def test_a_kill_between_two_moves_is_mended_by_the_next_build(site, begin, monkeypatch):
    """What came is listed before it comes: no build takes it for somebody else's."""

    class Killed(BaseException):
        pass

    def replaced_one(source, target):
        os.rename(source, target)
        if Path(target).name == "a.js":
            monkeypatch.setattr(swap.os.path, "lexists", killed)
            raise Killed

    def killed(path):
        raise Killed

    build = begin(SECOND)
    monkeypatch.setattr(os, "replace", replaced_one)
    with pytest.raises(Killed):
        build.put_in_place()
    monkeypatch.undo()
    assert (site / "assets/a.js").read_text() == "A"
    assert (site / "index.html").read_text() == "um"
    build.alive.release()
    begin({"x.html": "x"}).put_in_place()
    assert texts(site) == {"x.html": "x"} | OTHERS


def test_what_others_made_is_not_replaced(site, begin):
    write(site, {"new.html": "meu"})
    with pytest.raises(PageError, match="new.html: is in the way: no build made it"):
        begin(SECOND).put_in_place()
    assert (site / "new.html").read_text() == "meu"
    assert (site / "index.html").read_text() == "um"


def test_a_folder_where_a_file_would_go_is_in_the_way(site, begin):
    write(site, {"new.html/notes.txt": "meu"})
    with pytest.raises(PageError, match="new.html: is in the way"):
        begin(SECOND).put_in_place()


def test_no_build_reaches_through_a_link_inside_a_site(site, begin, tmp_path):
    try:
        (tmp_path / "elsewhere").mkdir()
        shutil.move(site / "assets/a.js", tmp_path / "elsewhere")
        (site / "assets").rmdir()
        (site / "assets").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    except OSError:  # Windows may not make links, and so meets none
        return
    with pytest.raises(PageError, match="assets: is in the way"):
        begin(SECOND).put_in_place()
    assert (tmp_path / "elsewhere/a.js").read_text() == "a"


def test_a_damaged_list_is_named_and_nothing_touched(site, begin):
    for damage in ("x", "0" * 64 + "  ../../notes.txt\n", "0" * 64 + "  /etc/hosts\n"):
        (site / checksums.LIST).write_text(damage)
        with pytest.raises(PageError, match="SHA256SUMS: is damaged"):
            begin(SECOND).put_in_place()
    assert (site / "index.html").read_text() == "um"


def test_a_site_that_is_a_link_is_made_where_it_leads(tmp_path, begin):
    try:
        (tmp_path / "site").symlink_to(tmp_path / "disk/www", target_is_directory=True)
    except OSError:
        return
    begin(FIRST).put_in_place()
    begin(SECOND).put_in_place()
    assert (tmp_path / "site").is_symlink()
    assert texts(tmp_path / "disk/www") == SECOND


def test_a_site_on_a_disk_of_its_own_is_made_in_it(site, begin, monkeypatch):
    """A folder beside it would be on another disk, from which nothing can be moved."""
    monkeypatch.setattr(aside.os, "access", lambda *_: False)
    build = begin(SECOND)
    assert build.folder.parent == site
    build.put_in_place()
    assert texts(site) == SECOND | OTHERS


@pytest.mark.parametrize(
    "name",
    ["", "checkout", "checkout/docs", "checkout/docs/pt", "checkout/snippets/x"]
    + ["checkout/builder", "checkout/tests", "checkout/.git", "checkout/.venv/x"],
)
def test_a_site_is_never_made_of_what_it_is_made_from(tmp_path, begin, name):
    write(tmp_path, {"checkout/docs/pt/a.md": "a"})
    with pytest.raises(PageError, match="name another folder for it: -d"):
        begin(FIRST, name)
    assert (tmp_path / "checkout/docs/pt/a.md").read_text() == "a"
    assert not list(tmp_path.rglob(".*-building-*"))


def test_a_site_is_no_file(tmp_path, begin):
    (tmp_path / "site").write_text("meu")
    with pytest.raises(PageError, match="site: is a file"):
        begin(FIRST)


def test_a_web_server_can_read_a_site_whatever_the_umask(tmp_path, begin):
    before = os.umask(0o077)
    try:
        begin(FIRST).put_in_place()
        begin(SECOND).put_in_place()
    finally:
        os.umask(before)
    for path in (tmp_path / "site").rglob("*"):
        wanted = 0o755 if path.is_dir() else 0o644
        assert stat.S_IMODE(path.stat().st_mode) & wanted == wanted or os.name == "nt"


# --- lists of checksums


def test_a_list_names_what_changed_is_missing_or_came(tmp_path):
    write(tmp_path, FIRST)
    assert checksums.damaged(tmp_path) == [checksums.LIST]
    checksums.write(tmp_path, checksums.of(tmp_path))
    assert checksums.damaged(tmp_path) == []
    (tmp_path / "a.html").write_text("b")
    (tmp_path / "index.html").unlink()
    (tmp_path / "new.html").write_text("n")
    assert checksums.damaged(tmp_path) == ["a.html", "index.html", "new.html"]
    (tmp_path / checksums.LIST).write_text("?")
    assert checksums.damaged(tmp_path) == [checksums.LIST]

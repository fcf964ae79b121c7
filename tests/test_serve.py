"""`make serve`: a page that is saved is a page that is seen, and faults are told."""

import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import small_site

PT = "docs/pt/cats.md"


@contextmanager
def serving(folder, log):
    """Serve a site while the block runs; give its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    # What a stopped server leaves goes with a folder, whose name is short: sockets of
    # kernels lie in it.
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary,
        log.open("w") as told,
    ):
        process = subprocess.Popen(
            small_site.command("serve", "-a", address),
            cwd=folder,
            env=small_site.environment() | {"TMPDIR": temporary},
            stdout=told,
            stderr=told,
        )
        try:
            yield f"http://{address}/", process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def read(url):
    """Return a page, or "" while the server does not answer."""
    try:
        with urlopen(url, timeout=30) as answer:
            return answer.read().decode()
    except OSError:  # not yet listening, or busy with a build
        return ""


def wait_until(condition, log):
    """Wait up to a minute; say what the server said if that was in vain."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, log.read_text(encoding="utf-8")
        time.sleep(0.1)


@pytest.fixture
def folder(tmp_path_factory):
    return small_site.copy(tmp_path_factory)


@pytest.fixture
def log(tmp_path):
    return tmp_path / "log.txt"


def test_a_changed_word_shows_without_a_restart_and_runs_no_cell(folder, log):
    with serving(folder, log) as (url, process):
        wait_until(lambda: "Um gato vale por dois." in read(url + "cats.html"), log)
        small_site.change(folder, PT, "Um gato vale", "Um bichano vale")
        wait_until(lambda: "Um bichano vale por dois." in read(url + "cats.html"), log)
        assert "One cat counts for two." in read(url + "en/cats.html")
        assert process.poll() is None
    assert "running the cells" not in log.read_text(encoding="utf-8")


def test_a_changed_function_shows_without_a_restart(folder, log):
    with serving(folder, log) as (url, _):
        wait_until(lambda: "São 42 gatos" in read(url + "cats.html"), log)
        small_site.change(folder, "snippets/small.py", "2 * number", "3 * number")
        wait_until(lambda: "São 63 gatos" in read(url + "cats.html"), log)
        assert "There are 63 cats" in read(url + "en/cats.html")


def test_a_fault_is_told_and_mended_without_a_restart(folder, log):
    with serving(folder, log) as (url, process):
        wait_until(lambda: "Um gato vale por dois." in read(url + "cats.html"), log)
        small_site.change(folder, PT, "index.md#why", "nope.md")
        fault = f"ERROR   -  {PT}:30: broken link 'nope.md'"
        wait_until(lambda: "until build errors are resolved" in log.read_text(), log)
        assert log.read_text(encoding="utf-8").count(fault) == 1
        assert process.poll() is None
        small_site.change(folder, PT, "nope.md", "index.md#count")
        fault = f"ERROR   -  {PT}:30: broken link 'index.md#count'"
        wait_until(lambda: fault in log.read_text(encoding="utf-8"), log)
        small_site.change(folder, PT, "index.md#count", "index.md")
        wait_until(
            lambda: '<a href="index.html">começo' in read(url + "cats.html"), log
        )
        assert process.poll() is None
    assert "Traceback" not in log.read_text(encoding="utf-8")
    assert (folder / "site").exists()  # the built site is none of the server's business


def test_a_page_that_is_not_there_is_no_fault(folder, log):
    with serving(folder, log) as (url, _):
        wait_until(lambda: "Um gato vale por dois." in read(url + "cats.html"), log)
        with pytest.raises(HTTPError) as caught:
            urlopen(url + "nope.html", timeout=30)
        with caught.value as answer:
            assert answer.code == 404
            assert "Esta página não existe." in answer.read().decode()
        wait_until(lambda: '"GET /nope.html' in log.read_text(encoding="utf-8"), log)
    assert "Traceback" not in log.read_text(encoding="utf-8")

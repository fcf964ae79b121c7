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


def shows(text, url):
    return lambda: text in read(url + "cats.html")


def test_changes_show_without_a_restart_and_run_what_they_must(folder, log):
    with serving(folder, log) as (url, process):
        wait_until(shows("Um gato vale por dois.", url), log)
        with pytest.raises(HTTPError) as caught:
            urlopen(url + "nope.html", timeout=30)
        with caught.value as answer:  # a page that is not there is no fault
            assert answer.code == 404
            assert "Esta página não existe." in answer.read().decode()
        wait_until(lambda: '"GET /nope.html' in log.read_text(encoding="utf-8"), log)
        small_site.change(folder, PT, "Um gato vale", "Um bichano vale")
        wait_until(shows("Um bichano vale por dois.", url), log)
        assert "One cat counts for two." in read(url + "en/cats.html")
        assert "running the cells" not in log.read_text(encoding="utf-8")
        small_site.change(folder, "snippets/small.py", "2 * number", "3 * number")
        wait_until(shows("São 63 gatos", url), log)
        assert "There are 63 cats" in read(url + "en/cats.html")
        assert process.poll() is None
    assert "Traceback" not in log.read_text(encoding="utf-8")
    assert (folder / "site").exists()  # the built site is none of the server's business


CODE = "builder/prose/values.py"
# What is done to which file, and what the server then says.
FAULTS = [
    (PT, ("index.md#why", "nope.md"), f"{PT}:30: the link to nope.md has no twin"),
    (PT, ("em $n$", "em **$n$"), f"{PT}:24: '**' would stand on the page"),
    (PT, ("$n$", r"$n\text{\x}$"), f"{PT}:24: cannot read the formula n"),
    (PT, None, f"{PT}: this page is missing; it exists as docs/en/cats.md"),
    ("mkdocs.yml", ("site_name: O", "site_name: ["), "MkDocs encountered an error"),
    (CODE, ('"""', '"""One: '), f"{CODE}: has changed, and this process makes pages"),
]


def test_faults_are_told_once_and_mended_without_a_restart(folder, log):
    with serving(folder, log) as (url, process):
        wait_until(shows("Um gato vale por dois.", url), log)
        for faults, (name, change, told) in enumerate(FAULTS, start=1):
            content = (folder / name).read_text(encoding="utf-8")
            if change:
                small_site.write(folder, {name: content.replace(*change, 1)})
            else:
                (folder / name).unlink()
            wait_until(
                lambda n=faults: log.read_text().count("will appear stuck") == n, log
            )
            assert log.read_text(encoding="utf-8").count(told) == 1
            small_site.write(folder, {name: content})
            wait_until(shows("Um gato vale por dois.", url), log)
            assert process.poll() is None
    assert "Traceback" not in log.read_text(encoding="utf-8")


def test_a_taken_port_is_told_before_anything_is_built(folder, log):
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
        done = subprocess.run(
            small_site.command("serve", "-q", "-a", address),
            cwd=folder,
            env=small_site.environment(),
            capture_output=True,
            encoding="utf-8",
        )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "Take another port" in done.stderr

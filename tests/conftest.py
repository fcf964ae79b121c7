"""What the tests share: the built site, its pages, a browser and a small server."""

import functools
import http.server
import itertools
import os
import subprocess
import sys
import threading
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # two would wait for each other

import browser
import pytest
from bs4 import BeautifulSoup
from elsewhere import X86
from filelock import FileLock
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def site(tmp_path_factory, worker_id):
    """The site as `make site` builds it, in a folder that all processes share."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent
    folder = shared / "site"
    with FileLock(shared / "site.lock"):
        if not folder.exists():
            build_site(folder)
    return folder


def pytest_collection_modifyitems(items):
    """While one process builds the site, the others do what needs none."""
    items.sort(key=lambda item: "site" not in item.fixturenames)


def pytest_terminal_summary(terminalreporter):
    if not X86:
        words = "no kernels of an older processor to build with on this one: "
        words += "test_reproducible proves another place and time only"
        terminalreporter.write_line(words)


def build_site(folder):
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", folder]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def pages(site):
    """Every built page: {"en/index.html": soup}."""
    return {
        path.relative_to(site).as_posix(): BeautifulSoup(
            path.read_text(encoding="utf-8"), "html.parser"
        )
        for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        # A container's root may not use the sandbox, and no browser here needs one.
        # Other hosts are refused by name, and cost no page a question to the test.
        arguments = ["--no-sandbox", "--disable-quic"]
        arguments += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
        instance = playwright.chromium.launch(
            executable_path=browser.find(), args=arguments
        )
        yield instance
        instance.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def server(site):
    """The address of a plain web server that serves the site."""
    handler = functools.partial(Quiet, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}/"
        running.shutdown()
        thread.join()


class Visit:
    """A tab of its own that notes errors, and requests to other hosts."""

    def __init__(self, chromium, base, **options):
        self.base, self.errors, self.foreign = base, [], []
        self.context = chromium.new_context(**options)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._console)
        self.context.on("request", self._request)

    def _request(self, request):
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.foreign.append(request.url)

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def open(self, name):
        self.page.goto(self.base + name)
        return self.page


@pytest.fixture(params=["file", "http"])
def base(request, site, server):
    """Where the site is read from: a folder or a server."""
    return server if request.param == "http" else f"{site.as_uri()}/"


def in_turn(names, *values):
    """Parametrise a test: `base` is a folder and a server by turns, beside the values.

    What takes seconds in a browser need not be seen four times in two by two ways.
    """
    cases = zip(itertools.cycle(["file", "http"]), values)
    return pytest.mark.parametrize(
        f"base, {names}",
        [
            (base, *(value if isinstance(value, tuple) else [value]))
            for base, value in cases
        ],
        indirect=["base"],
    )


@pytest.fixture
def visit(chromium):
    """Open tabs with `visit(base, **options)`; at the end none may have misbehaved."""
    visits = []

    def new(base, **options):
        visits.append(Visit(chromium, base, **options))
        return visits[-1]

    yield new
    for one in visits:
        one.context.close()
        assert not one.foreign, "asked another host"
        assert not one.errors

"""What the machine refuses is a sentence; what its owner set up changes nothing."""

import errno
import os
import shutil
import socket
import sys
import warnings

import pytest

from builder.errors import PageError
from builder.site import loaded, machine, surroundings


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "the disk is full; free some space"),
        (errno.EROFS, "may not be written here"),
        (errno.EACCES, "may not be written here"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_a_refusal_names_the_file_and_what_to_do(tmp_path, number, told):
    error = OSError(number, os.strerror(number), "from.js", None, "to.js")
    assert str(machine.explain(error, tmp_path)).startswith("to.js: ")
    assert told in str(machine.explain(error, tmp_path))
    unnamed = OSError(number, os.strerror(number))
    assert str(machine.explain(unnamed, tmp_path)).startswith(f"{tmp_path.as_posix()}:")


def test_many_refusals_at_once_are_told_too(tmp_path):
    error = shutil.Error([("a", "b", "[Errno 28] No space left on device")])
    assert "No space left" in str(machine.explain(error, tmp_path))


def test_a_taken_port_is_told_with_another_to_take():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(PageError) as caught:
            machine.require_free_port("127.0.0.1", port)
    assert str(caught.value) == (
        f"127.0.0.1:{port}: cannot serve at port {port}: Address already in use; is "
        f"another server running? Take another port: make serve PORT={port + 1}, or "
        f"mkdocs serve --dev-addr 127.0.0.1:{port + 1}"
    )
    machine.require_free_port("127.0.0.1", port)


def test_an_address_that_is_none_is_told():
    with pytest.raises(PageError, match="site_url is empty; set SITE_URL"):
        machine.require_address("")
    machine.require_address("https://cats.example/")


def test_own_settings_of_python_jupyter_and_matplotlib_are_forgotten(
    tmp_path, monkeypatch
):
    own = ["PYTHONSTARTUP", "PYTHONPATH", "PYTHONWARNINGS", "PYTHONOPTIMIZE"]
    own += ["MATPLOTLIBRC", "MPLBACKEND", "JUPYTER_PATH", "IPYTHONDIR"]
    monkeypatch.setattr(os, "environ", {**dict.fromkeys(own, "x"), "TZ": "Asia/Tokyo"})
    monkeypatch.setattr(sys, "warnoptions", ["error"])
    with warnings.catch_warnings():
        surroundings.settle(tmp_path, tmp_path)
        warnings.warn("of a library", DeprecationWarning, stacklevel=1)
    assert "x" not in os.environ.values()
    assert set(own) & set(os.environ) == {"IPYTHONDIR"}
    assert os.environ["TZ"] == "UTC"
    assert os.environ["MPLCONFIGDIR"] == str(tmp_path / "matplotlib")


def test_changed_code_of_a_running_process_is_named(tmp_path, monkeypatch):
    (tmp_path / "maker.py").write_text("cats = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "maker", raising=False)
    __import__("maker")
    code = loaded.Loaded(tmp_path)
    code.require_same()
    for text in ("cats = 2\n", None):
        if text:
            (tmp_path / "maker.py").write_text(text)
        else:
            (tmp_path / "maker.py").unlink()
        with pytest.raises(PageError, match="maker.py: has changed.*start it anew"):
            code.require_same()
    (tmp_path / "maker.py").write_text("cats = 1\n")
    code.require_same()
    del sys.modules["maker"]

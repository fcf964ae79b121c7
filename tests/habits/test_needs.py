"""What commands need besides Python they name, before they begin."""

import os
import subprocess
import sys

import anywhere
import pytest
from elsewhere import PLAIN
from lines import ROOT


def test_bench_looks_for_its_browser_first(tmp_path):
    nothing = {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    kept = {name: text for name, text in os.environ.items() if name != "CHROME"}
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "bench" / "needs.py"],
        env=kept | nothing,
        capture_output=True,
        text=True,
        check=False,
    )
    if sys.platform == "darwin" and done.returncode == 0:
        pytest.skip("this Mac has a Chrome, which no PATH hides")
    assert done.returncode == 1
    assert done.stderr.startswith("make bench measures live Python in Chromium")
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("\nbench:")[1]
    assert "needs.py" in recipe.splitlines()[1]


def test_a_python_asked_for_by_name_must_be_there(monkeypatch):
    monkeypatch.setenv("PYTHONS", "python9.99")
    with pytest.raises(SystemExit, match="PYTHONS names python9.99, which is no"):
        anywhere.pythons()
    monkeypatch.delenv("PYTHONS")
    monkeypatch.setattr(anywhere, "PYTHONS", "python9.98 python9.99")
    assert anywhere.pythons() == ([], ["python9.98", "python9.99"])


def test_a_shell_that_cannot_be_installed_is_told_and_skipped(monkeypatch):
    def fail(variant):
        raise RuntimeError(f"{variant.name}: cannot set it up\nno network")

    monkeypatch.setattr(anywhere, "install", fail)
    found, why = anywhere.shells()
    assert not found
    assert why.endswith("no network\nProperDocs could not be installed, not tried")


def test_another_shell_may_differ_in_its_name_only(tmp_path):
    page = '<meta name="generator" content="{}"><p>{}'
    plain = {"a.html": page.format("mkdocs-1.6.1", "b").encode(), "SHA256SUMS": b"1"}
    (tmp_path / "SHA256SUMS").write_bytes(b"2")
    for text, fine in (("b", True), ("c", False)):
        (tmp_path / "a.html").write_text(page.format("other", text), encoding="utf-8")
        same, words = anywhere.report_shell(tmp_path, plain)
        assert same == fine
        assert ("a.html, line 1" in words) != fine
        assert ("generator tag of 1 pages" in words) == fine
    assert PLAIN.shell == "mkdocs" and anywhere.PROPERDOCS.shell == "properdocs"

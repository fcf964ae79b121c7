"""Python for the browser: packed to the same bytes everywhere, checked before use."""

import gzip

import pytest

from builder.live import packs


def packed(folder):
    scripts = (folder / "assets/live").glob("cats-*.js")
    return {path.name: path.read_bytes() for path in scripts}


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write what a live page loads, of a small pack; return what was said and made."""
    made = {"cats": {"cats.txt": bytes(range(256)) * 4000}, "wasm": {}}
    made["wasm"]["pyodide.asm.wasm"] = b"cats"
    monkeypatch.setattr(packs, "PIECE", 1000)
    monkeypatch.setattr(packs, "packs", lambda: made)

    def write(name):
        said = []
        packs.write(tmp_path / name, tmp_path / "cache/live", {}, say=said.append)
        return said, packed(tmp_path / name)

    (tmp_path / "cache").mkdir()
    return write


def test_what_is_packed_once_is_kept(write, monkeypatch):
    said, first = write("one")
    assert first and not said
    monkeypatch.delattr(packs, "packs")
    assert write("two") == ([], first)


def flip(path):
    content = path.read_bytes()
    path.write_bytes(content[:-5] + bytes([content[-5] ^ 1]) + content[-4:])


DAMAGES = {
    "a flipped bit": flip,
    "a byte short": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "missing": lambda path: path.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("which", ["cats-*.js", "pieces.json", "SHA256SUMS"])
def test_a_damaged_pack_is_named_and_made_anew(write, tmp_path, damage, which):
    _, first = write("one")
    (folder,) = (tmp_path / "cache/live").iterdir()
    path = next(folder.glob(which))
    DAMAGES[damage](path)
    (said,), second = write("two")
    assert "is damaged: packing Python for the browser anew" in said
    assert path.name in said or which == "SHA256SUMS"
    assert second == first
    assert write("three") == ([], first)


def test_packing_names_no_system_and_no_time():
    """Pythons before and after 3.11 write other headers, systems too."""
    data = b"cats" * 1000
    assert packs.gzipped(data)[:10].hex() == "1f8b08000000000000ff"
    assert packs.gzipped(data) == packs.gzipped(data)
    assert gzip.decompress(packs.gzipped(data)) == data

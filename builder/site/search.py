"""A search of each language's own, which forgives accents."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from builder.site.tags import words_of


def own(index: dict[str, Any], folder: str) -> dict[str, Any]:
    """Make Material's index relative to its language's folder, and forgive accents.

    Who types "atencao" on a phone looks for "atenção".
    """
    if folder:  # static-i18n adds the entries of the languages built before
        inside = f"{folder}/"
        index["docs"] = [e for e in index["docs"] if e["location"].startswith(inside)]
        for entry in index["docs"]:
            entry["location"] = entry["location"].removeprefix(inside)
    for entry in index["docs"]:
        text = words_of(f"{entry['title']} {entry['text']}").lower()
        words = set(re.findall(r"\w+", text))
        plain = sorted({_plain(word) for word in words} - words)
        if plain:
            entry["text"] += f"<p>{' '.join(plain)}</p>"
    return index


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def write(folder: Path, index: dict[str, Any]) -> None:
    """Write the index for http (JSON) and for file:// (a script)."""
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (folder / "search").mkdir(parents=True, exist_ok=True)
    for name, content in (("json", text), ("js", f"var __index = {text}")):
        path = folder / f"search/search_index.{name}"
        path.write_text(content, encoding="utf-8", newline="\n")

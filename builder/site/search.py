"""A search of each language's own."""

import json
from pathlib import Path
from typing import Any

from material.plugins.search import plugin


class _Parser(plugin.Parser):
    """Reads what a page says: a drawing says it too, in words without an order."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        left_out = [("data-search-exclude", None)] if tag == "svg" else []
        super().handle_starttag(tag, [*attrs, *left_out])


plugin.Parser = _Parser


def own(index: dict[str, Any], folder: str) -> dict[str, Any]:
    """Make Material's index relative to its language's folder."""
    if folder:  # static-i18n adds the entries of the languages built before
        inside = f"{folder}/"
        index["docs"] = [e for e in index["docs"] if e["location"].startswith(inside)]
        for entry in index["docs"]:
            entry["location"] = entry["location"].removeprefix(inside)
    return index


def write(folder: Path, index: dict[str, Any]) -> None:
    """Write the index for http (JSON) and for file:// (a script)."""
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (folder / "search").mkdir(parents=True, exist_ok=True)
    for name, content in (("json", text), ("js", f"var __index = {text}")):
        path = folder / f"search/search_index.{name}"
        path.write_text(content, encoding="utf-8", newline="\n")

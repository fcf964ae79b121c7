"""The interface words of each language, one file each: `look/words`."""

from itertools import permutations
from pathlib import Path
from typing import Any

from builder.errors import PageError
from builder.source import Mapping, parse_yaml, read_source

FOLDER = Path(__file__).resolve().parents[1] / "look" / "words"


def read_words(languages: list[str], folder: Path = FOLDER) -> dict[str, Any]:
    """Return {language: words}; every language has the same keys, each with a text."""
    files = {lang: Path(folder, f"{lang}.yml") for lang in languages}
    words = {lang: parse_yaml(read_source(file), file) for lang, file in files.items()}
    for lang in languages:
        _require_texts(words[lang], files[lang])
    for here, there in permutations(languages, 2):
        _require_keys(words[here], words[there], files[there], files[here].name)
    return words


def _require_texts(words: Any, file: Path, above: str = "") -> None:
    if not isinstance(words, Mapping):
        raise PageError("holds no words (key: text)", path=file, line=1)
    for key, word in words.items():
        if isinstance(word, Mapping):
            _require_texts(word, file, f"{above}{key}: ")
        elif not isinstance(word, str) or not word.strip():
            cause = f"{above}{key} must be a text, not {word!r}"
            raise PageError(cause, path=file, line=words.line)


def _require_keys(
    words: Mapping, twin: Mapping, file: Path, other: str, above: str = ""
) -> None:
    """Whatever has a word in one language has one in the other, at the same place."""
    for key, word in words.items():
        kind = isinstance(word, Mapping)
        if key not in twin or isinstance(twin[key], Mapping) != kind:
            cause = f"{above}{key} stands in {other}, and not here; write it here too"
            raise PageError(cause, path=file, line=twin.line)
        if isinstance(word, Mapping):
            _require_keys(word, twin[key], file, other, f"{above}{key}: ")

"""Every name of `snippets/` with what `docs/code.yml` says of it: what it is for."""

import ast
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Never

from builder.errors import PageError
from builder.program.statement import Statement
from builder.source import Mapping, read_source, read_yaml, require_shape

TEXTS = {"pt": str, "en": str}
SHAPE = [{"id": str, "title": TEXTS, "about": TEXTS, "files": dict}]


class Catalogue:
    """Groups of files of names, as the data file has them; neither lacks a name."""

    def __init__(self, path: Path, library: Sequence[Statement]) -> None:
        self.path = path
        there = os.path.lexists(path)
        self.groups: list[Mapping] = read_yaml(path, SHAPE, "code") if there else []
        self.statements: dict[str, Statement] = {}
        self.files: dict[str, list[Statement]] = {}
        for one in library:
            self.files.setdefault(one.file, []).append(one)
            self.statements.update((name, one) for name in given(one))
        if self.groups:
            self._require_ids()
            self._require_files()
            self._require_names()

    # --- what is known of a name

    def code(self, file: str) -> str:
        """A file as pages show it."""
        return "\n\n\n".join(one.text for one in self.files[file] if not one.is_import)

    def uses(self, names: Iterable[str]) -> list[str]:
        """The names of other files that the code of these names uses."""
        own = {self.statements[name].file for name in names}
        used = {other for name in names for other in self._used[name]}
        return [n for n in self.listed if n in used and self._file(n) not in own]

    def used_by(self, name: str) -> list[str]:
        """The names whose code uses a name, those of its own file first."""
        users = [other for other in self.listed if name in self._used[other]]
        return sorted(users, key=lambda n: self._file(n) != self._file(name))

    @cached_property
    def listed(self) -> list[str]:
        """All names, in their order on the page."""
        return [name for _, names in self._entries() for name in names]

    @cached_property
    def _used(self) -> dict[str, set[str]]:
        found = {}
        for name, one in self.statements.items():
            used = (one.names.needs | one.names.later) - {name}
            found[name] = used & set(self.statements)
        return found

    def _file(self, name: str) -> str:
        return self.statements[name].file

    # --- what may be wrong

    def _entries(self) -> Iterator[tuple[str, Mapping]]:
        for group in self.groups:
            yield from group["files"].items()

    def _require_ids(self) -> None:
        """An id is a place on the page, as each name is one."""
        taken = set(self.statements)
        for group in self.groups:
            if group["id"] in taken or not re.fullmatch(r"[\w-]+", group["id"]):
                cause = f"the id '{group['id']}' must be of letters, digits and "
                cause += "hyphens, and no other group's and no name of the code"
                raise PageError(cause, path=self.path, line=group.line)
            taken.add(group["id"])

    def _require_files(self) -> None:
        seen = set()
        for file, names in self._entries():
            if file not in self.files:
                cause = "is no file of snippets/ with code that pages use; take it out"
                self._refuse(file, cause)
            if file in seen:
                self._refuse(file, "stands in a second group; take one out")
            if not isinstance(names, Mapping):
                self._refuse(file, "needs its names, each with a sentence a language")
            seen.add(file)
        for file, statements in self.files.items():
            if file not in seen and any(given(one) for one in statements):
                cause = f"says nothing of snippets/{file}: write its names into a group"
                raise PageError(cause, path=self.path, line=1)

    def _require_names(self) -> None:
        for file, names in self._entries():
            for name, texts in names.items():
                if name not in self.statements:
                    self._refuse(name, f"is no name of snippets/{file}; take it out")
                if (other := self._file(name)) != file:
                    self._refuse(name, f"stands in {other}, not in {file}; move it")
                line = self._line(name)
                require_shape(texts, TEXTS, self.path, f"{file}: {name}", line)
            known = (name for one in self.files[file] for name in given(one))
            if missing := [name for name in known if name not in names]:
                cause = f"lacks {', '.join(missing)}: say in a sentence what it is for"
                self._refuse(file, cause)

    def _refuse(self, key: str, cause: str) -> Never:
        raise PageError(f"{key} {cause}", path=self.path, line=self._line(key))

    def _line(self, key: str) -> int:
        """The line where a key stands; names and files stand once."""
        before, found, _ = read_source(self.path).partition(f" {key}:")
        return before.count("\n") + 1 if found else 1


def given(one: Statement) -> list[str]:
    """The names that a statement defines for others: no import, no loop's variable."""
    if name := getattr(one.node, "name", None):
        return [name]
    targets = getattr(one.node, "targets", [getattr(one.node, "target", None)])
    return [target.id for target in targets if isinstance(target, ast.Name)]


def signature(name: str, node: ast.stmt) -> str:
    """How a name is called: with its arguments, if it is a function or a class.

    >>> signature("f", ast.parse("def f(a, *, axis=-1): pass").body[0])
    'f(a, *, axis=-1)'
    >>> signature("P", ast.parse("P = namedtuple('P', 'x y')").body[0])
    'P(x, y)'
    """
    arguments = _arguments(node)
    return name if arguments is None else f"{name}({arguments})"


def _arguments(node: ast.stmt) -> str | None:
    match node:
        case ast.FunctionDef():
            return ast.unparse(node.args).replace("'", '"')
        case ast.ClassDef():
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and inner.name == "__init__":
                    return ast.unparse(inner.args).removeprefix("self, ")
            fields = [one for one in node.body if isinstance(one, ast.AnnAssign)]
            found = map(_field, fields) if fields else map(_fields, node.bases)
            return ", ".join(found)
        case ast.Assign(value=ast.Call(func=ast.Name("namedtuple")) as call):
            return _fields(call)
    return None


def _field(one: ast.AnnAssign) -> str:
    default = f"={ast.unparse(one.value)}" if one.value else ""
    return f"{ast.unparse(one.target)}{default}"


def _fields(call: ast.expr) -> str:
    """The fields of namedtuple("Name", "one two")."""
    if isinstance(call, ast.Call) and len(call.args) > 1:
        return ", ".join(str(ast.literal_eval(call.args[1])).split())
    return ""

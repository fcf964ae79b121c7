"""Read what authors wrote, strictly: UTF-8, plain line ends, YAML without surprises."""

import copy
import functools
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Never

import yaml

from builder.errors import PageError

# They end a line for Python, not for an editor: line numbers would go astray.
ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ufeff\r]")
NAMES = {
    "\r": "a carriage return without a line feed",
    "\x00": "a NUL byte",
    "\x0b": "a vertical tab",
    "\x0c": "a form feed",
    "\x85": "a next-line character",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\ufeff": "a byte order mark",
}


MANY = {2: "two", 3: "three", 7: "seven"}
Shape = Any  # a type, types, [shape] or {key: shape}: see `require_shape`


def read_source(path: Path) -> str:
    """Return a file's text: without its byte order mark, each line ended by a \\n."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:  # a folder, a link to nothing, a file nobody may read
        cause = f"cannot be read as a file: {error.strerror}"
        raise PageError(cause, path=path) from error
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place, byte = error.start - data.rfind(b"\n", 0, error.start), error.object
        cause = f"byte {place} of this line, 0x{byte[error.start]:02x}, is not UTF-8; "
        cause += "save the file as UTF-8"
        raise PageError(cause, path=path, line=line) from error
    if odd := ODD.search(text):
        letter = odd[0]
        name = NAMES.get(letter, "a control character")
        cause = f"{name} (U+{ord(letter):04X}) stands in this line; take it out"
        line = text.count("\n", 0, odd.start()) + 1
        raise PageError(cause, path=path, line=line)
    return text


class Mapping(dict):
    """A mapping of YAML that knows the line of the file where it begins."""

    line = 0


class _Loader(yaml.SafeLoader):
    first = 1  # the line of the file where the text begins

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            cause = "an alias (*name) stands here; write the value itself"
            raise yaml.MarkedYAMLError(problem=cause, problem_mark=mark)
        return super().compose_node(parent, index)

    def mapping(self, node: yaml.MappingNode) -> Iterator[Mapping]:
        found = Mapping()
        found.line = self.first + node.start_mark.line
        yield found
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            wrong = "" if isinstance(key, str) else "must be a text"
            if wrong or key in found:
                cause = f"the key '{key}' {wrong or 'stands here twice'}"
                mark = key_node.start_mark
                raise yaml.MarkedYAMLError(problem=cause, problem_mark=mark)
            found[key] = self.construct_object(value_node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.mapping)
# A date stays as it is written: whoever needs it checks it, and says where.
_Loader.yaml_implicit_resolvers = {
    letter: [(tag, form) for tag, form in found if not tag.endswith(":timestamp")]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def parse_yaml(text: str, path: Path, first: int = 1) -> Any:
    """Return what YAML says; `first` is the line of the file where `text` begins."""
    try:
        return copy.deepcopy(_parsed(text, first))  # whose readers add what they need
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first + (mark.line if mark else 0)
        cause = f"cannot be read as YAML: {error.problem or error.context}"
        raise PageError(cause, path=path, line=line) from error
    except (yaml.YAMLError, ValueError, TypeError) as error:
        cause = f"cannot be read as YAML: {str(error).splitlines()[0]}"
        raise PageError(cause, path=path, line=first) from error
    except RecursionError as error:
        cause = "cannot be read as YAML: too many brackets inside one another"
        raise PageError(cause, path=path, line=first) from error


@functools.lru_cache(200)  # both languages read the same, and so does each build
def _parsed(text: str, first: int) -> Any:
    loader = _Loader(text)
    loader.first = first
    return loader.get_single_data()


def read_yaml(path: Path, shape: Shape, what: str) -> Any:
    """Return what a file of YAML says, if it has that shape."""
    data = parse_yaml(read_source(path), path)
    require_shape(data, shape, path, what)
    return data


def require_shape(
    value: Any, shape: Shape, path: Path, what: str, line: int = 1
) -> None:
    """Raise a PageError where YAML is not built like `shape`; `what` names the value.

    A shape is a type, a tuple of types, [shape] for a list of such, [shape, shape] for
    one of so many, or a mapping of shapes; a key that ends in ? may be left out.
    """
    line = getattr(value, "line", line)
    if isinstance(shape, dict):
        _require_keys(value, shape, path, what, line)
        for key, inner in shape.items():
            if (key := key.rstrip("?")) in value:
                require_shape(value[key], inner, path, f"{what}: {key}", line)
    elif isinstance(shape, list):
        if not isinstance(value, list) or not value:
            _refuse("a list", value, path, what, line)
        if len(value) != len(shape) > 1:
            _refuse(f"{MANY[len(shape)]} texts", value, path, what, line)
        for number, one in enumerate(value, start=1):
            name = one.get("id", number) if isinstance(one, dict) else number
            require_shape(one, shape[0], path, f"{what}, {name}", line)
    elif not isinstance(value, shape) or isinstance(value, bool) and shape is not bool:
        names: dict[Any, str] = {str: "a text", dict: "a mapping"}
        names |= {bool: "true or false", (str, int): "a date"}
        _refuse(names.get(shape, "a number"), value, path, what, line)
    elif isinstance(value, str) and not value.strip():
        _refuse("a text", value, path, what, line)


def require_sound(
    entries: Iterable[Any], fault: Callable[[Any], str], path: Path, name: str = "id"
) -> None:
    """Raise a PageError for the first entry of which `fault` says something."""
    for one in entries:
        if cause := fault(one):
            raise PageError(f"{one[name]}: {cause}", path=path, line=one.line)


def _require_keys(
    value: Any, shape: dict[str, Shape], path: Path, what: str, line: int
) -> None:
    if not isinstance(value, dict):
        _refuse("a mapping (key: value)", value, path, what, line)
    keys = [key.rstrip("?") for key in shape]
    for key in value:
        if key not in keys:
            cause = f"{what}: unknown field '{key}'; use {', '.join(keys)}"
            raise PageError(cause, path=path, line=line)
    for key in shape:
        if not key.endswith("?") and key not in value:
            cause = f"{what}: the field '{key}' is missing"
            raise PageError(cause, path=path, line=line)


def _refuse(wanted: str, value: Any, path: Path, what: str, line: int) -> Never:
    found = "nothing" if value is None else repr(value)[:60]
    raise PageError(f"{what} must be {wanted}, not {found}", path=path, line=line)

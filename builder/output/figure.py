"""A Matplotlib SVG as a part of the page: its font, its colours, no clash of ids.

The drawing is read as XML, so what it says in words stays as it is. Nothing but the
standard library: the browser runs this file, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from builder.output.numbers import localised

if TYPE_CHECKING:  # the browser has no build
    from builder.notebook.run import Result

OPTIONS = {
    "alt": "what the figure shows, for those who cannot see it",
    "caption": "the figure's caption",
}
# Matplotlib's colours, and the page's names for them in light and in dark.
COLOURS = {
    "#000000": "currentColor",
    "#1f77b4": "var(--line-1)",
    "#ff7f0e": "var(--line-2)",
    "#2ca02c": "var(--line-3)",
    "#d62728": "var(--line-4)",
    "#9467bd": "var(--line-5)",
    "#b0b0b0": "var(--edge)",
}
NAMESPACES = {  # in a page of HTML, SVG needs no other
    "http://www.w3.org/1999/xlink": "xlink:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
REFERENCE = re.compile(r"(^|url\()#([^)]+)")


def html(
    result: Result, options: Mapping[str, str], number: int, words: Mapping[str, str]
) -> Iterator[str]:
    """Give the HTML of the figure that cell `number` drew."""
    if len(result.figures) > 1:
        raise ValueError("draws more than one figure; give each its own cell")
    if bool(result.figures) != ("caption" in options and "alt" in options):
        cause = 'a figure and the options caption="..." and alt="..." go together'
        raise ValueError(cause)
    for svg in result.figures:
        alt, decimal = options["alt"], words["decimal"]
        drawing = inline_svg(svg, f"cell-{number}-", alt, decimal)
        caption = f"<figcaption>{escape(options['caption'])}</figcaption>"
        yield f'<figure class="plot">{drawing}{caption}</figure>'


def inline_svg(svg: str, prefix: str, alt: str, decimal: str = ".") -> str:
    """Return `svg` for the middle of a page; `prefix` keeps its ids apart."""
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        raise ValueError(f"draws an SVG that is not XML: {error}") from error
    width, height = _size(root)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
        element.attrib = {_qualified(k): v for k, v in element.attrib.items()}
    _leave_out(root, lambda child: child.tag in ("metadata", "style"))
    used = _references(root)
    for element in root.iter():
        _settle(element, used, prefix)
        if element.tag in ("text", "tspan") and element.text:
            element.text = localised(element.text, decimal)
    _leave_out(root, _draws_nothing)
    _flatten(root)
    # As wide as the column at most, and never so narrow that its words are unreadable.
    wide = float(width)
    style = f"max-width:{wide / 12:.1f}rem;min-width:{wide / 24:.1f}rem"
    start = f'<svg viewBox="0 0 {width} {height}" role="img"'
    start += f' aria-label="{escape(alt)}" style="{style}">'
    return f"{start}{_inner(root)}</svg>"


def _size(root: Element) -> tuple[str, str]:
    size = re.fullmatch(r"0 0 ([\d.]+) ([\d.]+)", root.get("viewBox", ""))
    if not size:
        raise ValueError('draws an SVG without viewBox="0 0 width height"')
    return size[1], size[2]


def _qualified(name: str) -> str:
    namespace, _, local = name.rpartition("}")
    return NAMESPACES.get(namespace.lstrip("{"), "") + local


def _references(root: Element) -> set[str]:
    """Name the ids that something in a drawing asks for."""
    texts = [text for element in root.iter() for text in element.attrib.values()]
    return {match[2] for text in texts for match in REFERENCE.finditer(text)}


def _settle(element: Element, used: set[str], prefix: str) -> None:
    """Say an element in the page's ids and colours, and in fewer bytes.

    A tenth of a point is as fine as a screen.
    """
    old, element.attrib = element.attrib, {}
    for name, text in old.items():
        if name == "id":
            text = prefix + text if text in used else ""
        elif name.endswith("href") or "url(" in text:
            text = REFERENCE.sub(rf"\1#{prefix}\2", text)
        if name == "style":
            text = re.sub("; ?font-family: [^;]+", "", text)  # the page's style has one
            text = re.sub(r"(?<=: )#\w+", lambda m: COLOURS.get(m[0], m[0]), text)
        elif name == "d":
            text = _path(text)
        elif name in ("x", "y"):
            text = re.sub(r"^[-\d.]+", lambda m: _short(float(m[0])), text)
        elif name == "transform":
            text = re.sub(r"(?<=translate\()[^)]*", _rounded, text)
            text = re.sub(r"^rotate\(-0 [^)]*\)$", "", text)
        if text or name not in ("id", "transform"):
            element.set(name, text)


def _path(steps: str) -> str:
    """Write straight lines as steps: squares of one size then read the same."""
    short, here = [], [0.0, 0.0]
    for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", steps):
        ends = [round(float(number), 1) for number in numbers.split()]
        if command == "L":
            right, down = (_short(end - start) for start, end in zip(here, ends))
            step = f"v{down}" if right == "0" else f"l{right} {down}"
            short.append(f"h{right}" if down == "0" else step)
        else:
            short.append(command + " ".join(map(_short, ends)))
        here = ends[-2:]
    return "".join(short)


def _rounded(match: re.Match) -> str:
    return " ".join(_short(float(number)) for number in match[0].split())


def _short(number: float) -> str:
    return f"{round(number, 1) + 0:g}"  # + 0: no -0


def _leave_out(parent: Element, unwanted: Callable[[Element], bool]) -> None:
    for child in list(parent):
        _leave_out(child, unwanted)
        if unwanted(child):
            _splice(parent, child, [])


def _draws_nothing(element: Element) -> bool:
    if element.tag == "path":
        style = element.get("style") == "fill: none"
        return style and set(element.keys()) == {"d", "style"}
    empty = not len(element) and not (element.text or "").strip()
    return element.tag in ("g", "defs") and empty and not element.attrib


def _flatten(parent: Element) -> None:
    """Put the parts of a group that says nothing in the group's place."""
    for child in list(parent):
        _flatten(child)
        groups = sum(1 for _ in child.iter("g"))
        if child.tag == "g" and groups == 1 and not child.attrib:
            _splice(parent, child, list(child))


def _splice(parent: Element, child: Element, parts: list[Element]) -> None:
    """Put `parts` of a child in its place, and keep the blanks around it."""
    place = list(parent).index(child)
    parent[place : place + 1] = parts
    texts = [child.text if parts else "", child.tail]
    if parts:
        parts[-1].tail = (parts[-1].tail or "") + (texts.pop() or "")
    text = "".join(text or "" for text in texts)
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _inner(element: Element) -> str:
    parts = [_text(element.text)]
    for child in element:
        inner = _inner(child)
        name = child.tag + "".join(_attribute(*item) for item in child.attrib.items())
        parts.append(f"<{name}>{inner}</{child.tag}>" if inner else f"<{name}/>")
        parts.append(_text(child.tail))
    return "".join(parts)


def _text(text: str | None) -> str:
    text = text or ""
    blank = "\n" if "\n" in text else text
    return escape(text, quote=False) if text.strip() else blank


def _attribute(name: str, text: str) -> str:
    text = escape(text, quote=False).replace('"', "&quot;")
    return f' {name}="{text}"'

"""An SVG made by hand, for the middle of a page: what it may hold, in one language."""

import re
from collections.abc import Sequence
from copy import deepcopy
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

NAMESPACE = "{http://www.w3.org/2000/svg}"
START = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 width height">'
# They look right on paper, in light and in dark: `palette.css` has their colours.
VARIABLES = [f"var(--{name})" for name in ("source", "target", "gaze", "drawing-faint")]
PALETTE = [*VARIABLES, "currentColor", "none"]
ELEMENTS = "svg g defs switch text tspan path line polyline polygon circle ellipse rect"
ELEMENTS += " use pattern clipPath marker"
PAINTS = {"fill", "stroke", "color"}
OUTSIDE = "style", "class", "href", "on"  # what these say, a drawing says otherwise
WIDE = 16  # units of a drawing in a rem: its 14 are then as large as the text
REFERENCE = re.compile(r"url\(#([^)]+)\)")


def read(text: str, languages: Sequence[str]) -> Element:
    """Return a drawing's root; ValueError says what it may not hold, and what it may.

    What differs between languages stands in a <switch>, in each of them.
    """
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise ValueError(f"is not XML: {error}; close each tag and quote") from error
    size = re.fullmatch(r"0 0 \d+ \d+", root.get("viewBox", ""))
    if root.tag != f"{NAMESPACE}svg" or not size:
        raise ValueError(f"has no size, or is no SVG; begin with {START}")
    ids = {element.get("id", "") for element in root.iter()}
    for element in root.iter():
        element.tag = element.tag.removeprefix(NAMESPACE)
        _require_known(element, ids)
        lone = None if element.tag == "switch" else element.find("*[@systemLanguage]")
        if lone is not None:
            cause = f"has a <{lone.tag.removeprefix(NAMESPACE)}> in one language"
            raise ValueError(f"{cause} outside a <switch>; put it into one")
    for switch in root.iter("switch"):
        _require_languages(switch, languages)
    return root


def _require_known(element: Element, ids: set[str]) -> None:
    tag = element.tag
    if tag not in ELEMENTS.split():
        raise ValueError(f"holds <{tag}>; draw with {ELEMENTS.replace(' ', ', ')}")
    for name, value in element.attrib.items():
        written, reference = f'<{tag} {name}="{value}">', REFERENCE.fullmatch(value)
        if tag == "use" and name == "href" and value[:1] == "#" and value[1:] in ids:
            continue
        if name.rpartition("}")[2].startswith(OUTSIDE):
            cause = f"holds {written}; write attributes of SVG, such as"
            raise ValueError(f'{cause} fill="{VARIABLES[0]}", or <use href="#id"/>')
        if "url(" in value and not (reference and reference[1] in ids):
            cause = f"holds {written}, which leaves the drawing or leads to nothing"
            raise ValueError(f"{cause}; write url(#id) of a part of it")
        if name in PAINTS and not reference and value not in PALETTE:
            cause = f"holds {written}, no colour of this site"
            raise ValueError(f"{cause}; use {', '.join(PALETTE)}")


def _require_languages(switch: Element, languages: Sequence[str]) -> None:
    """Refuse a switch that does not have each language of the site once."""
    written = [child.get("systemLanguage", "none") for child in switch]
    if sorted(written) != sorted(languages):
        words = "".join(switch.itertext()).split()
        cause = f"has a <switch> ({' '.join(words)}) in {', '.join(written) or 'none'}"
        cause += '; give it one child with systemLanguage="..." for each of '
        raise ValueError(f"{cause}{', '.join(languages)}")


def inlined(root: Element, lang: str, prefix: str, alt: str) -> str:
    """Write a drawing in one language; `prefix` keeps its ids apart on the page."""
    root = deepcopy(root)
    _settle(root, lang, prefix)
    wide = int(root.get("viewBox", "").split()[2])
    root.attrib |= {"role": "img", "aria-label": alt, "data-search-exclude": ""}
    root.set("style", f"max-width:{wide / WIDE:.4g}rem")
    return ElementTree.tostring(root, encoding="unicode")


def _settle(element: Element, lang: str, prefix: str) -> None:
    """Choose the page's language, name ids anew, and leave blanks out."""
    element.attrib.pop("systemLanguage", None)
    for name, value in element.attrib.items():
        leading = re.sub(r"(^|url\()#", rf"\1#{prefix}", value)
        element.set(name, prefix + value if name == "id" else leading)
    words = element.tag in ("text", "tspan")
    if not words:
        element.text = None
    for place, child in enumerate(element):
        if child.tag == "switch":
            (chosen,) = (c for c in child if c.get("systemLanguage") == lang)
            chosen.tail = child.tail
            element[place] = child = chosen
        if not words:
            child.tail = None
        _settle(child, lang, prefix)

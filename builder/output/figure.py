"""A Matplotlib SVG as a part of the page: its font, its colours, no clash of ids."""

import re
from html import escape

# Matplotlib's colours, and the page's names for them in light and in dark.
COLOURS = {
    "#000000": "currentColor",
    "#1f77b4": "var(--plot-blue)",
    "#ff7f0e": "var(--plot-orange)",
    "#2ca02c": "var(--plot-green)",
    "#d62728": "var(--plot-red)",
    "#b0b0b0": "var(--plot-grid)",
}


def inline_svg(svg, prefix, alt):
    """Return `svg` for the middle of a page; `prefix` keeps its ids apart."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(
        r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", svg, flags=re.S
    )
    width, height = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups()
    # As wide as the column at most, and never so narrow that its words are unreadable.
    size = f"max-width:{float(width) / 12:.1f}rem;min-width:{float(width) / 24:.1f}rem"
    start = (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(alt)}"'
        f' style="{size}">'  # in a page of HTML it needs no names of its languages
    )
    svg = re.sub(r"<svg.*?>", lambda _: start, svg, count=1, flags=re.S)
    used = set(re.findall(r'(?:href="|url\()#([^")]+)', svg))
    svg = re.sub(r' id="([^"]*)"', lambda m: m[0] if m[1] in used else "", svg)
    svg = re.sub(r'(id="|href="#|url\(#)(?=[^"])', rf"\g<1>{prefix}", svg)
    svg = re.sub(r"; ?font-family: [^;\"]+", "", svg)  # the page's style has one
    for colour, name in COLOURS.items():
        svg = svg.replace(f": {colour}", f": {name}")
    return re.sub(r"\s*\n\s*", "\n", _thin(svg)).strip()


def _thin(svg):
    """Say the same in fewer bytes: a tenth of a point is as fine as a screen."""
    svg = re.sub(r' d="([^"]*)"', _path, svg)
    svg = re.sub(r"(?<=translate\()[^)]*", _rounded, svg)
    svg = re.sub(r"<(g|defs)>\s*</\1>|<g/>|<defs/>", "", svg)
    svg = re.sub(r' transform="rotate\(-0 [^)]*\)"', "", svg)
    svg = re.sub(r'(?<= [xy]=")[-\d.]+', lambda m: _short(float(m[0])), svg)
    svg = re.sub(r'<path d="[^"]*" style="fill: none"/>', "", svg)
    while (flat := re.sub(r"<g>((?:(?!</?g\b).)*)</g>", r"\1", svg, flags=re.S)) != svg:
        svg = flat
    return svg


def _path(match):
    """Write straight lines as steps: squares of one size then read the same."""
    steps, here = [], (0, 0)
    for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", match[1]):
        ends = [round(float(number), 1) for number in numbers.split()]
        if command == "L":
            right, down = (_short(end - start) for start, end in zip(here, ends))
            step = f"v{down}" if right == "0" else f"l{right} {down}"
            steps.append(f"h{right}" if down == "0" else step)
        else:
            steps.append(command + " ".join(map(_short, ends)))
        here = ends[-2:]
    return f' d="{"".join(steps)}"'


def _rounded(match):
    return " ".join(_short(float(number)) for number in match[0].split())


def _short(number):
    return f"{round(number, 1) + 0:g}"  # + 0: no -0

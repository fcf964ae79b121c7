// Whether what came out is what the page shows: its texts, and what its figures draw.
"use strict";
{
  const MARKS = "path, use, text, rect, image, circle, ellipse, line, polyline, polygon";
  const LOOKS = "fill fill-opacity stroke stroke-opacity stroke-width stroke-dasharray".split(" ");
  const SIZES = ["width", "height", "r", "rx", "ry", "points"];
  // Two versions of Matplotlib leave other margins, and round: at most 0.4 was seen.
  const NEAR = 0.75;

  // The corners of a path; `figure.py` writes straight lines as steps.
  function corners(path) {
    const found = [];
    let x = 0,
      y = 0;
    for (const [, command, rest] of path.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
      const numbers = (rest.match(/-?[\d.]+/g) ?? []).map(Number);
      if (command == "h") numbers.push(0);
      if (command == "v") numbers.unshift(0);
      const [left, top] = /[a-z]/.test(command) ? [x, y] : [0, 0];
      for (let at = 0; at + 1 < numbers.length; at += 2)
        found.push([(x = left + numbers[at]), (y = top + numbers[at + 1])]);
    }
    return found;
  }

  // A mark's looks, and where it stands.
  function mark(node, svg) {
    const get = name => node.getAttribute(name) ?? "",
      tag = node.localName;
    const moved = get("transform").match(/translate\(([^)]*)/)?.[1];
    const [x, y = 0] = (moved ?? `${get("x") || get("cx")} ${get("y") || get("cy")}`)
      .split(" ")
      .map(Number);
    const shape = tag == "use" ? svg.querySelector(`[id="${get("xlink:href").slice(1)}"]`) : node;
    const places = corners(shape?.getAttribute("d") ?? "M0 0").map(([right, down]) => [
      x + right,
      y + down,
    ]);
    const picture = tag == "image" ? get("xlink:href") : "";
    const looks = [...LOOKS.map(name => node.style.getPropertyValue(name)), ...SIZES.map(get)];
    return { looks: [tag, picture, ...looks].join(), places };
  }

  const marks = svg =>
    [...svg.querySelectorAll(MARKS)]
      .filter(node => !node.closest("clipPath, defs"))
      .map(node => mark(node, svg));

  const middle = numbers => numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

  // The same marks in the same order and places, but for a shift of the whole.
  function drawnAlike(one, other) {
    const [here, there] = [marks(one), marks(other)];
    if (words(one) != words(other) || here.length != there.length) return false;
    const apart = [];
    for (const [at, { looks, places }] of here.entries()) {
      const twin = there[at];
      if (looks != twin.looks || places.length != twin.places.length) return false;
      places.forEach(([x, y], corner) =>
        apart.push([twin.places[corner][0] - x, twin.places[corner][1] - y]),
      );
    }
    return [0, 1].every(axis => {
      const shift = middle(apart.map(place => place[axis]));
      return apart.every(place => Math.abs(place[axis] - shift) <= NEAR);
    });
  }

  const words = node => node.textContent.replace(/\s+/g, "");

  function parts(output) {
    const copy = output?.cloneNode(true),
      figures = copy ? [...copy.querySelectorAll("svg")] : [];
    for (const figure of copy?.querySelectorAll("figcaption, svg") ?? []) figure.remove();
    return { text: copy ? words(copy) : "", figures };
  }

  live.alike = (one, other) => {
    const [here, there] = [parts(one), parts(other)];
    return (
      here.text == there.text &&
      here.figures.length == there.figures.length &&
      here.figures.every((figure, at) => drawnAlike(figure, there.figures[at]))
    );
  };
}

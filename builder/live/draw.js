// What a cell gives is drawn anew, node by node, from lists of what is harmless.
"use strict";
{
  const list = text => new Set(text.trim().split(/\s+/));
  const HTML = list(`a b blockquote br caption code dd div dl dt em fieldset figcaption figure
    h1 h2 h3 h4 h5 h6 hr i input label legend li ol p pre s samp small span strong sub sup
    table tbody td tfoot th thead tr u ul`);
  const SVG = list(`circle clipPath defs ellipse g image line linearGradient path pattern
    polygon polyline radialGradient rect stop svg symbol text title tspan use`);
  const ATTRIBUTES =
    list(`aria-hidden aria-label checked class clip-path clipPathUnits colspan cx cy d
    dominant-baseline dx dy fill fill-opacity font-size fx fy gradientTransform gradientUnits
    height href id lang name offset opacity patternUnits points preserveAspectRatio r role
    rowspan rx ry scope stop-color stop-opacity stroke stroke-dasharray stroke-linecap stroke-linejoin
    stroke-opacity stroke-width tabindex text-anchor transform type value viewBox width
    x x1 x2 xlink:href y y1 y2`);
  const STYLES =
    /^(clip-path|dominant-baseline|fill|font|image-rendering|letter-spacing|m(ax|in)-width|opacity|stop|stroke|text-anchor|white-space)(-[a-z]+)*$/;
  const NUMBER = /^--[a-z]:[\d.]+$/; // what gaze.css computes with
  const XLINK = "http://www.w3.org/1999/xlink",
    SVG_SPACE = "http://www.w3.org/2000/svg";
  const OUR_CLASSES = list(`output-label table numbers number plot gaze lines across
    asks asked many`);

  const inside = value => !/url\((?!["']?#)/i.test(value) && !/[\\@]|expression/i.test(value);

  function safe(name, value, tag) {
    if (name == "class") return value.split(/\s+/).every(one => OUR_CLASSES.has(one));
    if (name == "id" || name == "name") return value.startsWith("live-");
    if (name == "type") return value == "radio";
    if (name == "tabindex") return value == "0";
    if (name.endsWith("href"))
      return (
        value.startsWith("#live-") ||
        (tag == "image" && /^data:image\/(png|jpeg);base64,/.test(value))
      );
    return ATTRIBUTES.has(name) && inside(value);
  }

  function copy(node) {
    if (node.nodeType == Node.TEXT_NODE) return document.createTextNode(node.data);
    const svg = node.namespaceURI == SVG_SPACE,
      tag = node.localName;
    if (!(svg ? SVG : HTML).has(tag) || (tag == "input" && node.type != "radio"))
      return document.createTextNode(node.textContent);
    const made = document.createElementNS(node.namespaceURI, tag);
    for (const { name, value } of node.attributes) {
      if (name == "style") {
        for (const rule of value.split(";")) {
          const [property, given = ""] = rule.split(/:(.*)/s);
          const harmless = svg && STYLES.test(property.trim()) && inside(given);
          if (harmless || NUMBER.test(rule)) made.style.setProperty(property.trim(), given);
        }
      } else if (ATTRIBUTES.has(name) && safe(name, value, tag)) {
        if (name == "xlink:href") made.setAttributeNS(XLINK, name, value);
        else made.setAttribute(name, value);
      }
    }
    made.append(...children(node));
    return made;
  }

  const children = node =>
    [...node.childNodes]
      .filter(child => child.nodeType == Node.TEXT_NODE || child.nodeType == Node.ELEMENT_NODE)
      .map(copy);

  // Nodes for the page from HTML that a cell wrote; nothing of it runs or is asked for.
  live.draw = html => children(new DOMParser().parseFromString(html, "text/html").body);
}

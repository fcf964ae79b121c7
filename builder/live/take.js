// Taking code away: to the clipboard, or as a file.
"use strict";
live.element = (tag, properties = {}) => {
  const { role, ...others } = properties,
    node = document.createElement(tag);
  if (role) node.setAttribute("role", role);
  return Object.assign(node, others);
};

document.head.append(live.element("link", { rel: "stylesheet", href: live.base + "live.css" }));

live.toClipboard = async text => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = live.element("textarea", { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
};

// What a script beside the page hands over: all that a page from file:// may load.
live.carried = address => {
  const turn = (live.carrying ?? Promise.resolve())
    .catch(() => {})
    .then(
      () =>
        new Promise((done, failed) => {
          live.carried.here = done;
          const script = live.element("script", { src: address, onerror: failed });
          script.onload = () => script.remove();
          document.head.append(script);
        }),
    );
  return (live.carrying = turn);
};

live.save = (text, download) => {
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  live.element("a", { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
};

live.pageName = () => {
  const file = location.pathname.split("/").pop();
  return file.replace(/(\.html)?$/, "") || "page";
};

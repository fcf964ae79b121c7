// Taking code away: to the clipboard, or as a file.
"use strict";
live.element = (tag, properties) => Object.assign(document.createElement(tag), properties);

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
live.carried = address =>
  (live.carrying = Promise.resolve(live.carrying)
    .catch(() => {})
    .then(async () => {
      let known;
      live.carried.here = given => (known = given);
      await live.script(address, true);
      return known;
    }));

live.save = (text, download) => {
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  live.element("a", { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
};

live.pageName = () => {
  const file = location.pathname.split("/").pop();
  return file.replace(/(\.html)?$/, "") || "page";
};

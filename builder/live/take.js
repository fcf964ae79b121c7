// Taking code away: to the clipboard, or as a file.
"use strict";
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

live.save = (text, download) => {
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  live.element("a", { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
};

live.pageName = () => {
  const file = location.pathname.split("/").pop();
  return file.replace(/(\.html)?$/, "") || "page";
};

// What a worker's script finds in the frame that stands for a worker on file://.
postMessage = (message, origin) => parent.postMessage(message, origin || "*");
importScripts = async (...addresses) => {
  for (const src of addresses)
    await new Promise(onload =>
      document.body.append(Object.assign(document.createElement("script"), { src, onload })),
    );
};
addEventListener("error", ({ error }) =>
  parent.dispatchEvent(
    new ErrorEvent("error", { filename: document.scripts[0]?.src.split("?")[0], error }),
  ),
);
document.currentScript.remove(); // the search looks for its own, the first of the frame

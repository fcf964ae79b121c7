// What a worker's script finds in the frame that stands for a worker on file://.
postMessage = (message, origin) => parent.postMessage(message, origin || "*");
importScripts = (...addresses) =>
  addresses.reduce(
    (before, src) =>
      before.then(
        () =>
          new Promise(done =>
            document.body.append(
              Object.assign(document.createElement("script"), { src, onload: done }),
            ),
          ),
      ),
    Promise.resolve(),
  );
addEventListener("error", ({ error }) =>
  parent.dispatchEvent(
    new ErrorEvent("error", { filename: document.scripts[0]?.src.split("?")[0], error }),
  ),
);
document.currentScript.remove(); // the search looks for its own, the first of the frame

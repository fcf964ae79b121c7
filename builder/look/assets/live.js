// Buttons for each cell; the first click, or an edit of last time, loads the rest.
{
  const here = document.currentScript, { words, lang } = here.dataset;
  const [run, edit, all, cell, copy, block, short] = words.split("|"), cells = document.querySelectorAll(".cell");
  let asked = all; // "Run all" stands once, at the first cell in sight
  const button = (action, label, name) =>
    `<button type="button" data-live="${action}" aria-label="${name}">${label}</button>`;
  const live = window.live = { queue: [], lang, cells, do: (...job) => {
    if (!live.queue.push(job) || live.asked) return;
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: live.base + "live.css" });
    document.head.append(style);
    for (const file of ["runtime", "take", "draw", "compare", "cell", "editor", "copies", "page", lang]) {
      const script = document.createElement("script");
      script.src = live.base + file + ".js";
      script.async = false;
      live.asked = document.head.appendChild(script);
    }
  }, base: here.src.replace(/\.js.*/, "/"), records: here.src.replace(/live\.js.*/, "records/") };
  cells.forEach((node, at) => {
    const bar = document.createElement("div"), of = `, ${cell} ${at + 1}`;
    bar.className = "live";
    const fold = node.querySelector(".fold"), { records, long } = node.dataset;
    bar.innerHTML = button("copy", copy, copy + of) + button("run", run, run + of) + button("edit", edit, edit + of)
      + (asked && !fold ? button("all", all, all) : "") + "<small>" + button("block", block, block + of)
      + (long == null ? "" : button("short", short, short + of))
      + (records ?? "").replace(/[\w-]+\.npz/g, file => `<a href="${live.records}${file}" download>${file}</a>`) + "</small>";
    if (!fold) asked = "";
    (fold ?? node.querySelector(".highlight")).insertAdjacentElement(fold ? "beforeend" : "afterend", bar);
  });
  const act = (event, action) => {
    const node = event.target.closest(".cell");
    if (action && node) live.do(action, [...cells].indexOf(node));
  };
  addEventListener("click", event => {
    const node = event.target;
    act(event, node.dataset?.live);
    if (location.protocol == "file:" && node.matches?.("[download]:not([href$=npz])")) {
      event.preventDefault();
      live.do("fetch", node.href);
    }
  });
  addEventListener("keydown", event => {
    if (event.key == "Enter" && event.shiftKey && event.target.closest?.(".cell")) {
      event.preventDefault();
      act(event, "run");
    }
  }, true);
  try { if (localStorage["live " + location.pathname]) live.do("recall"); } catch {}
}

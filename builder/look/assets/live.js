// Buttons for each cell; the first click, or an edit of last time, loads the rest.
{
  const here = document.currentScript, { words, lang } = here.dataset, cells = document.querySelectorAll(".cell");
  const [run, edit, all, cell, copy, more, block, short, hint] = words.split("|");
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const button = (action, label, of) => `<button data-live="${action}" aria-label="${label + of}">${label}</button>`;
  const live = window.live = { queue: [], lang, cells, do: (...job) => {
    if (!live.queue.push(job) || live.asked) return;
    for (const file of ["runtime", "take", "draw", "compare", "cell", "editor", "copies", "bar", "page", lang])
      live.asked = document.head.appendChild(make("script", { src: live.base + file + ".js", async: false }));
  }, base: here.src.replace(/\.js.*/, "/") };
  cells.forEach((node, at) => {
    const of = `, ${cell} ${++at}`, { records, long } = node.dataset;
    node.querySelector(".highlight").append(make("div", { className: "live", innerHTML:
      button("copy", copy, of) + button("run", run, of) + button("edit", edit, of)
      + `<button popovertarget="more-${at}" aria-label="${more + of}">···</button><div popover id="more-${at}">`
      + button("block", block, of) + (long == null ? "" : button("short", short, of))
      + (records ?? "").replace(/[\w-]+\.npz/g, `<a href="${live.base}../records/$&" download>$&</a>`) + "</div>" }));
  });
  document.querySelector(".cell > * > .live")?.insertAdjacentHTML("afterbegin", `<small>${hint}</small>` + button("all", all, ""));
  const act = (node, action) => action && live.do(action, [...cells].indexOf(node.closest(".cell")));
  addEventListener("click", event => {
    const node = event.target;
    act(node, node.dataset?.live);
    if (location.protocol == "file:" && node.matches?.("[download]:not([href$=npz])")) {
      event.preventDefault();
      live.do("fetch", node.href);
    }
  });
  addEventListener("keydown", event => {
    if (event.key == "Enter" && event.shiftKey && event.target.closest?.(".cell")) {
      event.preventDefault();
      act(event.target, "run");
    }
  }, true);
  try { if (localStorage["live " + location.pathname]) live.do("recall"); } catch {}
}

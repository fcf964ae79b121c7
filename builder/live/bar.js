// The page's one bar: what concerns all cells, and what Python has to say.
"use strict";
live.Bar = class {
  constructor() {
    if (!live.cells.length) return; // a page that only hands over a file
    const { words } = live,
      bar = live.element("div", { className: "live-bar", role: "region", ariaLabel: "Python" }),
      more = live.element("button", { textContent: "···", ariaLabel: words.more });
    this.menu = live.element("div", { id: "more", popover: "auto" });
    more.setAttribute("popovertarget", this.menu.id);
    for (const action of ["all", "stop", "begin"]) bar.append(this.button(action));
    for (const action of ["copyAll", "download"]) this.menu.append(this.button(action));
    this.meter = live.element("progress", { ariaLabel: words.loading, hidden: true });
    this.loading = live.element("span");
    this.message = live.element("span", { className: "live-message", role: "status" });
    const told = live.element("span", { className: "live-told" });
    told.append(this.meter, this.loading, this.message);
    bar.append(more, this.menu, told, this.button("discard")); // what comes late moves nothing
    live.cells[0].parentNode.append(bar);
    this.discard.hidden = true;
    this.busy = false;
  }

  button(action) {
    const button = live.element("button", { textContent: live.words[action] });
    button.dataset.live = action;
    return (this[action] = button);
  }

  say(text) {
    if (this.message) this.message.textContent = text;
  }

  get busy() {
    return this.stop.getAttribute("aria-disabled") == "false";
  }
  set busy(yes) {
    this.stop.setAttribute("aria-disabled", !yes);
  }

  progress(done, all) {
    const megabytes = bytes => (bytes / 1e6).toFixed(1).replace(".", live.words.decimal);
    Object.assign(this.meter, { hidden: done == all, max: all, value: done });
    this.loading.textContent =
      done == all ? "" : `${live.words.loading} ${megabytes(done)} / ${megabytes(all)} MB`;
  }
};

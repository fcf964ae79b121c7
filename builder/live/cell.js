// One cell of the page: its code, its buttons, what came out.
"use strict";
live.Cell = class {
  last = null; // the source that ran last in this session
  editor = null;

  constructor(node, number) {
    Object.assign(this, { node, number });
    this.bar = node.querySelector(".live");
    this.fold = node.querySelector(":scope > .fold");
    this.menu = this.bar.querySelector("[popover]");
    this.code = node.querySelector(".highlight");
    this.pre = this.code.querySelector("pre");
    this.built = node.querySelector(":scope > .output");
    this.original = this.source = this.pre.textContent.replace(/\n$/, "");
    this.status = live.element("span", { className: "live-status", role: "status" });
    this.bar.querySelector("small")?.remove(); // who has clicked has understood
    // What a fold tells of itself can be read while it is closed.
    if (this.fold) this.fold.after(this.status);
    else this.bar.prepend(this.status);
    const { takes, short } = node.dataset;
    if (short) this.menu.append(this.button("shorter", live.words.short));
    if (takes)
      this.menu.append(
        live.element("span", { textContent: live.words.takes.replace("{}", takes) }),
      );
    this.shorter = short ?? "";
    const { reset, download } = live.words;
    this.own = [this.button("reset", reset), this.button("save", download)]; // of who edits
  }

  get changed() {
    return this.source != this.original;
  }
  // Whether a reader's change defines a name of these.
  reworks(names) {
    const own = live.defined(this.original + "\n" + this.source);
    return this.changed && own.some(name => names.includes(name));
  }
  // What the page's fence says of what comes out, read from what the page shows.
  get options() {
    const { table, figure } = live.words,
      one = selector => this.built?.querySelector(selector),
      lang = side => one(side)?.lang ?? "",
      gaze = one(".gaze");
    return {
      table: one("caption")?.textContent ?? table,
      alt: one("figure [aria-label], figure[aria-label]")?.getAttribute("aria-label") ?? figure,
      ...(gaze && { gaze: "", rows: lang(".asks"), columns: lang(".asked"), view: this.view }),
    };
  }
  // The view of weights that the reader has chosen.
  get view() {
    const shown = this.output && !this.output.hidden ? this.output : this.built;
    return (shown.querySelector(".gaze [name$=view]:checked") ?? { value: "lines" }).value;
  }
  get fresh() {
    return this.last == this.source;
  }

  button(action, text) {
    const name = `${text}, ${live.words.cell} ${this.number}`;
    const button = live.element("button", { type: "button", textContent: text, ariaLabel: name });
    button.dataset.live = action;
    return button;
  }

  say(text, state = "") {
    this.status.textContent = text;
    this.status.dataset.state = state;
  }

  skip(failed) {
    this.say(live.words.stuck.replace("{}", failed.number), "unrun");
  }

  // The source with `steps = 500` as the short version has it, `steps = 50`.
  shortened() {
    return this.shorter.split(";").reduce((source, assignment) => {
      const name = assignment.split("=")[0].trim();
      const statement = new RegExp(`^${name}\\s*=.*(\\n[ )\\]}].*)*`, "m"); // or over lines
      return source.replace(statement, assignment.trim());
    }, this.source);
  }

  // --- what came out

  begin() {
    this.mark(null);
    this.stream = null;
    this.more = [];
    this.failed = this.starved = null;
    const shown = [this.output, this.built].find(one => one && !one.hidden);
    this.held = shown?.offsetHeight;
    this.say(shown ? live.words.older : live.words.running, "busy");
    this.node.classList.add("live-stale");
  }

  area() {
    if (!this.output) {
      const { fold, code, status } = this,
        built = this.older ?? this.built;
      this.output = live.element("div", { className: "output" });
      if (fold && built) built.before(this.output);
      else (fold ? status : code).after(this.output);
    }
    return this.output;
  }

  // While an output is made, it is as tall as the one before: nothing below moves. What
  // a reader has changed may print more than that.
  hold(height) {
    const held = height ? `${height}px` : "";
    if (this.output)
      Object.assign(this.output.style, {
        minHeight: held,
        maxHeight: this.changed ? "" : held,
        overflowY: held && "clip",
      });
  }

  // Printed text as it comes; \r goes back to the line's start.
  text(added) {
    if (!this.stream) {
      this.stream = live.element("samp");
      const pre = live.element("pre", { tabIndex: 0 });
      pre.append(this.stream);
      const label = live.element("p", {
        className: "output-label",
        textContent: live.words.output,
      });
      this.area().replaceChildren(label, pre);
      this.hold(this.held);
      this.show(true);
      this.node.classList.remove("live-stale");
    }
    this.pending = (this.pending ?? "") + added;
    this.frame ??= requestAnimationFrame(() => {
      this.stream?.append(this.pending);
      if (this.pending.includes("\r"))
        this.stream.textContent = this.stream.textContent.replace(/^[^\n]*\r(?!\n)/gm, "");
      this.pending = this.frame = null;
    });
  }

  done(html) {
    cancelAnimationFrame(this.frame);
    this.pending = this.frame = this.stream = null;
    this.area().replaceChildren(...live.draw(html));
    this.hold(0);
    this.show(true);
    const caption = this.built?.querySelector("figcaption");
    if (caption) this.output.querySelector("figure")?.append(caption.cloneNode(true));
  }

  note(text) {
    this.more.push(live.element("p", { className: "live-note", textContent: text }));
  }

  error(text, { type, kinds, limit, line, cell }) {
    const { cell: word, line: at, errors } = live.words;
    const place = (cell, line) =>
      `${cell > 0 ? `${word} ${cell}` : live.words.earlier}, ${at} ${line}`;
    const told = text.replace(/File "<cell (\d+)>", line (\d+)/g, (_, ...one) => place(...one));
    const known = limit
      ? limit
      : /array is too big/.test(text)
        ? "MemoryError"
        : type == "ValueError" && /shape|dimension|broadcast|matmul/.test(text)
          ? "shapes"
          : kinds.find(kind => kind in errors);
    if (known) this.note(errors[known]);
    this.starved = known == "MemoryError";
    const pre = live.element("pre", { tabIndex: 0, className: "live-error" });
    pre.append(live.element("samp", { textContent: told.trimEnd() }));
    this.more.push(pre);
    this.failed = `${type}, ${place(cell, line)}`;
    const blamed = live.page.cells[cell - 1];
    for (const one of [this, blamed]) if (one?.fold) one.fold.open = true;
    blamed?.mark(line);
  }

  end() {
    const { same, different, done } = live.words,
      { failed } = this;
    this.area().append(...this.more);
    this.node.classList.remove("live-stale");
    this.unfold();
    const alike = live.alike(this.output, this.built);
    this.hold(0);
    this.show(true);
    if (failed) this.say(failed, "error");
    else if (!this.built && alike) this.say(done, "same");
    else this.say(alike ? same : different, alike ? "same" : "different");
    if (!alike) this.compare();
    return !failed;
  }

  // Show the reader's output in place of the page's, or the page's again.
  show(own) {
    if (this.built) this.built.hidden = own;
    if (this.output) this.output.hidden = !own || !this.output.childNodes.length;
  }

  // The page's own output, folded away below the reader's.
  compare() {
    for (const drawn of this.output.querySelectorAll("svg[role], .gaze")) {
      const texts = [...drawn.querySelectorAll("text, .lines label")];
      const words = texts.map(one => one.textContent.trim()).join(", ");
      drawn.setAttribute("aria-label", `${live.words.figure} ${words.slice(0, 400)}`);
    }
    if (!this.built) return;
    this.older = live.element("details", { className: "fold live-older" });
    this.built.replaceWith(this.older);
    this.older.append(live.element("summary", { textContent: live.words.original }), this.built);
    this.built.hidden = false;
  }

  unfold() {
    this.older?.replaceWith(this.built);
    this.older = null;
  }

  // --- editing

  // An edit of last time is as tall as the code, until somebody goes into it.
  async edit(again = false) {
    if (!this.editor) {
      await live.editors();
      const height = this.pre.offsetHeight;
      this.editor ??= live.edit(this);
      if (again && height) this.editor.dom.style.height = `${height}px`;
      this.pre.hidden = true;
      this.menu.append(...this.own);
    }
    return this.editor;
  }

  typed(source) {
    this.source = source;
    this.mark(null);
    live.page.remember();
  }

  close() {
    this.editor?.destroy();
    this.editor = null;
    this.pre.hidden = false;
  }

  restore() {
    const inside = this.bar.contains(document.activeElement);
    this.close();
    this.source = this.original;
    this.mark(null);
    for (const button of this.own) button.remove();
    this.unfold();
    this.show(false);
    this.output?.remove();
    this.output = null;
    this.node.classList.remove("live-stale");
    this.say("");
    if (inside) this.bar.querySelector("[data-live=edit]").focus();
  }

  // Mark the line that failed, in the editor or in the page's code.
  mark(line) {
    this.editor?.mark(line);
    this.strip?.remove();
    if (!line || this.editor) return;
    const row = this.pre.querySelectorAll(".l")[line - 1];
    this.strip = live.element("span", { className: "live-line", ariaHidden: "true" });
    this.strip.style.cssText = `top:${row.offsetTop}px;height:${row.offsetHeight}px`;
    this.pre.append(this.strip);
  }
};

// Programs of a page to take away: one block's, or all that the page has.
"use strict";
// The programs of the page's blocks, and what earlier chapters made.
live.blocks = () =>
  (live.known.here ??= live
    .carried(location.pathname.replace(/(\.html)?$/, ".blocks.js"))
    .catch(error => {
      live.known.here = null;
      throw error;
    }));

// The functions and classes that code defines.
live.defined = source => [...source.matchAll(/^(?:def|class) (\w+)/gm)].map(([, name]) => name);

live.Taken = class {
  constructor(page) {
    this.page = page;
  }

  // A block as a program that runs alone, or with birth_of_attention.py beside it. After
  // edits, whatever they may need: all down to the block.
  async copy(at, kind = "alone") {
    const { cells } = this.page,
      { copied } = live.words,
      { pieces, programs } = await live.blocks(),
      edited = cells.slice(0, at + 1).some(one => one.changed);
    let told = kind,
      text = programs[at + 1][kind].pieces.map(one => pieces[one]).join("");
    if (edited) [told, text] = ["edited", await this.script(at + 1)];
    const lines = text.split("\n").filter(line => line.trim()).length;
    await live.toClipboard(text);
    cells[at].say(copied[told].replace("{}", lines));
  }
  short(at) {
    return this.copy(at, "short");
  }
  async block(at) {
    const cell = this.page.cells[at];
    await live.toClipboard(cell.source + "\n");
    cell.say(live.words.copied.block);
  }
  async copyAll() {
    await live.toClipboard(await this.script());
    this.page.say(live.words.copied.page);
  }

  async script(end) {
    const { prelude } = await live.blocks(),
      sources = this.page.cells.slice(0, end).map(cell => cell.source);
    return [prelude, ...sources].filter(Boolean).join("\n\n\n") + "\n";
  }

  async download() {
    live.save(await this.script(), `${live.pageName()}.py`);
  }
  save(at) {
    live.save(this.page.cells[at].source + "\n", `${live.pageName()}-${at + 1}.py`);
  }

  // A file of the site, on file://: from the script beside it that carries its text.
  async fetch(address) {
    live.save(await live.carried(address + ".js"), address.split("/").pop());
  }
};

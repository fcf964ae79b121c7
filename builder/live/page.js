// The page as a notebook: which cells run, in which order, and what is remembered.
"use strict";
live.Page = class {
  era = 0; // grows with each Stop; what belongs to an older one is forgotten
  turn = Promise.resolve();
  key = "live " + location.pathname;

  constructor(pieces) {
    this.cells = [...live.cells].map((node, at) => new live.Cell(node, at + 1));
    this.python = new live.Python(
      pieces,
      ({ kind, text, ...more }) => this.heard[kind](text, more),
      (done, all) => this.bar.progress(done, all),
    );
    this.bar = new live.Bar();
  }

  say(text) {
    this.bar.say(text);
  }

  // --- running

  run(at) {
    return this.go(this.cells[at]);
  }
  shorter(at) {
    return this.go(this.cells[at], true);
  }
  all() {
    const batch = {};
    for (const cell of this.cells) this.go(cell, false, batch);
    return this.turn;
  }

  // Run a cell after those above that this session does not know yet. In a batch of
  // cells, none runs after one that failed.
  go(cell, short = false, batch = {}) {
    const { era } = this;
    cell.say(live.words.waiting, "busy");
    this.bar.busy = true;
    return (this.turn = this.turn
      .then(async () => {
        if (era != this.era) return;
        if (batch.failed) return cell.skip(batch.failed);
        const above = this.cells.slice(0, cell.number - 1).filter(one => !one.fresh);
        if (above.length) cell.say(live.words.above.replace("{}", this.spans(above)), "busy");
        for (const one of above) {
          const well = await this.one(one, one.source);
          if (era != this.era) return;
          if (!well) return cell.skip((batch.failed = one));
        }
        if (!(await this.one(cell, short ? cell.shortened() : cell.source))) batch.failed = cell;
      })
      .catch(error => {
        if (era == this.era) cell.say(live.words.broken, "error");
        console.warn(error);
      })
      .finally(() => era == this.era && (this.bar.busy = false)));
  }

  // Cells 1, 2, 3, 5 as "1–3, 5".
  spans(cells) {
    const numbers = cells.map(one => one.number),
      inside = number => numbers.includes(number - 1) && numbers.includes(number + 1);
    const ends = numbers.map(number => (inside(number) ? "–" : number)).join(", ");
    return ends.replace(/, (–, )+/g, "–");
  }

  // What earlier chapters made: in a session it is there before the first cell.
  async prepare() {
    const { era } = this,
      { worker } = this.python,
      { prelude } = await live.blocks();
    if (era != this.era) return;
    const none = () => true,
      error = text => console.warn(text),
      quiet = { number: 0, text: none, note: none, done: none, end: none, error };
    await this.execute(quiet, { source: prelude, kept: true, options: {}, words: {} });
    this.given = live.defined(prelude);
    if (era == this.era) this.prepared = worker;
  }

  // Hand a cell's code to Python; what comes of it, `heard` gives the cell until its end.
  execute(cell, job) {
    return new Promise(end => {
      this.current = { cell, end };
      this.python.run({ number: cell.number, ...job });
    });
  }

  async one(cell, source) {
    const { era } = this;
    this.bar.busy = true;
    while (!this.python.worker && era == this.era) await this.python.start();
    if (era == this.era && this.prepared != this.python.worker) await this.prepare();
    if (era != this.era) return false;
    cell.begin();
    // A training that was kept is not true of a reader's own code in place of what trains.
    const kept = !this.cells.slice(0, cell.number).some(one => one.reworks(this.given));
    const { output, decimal, gaze } = live.words,
      words = { output, decimal, gaze };
    const well = await this.execute(cell, { source, kept, options: cell.options, words });
    if (era != this.era) return false;
    cell.last = well ? source : null;
    return well;
  }

  // All that a worker says. What it says of a cell is for the one that runs now.
  heard = {
    ready: () => (this.ready = true),
    want: name => this.python.bring(name).catch(() => this.restart(live.words.broken)),
    fatal: () => this.restart(this.ready ? live.words.fatal : live.words.broken),
    text: text => this.current?.cell.text(text),
    cut: () => this.current?.cell.note(live.words.cut),
    large: () => this.current?.cell.note(live.words.large),
    done: html => this.current?.cell.done(html),
    error: (text, more) => this.current?.cell.error(text, more),
    end: (_, more) => this.current && this.ended(this.current, more),
  };

  // What stands below an output that is new must run again.
  ended({ cell, end }, { anew, heap }) {
    this.current = null;
    if (anew) for (const below of this.cells.slice(cell.number)) below.last = null;
    end(cell.end());
    // Memory that WebAssembly has taken goes back with its worker only.
    if (cell.starved && heap > 2 ** 29) this.restart(live.words.full);
  }

  begin() {
    this.restart(live.words.began);
  }

  stop() {
    if (this.bar.busy) this.restart(live.words.stopped);
  }

  // End the worker, whatever it does, and begin a session anew.
  restart(why) {
    this.era += 1;
    this.python.stop();
    this.turn = Promise.resolve();
    for (const cell of this.cells) {
      cell.last = null;
      cell.hold(0);
      if (cell.status.dataset.state == "busy") cell.say(live.words.ended, "");
    }
    const { current } = this;
    this.current = null;
    current?.end(false);
    this.bar.busy = false;
    this.say(why);
    if (this.ready) this.python.start().catch(() => {});
    this.ready = false; // what fails before it is ready is not tried again unasked
  }

  // --- editing, and what stays of it

  async edit(at) {
    (await this.cells[at].edit()).focus();
  }

  reset(at) {
    this.cells[at].restore();
    this.remember();
  }

  // Edits by cell number, each with the code it was made from.
  remember() {
    const edits = {};
    for (const { number, changed, original, source } of this.cells)
      if (changed) edits[number] = [original, source];
    const some = Object.keys(edits).length > 0;
    this.bar.discard.hidden = !some;
    try {
      if (some) localStorage[this.key] = JSON.stringify(edits);
      else delete localStorage[this.key];
    } catch {
      this.say(live.words.unsaved);
    }
  }

  async recall() {
    let kept = {};
    try {
      kept = JSON.parse(localStorage[this.key]);
    } catch {
      return;
    }
    for (const [number, [original, source]] of Object.entries(kept)) {
      const cell = this.cells[number - 1];
      if (cell?.original != original) continue; // the page has changed since
      cell.source = source;
      await cell.edit(true);
    }
    this.remember();
    if (!this.bar.discard.hidden) this.say(live.words.recalled);
  }

  discard() {
    for (const cell of this.cells) if (cell.editor || cell.status.textContent) cell.restore();
    this.remember();
    this.restart(live.words.discarded); // what the changes did to Python goes with them
    this.bar.all.focus();
  }
};

live.known = ({ words, pieces }) => {
  live.words = words;
  live.page = new live.Page(pieces);
  live.taken = new live.Taken(live.page);
  live.do = async (action, at) => {
    (live.page.cells[at] ?? live.page.bar).menu?.hidePopover?.();
    try {
      await (action in live.taken ? live.taken : live.page)[action](at);
    } catch (error) {
      (live.page.cells[at] ?? live.page).say(words.lost, "error");
      console.warn(error);
    }
  };
  for (const job of live.queue) live.do(...job);
};

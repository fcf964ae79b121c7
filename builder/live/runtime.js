// Loads Python, piece by piece, and keeps it running in a worker.
"use strict";
{
  const decode =
    Uint8Array.fromBase64?.bind(Uint8Array) ??
    (text => {
      const binary = atob(text),
        bytes = new Uint8Array(binary.length);
      for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
      return bytes;
    });
  const waiting = {};
  live.piece = (file, text) => waiting[file](decode(text));

  // A classic script: the one thing that a page from file:// may load.
  live.script = (file, async = false) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = new URL(file, live.base);
      script.async = async; // if not: asked for together, run in this order
      script.onload = () => done(script.remove());
      script.onerror = () => failed(new Error(script.remove() ?? file));
      document.head.append(script);
    });

  // A pack's bytes as they come, decompressed.
  const stream = (pieces, progress) =>
    new ReadableStream({
      start(out) {
        const loads = pieces.map(([file, size]) => {
          waiting[file] = bytes => {
            out.enqueue(bytes);
            progress(size);
          };
          return live.script(file);
        });
        Promise.all(loads).then(
          () => out.close(),
          error => out.error(error),
        );
      },
    }).pipeThrough(new DecompressionStream("gzip"));

  // A line of JSON, [[path, size], ...], then the bytes.
  async function unpack(stream) {
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    const line = bytes.indexOf(10),
      files = {};
    let at = line + 1;
    for (const [path, size] of JSON.parse(new TextDecoder().decode(bytes.subarray(0, line))))
      files[path] = bytes.slice(at, (at += size));
    return files;
  }

  const compile = stream =>
    WebAssembly.compileStreaming(
      new Response(stream, { headers: { "Content-Type": "application/wasm" } }),
    );

  live.Python = class {
    packs = {};

    // `listen` gets the worker's messages; `progress` bytes that are here and to come.
    constructor(pieces, listen, progress) {
      Object.assign(this, { pieces, listen, progress, loaded: 0, total: 0 });
    }

    load(name) {
      if (this.packs[name]) return this.packs[name];
      const add = size => this.progress((this.loaded += size), this.total);
      for (const [, size] of this.pieces[name]) this.total += size;
      const bytes = stream(this.pieces[name], add);
      const pack = name == "wasm" ? compile(bytes) : unpack(bytes);
      pack.catch(() => {
        this.packs = {};
        this.loaded = this.total = 0;
      });
      return (this.packs[name] = pack);
    }

    start() {
      return (this.starting ??= this.begin().finally(() => (this.starting = null)));
    }

    async begin() {
      const names = ["script", "wasm", "python", "numpy"],
        [script, ...parts] = names.map(name => this.load(name));
      const scripts = Object.values(await script).flatMap(script => [script, "\n;"]);
      this.url ??= URL.createObjectURL(new Blob(scripts, { type: "text/javascript" }));
      // On file:// the search has put a stand-in in the place of workers.
      const worker = (this.worker = new (Worker.native ?? Worker)(this.url));
      worker.onmessage = ({ data }) => worker == this.worker && this.listen(data);
      worker.onerror = ({ message }) =>
        worker == this.worker && this.listen({ kind: "fatal", text: message });
      try {
        for (const [at, part] of ["module", "python", "numpy"].entries())
          worker.postMessage({ kind: "part", part, value: await parts[at] });
      } catch (error) {
        this.stop();
        throw error;
      }
    }

    async bring(name) {
      const { worker } = this;
      worker.postMessage({ kind: "part", part: name, value: await this.load(name) });
    }

    run(job) {
      this.worker.postMessage({ kind: "run", value: job });
    }

    stop() {
      this.worker?.terminate();
      this.worker = null;
    }
  };
}

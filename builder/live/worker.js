// Python's side of the page: nothing here can touch the page, only send it messages.
"use strict";
{
  const MEMORY = 2 ** 30 / 65536; // a gigabyte: beyond it Python says MemoryError
  WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
    construct: (Memory, [wanted]) =>
      new Memory({ ...wanted, maximum: Math.min(wanted.maximum, MEMORY) }),
  });

  const parts = {};
  for (const name of ["module", "python", "numpy", "matplotlib", "records"]) {
    let here;
    parts[name] = new Promise(done => (here = done));
    parts[name].here = here;
  }

  // What Pyodide asks the network for is here already; nothing else is answered.
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await parts.module;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
  self.fetch = async url => {
    const name = String(url).split("/").pop();
    if (name == "pyodide.asm.wasm") return null;
    if (name == "python_stdlib.zip") return new Response((await parts.python)[name]);
    if (name == "pyodide-lock.json") return new Response(LOCK);
    throw new TypeError("a page's Python has no network");
  };
  const LOCK = JSON.stringify({
    info: {
      python: "3.12.7",
      version: "0.27.7",
      arch: "wasm32",
      platform: "emscripten_3_1_58",
      abi_version: "2024_0",
    },
    packages: {},
  });

  let folders = new Set();
  function install(files, root = "/lib/python3.12/site-packages/") {
    for (const [path, bytes] of Object.entries(files)) {
      const folder = root + path.slice(0, path.lastIndexOf("/") + 1);
      if (!folders.has(folder)) pyodide.FS.mkdirTree(folder);
      folders.add(folder);
      pyodide.FS.writeFile(root + path, bytes, { canOwn: true });
    }
  }

  let pyodide, session;
  async function boot() {
    const home = "https://python.invalid/";
    pyodide = await loadPyodide({
      indexURL: home,
      stdin: () => null,
      env: { HOME: "/home", MPLBACKEND: "svg" },
    });
    const { "python_stdlib.zip": _, ...own } = await parts.python;
    install(own);
    session = pyodide.pyimport("builder.live.session");
    session.post = (kind, text, more) =>
      postMessage({ kind, text, heap: pyodide._module.HEAP8.length, ...JSON.parse(more ?? null) });
    install(await parts.numpy);
    pyodide.pyimport("importlib").invalidate_caches();
    postMessage({ kind: "ready" });
  }

  async function want(name, folder) {
    postMessage({ kind: "want", text: name });
    install(await parts[name], folder);
    parts[name].ready = true;
  }

  async function run({ number, source, kept, options, words }) {
    if (!parts.matplotlib.ready && session.draws(source)) {
      await want("matplotlib");
      pyodide.pyimport("importlib").invalidate_caches();
      session.prepare_figures();
    }
    if (kept && !parts.records.ready && session.trains(source)) await want("records", "/records/");
    session.keep(kept);
    await session.run(number, source, JSON.stringify(options), JSON.stringify(words));
  }

  const fail = error => postMessage({ kind: "fatal", text: String(error?.message ?? error) });
  let turn = boot().catch(fail);
  onmessage = ({ data: { kind, value, part } }) => {
    if (kind == "run") turn = turn.then(() => run(value)).catch(fail);
    else parts[part].here(value); // of what Python is made of
  };
}

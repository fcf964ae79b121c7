// CodeMirror in the site's colours; it comes with the first edit.
"use strict";
{
  let failing, failed; // an effect, and the lines that it marks until they are changed

  function prepare({ EditorView, Decoration, StateEffect, StateField }) {
    failing = StateEffect.define();
    failed = StateField.define({
      create: () => Decoration.none,
      update(marks, change) {
        for (const effect of change.effects) if (effect.is(failing)) return effect.value;
        return change.docChanged ? Decoration.none : marks;
      },
      provide: field => EditorView.decorations.from(field),
    });
  }

  // What the keys do that an editor has of its own: run, and leave.
  const keys = cell => ({
    run: () => (live.do("run", cell.number - 1), true),
    leave: () => {
      if (!cell.changed) cell.restore();
      cell.bar.querySelector("[data-live=edit]").focus();
      return true;
    },
  });

  function edit(cell) {
    const { EditorView, EditorState, Decoration, extensions } = CodeMirror;
    const name = live.words.editor.replace("{}", cell.number);
    // As the code that it stands for: the same type, the same places, the same height.
    const [code, line] = ["code", ".l"].map(one => getComputedStyle(cell.pre.querySelector(one)));
    const typed = update => update.docChanged && cell.typed(update.state.doc.toString());
    const view = new EditorView({
      state: EditorState.create({
        doc: cell.source,
        extensions: [
          extensions(keys(cell)),
          failed,
          line.whiteSpace == "pre-wrap" ? EditorView.lineWrapping : [],
          EditorView.contentAttributes.of({ "aria-label": name }),
          EditorView.updateListener.of(typed),
        ],
      }),
    });
    for (const what of ["fontFamily", "fontSize", "fontFeatureSettings", "lineHeight"])
      view.dom.style[what] = code[what];
    view.dom.style.setProperty("--side", code.paddingLeft);
    view.contentDOM.style.padding = `${code.paddingTop} 0 ${code.paddingBottom}`;
    view.contentDOM.addEventListener("focus", () => (view.dom.style.height = ""));
    cell.pre.after(view.dom);
    view.mark = line => {
      const { doc } = view.state;
      const there = line && line <= doc.lines;
      const mark = () => Decoration.line({ class: "live-failed" }).range(doc.line(line).from);
      view.dispatch({ effects: failing.of(Decoration.set(there ? [mark()] : [])) });
    };
    return view;
  }

  async function load() {
    await live.script("codemirror.js");
    prepare(CodeMirror);
    live.edit = edit;
  }

  live.editors = () =>
    live.edit ? null : (live.loading ??= load().finally(() => (live.loading = null)));
}

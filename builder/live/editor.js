// CodeMirror in the site's colours; it comes with the first edit.
"use strict";
live.editors = () => live.edit ? null : live.loadingEditors ??= (async () => {
  await live.script("codemirror.js");
  const { EditorView, EditorState, Decoration, StateEffect, StateField, extensions } = CodeMirror;
  const failing = StateEffect.define();
  const failed = StateField.define({
    create: () => Decoration.none,
    update(marks, change) {
      for (const effect of change.effects) if (effect.is(failing)) return effect.value;
      return change.docChanged ? Decoration.none : marks;
    },
    provide: field => EditorView.decorations.from(field),
  });

  live.edit = cell => {
    const { number } = cell, name = live.words.editor.replace("{}", number);
    const run = () => (live.do("run", number - 1), true);
    const leave = () => {
      if (!cell.changed) cell.restore();
      cell.bar.querySelector("[data-live=edit]").focus();
      return true;
    };
    const view = new EditorView({
      state: EditorState.create({ doc: cell.source, extensions: [
        extensions({ run, leave }), failed,
        EditorView.contentAttributes.of({ "aria-label": name }),
        EditorView.updateListener.of(update => update.docChanged && cell.typed(view.state.doc.toString())),
      ] }),
    });
    cell.code.after(view.dom);
    view.mark = line => {
      const marks = line && line <= view.state.doc.lines
        ? [Decoration.line({ class: "live-failed" }).range(view.state.doc.line(line).from)] : [];
      view.dispatch({ effects: failing.of(Decoration.set(marks)) });
    };
    return view;
  };
})();

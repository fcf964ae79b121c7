// What the site's editor is made of; `npm ci && npm run build` makes ../codemirror.js.
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, drawSelection, EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colour = name => `var(--md-code-hl-${name}-color)`;
const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword], color: colour("keyword") },
  { tag: [tags.string, tags.special(tags.string)], color: colour("string") },
  { tag: tags.number, color: colour("number") },
  { tag: [tags.bool, tags.null], color: colour("constant") },
  { tag: tags.comment, color: colour("comment") },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], color: colour("function") },
  { tag: [tags.operator, tags.compareOperator, tags.arithmeticOperator], color: colour("operator") },
  { tag: [tags.punctuation, tags.separator, tags.bracket], color: colour("punctuation") },
]);
const theme = EditorView.theme({
  "&": { backgroundColor: "var(--md-code-bg-color)", color: "var(--md-code-fg-color)" },
  ".cm-content": { caretColor: "var(--md-code-fg-color)" },
  ".cm-cursor": { borderLeftColor: "var(--md-code-fg-color)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--md-accent-fg-color--transparent)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", outline: "1px solid currentColor" },
});

export { Decoration, EditorState, EditorView, StateEffect, StateField };
export const extensions = ({ run, leave }) => [
  history(), drawSelection(), indentOnInput(), bracketMatching(), indentUnit.of("    "),
  python(), syntaxHighlighting(highlight), theme,
  keymap.of([
    { key: "Shift-Enter", run },
    { key: "Escape", run: leave },
    { key: "Tab", run: indentMore, shift: indentLess },
    ...defaultKeymap, ...historyKeymap,
  ]),
];

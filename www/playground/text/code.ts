/**
 * The JSON editor: CodeMirror, in a shadow root. There its styles are adopted style sheets; in the document they would
 * be style elements, which the page's policy refuses.
 */
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, foldKeymap, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { el } from "../dom.ts";
import type { Pane, PaneOptions } from "./pane.ts";

/** The page's own colours: custom properties are inherited through the shadow root. */
const look = EditorView.theme({
  "&": { height: "100%", fontSize: "12px", color: "var(--ink)", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", overflow: "auto" },
  ".cm-content": { padding: "10px 0 40px", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 6px" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--ink-2)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 2px 0 0", minWidth: "22px" },
  ".cm-foldGutter .cm-gutterElement": { width: "14px", cursor: "pointer" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent) 6%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--accent) 6%, var(--surface))", color: "var(--ink)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { backgroundColor: "var(--selection)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-soft)", outline: "1px solid var(--accent)" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--surface-2)", border: "1px solid var(--line)", color: "var(--ink-2)", padding: "0 5px" },
  ".cm-lintRange.cm-lintRange-error": { backgroundImage: "none", textDecoration: "none", borderBottom: "2px solid var(--bad)", backgroundColor: "var(--bad-soft)" },
  ".cm-lintRange.cm-lintRange-warning": { backgroundImage: "none", textDecoration: "none", borderBottom: "2px solid var(--warn)", backgroundColor: "var(--warn-soft)" },
  ".cm-lint-marker": { width: "9px", height: "9px", margin: "5px 2px", borderRadius: "50%", content: "none" },
  ".cm-lint-marker-error": { backgroundColor: "var(--bad)", content: '""' },
  ".cm-lint-marker-warning": { backgroundColor: "var(--warn)", content: '""', borderRadius: "2px" },
  ".cm-gutter-lint": { width: "14px" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", color: "var(--ink)", border: "1px solid var(--line-strong)", borderRadius: "8px", boxShadow: "var(--shadow)", overflow: "hidden" },
  ".cm-diagnostic": { fontFamily: "var(--font)", fontSize: "13px", padding: "8px 12px", maxWidth: "380px", whiteSpace: "pre-wrap" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--bad)" },
  ".cm-diagnostic-warning": { borderLeft: "4px solid var(--warn)" },
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-key)" },
  { tag: tags.string, color: "var(--code-text)" },
  { tag: tags.number, color: "var(--code-number)" },
  { tag: [tags.bool, tags.null], color: "var(--code-word)" },
  { tag: [tags.separator, tags.squareBracket, tags.brace], color: "var(--ink-2)" },
]);

/** Tab moves the focus on, as everywhere on a page; nobody is caught in the editor. */
const behaviour: Extension = [
  lintGutter(), lineNumbers(), foldGutter(), EditorView.lineWrapping, highlightActiveLine(), highlightActiveLineGutter(), highlightSpecialChars(), drawSelection(),
  history(), bracketMatching(), indentOnInput(), indentUnit.of("  "), json(),
  syntaxHighlighting(colours), look,
  keymap.of([...defaultKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap]),
];

export function codePane({ label, text, onChange }: PaneOptions): Pane & { readonly takeFocus: (from: number, to: number) => void } {
  const element = el("div", { class: "code" });
  const root = element.attachShadow({ mode: "open", delegatesFocus: true });
  const view = new EditorView({
    root, parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        behaviour,
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", autocorrect: "off", autocapitalize: "off" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  const within = (offset: number): number => Math.max(0, Math.min(offset, view.state.doc.length));
  const select = (from: number, to: number): void => {
    view.dispatch({ selection: { anchor: within(from), head: within(to) }, effects: EditorView.scrollIntoView(within(from), { y: "center" }) });
    view.focus();
  };

  return {
    element,
    text: () => view.state.doc.toString(),
    setText(next) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next }, selection: { anchor: 0 }, scrollIntoView: true });
    },
    mark(problems) {
      const diagnostics: Diagnostic[] = problems.map(({ place, severity, message, fix }) => ({
        from: within(place.from), to: within(place.to), severity, message: fix ? `${message}\n${fix}` : message,
      }));
      view.dispatch(setDiagnostics(view.state, diagnostics.sort((a, b) => a.from - b.from)));
    },
    goTo: ({ from, to }) => select(from, to),
    takeFocus: select,
  };
}

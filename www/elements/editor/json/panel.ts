/** CodeMirror for the rule: the engine's problems where they are, and completion from the catalogue. */
import { autocompletion, type CompletionContext, type CompletionResult, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { Catalogue } from "regulars/engine";
import { complete } from "./complete.js";
import { rangeOf } from "./ranges.js";
import { type Panel, type PanelOptions, sameJson } from "./same.js";

const look = EditorView.theme({
  "&": { fontSize: "12.5px", color: "var(--_ink)", backgroundColor: "var(--_bg)", minHeight: "320px", maxHeight: "70vh" },
  "&.cm-focused": { outline: "2px solid var(--_accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6" },
  ".cm-content": { padding: "10px 0", caretColor: "var(--_ink)" },
  ".cm-gutters": { backgroundColor: "var(--_bg-2)", color: "var(--_ink-2)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--_accent) 7%, transparent)" },
  "& .cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--_accent) 25%, transparent)" },
  ".cm-cursor": { borderLeftColor: "var(--_ink)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--_accent-soft)", outline: "1px solid var(--_accent)" },
  ".cm-lintRange-error": { backgroundImage: "none", backgroundColor: "var(--bad-soft)", borderBottom: "2px solid var(--bad)" },
  ".cm-lintRange-warning": { backgroundImage: "none", backgroundColor: "var(--warn-soft)", borderBottom: "2px solid var(--warn)" },
  ".cm-lint-marker": { width: "9px", height: "9px", margin: "5px 2px", content: "none" },
  ".cm-lint-marker-error": { backgroundColor: "var(--bad)", borderRadius: "50%" },
  ".cm-lint-marker-warning": { backgroundColor: "var(--warn)" },
  ".cm-tooltip": { backgroundColor: "var(--_bg)", color: "var(--_ink)", border: "1px solid var(--_line-2)", borderRadius: "8px", overflow: "hidden" },
  ".cm-diagnostic": { fontFamily: "inherit", padding: "8px 12px", maxWidth: "380px" },
  ".cm-tooltip-autocomplete ul li": { padding: "3px 8px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--_accent)", color: "var(--_on-accent)" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "0.85" },
});

const colours = syntaxHighlighting(HighlightStyle.define([
  { tag: tags.propertyName, color: "light-dark(#1d4f9e, #94bdff)" },
  { tag: tags.string, color: "light-dark(#17693a, #7bd69b)" },
  { tag: tags.number, color: "light-dark(#834600, #f2bd6b)" },
  { tag: [tags.bool, tags.null], color: "light-dark(#7a2f88, #e0a3ec)" },
]));

export function openPanel({ parent, root, text, label, change }: PanelOptions): Panel {
  let known: Catalogue | null = null;
  let telling = false;
  const offer = (context: CompletionContext): CompletionResult | null => (known === null ? null : complete(context, known));
  const view = new EditorView({
    parent, root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(), lintGutter(), EditorView.lineWrapping, highlightActiveLine(), drawSelection(), history(), bracketMatching(), indentOnInput(), indentUnit.of("  "), json(), colours, look,
        autocompletion({ override: [offer], icons: false }),
        // Tab moves the focus on, as everywhere on a page.
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap, ...lintKeymap]),
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", autocorrect: "off", autocapitalize: "off", spellcheck: "false" }),
        EditorView.updateListener.of((update) => { if (update.docChanged && !telling) change(update.state.doc.toString()); }),
      ],
    }),
  });
  return {
    show(now, problems, catalogue) {
      known = catalogue;
      if (!sameJson(view.state.doc.toString(), now)) {
        telling = true;
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: now } });
        telling = false;
      }
      const typed = view.state.doc.toString();
      const diagnostics = problems.flatMap(({ problem, pointer }): Diagnostic[] => {
        const range = rangeOf(typed, pointer);
        return range === null ? [] : [{ ...range, severity: problem.severity, message: problem.fix === undefined ? problem.message : `${problem.message} ${problem.fix}` }];
      });
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    close: () => view.destroy(),
  };
}

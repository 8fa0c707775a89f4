/** The elements: classes, nothing registered (`regulars/define` does that). */
import { Editor } from "./editor/editor.js";
import type { ElementClass, RegularsEditor as EditorElement } from "./types.js";

export { editorEngine } from "./editor/engine.js";
export type * from "./types.js";

/** `<regulars-editor>`: a rule, for marketers. */
export const RegularsEditor: ElementClass<EditorElement> = Editor;
/** An instance of it. */
export type RegularsEditor = EditorElement;

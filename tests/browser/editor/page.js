// A page as any other: the published entries, a loaded engine, and an editor.
import { load } from "/regulars/engine.js";
import { editorEngine } from "/regulars/elements.js";
import "/regulars/define.js";

const editor = document.querySelector("regulars-editor");
window.editor = editor;
window.changes = [];
editor.addEventListener("change", ({ detail }) => window.changes.push(detail));
editor.recipes = async () => (await fetch("/regulars/recipes.json")).json();
window.engine = await load();
editor.engine = editorEngine(window.engine);
window.ready = true;

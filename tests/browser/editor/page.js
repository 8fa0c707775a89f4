// A page as any other: the published entries, a loaded engine, and an editor.
import { load } from "/regulars/engine.js";
import { editorEngine } from "/regulars/elements.js";
import "/regulars/define.js";

const editor = document.querySelector("regulars-editor");
window.editor = editor;
window.changes = [];
window.selections = [];
editor.addEventListener("change", ({ detail }) => window.changes.push(detail));
editor.addEventListener("select", ({ detail }) => window.selections.push(detail));
editor.recipes = async () => (await fetch("/regulars/recipes.json")).json();
window.engine = await load();
const asked = editorEngine(window.engine);
/** How many questions are under way. A test may put counts, or a delay, into the answers. */
window.looking = 0;
window.counts = null;
window.delay = null;
editor.engine = {
  catalogue: asked.catalogue,
  async look(request) {
    window.looking++;
    const answer = await asked.look(request);
    if (window.delay) await window.delay();
    window.looking--;
    return window.counts ? { ...answer, counts: window.counts(request) } : answer;
  },
};
window.ready = true;

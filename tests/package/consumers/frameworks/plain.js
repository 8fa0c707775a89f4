// No framework: an attribute with JSON text, a listener.
import { engine, rule } from "./shared.js";

const main = document.querySelector("main");
const editor = document.createElement("regulars-editor");
editor.setAttribute("rule", JSON.stringify(rule));
editor.setAttribute("language", "nl");
editor.engine = engine;
editor.addEventListener("change", ({ detail }) => { window.heard = detail.rule; });
main.append(editor);

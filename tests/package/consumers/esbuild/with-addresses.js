import page from "regulars/page.wasm";
import studio from "regulars/studio.wasm";
import { program } from "./program.mjs";

program({ plan: "/regulars.plan", wasm: { page, studio } }).then(
  (answer) => { document.documentElement.dataset.answer = JSON.stringify(answer); },
  (error) => { document.documentElement.dataset.answer = JSON.stringify({ error: String(error?.stack ?? error) }); },
);

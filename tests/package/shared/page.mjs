// The program in a page: the answer is put where the test looks for it.
import { program } from "./program.mjs";

program({ plan: "/regulars.plan" }).then(
  (answer) => { document.documentElement.dataset.answer = JSON.stringify(answer); },
  (error) => { document.documentElement.dataset.answer = JSON.stringify({ error: String(error?.stack ?? error) }); },
);

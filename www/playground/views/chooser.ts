/** Ways to hand over an order file: choose it, drop it, paste it, or take the sample. */
import { button, el } from "../dom.ts";
import { t } from "../speech.ts";

export function chooser(onFile: (file: File) => void, onTrouble: (text: string) => void): HTMLElement {
  const input = el("input", { type: "file", id: "order-file", class: "unseen", accept: ".csv,.tsv,.txt,.gz,text/csv,text/plain,application/gzip", tabindex: -1 });
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    input.value = "";
    if (file) onFile(file);
  });
  const pasted = el("textarea", { id: "pasted-rows", class: "field", rows: 5, spellcheck: "false", wrap: "off", placeholder: "visitor_id;order_id;at;value" });
  const take = (): void => {
    if (pasted.value.trim() === "") return onTrouble(t("Paste some rows first."));
    onFile(new File([pasted.value], "pasted rows", { type: "text/csv" }));
  };

  return el("div", { class: "chooser" },
    el("div", { class: "drop" },
      el("p", { class: "drop-title" }, t("Drop an order file here")),
      el("p", { class: "sub" }, t("CSV with a row for each product of an order, plain or packed with gzip. It is read in this browser and goes nowhere else.")),
      el("div", { class: "actions" },
        button(t("Choose a file"), () => input.click(), { class: "button primary" }),
        button(t("Try the sample file"), () => void sample(onFile, onTrouble), { id: "sample-orders" }),
        el("label", { class: "unseen", for: "order-file" }, "Order file"), input)),
    el("details", { class: "paste" },
      el("summary", {}, t("Paste rows instead")),
      el("label", { for: "pasted-rows" }, t("Rows, the first with the names of the columns")),
      pasted,
      el("div", { class: "actions" }, button(t("Use these rows"), take))));
}

/** One of this page's own files. */
async function sample(onFile: (file: File) => void, onTrouble: (text: string) => void): Promise<void> {
  try {
    const response = await fetch(new URL("sample-orders.csv", document.baseURI));
    if (!response.ok) throw new Error(String(response.status));
    onFile(new File([await response.blob()], "sample-orders.csv", { type: "text/csv" }));
  } catch {
    onTrouble(t("The sample file could not be loaded."));
  }
}

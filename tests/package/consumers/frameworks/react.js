// React 19: properties and events by their own names.
import { createElement, useState } from "react";
import { createRoot } from "react-dom/client";
import { engine, rule as first } from "./shared.js";

function App() {
  const [rule, setRule] = useState(first);
  window.heard = rule;
  return createElement("regulars-editor", { rule, engine, language: "nl", onchange: ({ detail }) => setRule(detail.rule) });
}
createRoot(document.querySelector("main")).render(createElement(App));

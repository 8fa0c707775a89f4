// Vue: properties and events by their own names.
import { createApp, h, shallowRef } from "vue";
import { engine, rule as first } from "./shared.js";

const rule = shallowRef(first);
createApp({
  setup: () => () => {
    window.heard = rule.value;
    return h("regulars-editor", { rule: rule.value, engine, language: "nl", onChange: ({ detail }) => { rule.value = detail.rule; } });
  },
}).mount("main");

import "regulars/define";
import { editorEngine } from "regulars/elements";
import { load } from "regulars/engine";
import wasm from "regulars/studio.wasm";

export const rule = { all: [{ events: { of: "conversion", modifier: "is_at_least", value: 2 } }] };
export const engine = editorEngine(await load({ wasm }));

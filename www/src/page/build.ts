import { __wbg_reset_state, add, decide, evaluate, initSync, introduce, know, open, snapshot } from "../../glue/page.js";
import type { Glue } from "../glue.js";

/** The small build. */
export const PAGE: Glue = { initSync, __wbg_reset_state, open, snapshot, add, introduce, know, evaluate, decide };

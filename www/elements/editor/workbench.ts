/** What the editor works with. It comes when the first editor is shown, so that pages with another element only do not wait for it. */
export { Answered } from "./answered.js";
export { run } from "./commands.js";
export { follow } from "./drag.js";
export * from "./edits/index.js";
export { findEntry } from "./entries.js";
export { draftWith, Looking } from "./look.js";
export { Remembered } from "./remembered.js";
export { styles } from "./styles.js";
export { asGroup, groupOf, kindOf, placeOf, walk } from "./tree.js";
export { fieldLabel } from "./view/comparison.js";
export { frame } from "./view/frame.js";
export { fill, learn, words } from "./words.js";

/** The picker and the gallery: they come when one of them is opened. */
export { measured } from "./present.js";
export { gallery } from "./view/gallery.js";
export { picker } from "./view/picker.js";

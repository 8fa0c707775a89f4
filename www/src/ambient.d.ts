/** A file of the build, put into the script that imports it. */
declare module "regulars:page.wasm" {
  const bytes: Uint8Array;
  export default bytes;
}

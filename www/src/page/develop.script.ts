/** The file for a plain script tag carries only what pages need. */
export function compile(): Promise<never> {
  return Promise.reject(new Error("a package is compiled only by the npm package; build a plan and give that"));
}

/** One request. `request.node.ts` stands in for this file in Node. */
export const request = (source: string | URL): Promise<Response> => fetch(source);

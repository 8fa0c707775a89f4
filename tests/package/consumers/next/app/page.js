import { Banner } from "./banner.js";

// Rendered anew for each request, so that the server takes part every time.
export const dynamic = "force-dynamic";

export default function Page() {
  return <main><h1>A shop</h1><Banner /></main>;
}

/** An engine in the page, as the editor asks it. */
import type { Engine, Explanation } from "regulars/engine";
import type { EditorEngine, LookAnswer, LookRequest } from "../types.js";

/** Wraps an engine of `regulars/engine`. It counts nothing: for that a page needs a data set, and best a worker. */
export function editorEngine(engine: Engine): EditorEngine {
  return {
    catalogue: () => engine.catalogue(),
    look: (request) => Promise.resolve(look(engine, request)),
  };
}

function look(engine: Engine, { package: draft, segment, language, visitor, now, context }: LookRequest): LookAnswer {
  const { plan, problems } = engine.plan(JSON.stringify(draft));
  const described = plan?.describe(segment, { language }) ?? null;
  const description = described && "phrases" in described ? described : null;
  let explanation: Explanation | null = null;
  if (plan && visitor) {
    const opened = plan.visitor(visitor);
    const explained = opened.explain(segment, now, context);
    if (!("problem" in explained)) explanation = explained;
    opened.free();
  }
  return { problems, description, explanation, counts: null, cells: plan?.names.cells ?? [] };
}

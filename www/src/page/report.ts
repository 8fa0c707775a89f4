import type { Problem } from "../types.js";

/** Says a problem to the shop. An error, about the whole, unless `more` says otherwise. */
export type Report = (code: string, message: string, more?: Partial<Problem>) => void;

/** Reports to a listener, whatever that does. */
export function reportTo(listener: ((problem: Problem) => void) | undefined): Report {
  return (code, message, more) => {
    try {
      listener?.({ code, severity: "error", pointer: "", message, ...more });
    } catch {
      // The listener's own fault; nobody is left to tell.
    }
  };
}

/** What a thrown thing says of itself. */
export function reason(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return "an error that says nothing";
  }
}

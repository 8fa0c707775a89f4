/** Whether a test came true. */
import type { TestAnswer } from "./protocol.ts";

export const passes = ({ expected, actual, unreadable }: TestAnswer): boolean => !unreadable && expected === actual;

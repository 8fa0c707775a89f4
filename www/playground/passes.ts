/** Whether a test came true, and what it is called. */
import type { TestAnswer } from "./protocol.ts";
import { t } from "./speech.ts";

export const passes = ({ expected, actual, unreadable }: TestAnswer): boolean => !unreadable && expected === actual;

export const testName = (name: string, index: number): string => name || t("Test {number}", { number: index + 1 });

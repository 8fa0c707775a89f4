/** What stands in the fields of a row. What has been typed is kept as it was typed, whatever it is: the engine says what is wrong with it. */
import { get, isFields, join, set, type Value } from "../pointer.js";
import { type Edit, edited, node, refused } from "./edit.js";

/** Writes a value, or takes the key away. */
export function setValue(rule: Value, pointer: string, key: string, value: Value): Edit {
  if (node(rule, pointer) === null) return refused("not_there");
  return edited(set(rule, join(pointer, key), value), join(pointer, key));
}

/** A number where the text is one; else the text, so that nothing typed is lost. */
export function asNumber(text: string, language: "en" | "nl"): number | string {
  const trimmed = text.trim();
  const plain = language === "nl" ? trimmed.replace(/^(-?\d+),(\d+)$/, "$1.$2") : trimmed;
  if (!/^-?\d{1,15}(\.\d{1,4})?$/.test(plain)) return text;
  const number = Number(plain);
  return Math.abs(number) <= 900_000_000_000 ? number : text;
}

/** What a modifier takes: nothing, one, a pair, a list. */
export type Takes = "none" | "one" | "two" | "many";

/**
 * Another modifier. The value stays as far as it fits; `kept` is what stood there when the row last had a modifier of this kind, and
 * `first` what to begin with where there is nothing.
 */
export function setModifier(rule: Value, pointer: string, modifier: string, takes: Takes, { kept, first = "" }: { readonly kept?: Value; readonly first?: Value } = {}): Edit {
  const before = node(rule, pointer);
  if (before === null) return refused("not_there");
  const { value: _old, ...rest } = before;
  const value = fitted(before["value"], takes, kept, first);
  return edited(set(rule, pointer, { ...rest, modifier, ...(value !== undefined && { value }) }), join(pointer, "modifier"));
}

function fitted(old: Value, takes: Takes, kept: Value, first: Value): Value {
  if (takes === "none") return undefined;
  if (old === undefined && kept !== undefined) return kept;
  const given = old ?? first;
  const [one] = Array.isArray(given) ? given : [given];
  if (takes === "one") return Array.isArray(given) ? (one ?? first) : given;
  if (takes === "many") return Array.isArray(given) ? given : [given];
  if (Array.isArray(given)) return given.length >= 2 ? given.slice(0, 2) : [one ?? first, one ?? first];
  return [given, given];
}

export type PeriodForm = "ever" | "last" | "between" | "calendar" | "from";

export function formOf(period: Value): PeriodForm {
  if (!isFields(period)) return "ever";
  if ("last" in period) return "last";
  if ("between" in period) return "between";
  return "calendar" in period ? "calendar" : "from";
}

/** Another form of period; number and unit stay as far as they fit. `today` is the day to begin a fixed period with. */
export function setPeriodForm(rule: Value, pointer: string, form: PeriodForm, today: string): Edit {
  if (node(rule, pointer) === null) return refused("not_there");
  const period = get(rule, join(pointer, "period"));
  const before = isFields(period) ? period : {};
  const between = Array.isArray(before["between"]) ? before["between"] : [];
  const count = before["last"] ?? before["count"] ?? between[1] ?? 30;
  const unit = before["unit"] ?? (/^(?:day|week)$/.test(String(before["calendar"])) ? before["calendar"] : "day");
  const forms: Record<PeriodForm, Value> = {
    ever: undefined,
    last: { last: count, unit },
    between: { between: [0, count], unit },
    calendar: { calendar: /^(?:day|week)$/.test(String(unit)) ? unit : "day", count },
    from: { from: today, to: today },
  };
  return edited(set(rule, join(pointer, "period"), forms[form]), join(pointer, "period"));
}

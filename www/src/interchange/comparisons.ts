/** What the operators of the foreign formats mean here, and which values they take. */

/** How many values a comparison takes. */
export type Takes = "none" | "one" | "two" | "list";

/** A modifier, and whether the whole condition is to be turned round. */
export interface Comparison {
  readonly modifier: string;
  readonly opposite?: true;
}

/** How many values each modifier takes. `matches` is absent: no foreign operator says it. */
export const TAKES: { readonly [modifier: string]: Takes } = {
  is_exactly: "one", is_not: "one", is_less_than: "one", is_at_most: "one", is_greater_than: "one", is_at_least: "one",
  is_between: "two", is_not_between: "two", contains: "one", does_not_contain: "one", starts_with: "one", ends_with: "one",
  is_one_of: "list", is_none_of: "list", is_known: "none", is_unknown: "none",
};

/** Modifiers that ask what is less or greater. */
export const ORDERS: readonly string[] = ["is_less_than", "is_at_most", "is_greater_than", "is_at_least", "is_between", "is_not_between"];
/** Modifiers for text. */
export const TEXTUAL: readonly string[] = ["contains", "does_not_contain", "starts_with", "ends_with"];
/** Modifiers that a missing value satisfies, beside `is_unknown`, which asks for just that. */
export const NEGATIVE: readonly string[] = ["is_not", "does_not_contain", "is_none_of", "is_not_between"];

/** The operators of react-querybuilder. */
export const REACT: { readonly [operator: string]: Comparison } = {
  "=": { modifier: "is_exactly" },
  "!=": { modifier: "is_not" },
  "<": { modifier: "is_less_than" },
  ">": { modifier: "is_greater_than" },
  "<=": { modifier: "is_at_most" },
  ">=": { modifier: "is_at_least" },
  contains: { modifier: "contains" },
  beginsWith: { modifier: "starts_with" },
  endsWith: { modifier: "ends_with" },
  doesNotContain: { modifier: "does_not_contain" },
  doesNotBeginWith: { modifier: "starts_with", opposite: true },
  doesNotEndWith: { modifier: "ends_with", opposite: true },
  null: { modifier: "is_unknown" },
  notNull: { modifier: "is_known" },
  in: { modifier: "is_one_of" },
  notIn: { modifier: "is_none_of" },
  between: { modifier: "is_between" },
  notBetween: { modifier: "is_not_between" },
};

/** The operators of jQuery QueryBuilder. An empty text is a missing value here, so empty and null are one. */
export const JQUERY: { readonly [operator: string]: Comparison } = {
  equal: { modifier: "is_exactly" },
  not_equal: { modifier: "is_not" },
  in: { modifier: "is_one_of" },
  not_in: { modifier: "is_none_of" },
  less: { modifier: "is_less_than" },
  less_or_equal: { modifier: "is_at_most" },
  greater: { modifier: "is_greater_than" },
  greater_or_equal: { modifier: "is_at_least" },
  between: { modifier: "is_between" },
  not_between: { modifier: "is_not_between" },
  begins_with: { modifier: "starts_with" },
  not_begins_with: { modifier: "starts_with", opposite: true },
  contains: { modifier: "contains" },
  not_contains: { modifier: "does_not_contain" },
  ends_with: { modifier: "ends_with" },
  not_ends_with: { modifier: "ends_with", opposite: true },
  is_empty: { modifier: "is_unknown" },
  is_not_empty: { modifier: "is_known" },
  is_null: { modifier: "is_unknown" },
  is_not_null: { modifier: "is_known" },
};

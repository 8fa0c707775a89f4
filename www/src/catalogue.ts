/** What the rule language offers, for editors. The data is written from the catalogue (`UPDATE=1 cargo test --test catalogue`). */
import data from "./catalogue.json";
import type { FieldComparison, Rule } from "./rules.js";

/** A text in both languages. */
export interface Labels {
  readonly en: string;
  readonly nl: string;
}

/** A word of the language, with what people call it. */
export interface CatalogueWord {
  readonly id: string;
  readonly label: Labels;
  /** One line. */
  readonly help: Labels;
}

/** A name that a shop may add to. */
export interface KnownWord {
  readonly id: string;
  /** One line, in English. */
  readonly help: string;
}

/** A modifier. */
export interface CatalogueModifier extends CatalogueWord {
  readonly id: FieldComparison["modifier"];
  /** What `value` is: there is none, it is one, a pair, or a list. */
  readonly takes: "none" | "one" | "two" | "many";
}

/** A condition that a marketer can choose. */
export interface CatalogueCondition extends CatalogueWord {
  /** The id of its group. */
  readonly group: string;
  /** The kind of condition: the key of the rule. */
  readonly condition: "events" | "profile" | "context" | "segment" | "retention" | "sequence";
  /** Of `events`: the type of event, and what is measured over it. */
  readonly of?: string;
  readonly measure?: string;
  /** The field that is tested, if one is. */
  readonly field?: string;
  /** What is filled in. */
  readonly value: "number" | "text" | "date" | "boolean" | "choice" | "cells" | "segment" | "place" | "steps";
  /** What there is to choose from, if `value` is `choice`. */
  readonly words?: readonly string[];
  /** The modifiers that make sense; none where there is nothing to compare. */
  readonly modifiers: readonly FieldComparison["modifier"][];
  /** Whether a period may be added. */
  readonly period: boolean;
  /** Where in `rule` modifier and value stand, as a JSON pointer. */
  readonly part: string;
  /** The rule that choosing it begins with; it works as it is, unless it names a segment. */
  readonly rule: Rule;
}

/** What an editor can offer. */
export interface Catalogue {
  /** The nine groups, in the order in which they are shown. */
  readonly groups: readonly CatalogueWord[];
  /** Group by group. */
  readonly conditions: readonly CatalogueCondition[];
  readonly modifiers: readonly CatalogueModifier[];
  readonly measures: readonly CatalogueWord[];
  /** What a date of the profile may be turned into. */
  readonly profileMeasures: readonly CatalogueWord[];
  readonly only: readonly CatalogueWord[];
  /** The forms of a period, each by the key that tells it. */
  readonly periods: readonly CatalogueWord[];
  /** Units of exact length. */
  readonly units: readonly CatalogueWord[];
  readonly calendarUnits: readonly CatalogueWord[];
  readonly weekdays: readonly string[];
  /** Presets of the retention grid. */
  readonly retention: readonly string[];
  readonly eventTypes: readonly KnownWord[];
  readonly eventFields: readonly KnownWord[];
  readonly itemFields: readonly KnownWord[];
  readonly profileFields: readonly KnownWord[];
  readonly contextFields: readonly KnownWord[];
}

/** The catalogue. Its test holds the file against these types. */
export const catalogue = data as unknown as Catalogue;

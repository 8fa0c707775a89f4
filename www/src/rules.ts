/**
 * What a package may say. Written from the catalogue of the rule language (`UPDATE=1 cargo test --test catalogue`), like
 * `regulars/package.schema.json`; a mistake in a literal is an error where it stands.
 */
import type { Context, Decimal, Instant, Json, Visitor } from "./types.js";

/** A whole number, or one as a text of digits. */
export type Whole = number | `${number}`;

/** Exactly one of several forms: the keys of one may not stand beside those of another. */
export type OneOf<Form, All = Form> = Form extends unknown ? Form & { readonly [Key in Exclude<KeysOf<All>, keyof Form>]?: never } : never;
type KeysOf<Form> = Form extends unknown ? keyof Form : never;

/** A shop's settings, segments and campaigns. */
export interface Package {
  /** Where this schema is, for editors. */
  readonly "$schema"?: string;
  /** The version of the form of packages. */
  readonly regulars: 1;
  /** The zone whose days count: an IANA name. */
  readonly timeZone: "Europe/Amsterdam" | "Europe/Berlin" | "UTC" | (string & {});
  /** The currency in which values are compared. */
  readonly currency: "EUR" | "USD" | "GBP" | (string & {});
  /** What one unit of another currency is worth in the package's currency. */
  readonly rates?: { readonly [currency: string]: Decimal };
  /** The day on which weeks begin. `"monday"` unless given. */
  readonly weekStartsOn?: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
  /** A visit ends after so many minutes without an event. */
  readonly visitTimeoutMinutes?: Whole;
  /** How many days of events are kept: one number, or one for each type of event. */
  readonly keepDays?: Whole | { readonly [name: string]: Whole };
  /** The retention grid: the name of a preset, or its cells, first to last. `"five"` unless given. */
  readonly retention?: "five" | "five_published" | "seven" | readonly GridCell[];
  /** Named rules. */
  readonly segments?: readonly Segment[];
  /** Content for slots on the page, with the rule that says who sees it. */
  readonly campaigns?: readonly Campaign[];
}

/** A named rule; a visitor is a member or is not. */
export interface Segment {
  /** By which rules, campaigns and pages refer to it. */
  readonly id: string;
  /** For people. */
  readonly name?: string;
  /** For people. */
  readonly description?: string;
  /** Who is a member. */
  readonly rule: Rule;
  /** A member stays one for so long after the rule last held. */
  readonly keep?: Length;
  /** Tests that travel with the segment; `regulars check` runs them. */
  readonly examples?: readonly Example[];
}

/** A visitor of whom it is known whether the rule holds. */
export interface Example {
  /** For people. */
  readonly name?: string;
  /** A visitor with a history. */
  readonly visitor: Visitor;
  /** The instant of the question. */
  readonly now: Instant;
  /** What the page knows at that instant. */
  readonly context?: Context;
  /** Whether the visitor is a member then. */
  readonly member: boolean;
}

/** A group of rules, or one condition: an object with exactly one of these keys. */
export type Rule = OneOf<
  | {
    /** Every one of these rules holds. */
    readonly all: readonly Rule[];
  }
  | {
    /** At least one of these rules holds. */
    readonly any: readonly Rule[];
  }
  | {
    /** This rule does not hold. */
    readonly not: Rule;
  }
  | {
    /** Something counted or measured over the visitor's history. */
    readonly events: Events;
  }
  | {
    /** What is known of the visitor. */
    readonly profile: Profile;
  }
  | {
    /** What the page knows now: address, device, place, hour. */
    readonly context: ContextTest;
  }
  | {
    /** Member of the segment with this id. */
    readonly segment: string;
  }
  | {
    /** In one of these cells of the retention grid; `none` is that of visitors without any conversion. */
    readonly retention: readonly string[];
  }
  | {
    /** Events that follow each other in time. */
    readonly sequence: Sequence;
  }
>;

/** Events counted or measured over the visitor's history. */
export type Events =
  | {
    /** A ratio is of returns only. */
    readonly of: "return" | readonly "return"[];
    /** What is measured over the events that count. */
    readonly measure: "ratio";
    /** Only events of this stretch of time; all up to now unless given. */
    readonly period?: Period;
    /** Only events of which this holds. */
    readonly where?: Predicate;
    /** Only events with a line of which all of this holds. */
    readonly items?: ItemPredicate;
    /** Of those in the period only the first or the latest, before `where` and `items`. */
    readonly only?: "first" | "latest";
    /** A ratio is never net. `false` unless given. */
    readonly net?: false;
  } & NumberComparison
  | {
    /** Only conversions can be net. */
    readonly of: "conversion" | readonly "conversion"[];
    /** What is measured over the events that count. `"count"` unless given. */
    readonly measure?: "count" | "total_value" | "average_value" | "highest_value" | "lowest_value" | "item_value" | "units" | "distinct_items" | "active_days" | "days_since_last" | "days_since_first";
    /** Only events of this stretch of time; all up to now unless given. */
    readonly period?: Period;
    /** Only events of which this holds. */
    readonly where?: Predicate;
    /** Only events with a line of which all of this holds. */
    readonly items?: ItemPredicate;
    /** Of those in the period only the first or the latest, before `where` and `items`. */
    readonly only?: "first" | "latest";
    /** Orders without what was returned of them. Of conversions only. */
    readonly net: true;
  } & NumberComparison
  | {
    /** The type of event, or several. */
    readonly of: EventType | readonly EventType[];
    /** What is measured over the events that count. `"count"` unless given. */
    readonly measure?: "count" | "total_value" | "average_value" | "highest_value" | "lowest_value" | "item_value" | "units" | "distinct_items" | "active_days" | "days_since_last" | "days_since_first";
    /** Only events of this stretch of time; all up to now unless given. */
    readonly period?: Period;
    /** Only events of which this holds. */
    readonly where?: Predicate;
    /** Only events with a line of which all of this holds. */
    readonly items?: ItemPredicate;
    /** Of those in the period only the first or the latest, before `where` and `items`. */
    readonly only?: "first" | "latest";
    /** Orders without what was returned of them. Of conversions only. `false` unless given. */
    readonly net?: false;
  } & NumberComparison;

/** A test of one field of the visitor's profile. */
export type Profile =
  | {
    /** The field of the profile. */
    readonly field: ProfileField;
    /** Days have no case. */
    readonly caseSensitive?: never;
    /** Turns a field that is a date into a number of days. */
    readonly measure: "days_since" | "days_until_anniversary";
  } & NumberComparison
  | {
    /** The field of the profile. */
    readonly field: ProfileField;
    /** Upper and lower case differ. `false` unless given. */
    readonly caseSensitive?: boolean;
    /** Turns a field that is a date into a number of days. */
    readonly measure?: never;
  } & FieldComparison;

/** A test of what the page knows now, or of how near the visitor is to a place. */
export type ContextTest = OneOf<
  | {
    /** What the page knows now. */
    readonly field: ContextField;
    /** Upper and lower case differ. `false` unless given. */
    readonly caseSensitive?: boolean;
  } & FieldComparison
  | Near
>;

/** The visitor is near a place, by the context's `latitude` and `longitude`. */
export interface Near {
  /** A place: latitude and longitude. */
  readonly near: readonly [latitude: Decimal, longitude: Decimal];
  /** At most so many kilometres away. */
  readonly withinKm: Decimal;
}

/** Events that follow each other in time. */
export interface Sequence {
  /** One to eight steps. Only the last may be absent. */
  readonly steps: readonly [FirstStep, ...PresentStep[]] | readonly [FirstStep, ...PresentStep[], AbsentStep];
  /** All steps but an absent one lie in this stretch of time. */
  readonly period?: Period;
}

/** The first step of a sequence. */
export interface FirstStep {
  /** The type of event, or several. */
  readonly of: EventType | readonly EventType[];
  /** Only events of which this holds. */
  readonly where?: Predicate;
  /** Only events with a line of which all of this holds. */
  readonly items?: ItemPredicate;
  /** There is no step before it. `false` unless given. */
  readonly sameItem?: false;
  /** The event happens. `false` unless given. */
  readonly absent?: false;
}

/** A step after the first. */
export type Step = PresentStep | AbsentStep;

/** A step after the first that happens. */
export interface PresentStep {
  /** The type of event, or several. */
  readonly of: EventType | readonly EventType[];
  /** Only events of which this holds. */
  readonly where?: Predicate;
  /** Only events with a line of which all of this holds. */
  readonly items?: ItemPredicate;
  /** It comes in less than this after the step before. */
  readonly within?: Length;
  /** It shares an item id with the step before. `false` unless given. */
  readonly sameItem?: boolean;
  /** The event happens. `false` unless given. */
  readonly absent?: false;
}

/** A last step that does not happen. */
export interface AbsentStep {
  /** The type of event, or several. */
  readonly of: EventType | readonly EventType[];
  /** Only events of which this holds. */
  readonly where?: Predicate;
  /** Only events with a line of which all of this holds. */
  readonly items?: ItemPredicate;
  /** It does not come in less than this after the step before. */
  readonly within: Length;
  /** It shares an item id with the step before. `false` unless given. */
  readonly sameItem?: boolean;
  /** No such event follows; of the last step only. */
  readonly absent: true;
}

/** A test of an event's value, currency, id and properties. */
export type Predicate = OneOf<
  | {
    /** Every one of these holds. */
    readonly all: readonly Predicate[];
  }
  | {
    /** At least one of these holds. */
    readonly any: readonly Predicate[];
  }
  | {
    /** This does not hold. */
    readonly not: Predicate;
  }
  | {
    /** The property. */
    readonly field: EventField;
    /** Upper and lower case differ. `false` unless given. */
    readonly caseSensitive?: boolean;
  } & FieldComparison
>;

/** A test of one line of an event. */
export type ItemPredicate = OneOf<
  | {
    /** Every one of these holds. */
    readonly all: readonly ItemPredicate[];
  }
  | {
    /** At least one of these holds. */
    readonly any: readonly ItemPredicate[];
  }
  | {
    /** This does not hold. */
    readonly not: ItemPredicate;
  }
  | {
    /** The line's field. */
    readonly field: ItemField;
    /** Upper and lower case differ. `false` unless given. */
    readonly caseSensitive?: boolean;
  } & FieldComparison
>;

/** The stretch of time whose events count. */
export type Period = OneOf<
  | {
    /** So many of the unit, up to now. */
    readonly last: Whole;
    /** Of exact length. */
    readonly unit: "minute" | "hour" | "day" | "week";
  }
  | {
    /** Between so many and so many of the unit ago; the nearer end first. */
    readonly between: readonly [Whole, Whole];
    /** Of exact length. */
    readonly unit: "minute" | "hour" | "day" | "week";
  }
  | {
    /** Whole units of the calendar, in the package's time zone. */
    readonly calendar: "day" | "week" | "month" | "quarter" | "year";
    /** How many of them. `1` unless given. */
    readonly count?: Whole;
    /** The unfinished one is the last of them. `false` unless given. */
    readonly current?: boolean;
  }
  | { readonly from: Day; readonly to?: Day } | { readonly from?: Day; readonly to: Day }
>;

/** A length of time. */
export interface Length {
  /** So many of the unit. */
  readonly last: Whole;
  /** Of exact length: a day is 24 hours, a week 168. */
  readonly unit: "minute" | "hour" | "day" | "week";
}

/** A well-known type of event, or the name of a custom event. */
export type EventType = "conversion" | "return" | "visit" | "page_view" | "item_view" | "category_view" | "wishlist_add" | "cart_add" | "cart_remove" | "checkout" | "search" | "impression" | "click" | "dismiss" | (string & {});

/** `value`, `currency`, `id`, or a property of the event. */
export type EventField = "value" | "currency" | "id" | "coupon" | "affiliation" | "tax" | "shipping" | "conversion" | "reason" | "referrer" | "referrer_host" | "url" | "path" | "host" | "title" | "utm_source" | "utm_medium" | "utm_campaign" | "utm_term" | "utm_content" | "list" | "term" | "results" | "campaign" | "variant" | "slot" | (string & {});

/** A field of a line of an event. */
export type ItemField = "id" | "name" | "brand" | "category" | "variant" | "price" | "quantity" | (string & {});

/** A field of the profile. */
export type ProfileField = "customer" | "newsletter" | "customer_since" | "birthday" | "tags" | (string & {});

/** What the page knows, or what the host adds. */
export type ContextField = "url" | "path" | "host" | "title" | "device" | "browser" | "os" | "language" | "country" | "region" | "city" | "hour" | "weekday" | (string & {});

/** A cell of the retention grid. The first that fits is the visitor's. */
export interface GridCell {
  /** By which rules refer to it; several cells may share one. */
  readonly id: string;
  /** For people; the id unless given. */
  readonly name?: string;
  /** A colour of CSS. */
  readonly color?: string;
  /** The least and the greatest number of conversions; null is open. */
  readonly conversions: readonly [low: Whole | null, high: Whole | null];
  /** The least and the greatest number of days since the last conversion; null is open. */
  readonly days: readonly [low: Whole | null, high: Whole | null];
}

/** Content for a slot on the page, with the rule that says who sees it. */
export interface Campaign {
  /** By which events refer to it. */
  readonly id: string;
  /** For people. */
  readonly name?: string;
  /** The place on the page. */
  readonly slot: string;
  /** Of several campaigns for one slot the larger number wins. `0` unless given. */
  readonly priority?: Decimal;
  /** Who sees it; everyone unless given. */
  readonly when?: Rule;
  /** The share of visitors for whom it is, from 0 to 1. `1` unless given. */
  readonly coverage?: Decimal;
  /** Whether an answer from an incomplete history is good enough. `"skip"` unless given. */
  readonly partial?: "skip" | "allow";
  /** What is shown; a visitor always sees the same one. */
  readonly variants: readonly Variant[];
}

/** One of a campaign's contents. */
export interface Variant {
  /** By which events refer to it. */
  readonly id: string;
  /** Its part of the sum of all weights is its share of the visitors. `1` unless given. */
  readonly weight?: Decimal;
  /** What the page is given. */
  readonly content: { readonly [name: string]: Json | undefined };
}

/** A text, a number, or true or false. */
export type Scalar = string | number | boolean;

/** What has an order: a number, or a date. */
export type Ordered = number | string;

/** A date such as 2026-03-31, or an instant with an offset. */
export type Day = number | string;

/** A modifier, and the value that it takes, for fields. */
export type FieldComparison =
  | { readonly modifier: "is_exactly" | "is_not"; readonly value: Scalar }
  | { readonly modifier: "is_less_than" | "is_at_most" | "is_greater_than" | "is_at_least"; readonly value: Ordered }
  | { readonly modifier: "is_between" | "is_not_between"; readonly value: readonly [Ordered, Ordered] }
  | { readonly modifier: "contains" | "does_not_contain" | "starts_with" | "ends_with" | "matches"; readonly value: string }
  | { readonly modifier: "is_one_of" | "is_none_of"; readonly value: readonly Scalar[] }
  | { readonly modifier: "is_known" | "is_unknown"; readonly value?: never };

/** A modifier, and the value that it takes, for measures. */
export type NumberComparison =
  | { readonly modifier: "is_exactly" | "is_not" | "is_less_than" | "is_at_most" | "is_greater_than" | "is_at_least"; readonly value: Decimal }
  | { readonly modifier: "is_between" | "is_not_between"; readonly value: readonly [Decimal, Decimal] }
  | { readonly modifier: "is_one_of" | "is_none_of"; readonly value: readonly Decimal[] }
  | { readonly modifier: "is_known" | "is_unknown"; readonly value?: never };

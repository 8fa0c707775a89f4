/**
 * The JSON of this package, in and out. Every instant and length of time is a number in milliseconds;
 * instants count from 1970 UTC.
 */

/** Anything JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** A number as JSON, or as a plain decimal text (`"59.90"`): exact, four places, within ±900 000 000 000. */
export type Decimal = number | string;

/** Whole milliseconds since 1970 UTC, or RFC 3339 text *with* an offset (`"2026-03-01T12:00:00+01:00"`). */
export type Instant = number | string;

/** One line of an event: a product. Further fields are kept and can be asked for by name. */
export interface Item {
  /** The product's id. Numbers are read as their digits. */
  readonly id?: string | number;
  readonly name?: string;
  readonly brand?: string;
  /** One category, or several. */
  readonly category?: string | readonly string[];
  readonly variant?: string;
  /** The price of one, in the event's currency. */
  readonly price?: Decimal;
  /** How many; 1 unless given. */
  readonly quantity?: Decimal;
  readonly [field: string]: Json | undefined;
}

/** Something that happened at an instant. An event with a part that cannot be read is refused whole. */
export interface VisitorEvent {
  /** `conversion`, `return`, `visit`, `page_view`, `item_view`, `cart_add`, … or a name of your own. */
  readonly type: string;
  /** Identifies the event within its type: copies with one id are one event. Without one, the content does. */
  readonly id?: string | number;
  /** When it happened. `shop.track` writes the present instant where it is missing. */
  readonly at?: Instant | Date;
  /** Of several copies of one event, the greatest revision speaks. A whole number; 0 unless given. */
  readonly revision?: Decimal;
  /** What it was worth, in `currency`. */
  readonly value?: Decimal;
  /** Three letters; the package's currency unless given. */
  readonly currency?: string;
  /** At most 200. */
  readonly items?: readonly Item[];
  /** At most 100: text, numbers, true or false, or lists of these. */
  readonly properties?: { readonly [name: string]: Json | undefined };
}

/** One person in one browser. */
export interface Visitor {
  /** Decides which variant of a campaign is shown; stays the same for life. */
  readonly id?: string;
  /** What is known of the person beside the history. */
  readonly profile?: { readonly [field: string]: Json | undefined };
  /** From when the history is complete: an instant, or one per event type. Absent: it is complete. Unreadable: nothing of it is known to be. */
  readonly coveredSince?: Instant | { readonly [type: string]: Instant };
  /** In any order; copies are welcome. */
  readonly events?: readonly VisitorEvent[];
}

/** What the page knows now. */
export type Context = { readonly [key: string]: Json | undefined };

/** JSON that may be a package: anybody's text, parsed. What it must be is `Package`; what is wrong with it is said when it is compiled. */
export type UncheckedPackage = { readonly [key: string]: Json | undefined };

/**
 * An object whose words TypeScript knows only as texts and numbers, as those of an imported JSON file. Nothing is known of it that could be
 * checked; a literal, of which everything is known, has to be a `Package`.
 */
export type Unchecked<Source> = string extends keyof Source
  ? Source
  : Source extends { readonly regulars: infer Version } ? (number extends Version ? Source : never) : never;

/** Something wrong, said for people. */
export interface Problem {
  /** A word for programs: `unknown_key`, `bad_period`, `plan_unreachable`, … */
  readonly code: string;
  /** An error breaks something; a warning does not. */
  readonly severity: "error" | "warning";
  /** Where, as a JSON pointer; empty for the whole. */
  readonly pointer: string;
  /** One sentence. */
  readonly message: string;
  /** What to write instead, where that is known. */
  readonly fix?: string;
}

/** A language that segments are described in. */
export type Language = "en" | "nl";

/** Words of a sentence, and what they speak of. */
export interface Phrase {
  /** As they stand in the sentence, with the blanks around them. */
  readonly text: string;
  /** Which part of the package, as a JSON pointer. A default has none of its own and points to what it is the default of. */
  readonly pointer: string;
}

/** A segment in words, every default spelled out. Two different rules never read alike. */
export interface Description {
  readonly segment: string;
  readonly name: string | null;
  /** The phrases, one after the other. */
  readonly sentence: string;
  readonly phrases: readonly Phrase[];
}

/** An event that was not taken, and why. */
export interface Refusal {
  /** Its place in the list that was given, from 0. */
  readonly index: number;
  readonly code: string;
  /** Where inside the event, as a JSON pointer. */
  readonly pointer: string;
  readonly message: string;
}

/** What became of a list of events. */
export interface Ingested {
  /** How many were taken; copies of known events among them. */
  readonly accepted: number;
  readonly refused: readonly Refusal[];
}

/** Whether the visitor is in a segment. */
export interface Membership {
  readonly member: boolean;
  /** The instant at which `member` next changes if nothing happens; `null`: not within 400 × 24 hours. */
  readonly holdsUntil: number | null;
  /** The rule looked further back than the history is complete. */
  readonly partial: boolean;
}

/** Where the visitor stands in the retention grid. */
export interface Retention {
  /** The cell's id; `"none"` without any conversion, `null` if no cell fits. */
  readonly cell: string | null;
  /** All conversions so far. */
  readonly conversions: number;
  /** Calendar days since the last one (0 is today); `null` if there is none. */
  readonly daysSinceLast: number | null;
  /** The instant at which `cell` next changes if nothing happens. */
  readonly holdsUntil: number | null;
}

/** Every answer about a visitor at one instant. */
export interface Evaluation {
  readonly segments: { readonly [id: string]: Membership };
  readonly retention: Retention;
  /** The earliest of all. */
  readonly holdsUntil: number | null;
}

/** What is different in a later answer. */
export interface Changes {
  /** Segments the visitor is in now and was not. */
  readonly entered: readonly string[];
  /** Segments the visitor was in and is not now. */
  readonly left: readonly string[];
  /** The retention cell before and after, or `null` if it is the same. */
  readonly cell: { readonly from: string | null; readonly to: string | null } | null;
}

/** What a changed package means for one segment. */
export interface SegmentDifference {
  /** Ids of the visitors that are members after the change only; `#0`, `#1` … by their place where they have none. */
  readonly entered: readonly string[];
  /** Of those that were members before it only. */
  readonly left: readonly string[];
  /**
   * What is proved of every visitor at every instant: the members are the same; after the change nobody is a member who was not
   * before (`narrower`); or the other way round (`wider`). `null`: nothing is proved, or only one of the packages has the segment.
   */
  readonly compared: "equal" | "narrower" | "wider" | null;
}

/** What a changed package means for its segments. */
export interface Difference {
  /** What is wrong with either package. */
  readonly problems: { readonly before: readonly Problem[]; readonly after: readonly Problem[] };
  /** Every segment of either package; none if one of them is refused. */
  readonly segments: { readonly [id: string]: SegmentDifference };
}

/** Why a campaign was not shown. */
export interface Rejection {
  readonly campaign: string;
  readonly reason: "when" | "partial" | "priority" | "variant";
}

/** What a slot shows now. Nothing to show is a decision too. */
export interface Decision {
  readonly slot: string;
  /** The campaign shown, or `null`. */
  readonly campaign: string | null;
  readonly variant: string | null;
  /** The variant's content, as published. */
  readonly content: Json;
  /** The visitor belongs to those who are shown nothing, so that the effect can be measured. */
  readonly heldOut: boolean;
  /** This slot's other campaigns, in the order of the package. */
  readonly rejected: readonly Rejection[];
  /** The instant at which campaign, variant or `heldOut` next change if nothing happens. */
  readonly holdsUntil: number | null;
}

/** A cell of the retention grid. */
export interface Cell {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  /** How many conversions fit, both bounds included; `null`: any number more. */
  readonly conversions: readonly [low: number, high: number | null];
  /** How many calendar days since the last conversion fit, both bounds included; `null`: any number more. */
  readonly days: readonly [low: number, high: number | null];
}

/** What a plan calls its parts. */
export interface Names {
  /** Segment ids, in the order of the package. */
  readonly segments: readonly string[];
  /** The grid's cells, first to last. */
  readonly cells: readonly Cell[];
  /** Slots that campaigns ask for. */
  readonly slots: readonly string[];
  /** The zone whose days are counted (IANA). */
  readonly timeZone: string;
  /** The edition of the time zone database the plan was built with; `"intl"` where the browser does not say. */
  readonly zoneVersion: string;
  /** Currencies whose values count, in lower case: the package's own, and those with a rate. */
  readonly currencies: readonly string[];
}

/** What `regulars build` writes beside a plan: the package, tied to the plan by its hash. */
export interface PlanMap {
  readonly regulars: 1;
  /** The hash of the plan. */
  readonly plan: string;
  readonly package: UncheckedPackage;
}

/** An event that an explanation or a timeline names. */
export interface EventName {
  readonly type: string;
  /** Its own id, if it has one. */
  readonly id: string | null;
}

/** An event that counted. */
export interface Evidence extends EventName {
  readonly at: number;
}

/**
 * An event that did not count, and why: it lies outside of the period or after now; all of it was returned; `only` keeps another; `where` or
 * `items` does not hold; it has no value, or none in a currency that has a rate. Of a sequence: it is not part of the match (`no_match`), or it
 * follows where nothing may (`followed`).
 */
export interface LeftOut extends Evidence {
  readonly reason:
    | "later" | "before_period" | "after_period" | "returned" | "not_only" | "where" | "items" | "no_value" | "no_rate" | "no_match" | "followed";
}

/** A rule, as it stands at one instant for one visitor. */
export interface ExplainedRule {
  /** Where it is in the package, as a JSON pointer. Of a segment that keeps, `…/keep`. */
  readonly path: string;
  readonly matched: boolean;
  /** The rule in words; of a segment that keeps, all of the segment. */
  readonly sentence: string;
  /** The instant at which `matched` next changes if nothing happens; `null`: not within 400 × 24 hours. */
  readonly holdsUntil: number | null;
  /** The rule looks further back than the history is complete. */
  readonly partial?: true;
  /** What the visitor has: the measure, the values of a field, the place in the grid; of what keeps, the last instant at which the rule held. */
  readonly actual?: Json;
  /** What the rule asks for: measure, modifier and value; cells; of what keeps, for how long. */
  readonly wanted?: Json;
  /** The first instant that counts; `null`: as far back as there is anything. */
  readonly from?: number | null;
  /** The first instant after those that count; `null`: up to now. */
  readonly to?: number | null;
  /** Of a sequence that matched, the events of its steps. */
  readonly evidence?: readonly Evidence[];
  /** Events of those types that did not count. */
  readonly leftOut?: readonly LeftOut[];
  /** The parts of a group; of a reference, the segment (only at the first reference to it); of what keeps, its rule. */
  readonly children?: readonly ExplainedRule[];
}

/** Why a visitor is in a segment, or is not. */
export interface Explanation extends ExplainedRule {
  readonly segment: string;
  readonly now: number;
  /** The smallest change that makes the answer the other one; absent where neither time nor one event does. */
  readonly flips?: { readonly wait: number } | OneMoreEvent;
  /** Of a member whom time will take out: the smallest change that puts it off; absent where no one event does. */
  readonly keeps?: OneMoreEvent;
}

/** Numbers that do, both bounds included; without any bound every number does. */
export interface Bounds {
  readonly atLeast?: number | string;
  readonly atMost?: number | string;
}

/** One more event that would change an answer, if it happened now, or up to and including `latest`. What is not named does not matter. */
export interface OneMoreEvent {
  readonly event: {
    readonly type: string;
    /** Its own id must be this one; without it, it has none, or one that no other event of its type has. */
    readonly id?: string | number;
    readonly currency?: string;
    readonly value?: Bounds;
    /** Its lines: one, or several that differ in the item alone. One way to do it: with these values it does, with others it may as well. Price and quantity within bounds. */
    readonly items?: readonly { readonly [field: string]: Json | undefined | Bounds }[];
    readonly properties?: { readonly [name: string]: Json | undefined };
  };
  /** The last instant at which it still does: a millisecond later is too late. `null`: any time within 400 × 24 hours. */
  readonly latest: number | null;
  /** The answer becomes the other one only some time after the event: at this instant, if the event happens now. */
  readonly at?: number;
}

/** Nothing could be explained: `no_source`, `wrong_map`, `unknown_segment`, `broken_segment`. */
export interface Unexplained {
  readonly problem: Problem;
}

/** Why a stretch of membership begins or ends: an event at that instant, time, or (`null`) it goes on beyond what was asked about. */
export type Cause = { readonly event: EventName } | "time" | null;

/** A stretch of membership. */
export interface Interval {
  /** The first instant. */
  readonly from: number;
  /** The first instant after. */
  readonly to: number;
  readonly enteredBy: Cause;
  readonly leftBy: Cause;
}

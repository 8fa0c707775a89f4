/** `<regulars-editor>`: a rule as a sentence, as rows in groups, and as JSON. Every edit is a function on the rule; this shows them and keeps what can be undone. */
import type { Catalogue, CatalogueCondition, Context, Visitor } from "regulars/engine";
import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from "lit";
import { controls } from "../base/controls.js";
import { RegularsElement } from "../base/element.js";
import { tokens } from "../base/tokens.js";
import type { Draft, DraftSegment, EditorEngine, LookAnswer, LookRequest, Recipe, RegularsEditor } from "../types.js";
import type { Answered } from "./answered.js";
import type { Direction, Edit } from "./edits/index.js";
import { begin, done, type History, redone, settled, undone } from "./history.js";
import type { Looking } from "./look.js";
import { get, isFields, type Value } from "./pointer.js";
import type { Remembered } from "./remembered.js";
import type { Desk, Ui } from "./view/desk.js";
import type { PickerState } from "./view/picker.js";

/** Loaded before the first editor is drawn. */
let work: typeof import("./workbench.js");

const EMPTY = { all: [] };
const CLOSED: Ui = { more: new Set(), menu: null, lifted: null, typed: null, selected: null, own: new Set(), drop: null, dragged: null };

/** For what the picker is open: another condition in a row, or a new row. */
type Purpose = { readonly row: string } | { readonly into: string; readonly grouped: boolean };

export class Editor extends RegularsElement implements RegularsEditor {
  static override styles = [tokens, controls];
  static override properties: PropertyDeclarations = {
    rule: { type: Object },
    package: { type: Object },
    segment: {},
    visitor: { type: Object },
    now: { type: Number },
    context: { type: Object },
    engine: { attribute: false },
    recipes: { attribute: false },
    history: { state: true }, ui: { state: true }, catalogue: { state: true }, answered: { state: true }, picking: { state: true }, seeking: { state: true },
    shelf: { state: true }, dialogs: { state: true }, view: { state: true }, note: { state: true }, moving: { state: true }, has: { state: true },
  };
  declare rule: object | null;
  declare package: Draft | null;
  declare segment: string | null;
  declare visitor: Visitor | null;
  declare now: number | null;
  declare context: Context | null;
  declare engine: EditorEngine | null;
  declare recipes: readonly Recipe[] | (() => Promise<readonly Recipe[]>) | null;

  declare history: History;
  declare ui: Ui;
  declare catalogue: Catalogue | null;
  declare answered: Answered;
  declare picking: Purpose | null;
  declare seeking: PickerState;
  /** Loaded when one is opened. */
  declare dialogs: typeof import("./dialogs.js") | null;
  /** The gallery, when it is open. */
  declare shelf: readonly Recipe[] | "loading" | "failed" | null;
  declare view: "rules" | "json";
  /** Why the last edit was refused. */
  declare note: string | null;
  /** The rule while a row is moved by keys: not a step yet. */
  declare moving: Value | null;
  /** What the visitor has of each condition, for the picker. */
  declare has: ReadonlyMap<string, string>;

  declare remembered: Remembered;
  private focusNext: { readonly pointer: string; readonly part: "field" | "value" | "grip" | "menu" } | null = null;
  private declare looking: Looking;

  constructor() {
    super();
    this.history = begin(EMPTY);
    this.ui = CLOSED;
    this.seeking = { text: "", at: 0 };
    this.view = "rules";
    this.has = new Map();
    for (const name of ["rule", "package", "segment", "visitor", "now", "context", "engine", "recipes", "catalogue", "picking", "shelf", "note", "moving", "dialogs"] as const) this[name] = null;
  }

  /** The rule that is shown. */
  get current(): Value {
    return this.moving ?? this.history.rule;
  }

  get segmentId(): string {
    return this.segment ?? "segment";
  }

  undo(): void {
    this.back(undone(this.history), "undone");
  }

  redo(): void {
    this.back(redone(this.history), "redone");
  }

  reveal(pointer: string): void {
    this.view = "rules";
    this.focusSoon(pointer, "field");
  }

  private back(history: History, said: "undone" | "redone"): void {
    if (history === this.history) return;
    const step = said === "undone" ? this.history.past.at(-1) : this.history.future[0];
    this.history = history;
    this.ui = { ...this.ui, typed: null, lifted: null, menu: null };
    this.moving = null;
    const text = work.fill(work.words(this.speaks).said[said], step?.name ?? "");
    this.announce(text);
    if (this.view === "rules") this.focusSoon(step?.focus ?? "", "field");
    this.changed(text, step?.focus ?? "");
  }

  /** Takes an edit, or says why it was refused. */
  act(edit: Edit, step: string, { typing, stay, part = "field" }: { readonly typing?: string; readonly stay?: boolean; readonly part?: "field" | "value" | "grip" } = {}): boolean {
    if ("refused" in edit) {
      this.refuse(work.fill(work.words(this.speaks).refused[edit.refused], edit.about ?? ""));
      return false;
    }
    this.note = null;
    if (JSON.stringify(edit.rule) === JSON.stringify(this.history.rule)) return true;
    this.remembered.keep(this.history.rule, edit.rule);
    this.history = done(this.history, edit.rule, step, edit.focus, typing);
    if (!stay) {
      this.ui = { ...this.ui, typed: null, menu: null, selected: edit.focus };
      this.focusSoon(edit.focus, part);
    }
    this.changed(step, edit.focus);
    return true;
  }

  /** Says why something was not done. */
  refuse(reason: string): void {
    this.note = reason;
    this.announce(reason);
  }

  private changed(step: string, pointer: string): void {
    this.rule = this.history.rule as object;
    this.tell("change", { rule: this.history.rule, step, pointer });
  }

  show(change: Partial<Ui>): void {
    if (change.menu !== undefined && change.menu !== null) this.focusSoon(change.menu, "menu");
    this.ui = { ...this.ui, ...change };
  }

  focusSoon(pointer: string, part: "field" | "value" | "grip" | "menu"): void {
    this.focusNext = { pointer, part };
    this.requestUpdate();
  }

  /** Nothing is drawn before what draws it, and the language, are there. */
  protected override async scheduleUpdate(): Promise<void> {
    work ??= await import("./workbench.js");
    await work.learn(this.speaks);
    if (this.answered === undefined) {
      this.remembered = new work.Remembered();
      this.looking = new work.Looking((answer, request) => this.told(answer, request), () => { this.told(null); this.refuse(work.words(this.speaks).noAnswer); });
      this.answered = new work.Answered(null, "", EMPTY, []);
      const { styleSheet } = work.styles;
      if (styleSheet) (this.renderRoot as ShadowRoot).adoptedStyleSheets.push(styleSheet);
    }
    super.scheduleUpdate();
  }

  protected override willUpdate(changes: PropertyValues<this>): void {
    // A rule that came from outside; the one that was told with `change` and comes back is no news.
    if (changes.has("rule") && JSON.stringify(this.rule ?? EMPTY) !== JSON.stringify(this.history.rule)) {
      this.history = begin(isFields(this.rule) ? JSON.parse(JSON.stringify(this.rule)) : EMPTY);
      this.moving = null;
      this.ui = CLOSED;
    }
    if (changes.has("engine") && this.engine) {
      const { engine } = this;
      void engine.catalogue().then((catalogue) => { if (engine === this.engine) this.catalogue = catalogue; }, () => undefined);
    }
  }

  protected override updated(changes: PropertyValues<this>): void {
    const asks = ["history", "moving", "package", "segment", "visitor", "now", "context", "engine", "language", "lang"] as const;
    if (this.engine && asks.some((name) => changes.has(name))) this.look(this.engine);
    const dialog = this.renderRoot.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
    if (changes.has("seeking")) this.renderRoot.querySelector(".option[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    if (this.focusNext !== null) this.focusNow(this.focusNext);
  }

  private look(engine: EditorEngine): void {
    const rule = this.current;
    const { draft, start } = work.draftWith(this.package, this.segmentId, rule);
    const rows = work.walk(rule).map(({ pointer }) => start + pointer);
    this.looking.ask(engine, { package: draft, segment: this.segmentId, rows, language: this.speaks, visitor: this.visitor, now: this.now ?? Date.now(), context: this.context ?? {} });
  }

  private told(answer: LookAnswer | null, request?: LookRequest): void {
    if (request !== undefined && request.segment !== this.segmentId) return;
    const { start } = work.draftWith(this.package, this.segmentId, this.current);
    this.answered = new work.Answered(answer, start, this.current, this.answered.sentence);
  }

  private focusNow({ pointer, part }: NonNullable<Editor["focusNext"]>): void {
    this.focusNext = null;
    const quoted = JSON.stringify(pointer);
    const one = (selector: string): HTMLElement | null => this.renderRoot.querySelector<HTMLElement>(selector);
    const row = one(`[data-row=${quoted}]`);
    const value = row?.querySelector<HTMLElement>(":scope > .body > .line :is(input, select)[data-at$='/value'], :scope > .body > .line input[data-at*='/value']");
    const field = one(`[data-at=${quoted}]:not(.chip)`) ?? row?.querySelector<HTMLElement>(".chip, input, select") ?? one(".add .button");
    const target = { field, value: value ?? field, grip: one(`[data-grip=${quoted}]`) ?? field, menu: one(`[data-menu=${quoted}] + .sheet [role=menuitem]`) }[part];
    target?.focus();
    if (part === "value" && target instanceof HTMLInputElement) target.select();
    target?.scrollIntoView({ block: "nearest" });
  }

  /** Puts a picked condition into the rule. */
  choose(condition: CatalogueCondition): void {
    const purpose = this.picking;
    this.picking = null;
    if (purpose === null || this.catalogue === null) return;
    const { speaks } = this;
    const label = condition.label[speaks];
    const texts = work.words(speaks).step_;
    if ("row" in purpose) {
      this.act(work.setCondition(this.current, purpose.row, condition, this.catalogue), work.fill(texts.condition, label), { part: "value" });
      return;
    }
    const fresh = structuredClone(condition.rule) as object;
    const { mode, rows } = work.asGroup(get(this.current, purpose.into));
    const row = purpose.grouped && rows.length > 0 ? { [mode === "any" ? "all" : "any"]: [fresh] } : fresh;
    const edit = work.add(this.current, purpose.into, row);
    const inner = "focus" in edit && purpose.grouped ? { ...edit, focus: edit.focus + (work.groupOf(get(edit.rule, edit.focus))?.places[0] ?? "") } : edit;
    this.act(inner, work.fill(texts.add, label), { part: "value" });
  }

  pick(purpose: Purpose): void {
    this.picking = purpose;
    this.seeking = { text: "", at: 0 };
    this.ui = { ...this.ui, menu: null };
    void this.openDialogs();
  }

  private async openDialogs(): Promise<void> {
    this.dialogs ??= await import("./dialogs.js");
    const { engine, catalogue } = this;
    if (this.picking === null || engine === null || catalogue === null || this.visitor === null) return;
    const ask = { package: this.package, segment: this.segmentId, language: this.speaks, visitor: this.visitor, now: this.now ?? Date.now(), context: this.context ?? {} };
    this.has = await this.dialogs.measured(engine, catalogue, ask, this.formats).catch(() => new Map());
  }

  /** The dialog went, and nothing was chosen. */
  shut(): void {
    const purpose = this.picking;
    this.picking = null;
    this.shelf = null;
    if (purpose === null) return;
    if ("row" in purpose) this.focusSoon(purpose.row, "field");
    else void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[data-add=${JSON.stringify(purpose.into)}]`)?.focus());
  }

  async openShelf(): Promise<void> {
    const { recipes } = this;
    this.shelf = typeof recipes === "function" ? "loading" : (recipes ?? []);
    void this.openDialogs();
    if (typeof recipes !== "function") return;
    const loaded = await recipes().catch(() => "failed" as const);
    if (this.shelf === "loading") this.shelf = loaded;
  }

  useRecipe(recipe: Recipe, segment: DraftSegment): void {
    this.shelf = null;
    const rule = isFields(segment.rule) && work.groupOf(segment.rule) === null ? { all: [segment.rule] } : segment.rule;
    this.act(work.replace(this.current, "", rule), work.fill(work.words(this.speaks).step_.recipe, recipe.name[this.speaks]));
  }

  /** The JSON editor has a new text. */
  typedJson(text: string): void {
    const edit = work.pasteWhole(this.current, text);
    const { refused, step_ } = work.words(this.speaks);
    this.note = "refused" in edit ? (edit.refused === "not_json" ? work.words(this.speaks).jsonWrong : work.fill(refused[edit.refused], edit.about ?? "")) : null;
    if (!("refused" in edit)) this.act(edit, step_.json, { typing: "json", stay: true });
  }

  /** What a row or group is called. */
  name(pointer: string): string {
    const row = get(this.current, pointer);
    const group = work.groupOf(row);
    const texts = work.words(this.speaks);
    if (group !== null) return work.kindOf(pointer) === "rule" ? texts.group[group.mode] : texts.how[group.mode];
    if (work.kindOf(pointer) !== "rule") return isFields(row) ? work.fieldLabel(this.desk(), String(row["field"])) : "";
    return work.findEntry(this.catalogue, row).entry?.label[this.speaks] ?? Object.keys(isFields(row) ? row : {})[0] ?? "";
  }

  // Moving by keys.

  lift(pointer: string): void {
    this.show({ lifted: { pointer, before: this.current } });
    this.announce(work.fill(work.words(this.speaks).said.lifted, this.name(pointer)));
  }

  carry(direction: Direction): void {
    const { lifted } = this.ui;
    if (lifted === null) return;
    const edit = work.travel(this.current, lifted.pointer, direction);
    if ("refused" in edit) {
      this.announce(work.fill(work.words(this.speaks).refused[edit.refused], edit.about ?? ""));
      return;
    }
    this.moving = edit.rule;
    this.show({ lifted: { ...lifted, pointer: edit.focus }, selected: edit.focus });
    this.focusSoon(edit.focus, "grip");
    this.announce(this.whereabouts(edit.focus));
  }

  drop(): void {
    const { lifted } = this.ui;
    const rule = this.moving;
    if (lifted === null) return;
    const name = this.name(lifted.pointer);
    this.show({ lifted: null });
    this.moving = null;
    const texts = work.words(this.speaks);
    if (rule !== null) this.act({ rule, focus: lifted.pointer }, work.fill(texts.step_.move, name), { part: "grip" });
    this.announce(work.fill(texts.said.dropped, name));
  }

  putBack(focus = true): void {
    const { lifted } = this.ui;
    if (lifted === null) return;
    const name = this.name(lifted.pointer);
    const row = get(this.current, lifted.pointer);
    this.show({ lifted: null });
    this.moving = null;
    const at = work.walk(this.current).find(({ pointer }) => JSON.stringify(get(this.current, pointer)) === JSON.stringify(row))?.pointer;
    if (focus && at !== undefined) this.focusSoon(at, "grip");
    this.announce(work.fill(work.words(this.speaks).said.cancelled, name));
  }

  /** “Orders, now 2 of 3 in Group: any must be true.” */
  whereabouts(pointer: string): string {
    const { group, index } = work.placeOf(this.current, pointer);
    return work.fill(work.words(this.speaks).said.moved, this.name(pointer), index + 1, work.asGroup(get(this.current, group)).rows.length, this.name(group));
  }

  private press(event: PointerEvent, pointer: string): void {
    work.follow(event, {
      root: this.renderRoot as ShadowRoot, pointer,
      takes: (group) => work.kindOf(group) === work.kindOf(pointer),
      show: (drop) => this.show({ drop, dragged: pointer }),
      end: (drop) => {
        const name = this.name(pointer);
        this.show({ drop: null, dragged: null });
        if (drop !== null) this.act(work.move(this.current, pointer, drop.group, drop.index), work.fill(work.words(this.speaks).step_.move, name), { part: "grip" });
      },
    });
  }

  /** Everything the picture is drawn from. */
  desk(): Desk {
    const { draft } = work.draftWith(this.package, this.segmentId, this.current);
    return {
      rule: this.current, catalogue: this.catalogue, words: work.words(this.speaks), formats: this.formats, draft, segment: this.segmentId, cells: this.answered.cells, ui: this.ui,
      show: (change) => this.show(change),
      act: (edit, step, options) => { this.act(edit, step, options); },
      settle: () => { this.history = settled(this.history); this.ui = { ...this.ui, typed: null }; },
      name: (pointer) => this.name(pointer),
      problemsOf: (row) => this.answered.problemsOf(row),
      about: (pointer) => this.answered.about(pointer),
      count: (pointer) => this.answered.count(pointer),
      matched: (pointer) => this.answered.matched(pointer),
      pick: (purpose) => this.pick(purpose),
      recipes: this.recipes === null ? null : () => { void this.openShelf(); },
      command: (command, pointer) => { void work.run(this, command, pointer); },
      grip: { key: (event, pointer) => { void work.run(this, event, pointer); }, press: (event, pointer) => this.press(event, pointer) },
      kept: (pointer, takes) => this.remembered.value(pointer, takes),
    };
  }

  override render(): TemplateResult {
    return html`${work.frame({ editor: this, desk: this.desk() })}${this.liveRegion()}`;
  }
}

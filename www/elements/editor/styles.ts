/** How the editor looks. */
import { css } from "lit";

export const styles = css`
  .editor { display: grid; gap: 14px; container: editor / inline-size; position: relative; }
  .panel { min-width: 0; padding: 14px 16px 16px; border: 1px solid var(--_line); border-radius: var(--_radius); background: var(--_bg); }
  .bar { display: flex; align-items: center; gap: 8px; flex-wrap: wrap; margin-bottom: 10px; }

  .words { max-width: 78ch; line-height: 1.8; text-wrap: pretty; overflow-wrap: anywhere; }
  .words[data-stale] { color: var(--_ink-2); }
  .phrase { color: var(--hue); background: var(--hue-soft); font-weight: 500; padding: 1px 4px; border-radius: 5px; text-decoration: none; box-shadow: inset 0 -1.5px 0 color-mix(in srgb, currentColor 55%, transparent); box-decoration-break: clone; -webkit-box-decoration-break: clone; cursor: pointer; }
  .phrase:hover, .phrase[data-on] { box-shadow: 0 0 0 1.5px currentColor; }
  .facts { display: flex; flex-wrap: wrap; gap: 6px 12px; align-items: center; margin: 0 4px; }
  code { font: 0.92em var(--mono); }
  .members b { font-size: 1.35em; font-weight: 700; letter-spacing: -0.02em; }
  .members { color: var(--_ink-2); }
  .members b { color: var(--_ink); }

  .group { min-width: 0; border: 1px solid var(--_line); border-radius: var(--_radius); padding: 12px; background: var(--_bg-2); }
  .group[data-root] { border: 0; padding: 0; background: none; }
  .group .group .group { background: var(--_bg); }
  .head { display: flex; align-items: center; gap: 8px; flex-wrap: wrap; margin-bottom: 8px; }
  .join { display: flex; align-items: center; gap: 8px; height: 24px; padding-inline-start: 15px; color: var(--_ink-2); font-size: 0.76em; font-weight: 700; text-transform: uppercase; letter-spacing: 0.05em; }
  .join::before { content: ""; width: 2px; align-self: stretch; background: var(--_line); }
  .row { min-width: 0; display: grid; grid-template-columns: 26px minmax(0, 1fr) auto var(--tap); align-items: start; gap: 4px; padding: 8px 6px 8px 4px; border: 1px solid var(--_line); border-radius: 10px; background: var(--_bg); }
  .row[data-on] { border-color: var(--_accent); box-shadow: 0 0 0 1px var(--_accent); }
  .row[data-lifted], .group[data-lifted] { border-color: var(--_accent); border-style: dashed; background: var(--_accent-soft); }
  .grip { display: grid; place-items: center; min-width: 24px; height: var(--tap); padding: 0; border: 0; border-radius: 6px; background: none; color: var(--_ink-2); cursor: grab; touch-action: none; }
  .grip:hover { color: var(--_ink); background: var(--_bg-2); }
  .editor[data-dragging], .editor[data-dragging] .grip { cursor: grabbing; user-select: none; }
  .drop { height: 4px; margin: 3px 0; border-radius: 2px; background: var(--_accent); }
  .body { min-width: 0; }
  .line, .period, .more { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; min-width: 0; }
  .word, .unit { color: var(--_ink-2); font-size: 0.93em; }
  .chip { display: inline-flex; align-items: center; gap: 7px; min-height: var(--tap); max-width: 100%; padding: 0 10px; border: 1px solid transparent; border-radius: var(--radius-s); background: var(--hue-soft); color: var(--hue); font-size: 0.93em; font-weight: 600; text-align: start; cursor: pointer; }
  .chip:hover { border-color: currentColor; }
  .field.text { min-width: 7em; }
  .field.date { min-width: 8.5em; }
  .small { min-height: max(28px, calc(var(--tap) - 6px)); padding: 0 8px; font-size: 0.87em; }
  .small.square { width: max(28px, calc(var(--tap) - 6px)); padding: 0; }
  .plain.small { color: var(--_accent); }
  .caret { width: 0.45em; height: 0.45em; border: solid currentColor; border-width: 0 1.5px 1.5px 0; transform: rotate(45deg) translate(-2px, -2px); }
  [aria-expanded="true"] > .caret { transform: rotate(225deg) translate(-2px, -2px); }
  .chips { display: inline-flex; flex-wrap: wrap; gap: 4px; align-items: center; min-height: var(--tap); max-width: 100%; padding: 3px 5px; border: 1px solid var(--_line-2); border-radius: var(--radius-s); background: var(--_bg); font-size: 0.93em; }
  .chips[data-wrong] { border-color: var(--bad); box-shadow: 0 0 0 1px var(--bad); }
  .chips:focus-within { outline: 3px solid var(--_accent); outline-offset: 2px; }
  .chips > input { width: 6.5em; min-width: 0; min-height: 24px; border: 0; outline: 0; background: none; }
  .chips > input::placeholder { color: var(--_ink-2); opacity: 1; }
  .value { display: inline-flex; gap: 3px; align-items: center; max-width: 100%; padding-inline-start: 8px; border-radius: 6px; background: var(--_bg-2); overflow-wrap: anywhere; }
  .value button { display: grid; place-items: center; min-width: 24px; min-height: 24px; padding: 0; border: 0; border-radius: 4px; background: none; cursor: pointer; font-size: 0.85em; }
  .value button:hover { background: var(--_line); }
  .set { display: inline-flex; flex-wrap: wrap; gap: 4px; }
  .flip { position: relative; display: inline-flex; cursor: pointer; }
  .flip input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
  .flip span { display: flex; align-items: center; gap: 5px; min-height: calc(var(--tap) - 4px); padding: 0 10px; border: 1px solid var(--_line-2); border-radius: 99px; background: var(--_bg); font-size: 0.9em; }
  .flip input:checked + span { border-color: var(--_accent); background: var(--_accent-soft); color: var(--_accent); font-weight: 600; }
  .flip input:checked + span::before { content: "✓"; }
  .flip:has(:focus-visible) span { outline: 3px solid var(--_accent); outline-offset: 2px; }
  .tick { display: inline-flex; align-items: center; gap: 6px; min-height: var(--tap); font-size: 0.93em; cursor: pointer; }
  .tick input { width: 18px; height: 18px; margin: 0; accent-color: var(--_accent); }
  .named { display: inline-flex; flex-wrap: wrap; gap: 2px 6px; align-items: center; max-width: 100%; }
  .named > span:first-child { color: var(--_ink-2); font-size: 0.87em; }
  .more { gap: 8px 16px; margin-top: 8px; padding: 8px 10px; border-radius: 8px; background: var(--_bg-2); }
  .count { display: flex; gap: 8px; align-items: center; justify-content: flex-end; min-height: var(--tap); padding-inline: 6px; color: var(--_ink-2); font-size: 0.9em; white-space: nowrap; }
  .unsaid { display: none; }
  .verdict { display: inline-grid; place-items: center; width: 20px; height: 20px; border-radius: 50%; background: var(--_bg-2); color: var(--_ink-2); font-size: 0.76em; }
  .verdict[data-yes="true"] { background: var(--good-soft); color: var(--good); }

  .predicate { display: grid; gap: 6px; margin-top: 8px; padding: 8px 10px; border-inline-start: 3px solid var(--hue); border-radius: 0 8px 8px 0; background: var(--hue-soft); font-size: 0.97em; min-width: 0; }
  .predicate .predicate { background: color-mix(in srgb, var(--_bg) 55%, transparent); }
  .predicate > .head { margin: 0; font-size: 0.93em; }
  .predicate > .button { justify-self: start; color: var(--hue); background: none; }
  .row.sub { grid-template-columns: 24px minmax(0, 1fr) var(--tap); padding: 0; border: 0; background: none; box-shadow: none; border-radius: 6px; }
  .row.sub .grip { color: var(--hue); }
  .row.sub .grip:hover, .row.sub .menu > .button:hover, .predicate > .button:hover { background: var(--_bg); }
  .row.sub[data-lifted] { background: var(--_bg); outline: 2px dashed var(--_accent); }
  .steps { display: grid; gap: 6px; margin-top: 8px; }
  .step { padding: 6px 10px; border-inline-start: 3px solid var(--hue); border-radius: 0 8px 8px 0; background: var(--hue-soft); }
  .step .predicate { background: color-mix(in srgb, var(--_bg) 60%, transparent); }
  .step .plain { background: none; color: var(--hue); }
  .tools { display: inline-flex; margin-inline-start: auto; }

  .problem, .note { display: flex; gap: 4px 10px; align-items: center; flex-wrap: wrap; margin-top: 7px; padding: 6px 10px; border-radius: 8px; font-size: 0.9em; overflow-wrap: anywhere; }
  .problem.error { background: var(--bad-soft); color: var(--bad); }
  .problem.warning, .note { background: var(--warn-soft); color: var(--warn); }
  .problem .icon, .note > .icon { margin-inline-end: 6px; }
  .note { margin: 0 0 10px; flex-wrap: nowrap; }
  .note .button { color: inherit; margin-inline-start: auto; }
  .fix { min-height: 24px; padding: 0 4px; border: 0; border-radius: 4px; background: none; font-weight: 650; text-decoration: underline; text-underline-offset: 3px; cursor: pointer; }

  .add { display: flex; gap: 8px; flex-wrap: wrap; margin-top: 10px; align-items: center; }
  .dash { border-style: dashed; border-color: var(--_accent); color: var(--_accent); background: none; }
  .dash:hover { background: var(--_accent-soft); }
  .group .group > .add .button { min-height: max(28px, calc(var(--tap) - 4px)); font-size: 0.87em; }
  .empty { padding: 14px 4px; color: var(--_ink-2); }
  .foot { margin-top: 14px; display: grid; gap: 6px; }
  .keys { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 0.83em; }
  kbd { font: 600 0.92em/1.4 inherit; padding: 0 5px; border: 1px solid var(--_line-2); border-bottom-width: 2px; border-radius: 5px; color: var(--_ink-2); }

  .menu { position: relative; }
  .sheet { position: absolute; z-index: 5; inset-inline-end: 0; top: calc(100% + 4px); min-width: 220px; max-width: min(300px, 85vw); padding: 5px; border: 1px solid var(--_line); border-radius: 10px; background: var(--_bg); color: var(--_ink); box-shadow: var(--shadow); }
  .sheet button { display: flex; justify-content: space-between; gap: 18px; align-items: center; width: 100%; min-height: var(--tap); padding: 0 10px; border: 0; border-radius: 6px; background: none; text-align: start; font-size: 0.93em; cursor: pointer; }
  .sheet button:hover, .sheet button:focus { background: var(--_bg-2); }
  .sheet button[data-apart] { margin-top: 5px; position: relative; }
  .sheet button[data-apart]::before { content: ""; position: absolute; inset: -3px 4px auto; border-top: 1px solid var(--_line); }
  .sheet [data-command="remove"] { color: var(--bad); }

  dialog { width: min(600px, calc(100vw - 24px)); height: min(620px, calc(100dvh - 48px)); margin: auto; padding: 0; border: 1px solid var(--_line); border-radius: var(--_radius); background: var(--_bg); color: var(--_ink); box-shadow: var(--shadow); overflow: hidden; }
  dialog::backdrop { background: rgb(10 14 20 / 0.45); }
  .inside { display: flex; flex-direction: column; height: 100%; }
  .seek { display: flex; align-items: center; gap: 8px; padding: 8px 8px 8px 14px; border-bottom: 1px solid var(--_line); }
  .seek input { flex: 1; min-width: 0; min-height: 38px; border: 0; outline: 0; background: none; font-size: 1.07em; }
  .seek:has(input:focus-visible) { box-shadow: inset 0 -2px 0 var(--_accent); }
  .seek input::placeholder { color: var(--_ink-2); opacity: 1; }
  .found { flex: 1; overflow: auto; padding: 0 8px 12px; overscroll-behavior: contain; }
  .found h3 { display: flex; align-items: center; gap: 8px; flex-wrap: wrap; padding: 14px 8px 5px; color: var(--hue); }
  .found h3 span { color: var(--_ink-2); font-weight: 400; font-size: 0.95em; }
  .found > .quiet { padding: 12px 8px 0; }
  .option, .recipe { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 12px; width: 100%; padding: 6px 10px; border: 0; border-radius: 8px; background: none; text-align: start; cursor: pointer; }
  .option b, .recipe b { font-weight: 600; font-size: 0.97em; }
  .option span, .recipe span { grid-column: 1; color: var(--_ink-2); font-size: 0.88em; }
  .option i, .recipe i { grid-column: 2; grid-row: 1 / span 2; align-self: center; max-width: 16em; color: var(--hue); font-style: normal; font-size: 0.85em; text-align: end; overflow-wrap: anywhere; }
  .recipe i { grid-column: 1; grid-row: auto; text-align: start; }
  .option[aria-selected="true"], .recipe:hover { background: var(--hue-soft); }
  .option[aria-selected="true"] { box-shadow: inset 0 0 0 2px var(--hue); }

  .json { min-height: 320px; border: 1px solid var(--_line); border-radius: 8px; overflow: hidden; }
  .json textarea { display: block; width: 100%; min-height: 420px; padding: 10px; border: 0; background: none; font: 12.5px/1.55 var(--mono); resize: vertical; }

  @container editor (max-width: 640px) {
    .panel { padding: 12px; }
    .hide-narrow, .keys, .sheet kbd { display: none; }
    /* The numbers stay in sight at the bottom edge. */
    .facts { order: 1; position: sticky; bottom: 0; z-index: 4; margin: 0; padding: 8px 12px; border: 1px solid var(--_line); border-radius: var(--_radius) var(--_radius) 0 0; background: var(--_bg); box-shadow: var(--shadow); }
    .row { grid-template-columns: 26px minmax(0, 1fr) var(--tap); padding: 8px 6px 8px 2px; }
    .row > .body { grid-column: 2; }
    .row:not(.sub) > .count { grid-column: 2; grid-row: 2; justify-content: flex-start; min-height: 24px; padding: 0; }
    .row > .menu { grid-column: 3; grid-row: 1; }
    .unsaid { display: inline; }
    .group:not([data-root]) { padding: 8px; }
    .predicate, .steps { margin-inline-start: -26px; margin-inline-end: calc(-1 * var(--tap)); }
    .predicate .predicate, .step .predicate { margin-inline: 0; }
    .body > .problem, .body > .more { margin-inline-start: -26px; margin-inline-end: calc(-1 * var(--tap)); }
  }
`;

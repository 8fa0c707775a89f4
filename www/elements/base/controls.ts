/** How buttons, fields and small things look in every element. */
import { css } from "lit";

export const controls = css`
  *, ::before, ::after { box-sizing: border-box; }
  h2, h3, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
  ul, ol { list-style: none; }
  h2 { font-size: 0.95rem; font-weight: 650; }
  h3 { font-size: 0.87rem; font-weight: 650; }
  button, input, select, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
  :focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; border-radius: 6px; }
  .quiet { color: var(--_ink-2); font-size: 0.875em; }
  .num { font-variant-numeric: tabular-nums; }
  .spacer { flex: 1; }
  /* For those who hear the page. */
  .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .icon { width: 1.15em; height: 1.15em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round; vertical-align: -0.2em; }

  .button {
    display: inline-flex; align-items: center; justify-content: center; gap: 7px; min-height: var(--tap); padding: 0 12px;
    border: 1px solid var(--_line-2); border-radius: var(--radius-s); background: var(--_bg); font-size: 0.93em; font-weight: 550; cursor: pointer;
  }
  .button:hover { background: var(--_bg-2); }
  .button[disabled], .button[aria-disabled="true"] { opacity: 0.5; cursor: default; }
  .button.main { background: var(--_accent); border-color: var(--_accent); color: var(--_on-accent); }
  .button.plain { border-color: transparent; background: none; }
  .button.plain:hover { background: var(--_bg-2); }
  .button.square { padding: 0; width: var(--tap); flex: none; }

  .field {
    min-height: var(--tap); max-width: 100%; padding: 0 9px; border: 1px solid var(--_line-2); border-radius: var(--radius-s);
    background: var(--_bg); font-size: 0.93em; field-sizing: content;
  }
  .field::placeholder { color: var(--_ink-2); opacity: 1; }
  select.field {
    appearance: none; padding-inline-end: 26px; text-overflow: ellipsis; cursor: pointer;
    background-image: linear-gradient(45deg, transparent 50%, currentColor 50%), linear-gradient(-45deg, transparent 50%, currentColor 50%);
    background-size: 5px 5px; background-position: right 13px center, right 8px center; background-repeat: no-repeat;
  }
  .field.number { min-width: 3.4em; text-align: end; font-variant-numeric: tabular-nums; }
  .field[aria-invalid="true"] { border-color: var(--bad); box-shadow: 0 0 0 1px var(--bad); }

  /* One of a few: radio buttons side by side. */
  .choice { display: inline-flex; border: 1px solid var(--_line-2); border-radius: var(--radius-s); overflow: hidden; background: var(--_bg); margin: 0; padding: 0; min-width: 0; }
  .choice label { position: relative; display: flex; align-items: center; cursor: pointer; }
  .choice input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
  .choice span { display: flex; align-items: center; min-height: calc(var(--tap) - 4px); padding: 0 11px; font-size: 0.9em; font-weight: 600; color: var(--_ink-2); }
  .choice label + label span { border-inline-start: 1px solid var(--_line); }
  .choice input:checked + span { background: var(--_accent); color: var(--_on-accent); }
  .choice label:has(:focus-visible) { outline: 3px solid var(--_accent); outline-offset: -3px; }

  .tag { display: inline-flex; align-items: center; gap: 6px; padding: 2px 9px; border-radius: 99px; font-size: 0.86em; font-weight: 600; background: var(--_bg-2); color: var(--_ink-2); }
  .tag.good { background: var(--good-soft); color: var(--good); }
  .tag.warn { background: var(--warn-soft); color: var(--warn); }
  .tag.bad { background: var(--bad-soft); color: var(--bad); }

  @media (forced-colors: active) {
    .choice input:checked + span { outline: 2px solid Highlight; outline-offset: -4px; }
  }
  @media (prefers-reduced-motion: reduce) {
    * { transition: none !important; animation: none !important; }
  }
`;

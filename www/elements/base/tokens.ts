/**
 * Colours, sizes and type of the elements. A page changes them with the custom properties that begin with `--regulars-`; inside these
 * begin with `--_`, so that a page may say `--regulars-accent: var(--accent)` on the element itself.
 */
import { css } from "lit";

export const tokens = css`
  :host {
    --_bg: var(--regulars-background, light-dark(#fff, #191d24));
    --_bg-2: var(--regulars-background-2, light-dark(#f5f4f0, #222731));
    --_ink: var(--regulars-ink, light-dark(#1b2130, #eceef2));
    --_ink-2: var(--regulars-ink-2, light-dark(#545d6e, #adb5c3));
    --_line: var(--regulars-line, light-dark(#e0dcd3, #363d49));
    --_line-2: var(--regulars-line-strong, light-dark(#8a877d, #7b8491));
    --_accent: var(--regulars-accent, light-dark(#0a655d, #62d4c6));
    --_on-accent: var(--regulars-on-accent, light-dark(#fff, #0c1f1d));
    --_accent-soft: var(--regulars-accent-soft, light-dark(#def0ed, #173a37));
    --good: light-dark(#17693a, #7bd69b);
    --good-soft: light-dark(#e2f4e8, #193425);
    --warn: light-dark(#834600, #f2bd6b);
    --warn-soft: light-dark(#fff1da, #392b14);
    --bad: light-dark(#a4262c, #ff9d9d);
    --bad-soft: light-dark(#fde8e8, #3f1e21);
    --_radius: var(--regulars-radius, 12px);
    --radius-s: 8px;
    --shadow: 0 1px 2px light-dark(rgb(20 20 20 / 0.06), rgb(0 0 0 / 0.4)), 0 10px 30px -12px light-dark(rgb(20 20 20 / 0.28), rgb(0 0 0 / 0.7));
    --mono: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
    /* Height of what is pressed and typed in. */
    --tap: 34px;
    display: block;
    box-sizing: border-box;
    min-width: 0;
    color: var(--_ink);
    font: var(--regulars-font, 15px/1.5 Inter, system-ui, "Segoe UI", Roboto, sans-serif);
    text-align: start;
  }
  /* Without the attribute the page decides, by its own color-scheme. */
  :host([theme="light"]) { color-scheme: light; }
  :host([theme="dark"]) { color-scheme: dark; }
  :host([theme="auto"]) { color-scheme: light dark; }
  :host([hidden]) { display: none; }
  @media (pointer: coarse) {
    :host { --tap: 44px; }
  }

  /* One hue for each group of conditions, and for events of its kind. Never the only sign. */
  [data-family] { --hue: var(--_ink-2); --hue-soft: var(--_bg-2); }
  [data-family="conversion"] { --hue: var(--good); --hue-soft: var(--good-soft); }
  [data-family="behaviour"] { --hue: light-dark(#1d4f9e, #94bdff); --hue-soft: light-dark(#e6effc, #1b2c48); }
  [data-family="profile_data"] { --hue: light-dark(#9b2456, #ff9fc4); --hue-soft: light-dark(#fce7f0, #3f1c2c); }
  [data-family="campaigns"] { --hue: light-dark(#7a2f88, #e0a3ec); --hue-soft: light-dark(#f6e8f9, #37203d); }
  [data-family="predictive"] { --hue: light-dark(#4a3aa8, #b9aeff); --hue-soft: light-dark(#ecebfc, #2a2550); }
  [data-family="geographic"] { --hue: light-dark(#0b5f73, #7fd3e6); --hue-soft: light-dark(#e0f3f7, #14323b); }
  [data-family="referrer_utm"] { --hue: var(--warn); --hue-soft: var(--warn-soft); }
  [data-family="returns"] { --hue: var(--bad); --hue-soft: var(--bad-soft); }
  [data-family="device_time"] { --hue: light-dark(#475063, #c2c9d6); --hue-soft: light-dark(#ebedf2, #2a303b); }
`;

/** Small pictures, drawn with one line. They say nothing by themselves. */
import { html, type TemplateResult } from "lit";

const PATHS = {
  add: "M10 4v12M4 10h12",
  undo: "M7 5 3.500 8.500 7 12M4 8.500h8a4 4 0 0 1 0 8H8",
  redo: "m13 5 3.500 3.500L13 12M16 8.500H8a4 4 0 0 0 0 8h4",
  grip: "M7.500 5v.01M12.500 5v.01M7.500 10v.01M12.500 10v.01M7.500 15v.01M12.500 15v.01",
  more: "M10 4.500v.01M10 10v.01M10 15.500v.01",
  close: "m5.500 5.500 9 9M14.500 5.500l-9 9",
  search: "M9 14.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11zM13 13l4 4",
  warning: "M10 3 2.500 16.500h15zM10 8.500v3.500M10 14.300v.01",
  error: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6.500v4M10 13.500v.01",
  check: "m4 10.500 4 4 8-9",
  conversion: "M4 7h12l-.8 9.500H4.800zM7 7a3 3 0 0 1 6 0",
  behaviour: "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 12.300a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600z",
  profile_data: "M10 9.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c.5-3.500 2.800-5.300 6-5.300s5.500 1.800 6 5.300",
  campaigns: "M3 8v4h2.500L13 16V4L5.500 8zM16 8a3 3 0 0 1 0 4",
  predictive: "M3.500 3.500h5.500v5.500H3.500zM11 3.500h5.500v5.500H11zM3.500 11h5.500v5.500H3.500zM11 11h5.500v5.500H11z",
  geographic: "M10 17.500s5.500-4.800 5.500-9.300a5.500 5.500 0 0 0-11 0c0 4.500 5.500 9.300 5.500 9.300zM10 10a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600z",
  referrer_utm: "M8.500 11.500a3.500 3.500 0 0 0 5 0l2.500-2.500a3.500 3.500 0 0 0-5-5l-1 1M11.500 8.500a3.500 3.500 0 0 0-5 0L4 11a3.500 3.500 0 0 0 5 5l1-1",
  returns: "M4 9a6 6 0 1 1 1.500 5M4 4.500V9h4.500",
  device_time: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4l2.700 2",
} as const;

/** The name of a picture; those of conditions are the names of their groups. */
export type IconName = keyof typeof PATHS;

export function icon(name: string): TemplateResult {
  const path = PATHS[name as IconName] ?? PATHS.behaviour;
  const wide = name === "grip" || name === "more";
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d=${path} stroke-width=${wide ? 2.6 : 1.7} /></svg>`;
}

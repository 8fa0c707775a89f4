/** Moving rows with the pointer: mouse, pen and finger. A line shows where the row will be; the edit is the one that keys and menus make. */

export interface Drop {
  readonly group: string;
  readonly index: number;
}

export interface DragOptions {
  readonly root: ShadowRoot;
  readonly pointer: string;
  /** Rows and groups of the same kind only. */
  readonly takes: (group: string) => boolean;
  readonly show: (drop: Drop | null) => void;
  readonly end: (drop: Drop | null) => void;
}

/** Begins to follow the pointer. It becomes a drag after a few pixels; before, it may still be a press. */
export function follow(event: PointerEvent, { root, pointer, takes, show, end }: DragOptions): void {
  const grip = event.currentTarget as HTMLElement;
  const { clientX, clientY, pointerId } = event;
  if (event.button !== 0) return;
  let dragging = false;
  let drop: Drop | null = null;
  grip.setPointerCapture(pointerId);
  const move = (now: PointerEvent): void => {
    if (!dragging && Math.hypot(now.clientX - clientX, now.clientY - clientY) < 5) return;
    dragging = true;
    now.preventDefault();
    scrollNear(root, now.clientY);
    drop = dropAt(root, pointer, now.clientX, now.clientY, takes);
    show(drop);
  };
  const stop = (taken: boolean): void => {
    for (const [name, listener] of listeners) grip.removeEventListener(name, listener);
    grip.ownerDocument.removeEventListener("keydown", escape, true);
    if (dragging) end(taken ? drop : null);
  };
  const escape = (key: KeyboardEvent): void => {
    if (key.key !== "Escape") return;
    key.preventDefault();
    stop(false);
  };
  const listeners: readonly (readonly [string, EventListener])[] = [
    ["pointermove", move as EventListener], ["pointerup", () => stop(true)], ["pointercancel", () => stop(false)], ["lostpointercapture", () => stop(false)],
  ];
  for (const [name, listener] of listeners) grip.addEventListener(name, listener);
  grip.ownerDocument.addEventListener("keydown", escape, true);
}

/** The innermost group under the pointer, and before which of its rows. */
function dropAt(root: ShadowRoot, pointer: string, x: number, y: number, takes: (group: string) => boolean): Drop | null {
  const groups = [...root.querySelectorAll<HTMLElement>("[data-group]")].filter((group) => {
    const at = group.dataset["group"] ?? "";
    const box = group.getBoundingClientRect();
    return takes(at) && at !== pointer && !at.startsWith(`${pointer}/`) && x >= box.left && x <= box.right && y >= box.top - 8 && y <= box.bottom + 8;
  });
  const group = groups.at(-1);
  if (!group) return null;
  const rows = [...group.children].filter((row): row is HTMLElement => row instanceof HTMLElement && row.matches("[data-row],[data-group]"));
  const index = rows.findIndex((row) => {
    const box = row.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  return { group: group.dataset["group"] ?? "", index: index < 0 ? rows.length : index };
}

/** Near the upper or lower edge the page moves along. */
function scrollNear(root: ShadowRoot, y: number): void {
  const view = root.ownerDocument.defaultView;
  const by = y < 50 ? -14 : view !== null && y > view.innerHeight - 50 ? 14 : 0;
  if (by !== 0) view?.scrollBy(0, by);
}

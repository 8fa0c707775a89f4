/** The case of a link that the page was opened with: what is said of it, and whose case is gone on with. */
import { type LinkRefusal, readFragment } from "./document/link.ts";
import { t } from "./speech.ts";
import { isTree } from "./document/tree.ts";
import { readState, type State, stateIn } from "./state.ts";
import type { Notices } from "./views/notices.ts";
import { stateOf } from "./views/share.ts";

/** What was changed in this tab since a link was opened. */
const linkKey = "regulars.playground.link";

const REFUSED: Record<LinkRefusal, string> = {
  version: "This link is not one of this playground, or of a newer one: your own case is shown.",
  long: "This link is too long to be opened: your own case is shown.",
  damaged: "This link is damaged, perhaps cut off: your own case is shown.",
  large: "What is in this link is too large to be opened: your own case is shown.",
  contents: "What is in this link is no case of this playground: your own case is shown.",
};

export interface LinkHost {
  readonly notices: Notices;
  /** One's own is gone on with. */
  readonly onKeep: (own: State) => void;
  /** The link's is, in place of one's own. */
  readonly onUse: () => void;
  /** Either of them: the page is no link's any more. */
  readonly onLeave: () => void;
}

export interface OpenedLink {
  readonly fragment: string;
  readonly state: State;
  /** Keeps what was changed in this tab; whether it could be kept. */
  readonly keep: (state: State) => boolean;
}

/** `null`: it was refused, with a reason. */
export async function openedLink(fragment: string, { notices, onKeep, onUse, onLeave }: LinkHost): Promise<OpenedLink | null> {
  const shared = await readFragment(fragment);
  if ("refused" in shared) {
    notices.say("link", t(REFUSED[shared.refused]));
    return null;
  }
  const own = readState();
  const leave = (act: () => void) => (): void => {
    onLeave();
    history.replaceState(null, "", location.pathname + location.search);
    notices.unsay("link");
    notices.unsay("link-use");
    act();
  };
  const text = t(shared.visitor === undefined ? "This case was opened from a link; the visitor is yours." : "This case was opened from a link, with its visitor.");
  notices.say("link", `${text} ${t("Your own is still kept.")}`, { label: t("Keep mine"), act: leave(() => onKeep(own)) });
  notices.say("link-use", t("To go on with this one, use it in place of yours."), { label: t("Use this one"), act: leave(onUse) });
  return { fragment, state: readLinkState(fragment) ?? stateOf(shared, own), keep: (state) => keepLinkState(fragment, state) };
}

/** A link's case as it was changed in this tab, so that a reload does not lose it. `null`: it was not. */
function readLinkState(fragment: string): State | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(linkKey) ?? "null");
    return isTree(kept) && kept["fragment"] === fragment ? stateIn(JSON.stringify(kept["state"])) : null;
  } catch {
    return null;
  }
}

function keepLinkState(fragment: string, state: State): boolean {
  try {
    sessionStorage.setItem(linkKey, JSON.stringify({ fragment, state }));
    return true;
  } catch {
    return false;
  }
}

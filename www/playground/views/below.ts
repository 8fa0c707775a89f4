/** What stands below the first screen, or is folded: events, context, tests, segments, the grid, the campaigns, the order file. */
import type { Tree } from "../document/tree.ts";
import type { Case } from "../protocol.ts";
import type { Engine } from "../engine.ts";
import { campaignsView, type CampaignsView } from "./campaigns.ts";
import { type ContextView, contextView } from "./context.ts";
import { dropping } from "./dropping.ts";
import { type EventsView, eventsView } from "./events.ts";
import { type Grid, gridView } from "./grid.ts";
import { ordersView, type OrdersView } from "./orders.ts";
import { type Segments, segmentsView } from "./segments.ts";
import { testActs, type TestActsHost } from "./test-acts.ts";
import { type TestsView, testsView } from "./tests.ts";

export interface Below {
  readonly events: EventsView;
  readonly context: ContextView;
  readonly tests: TestsView;
  readonly segments: Segments;
  readonly grid: Grid;
  readonly campaigns: CampaignsView;
  readonly orders: OrdersView;
}

export interface BelowHost {
  readonly engine: Engine;
  readonly found: () => Case | null;
  readonly onMove: (now: number) => void;
  readonly onOrders: () => void;
  /** Somebody wants to see the text of the campaign at this place. */
  readonly onCampaign: (place: number) => void;
  /** They want to see what is wrong with the segment at this place. */
  readonly onBroken: (place: number) => void;
  readonly onLook: (segment: string) => void;
  readonly tests: TestActsHost;
  readonly onEvent: (place: number) => void;
  readonly onContext: (context: Tree) => void;
}

export function belowViews({ onCampaign, onBroken, onLook, onEvent, onContext, tests, ...host }: BelowHost): Below {
  const orders = ordersView(host);
  const testsShown: TestsView = testsView(testActs({ ...tests, ...host, onRan: (run) => testsShown.ran(run) }));
  document.body.append(dropping(orders.open));
  return {
    events: eventsView(onEvent), context: contextView(onContext), tests: testsShown, segments: segmentsView(onBroken, onLook),
    grid: gridView(), campaigns: campaignsView(onCampaign), orders,
  };
}

/**
 * The page's side of the worker: questions with promises for answers, and a worker that is started again
 * when it dies.
 */
import { speech } from "./speech.ts";
import type { Calls, FromWorker, Kind, ReadProgress, ToWorker } from "./protocol.ts";

/** More deaths than this within a minute, and it is left alone until somebody asks for it. */
const MOST_DEATHS = 3;
const MINUTE = 60_000;

export interface Asked<K extends Kind> {
  readonly answer: Promise<Calls[K]["answer"]>;
  readonly cancel: () => void;
}

export interface Engine {
  readonly ask: <K extends Kind>(kind: K, asked: Calls[K]["asked"], onProgress?: (progress: ReadProgress) => void) => Asked<K>;
  /** Ends the worker, whatever it is doing, and starts another. */
  readonly restart: () => void;
}

/** The worker is gone: whoever waited for it asks again, or gives up. */
export class WorkerDied extends Error {}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (reason: Error) => void;
  readonly onProgress: ((progress: ReadProgress) => void) | undefined;
}

/** `onDeath` hears whether another worker was started. */
export function startEngine(onDeath: (again: boolean) => void): Engine {
  const waiting = new Map<number, Waiting>();
  const deaths: number[] = [];
  let last = 0;
  let worker: Worker | null = begin();

  function begin(): Worker {
    const started = createWorker();
    started.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => hear(data));
    started.addEventListener("messageerror", () => died(started));
    started.addEventListener("error", (event) => {
      event.preventDefault();
      died(started);
    });
    return started;
  }

  function hear(message: FromWorker): void {
    const asker = waiting.get(message.id);
    if (!asker) return;
    if ("progress" in message) return asker.onProgress?.(message.progress);
    waiting.delete(message.id);
    if ("failure" in message) asker.reject(new Error(message.failure));
    else asker.resolve(message.answer as never);
  }

  function died(which: Worker): void {
    if (which !== worker) return;
    deaths.push(Date.now());
    const again = deaths.filter((at) => at > Date.now() - MINUTE).length <= MOST_DEATHS;
    end(again);
    onDeath(again);
  }

  function end(again: boolean): void {
    worker?.terminate();
    worker = again ? begin() : null;
    const left = [...waiting.values()];
    waiting.clear();
    for (const { reject } of left) reject(new WorkerDied("The worker stopped."));
  }

  const send = (message: ToWorker): void => worker?.postMessage(message);

  return {
    ask(kind, asked, onProgress) {
      const id = ++last;
      const answer = new Promise<never>((resolve, reject) => {
        if (!worker) return reject(new WorkerDied("The worker does not run."));
        waiting.set(id, { resolve, reject, onProgress });
        send({ id, kind, asked } as ToWorker);
      });
      return { answer, cancel: () => send({ cancel: id }) };
    },
    restart() {
      deaths.length = 0;
      end(true);
      onDeath(true);
    },
  };
}

/**
 * Started from a blob, a worker has this page's policy, and so can reach no other host; started from its file,
 * it would have the policy of whatever headers the file is served with. The page's Trusted Types
 * let through this one address.
 */
function createWorker(): Worker {
  const file = new URL("worker.js", document.baseURI).href;
  const address = URL.createObjectURL(new Blob([`import ${JSON.stringify(file)};`], { type: "text/javascript" }));
  const policy = workerPolicy(address);
  const worker = new Worker(policy as string, { type: "module", name: speech });
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return worker;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (address: string) => string }): { createScriptURL(address: string): unknown };
}

let trusted: ReturnType<TrustedTypes["createPolicy"]> | undefined;
let allowed = "";

function workerPolicy(address: string): unknown {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (!types) return address;
  allowed = address;
  trusted ??= types.createPolicy("engine-worker", {
    createScriptURL: (asked) => {
      if (asked !== allowed) throw new TypeError("Only the engine's worker is started here.");
      return asked;
    },
  });
  return trusted.createScriptURL(address);
}

/**
 * Asks one question at a time; of those that come meanwhile only the latest is kept. So answers follow the
 * typing as fast as the engine can, and no queue builds up.
 */
export function latest<K extends Kind>(
  engine: Engine, kind: K,
  { onAnswer, onFailure }: { onAnswer: (answer: Calls[K]["answer"]) => void; onFailure: (reason: Error) => void },
): (asked: Calls[K]["asked"]) => void {
  let busy = false;
  let next: { asked: Calls[K]["asked"] } | null = null;

  async function run(asked: Calls[K]["asked"]): Promise<void> {
    busy = true;
    try {
      onAnswer(await engine.ask(kind, asked).answer);
    } catch (reason) {
      // Whoever heard of the worker's death asks anew.
      if (!(reason instanceof WorkerDied)) onFailure(reason as Error);
    }
    busy = false;
    if (next) {
      const { asked: waiting } = next;
      next = null;
      void run(waiting);
    }
  }
  return (asked) => {
    if (busy) next = { asked };
    else void run(asked);
  };
}

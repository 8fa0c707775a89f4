// Runs cases of tests/spec on an engine, in Node or in a browser. It imports nothing, so that a page can load it as it is.
//
// An engine is `{ load(package) }`; what that gives is `{ problems, plan }`, `plan` being null if the package is refused,
// else a function from a visitor to `{ refused, evaluate(now, context), decide(slot, now, context) }`.

/** What is wrong, one sentence each, of all cases of a file (the JSON of tests/spec/*.json). */
export function runFile(engine, topic) {
  return topic.cases.flatMap((each) => {
    try {
      return runCase(engine, topic, each).map((sentence) => `${each.name}: ${sentence}`);
    } catch (error) {
      return [`${each.name}: threw ${error.stack}`];
    }
  });
}

function runCase(engine, topic, each) {
  known(each, ["name", "why", "package", "rule", "visitor", "checks", "problems", "refused"]);
  const wrong = [];
  const expect = (what, found, wanted) => {
    const [is, should] = [found, wanted].map((value) => JSON.stringify(sorted(value)));
    if (is !== should) wrong.push(`${what}: ${is}, not ${should}`);
  };
  const { problems, plan } = engine.load(packageOf(topic, each));
  const found = problems.filter(({ severity }) => each.problems || severity !== "warning");
  const inOrder = (list) => list.map(({ code, pointer }) => `${code} ${pointer}`).sort();
  expect("problems", inOrder(found), inOrder(each.problems ?? []));
  if (!plan) return each.checks?.length ? [...wrong, "the package is refused, but there are checks"] : wrong;
  const visitor = plan(expand(each.visitor ?? {}));
  expect("refused", visitor.refused.map(({ index, code, pointer }) => ({ index, code, pointer })), each.refused ?? []);
  for (const check of each.checks ?? []) {
    runCheck(visitor, check, (what, is, should) => expect(`at ${check.now}: ${what}`, is, should));
  }
  visitor.free?.();
  return wrong;
}

function runCheck(visitor, check, expect) {
  known(check, ["now", "context", "member", "members", "holdsUntil", "partial", "retention", "all", "slot", "decision"]);
  const now = instant(check.now);
  const answer = visitor.evaluate(now, expand(check.context));
  const segment = (id) => {
    if (!Object.hasOwn(answer.segments, id)) throw new Error(`no segment ${id}`);
    return answer.segments[id];
  };
  if ("member" in check) expect("member", segment("s").member, check.member);
  for (const [id, member] of Object.entries(check.members ?? {})) expect(`member of ${id}`, segment(id).member, member);
  if ("partial" in check) expect("partial", segment("s").partial, check.partial);
  if ("holdsUntil" in check) expect("holdsUntil", segment("s").holdsUntil, instant(check.holdsUntil));
  if ("all" in check) expect("the earliest holdsUntil", answer.holdsUntil, instant(check.all));
  known(check.retention ?? {}, ["cell", "conversions", "daysSinceLast", "holdsUntil"]);
  each(check.retention, (key, wanted) => expect(`retention ${key}`, answer.retention[key], wanted));
  if (!check.decision) return;
  known(check.decision, ["campaign", "variant", "content", "heldOut", "rejected", "holdsUntil"]);
  const decision = visitor.decide(check.slot, now, expand(check.context));
  expect("slot", decision.slot, check.slot);
  each(check.decision, (key, wanted) => expect(`decision ${key}`, decision[key], wanted));
}

function each(parts, check) {
  for (const [key, wanted] of Object.entries(parts ?? {})) check(key, key === "holdsUntil" ? instant(wanted) : wanted);
}

/** A misspelt check must not pass for a check. */
function known(object, keys) {
  for (const key of Object.keys(object)) if (!keys.includes(key)) throw new Error(`unknown key ${key}`);
}

/** The package of the file, with the keys of the case over it, and the segment "s" that `rule` stands for. */
export function packageOf(topic, each) {
  const whole = { ...(topic.package ?? { regulars: 1, timeZone: "UTC", currency: "EUR" }), ...expand(each.package ?? {}) };
  return each.rule ? { ...whole, segments: [...(whole.segments ?? []), { id: "s", rule: expand(each.rule) }] } : whole;
}

/** The short forms of tests/spec/README.md for what repeats. */
export function expand(value) {
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const repeat = form(item, "$repeat");
      return repeat ? Array.from({ length: repeat.times }, () => expand(repeat.value)) : [expand(item)];
    });
  }
  if (typeof value !== "object" || value === null) return value;
  const text = form(value, "$text");
  if (text) return text.repeat.repeat(text.times);
  const nest = form(value, "$nest");
  if (nest) return Array.from({ length: nest.list }).reduce((inner) => [inner], 1);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expand(item)]));
}

function form(value, key) {
  return typeof value === "object" && value !== null && Object.keys(value).length === 1 ? value[key] : undefined;
}

/** Milliseconds; `null` stays. */
function instant(value) {
  const at = typeof value === "string" ? Date.parse(value) : value;
  if (at !== null && !Number.isInteger(at)) throw new Error(`no instant: ${value}`);
  return at;
}

/** With the keys of objects in order. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

/** The engine, compiling each package once: most of that time goes into the table of its time zone. */
export function compilingOnce(engine) {
  const compiled = new Map();
  return {
    plan(source) {
      const text = JSON.stringify(source);
      if (!compiled.has(text)) compiled.set(text, engine.plan(source));
      return compiled.get(text);
    },
  };
}

/** The published engine as a runner's engine. */
export function publishedEngine(engine) {
  return {
    load(source) {
      const { plan, problems } = engine.plan(source);
      const open = (given) => {
        const visitor = plan.visitor(given);
        const refused = visitor.problems.flatMap(({ code, severity, pointer }) => {
          const place = /^\/events\/(\d+)(.*)$/s.exec(pointer);
          return severity === "warning" ? [] : [{ index: place ? Number(place[1]) : -1, code, pointer: place ? place[2] : pointer }];
        });
        return { refused, evaluate: (now, context) => visitor.evaluate(now, context), decide: (slot, now, context) => visitor.decide(slot, now, context), free: () => visitor.free() };
      };
      return { problems, plan: plan && open };
    },
  };
}

/** The published engine compiles; `hold(planBytes, visitor)` is what the plan then runs on. */
export function planRunner(engine, hold) {
  return {
    load(source) {
      const { plan, problems } = engine.plan(source);
      return { problems, plan: plan && ((visitor) => hold(plan.bytes, visitor)) };
    },
  };
}

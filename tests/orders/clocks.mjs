// What the clocks of a place show, by what Intl knows.

const formats = new Map();

/** What the clocks of a zone show at an instant: "2017-11-05 01:30:00". */
export function shown(instant, zone) {
  if (!formats.has(zone)) formats.set(zone, new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }));
  return formats.get(zone).format(instant);
}

const known = new Map();

/**
 * The instant at which the clocks show a time. The first where they show it twice; where they skip it, the instant that they
 * would have called so had they not been moved: half past two in a night that has no hour from two to three is half past three.
 */
export function instantOf(text, zone) {
  const key = `${zone} ${text}`;
  if (!known.has(key)) known.set(key, find(text, zone));
  return known.get(key);
}

function find(text, zone) {
  const asUtc = (time) => Date.parse(`${time.replace(" ", "T")}Z`);
  const wanted = asUtc(text);
  const [before, after] = [-24, 24].map((hours) => {
    const near = wanted + hours * 3_600_000;
    return wanted - (asUtc(shown(near, zone)) - near);
  });
  const found = [before, after].filter((instant) => shown(instant, zone) === text);
  return found.length > 0 ? Math.min(...found) : before;
}

// The package as a module: not every project can import JSON.
export default {
  regulars: 1,
  timeZone: "Europe/Amsterdam",
  currency: "EUR",
  segments: [
    {
      id: "one-time-buyer",
      name: "One-time buyer",
      rule: { events: { of: "conversion", modifier: "is_exactly", value: 1, period: { last: 90, unit: "day" } } },
    },
  ],
};

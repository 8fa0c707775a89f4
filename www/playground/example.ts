/**
 * What the page shows before anybody has typed: a loyal customer who is about to drift, so that something
 * changes in each of the next days.
 */

/** 23 November 2026, 14:20 in Amsterdam. */
export const exampleNow = Date.UTC(2026, 10, 23, 13, 20);

export const examplePackage = `{
  "regulars": 1,
  "timeZone": "Europe/Amsterdam",
  "currency": "EUR",
  "retention": "seven",
  "segments": [
    {
      "id": "cart-left-behind",
      "name": "Cart left behind",
      "description": "A full cart for 3 days, no order",
      "rule": { "all": [
        { "events": {
          "of": "cart_add",
          "modifier": "is_at_least", "value": 1,
          "period": { "last": 3, "unit": "day" } } },
        { "events": {
          "of": "conversion",
          "modifier": "is_exactly", "value": 0,
          "period": { "last": 3, "unit": "day" } } }
      ] }
    },
    {
      "id": "looking",
      "name": "Looking, not buying",
      "description": "Views products, orders nothing",
      "rule": { "all": [
        { "events": {
          "of": "item_view",
          "modifier": "is_at_least", "value": 3,
          "period": { "last": 14, "unit": "day" } } },
        { "not": { "events": {
          "of": "conversion",
          "modifier": "is_at_least", "value": 1,
          "period": { "last": 30, "unit": "day" } } } }
      ] }
    },
    {
      "id": "big-spender",
      "name": "€500 in a year",
      "description": "€500 or more in 365 days",
      "rule": { "events": {
        "of": "conversion", "measure": "total_value",
        "modifier": "is_at_least", "value": 500,
        "period": { "last": 365, "unit": "day" } } }
    },
    {
      "id": "loyal",
      "name": "Loyal customers",
      "description": "4+ orders, the last in 90 days",
      "rule": { "retention": ["loyal"] }
    },
    {
      "id": "spring",
      "name": "Bought from Spring 2026",
      "description": "Ordered it at any time",
      "rule": { "events": {
        "of": "conversion",
        "modifier": "is_at_least", "value": 1,
        "items": { "field": "collection",
                   "modifier": "is_exactly", "value": "Spring 2026" } } }
    },
    {
      "id": "win-back",
      "name": "Win them back",
      "description": "At risk or red alert, no cart",
      "rule": { "all": [
        { "retention": ["at_risk", "red_alert"] },
        { "not": { "segment": "cart-left-behind" } }
      ] }
    },
    {
      "id": "second-order",
      "name": "Second order window",
      "description": "One order only, in 60 days",
      "rule": { "all": [
        { "events": {
          "of": "conversion",
          "modifier": "is_exactly", "value": 1 } },
        { "events": {
          "of": "conversion",
          "modifier": "is_at_least", "value": 1,
          "period": { "last": 60, "unit": "day" } } }
      ] }
    }
  ]
}
`;

export const exampleVisitor = `{
  "id": "Mila",
  "events": [
    { "type": "conversion", "id": "1204", "value": "129.95",
      "at": "2025-11-30T19:42:00+01:00",
      "items": [
        { "id": "runner-02", "name": "Runner 02",
          "brand": "Acme", "category": ["Shoes", "Sneakers"],
          "price": "129.95" } ] },
    { "type": "conversion", "id": "1388", "value": "89.00",
      "at": "2026-02-14T10:05:00+01:00",
      "items": [
        { "id": "kist", "name": "Kist speaker",
          "brand": "Toon", "category": ["Audio", "Speakers"],
          "price": "89.00" } ] },
    { "type": "conversion", "id": "1567", "value": "154.50",
      "at": "2026-04-18T16:31:00+02:00",
      "items": [
        { "id": "flood", "name": "Flood raincoat",
          "brand": "Veld", "category": ["Clothes", "Coats"],
          "collection": "Spring 2026", "price": "124.50" },
        { "id": "tote", "name": "Canvas tote",
          "brand": "Veld", "category": ["Bags"],
          "price": "15.00", "quantity": 2 } ] },
    { "type": "conversion", "id": "1741", "value": "74.95",
      "at": "2026-07-03T21:12:00+02:00",
      "items": [
        { "id": "strand", "name": "Strand shirt",
          "brand": "Veld", "category": ["Clothes", "Shirts"],
          "price": "74.95" } ] },
    { "type": "conversion", "id": "1893", "value": "119.90",
      "at": "2026-09-02T20:15:00+02:00",
      "items": [
        { "id": "ebb", "name": "Ebb sweater",
          "brand": "Veld", "category": ["Clothes", "Sweaters"],
          "price": "119.90" } ] },

    { "type": "item_view", "at": "2026-11-10T21:10:00+01:00",
      "items": [{ "id": "dune", "name": "Dune coat" }] },
    { "type": "item_view", "at": "2026-11-13T08:30:00+01:00",
      "items": [{ "id": "boot", "name": "Moor boot" }] },
    { "type": "item_view", "at": "2026-11-19T22:05:00+01:00",
      "items": [{ "id": "dune", "name": "Dune coat" }] },
    { "type": "item_view", "at": "2026-11-21T19:50:00+01:00",
      "items": [{ "id": "dune", "name": "Dune coat" }] },
    { "type": "cart_add", "at": "2026-11-21T20:05:00+01:00",
      "items": [
        { "id": "dune", "name": "Dune coat",
          "brand": "Veld", "price": "249.00" } ] }
  ]
}
`;

/**
 * What the page shows before anybody has typed: a loyal customer who has a coat in mind and is about to drift, so that something
 * changes in each of the next days.
 */

/** 23 November 2026, 14:20 in Amsterdam. */
export const exampleNow = Date.UTC(2026, 10, 23, 13, 20);

/** The one that is looked at first. */
export const exampleSegment = "coat-in-mind";

export const examplePackage = `{
  "regulars": 1,
  "timeZone": "Europe/Amsterdam",
  "currency": "EUR",
  "retention": "seven",
  "segments": [
    {
      "id": "coat-in-mind",
      "name": "A coat in mind",
      "description": "Keeps looking at a dear coat, and has not bought one",
      "rule": { "all": [
        { "events": {
          "of": "conversion",
          "modifier": "is_at_least", "value": 2,
          "period": { "last": 365, "unit": "day" } } },
        { "events": {
          "of": "item_view",
          "modifier": "is_at_least", "value": 3,
          "period": { "last": 14, "unit": "day" },
          "items": { "all": [
            { "field": "category", "modifier": "is_exactly", "value": "Coats" },
            { "field": "price", "modifier": "is_greater_than", "value": 150 } ] } } },
        { "any": [
          { "events": {
            "of": "cart_add", "measure": "item_value",
            "modifier": "is_greater_than", "value": 300,
            "period": { "last": 7, "unit": "day" } } },
          { "events": {
            "of": "click",
            "modifier": "is_at_least", "value": 1,
            "period": { "last": 30, "unit": "day" },
            "where": { "field": "campaign", "modifier": "is_exactly", "value": "warm-coats" } } }
        ] },
        { "not": { "profile": { "field": "staff", "modifier": "is_exactly", "value": true } } }
      ] },
      "examples": [
        { "name": "two orders, three coats looked at, a click",
          "visitor": { "events": [
            { "type": "conversion", "id": "1", "at": "2026-03-02T10:00:00+01:00", "value": "60.00" },
            { "type": "conversion", "id": "2", "at": "2026-06-10T10:00:00+02:00", "value": "45.00" },
            { "type": "item_view", "at": "2026-11-12T20:00:00+01:00",
              "items": [{ "id": "dune", "category": "Coats", "price": "249.00" }] },
            { "type": "item_view", "at": "2026-11-15T20:00:00+01:00",
              "items": [{ "id": "mist", "category": "Coats", "price": "189.00" }] },
            { "type": "item_view", "at": "2026-11-20T20:00:00+01:00",
              "items": [{ "id": "dune", "category": "Coats", "price": "249.00" }] },
            { "type": "click", "at": "2026-11-12T19:58:00+01:00",
              "properties": { "campaign": "warm-coats" } } ] },
          "now": "2026-11-23T14:20:00+01:00", "member": true },
        { "name": "the same, three days later: the first view is too old",
          "visitor": { "events": [
            { "type": "conversion", "id": "1", "at": "2026-03-02T10:00:00+01:00", "value": "60.00" },
            { "type": "conversion", "id": "2", "at": "2026-06-10T10:00:00+02:00", "value": "45.00" },
            { "type": "item_view", "at": "2026-11-12T20:00:00+01:00",
              "items": [{ "id": "dune", "category": "Coats", "price": "249.00" }] },
            { "type": "item_view", "at": "2026-11-15T20:00:00+01:00",
              "items": [{ "id": "mist", "category": "Coats", "price": "189.00" }] },
            { "type": "item_view", "at": "2026-11-20T20:00:00+01:00",
              "items": [{ "id": "dune", "category": "Coats", "price": "249.00" }] },
            { "type": "click", "at": "2026-11-12T19:58:00+01:00",
              "properties": { "campaign": "warm-coats" } } ] },
          "now": "2026-11-26T20:00:00+01:00", "member": false },
        { "name": "nobody yet", "visitor": { "events": [] },
          "now": "2026-11-23T14:20:00+01:00", "member": false }
      ]
    },
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
  ],
  "campaigns": [
    {
      "id": "cart-reminder", "name": "Your cart is waiting", "slot": "hero", "priority": 30,
      "when": { "all": [ { "segment": "cart-left-behind" }, { "context": { "field": "device", "modifier": "is_exactly", "value": "mobile" } } ] },
      "variants": [{ "id": "a", "content": { "title": "Your cart is waiting", "text": "We kept everything in it.", "href": "/cart", "button": "To the cart" } }]
    },
    {
      "id": "warm-coats", "name": "Warm coats", "slot": "hero", "priority": 20,
      "when": { "segment": "coat-in-mind" },
      "variants": [
        { "id": "a", "weight": 1, "content": { "title": "That coat, this week with free shipping", "text": "The Dune coat is still there in your size.", "href": "/coats", "button": "See the coats" } },
        { "id": "b", "weight": 1, "content": { "title": "A warm week", "text": "Coats with free shipping until Sunday.", "href": "/coats", "button": "See the coats" } } ]
    },
    {
      "id": "new-in", "name": "New this week", "slot": "hero",
      "variants": [{ "id": "a", "content": { "title": "New this week", "href": "/new", "button": "Have a look" } }]
    },
    {
      "id": "come-back", "name": "Come back", "slot": "newsletter", "priority": 20,
      "when": { "any": [ { "segment": "win-back" }, { "segment": "second-order" } ] },
      "variants": [{ "id": "a", "content": { "title": "Ten euros off your next order", "href": "/new", "button": "To the shop" } }]
    },
    {
      "id": "spring-again", "name": "Spring again", "slot": "newsletter", "priority": 10,
      "when": { "any": [ { "segment": "spring" }, { "segment": "looking" }, { "segment": "big-spender" } ] },
      "variants": [{ "id": "a", "content": { "title": "See Spring 2027 before anyone else", "href": "/spring", "button": "See it" } }]
    },
    {
      "id": "loyal-thanks", "name": "Thank you for coming back", "slot": "ribbon",
      "when": { "segment": "loyal" },
      "variants": [{ "id": "a", "content": { "title": "Free returns for 60 days, for you" } }]
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

    { "type": "click", "at": "2026-11-09T18:40:00+01:00",
      "properties": { "campaign": "warm-coats", "slot": "hero" } },
    { "type": "item_view", "at": "2026-11-10T21:10:00+01:00",
      "items": [
        { "id": "dune", "name": "Dune coat", "brand": "Veld",
          "category": ["Clothes", "Coats"], "price": "249.00" } ] },
    { "type": "item_view", "at": "2026-11-13T08:30:00+01:00",
      "items": [
        { "id": "moor", "name": "Moor boot", "brand": "Acme",
          "category": ["Shoes", "Boots"], "price": "129.00" } ] },
    { "type": "item_view", "at": "2026-11-16T22:15:00+01:00",
      "items": [
        { "id": "drizzle", "name": "Drizzle jacket", "brand": "Veld",
          "category": ["Clothes", "Coats"], "price": "89.00" } ] },
    { "type": "item_view", "at": "2026-11-19T22:05:00+01:00",
      "items": [
        { "id": "dune", "name": "Dune coat", "brand": "Veld",
          "category": ["Clothes", "Coats"], "price": "249.00" } ] },
    { "type": "item_view", "at": "2026-11-21T19:50:00+01:00",
      "items": [
        { "id": "dune", "name": "Dune coat", "brand": "Veld",
          "category": ["Clothes", "Coats"], "price": "249.00" } ] },
    { "type": "cart_add", "at": "2026-11-21T20:05:00+01:00",
      "items": [
        { "id": "dune", "name": "Dune coat", "brand": "Veld",
          "category": ["Clothes", "Coats"], "price": "249.00" } ] }
  ]
}
`;

//! Event types and the fields that are well known; any other name is a custom event, or a field of the shop's own (SPEC 3, 5.3).

use crate::catalogue::shape::Word;

/// Well-known event types.
pub const EVENT_TYPES: [Word; 14] = [
    ("conversion", "An order."),
    ("return", "Something of an order came back; its property `conversion` names the order."),
    ("visit", "A visit to the shop began."),
    ("page_view", "A page was seen."),
    ("item_view", "A product was looked at."),
    ("category_view", "A category or list was looked at."),
    ("wishlist_add", "Something was put on the wish list."),
    ("cart_add", "Something was put into the cart."),
    ("cart_remove", "Something was taken out of the cart."),
    ("checkout", "The checkout was begun."),
    ("search", "Something was searched for."),
    ("impression", "A campaign was seen."),
    ("click", "A campaign was clicked."),
    ("dismiss", "A campaign was closed."),
];

/// What `where` can ask of every event, and well-known properties of some.
pub const PROPERTIES: [Word; 26] = [
    ("value", "What the event was worth, in the package's currency."),
    ("currency", "The event's currency."),
    ("id", "The event's own id; compares exactly."),
    ("coupon", "Of an order: the coupon code."),
    ("affiliation", "Of an order: the shop or partner."),
    ("tax", "Of an order: the tax in it."),
    ("shipping", "Of an order: the cost of shipping."),
    ("conversion", "Of a return: the order it belongs to."),
    ("reason", "Of a return: why."),
    ("referrer", "Of a visit or page: the whole address the visitor came from."),
    ("referrer_host", "Of a visit: the site the visitor came from."),
    ("url", "Of a visit or page: its whole address."),
    ("path", "Of a page: its address without host and query."),
    ("host", "Of a page: its host, in lower case."),
    ("title", "Of a page: its title."),
    ("utm_source", "Of a visit."),
    ("utm_medium", "Of a visit."),
    ("utm_campaign", "Of a visit."),
    ("utm_term", "Of a visit."),
    ("utm_content", "Of a visit."),
    ("list", "Of a product, category, cart or checkout: the list it was in."),
    ("term", "Of a search: what was typed."),
    ("results", "Of a search: how many were found."),
    ("campaign", "Of an impression, click or dismissal: the campaign's id."),
    ("variant", "Of an impression, click or dismissal: the variant's id."),
    ("slot", "Of an impression, click or dismissal: the slot."),
];

/// Well-known fields of a line of an event.
pub const ITEM_FIELDS: [Word; 7] = [
    ("id", "The product's id."),
    ("name", "The product's name."),
    ("brand", "The brand."),
    ("category", "The category, or several."),
    ("variant", "The variant, such as size or colour."),
    ("price", "The price of one, in the package's currency."),
    ("quantity", "How many; 1 unless given."),
];

/// What the page knows now. `hour` and `weekday` are always there.
pub const CONTEXT_FIELDS: [Word; 13] = [
    ("url", "The page's whole address."),
    ("path", "The page's address without host and query."),
    ("host", "The page's host, in lower case."),
    ("title", "The page's title."),
    ("device", "mobile, tablet or desktop."),
    ("browser", "The browser's name."),
    ("os", "The operating system's name."),
    ("language", "The visitor's language."),
    ("country", "Where the visitor is."),
    ("region", "Where the visitor is."),
    ("city", "Where the visitor is."),
    ("hour", "The hour of the day in the package's time zone, 0 to 23."),
    ("weekday", "The day of the week in the package's time zone: monday to sunday."),
];

/// Fields that profiles often have; a shop names its own.
pub const PROFILE_FIELDS: [Word; 5] = [
    ("customer", "The customer's number, if known."),
    ("newsletter", "Subscribed to the newsletter."),
    ("customer_since", "Since when a customer, as a date."),
    ("birthday", "As a date."),
    ("tags", "The shop's own labels."),
];

/// Devices.
pub const DEVICES: [&str; 3] = ["mobile", "tablet", "desktop"];

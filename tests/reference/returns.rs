//! Returns (SPEC 5.1): what is left of an order, and the ratio of returns.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::Settings;
use super::events::{Event, Visitor};
use super::numbers::{ONE, Ratio, product};
use super::text::Datum;

/// "returns up to `now` that name the conversion, whatever the period, are subtracted from its value and, by item id in
/// line order, from its quantities; a line with nothing left is gone." None: it is returned whole. What `where` looks
/// at stays as it was recorded.
pub fn left(order: &Event, settings: &Settings, visitor: &Visitor, now: i64) -> Option<Event> {
    let names_it = |back: &&Event| back.kind == "return" && back.at <= now && order.id.as_ref().is_some_and(|id| back.names.contains(id));
    let mut left: Vec<i128> = order.lines.iter().map(|line| line.quantity).collect();
    let mut touched = vec![false; left.len()];
    // What came back in the order's own currency, and what came back in others, in the package's.
    let (mut same, mut others) = (Vec::new(), Vec::new());
    for back in visitor.events.iter().filter(names_it) {
        // "the return says neither value nor items"
        if back.amount.is_none() && back.lines.is_empty() {
            return None;
        }
        let mut worth = 0;
        for line in &back.lines {
            let mut more = line.quantity;
            for (place, bought) in order.lines.iter().enumerate().filter(|(_, bought)| line.id.is_some() && bought.id == line.id) {
                // More returned than bought takes only what was bought.
                let taken = more.min(left[place]).max(0);
                more -= taken;
                left[place] -= taken;
                touched[place] |= taken > 0;
                worth += product(bought.price.unwrap_or(0), taken, ONE);
            }
        }
        match back.amount {
            // "a return with items and no value takes the order's line price × the returned quantity"
            None => same.push(worth),
            Some(amount) if back.currency == order.currency => same.push(amount),
            // Without a rate it is left out.
            Some(amount) => others.extend(settings.convert(amount, &back.currency)),
        }
    }
    let gone = |place: usize| touched[place] && left[place] == 0;
    // "or no quantity is left"
    if !left.is_empty() && (0..left.len()).all(gone) {
        return None;
    }
    let mut value = None;
    if let Some(amount) = order.amount {
        // "An order and a return in one currency are compared in it, rate or no rate."
        let rest = amount - same.iter().sum::<i128>();
        let converted = settings.convert(rest, &order.currency).map(|rest| rest - others.iter().sum::<i128>());
        let (compared, rest) = match converted {
            Some(converted) if !others.is_empty() => (true, converted),
            _ => (!same.is_empty(), rest),
        };
        // "or the returned value reaches the order's"
        if compared && rest <= 0 {
            return None;
        }
        value = converted;
    }
    let mut order = order.clone();
    order.value = value;
    for (line, left) in order.lines.iter_mut().zip(&left) {
        line.quantity = *left;
        line.fields.insert("quantity".to_owned(), vec![Datum::Number(Ratio::whole(*left))]);
        line.value = line.price.and_then(|price| settings.convert(product(price, *left, ONE), &order.currency));
    }
    let mut place = 0..;
    order.lines.retain(|_| !gone(place.next().unwrap()));
    Some(order)
}

/// "different conversions named by the returns that count (a return naming none is its own) ÷ conversions inside the
/// period"; "missing if there are no conversions".
pub fn ratio(returns: &[Cow<Event>], conversions: usize) -> Option<Ratio> {
    let named: BTreeSet<&String> = returns.iter().flat_map(|back| &back.names).collect();
    let own = returns.iter().filter(|back| back.names.is_empty()).count();
    (conversions > 0).then(|| Ratio { top: (named.len() + own) as i128 * ONE, bottom: conversions as i128 })
}

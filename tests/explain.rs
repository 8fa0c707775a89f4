//! Explanations and timelines: on generated packages and visitors they say what `evaluate` says, and readable examples
//! stand in full.

mod each;
mod generate;
mod reference;

use each::{each_case, number_of};
use generate::{Case, Dice};
use regulars::{Evaluator, HORIZON, Plan, Visitor, compile_package, fold, read_visitor};
use regulars_author::explain::Source;
use regulars_author::read::ingest;
use regulars_author::timeline::{Cause, Interval, timeline};
use serde_json::{Value, json};

const DAY: i64 = 86_400_000;

struct Asked {
    plan: Plan,
    source: Source,
    visitor: Visitor,
}

fn asked(package: &Value, visitor: &Value) -> Option<Asked> {
    let plan = compile_package(package, false).plan?;
    let source = Source::new(&plan, &package.to_string(), fold).expect("a plan is that of its package");
    let mut read = Visitor::default();
    read_visitor(&mut read, visitor, fold);
    Some(Asked { plan, source, visitor: read })
}

impl Asked {
    fn ids(&self) -> Vec<String> {
        let names = regulars::names(&self.plan);
        names["segments"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
    }

    fn explain(&self, segment: &str, now: i64) -> Value {
        self.source.explain(&self.visitor, segment, now)
    }
}

/// Member, and until when.
fn answer(plan: &Plan, visitor: &Visitor, segment: usize, now: i64) -> (bool, Option<i64>) {
    let answer = Evaluator::default().evaluate(plan, visitor, now).segments[segment];
    (answer.member, answer.holds_until)
}

/// Every node of a tree.
fn nodes(tree: &Value) -> Vec<&Value> {
    let mut found = vec![tree];
    for child in tree["children"].as_array().into_iter().flatten() {
        found.extend(nodes(child));
    }
    found
}

/// Whether a comparison of a measure holds of what was measured; `None` where that is not a plain number.
fn compares(actual: &Value, wanted: &Value) -> Option<bool> {
    let number = |value: &Value| value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    let ten_thousandths = |value: f64| (value * 10_000.0).round();
    let missing = actual.is_null();
    if !missing && !actual.is_number() {
        return None;
    }
    let actual = number(actual).map_or(f64::NAN, ten_thousandths);
    let value = &wanted["value"];
    let one = || number(value).map_or(f64::NAN, ten_thousandths);
    let pair = |index: usize| number(&value[index]).map_or(f64::NAN, ten_thousandths);
    let any = || value.as_array().unwrap().iter().any(|value| number(value).map(ten_thousandths) == Some(actual));
    Some(match wanted["modifier"].as_str()?.trim() {
        "is_exactly" => actual == one(),
        "is_not" => actual != one(),
        "is_less_than" => actual < one(),
        "is_at_most" => actual <= one(),
        "is_greater_than" => actual > one(),
        "is_at_least" => actual >= one(),
        "is_between" => pair(0) <= actual && actual <= pair(1),
        "is_not_between" => !(pair(0) <= actual && actual <= pair(1)),
        "is_one_of" => any(),
        "is_none_of" => !any(),
        "is_known" => !missing,
        "is_unknown" => missing,
        _ => return None,
    })
}

fn check_tree(case: &Case) -> Result<(), String> {
    let Some(asked) = asked(&case.package, &case.visitor) else { return Ok(()) };
    for now in &case.nows {
        for (number, id) in asked.ids().iter().enumerate() {
            let tree = asked.explain(id, *now);
            if tree["problem"].is_object() {
                let broken = asked.plan.get(regulars_core::plan::SEGMENTS, number, 0) == 0;
                if tree["problem"]["code"] == "broken_segment" && broken {
                    continue;
                }
                return Err(format!("{id}: {tree}"));
            }
            let (member, until) = answer(&asked.plan, &asked.visitor, number, *now);
            if (tree["matched"].as_bool(), tree["holdsUntil"].as_i64()) != (Some(member), until) {
                return Err(format!("{id} at {now}: {member} until {until:?}, explained as {tree}"));
            }
            for node in nodes(&tree) {
                check_node(node).map_err(|sentence| format!("{id} at {now}: {sentence} in {node}"))?;
            }
        }
    }
    Ok(())
}

fn check_node(node: &Value) -> Result<(), String> {
    let matched = node["matched"].as_bool().ok_or("nothing matched")?;
    let path = node["path"].as_str().ok_or("no path")?;
    check_group(node, matched)?;
    let measure = node["wanted"]["measure"].as_str().unwrap_or("");
    // A quotient is shown rounded.
    if !measure.is_empty() && !["average_value", "ratio"].contains(&measure) {
        let holds = compares(&node["actual"], &node["wanted"]);
        if holds.is_some_and(|holds| holds != matched) {
            return Err(format!("the comparison says {holds:?}"));
        }
        if measure == "count" && node["actual"] != json!(node["evidence"].as_array().unwrap().len()) {
            return Err("the count is not that of the evidence".to_owned());
        }
    }
    if path.ends_with("keep") {
        return if matched == !node["actual"].is_null() { Ok(()) } else { Err("it keeps what never held".to_owned()) };
    }
    if let Some(cells) = node["wanted"].as_array()
        && (node["actual"]["cell"].is_string() || node["actual"]["conversions"].is_number())
    {
        let within = cells.contains(&node["actual"]["cell"]);
        return if within == matched { Ok(()) } else { Err("the cell is another".to_owned()) };
    }
    Ok(())
}

fn check_group(node: &Value, matched: bool) -> Result<(), String> {
    let Some(children) = node["children"].as_array() else { return Ok(()) };
    let children: Vec<bool> = children.iter().map(|child| child["matched"].as_bool().unwrap()).collect();
    let next = node["path"].as_str().unwrap();
    let below = |word: &str| {
        let first = &node["children"][0]["path"];
        first.as_str().is_some_and(|path| path.strip_prefix(next).is_some_and(|rest| rest.starts_with(word)))
    };
    let wanted = match () {
        () if below("/all/") => children.iter().all(|child| *child),
        () if below("/any/") => children.iter().any(|child| *child),
        () if below("/not") => !children[0],
        () if node["wanted"].is_string() => children.first().copied().unwrap_or(matched),
        () => return Ok(()),
    };
    if wanted == matched { Ok(()) } else { Err(format!("its parts say {children:?}")) }
}

#[test]
fn trees_say_what_evaluate_says() {
    each_case(number_of("REGULARS_EXPLAIN", 2_000), |_, case| check_tree(case));
}

fn covers(intervals: &[Interval], at: i64) -> bool {
    intervals.iter().any(|interval| interval.from <= at && at < interval.to)
}

fn check_timeline(seed: u64, case: &Case) -> Result<(), String> {
    let Some(asked) = asked(&case.package, &case.visitor) else { return Ok(()) };
    let mut dice = Dice::new(!seed);
    let (from, to) = (case.nows[0] - dice.from(0, 120 * DAY), case.nows[0] + dice.from(1, 60 * DAY));
    for (number, id) in asked.ids().iter().enumerate() {
        let member = |at: i64| answer(&asked.plan, &asked.visitor, number, at).0;
        let intervals = timeline(&asked.plan, &asked.visitor, number, from, to);
        let edges: Vec<i64> = intervals.iter().flat_map(|interval| [interval.from, interval.to]).collect();
        if !edges.is_sorted_by(|one, other| one < other) || edges.iter().any(|edge| !(from..=to).contains(edge)) {
            return Err(format!("{id}: {intervals:?} are not stretches from {from} to {to}"));
        }
        let around = edges.iter().flat_map(|edge| [edge - 1, *edge, edge + 1]);
        let random: Vec<i64> = (0..40).map(|_| dice.from(from, to - 1)).collect();
        for at in around.chain(random).chain([from, to - 1]).filter(|at| (from..to).contains(at)) {
            if covers(&intervals, at) != member(at) {
                return Err(format!("{id} at {at}: {} a member, but {intervals:?}", member(at)));
            }
        }
        for interval in &intervals {
            for (cause, edge, entered) in [(&interval.entered_by, interval.from, true), (&interval.left_by, interval.to, false)] {
                check_cause(&asked, number, cause, edge, entered)
                    .map_err(|sentence| format!("{id} at {edge}: {sentence}: {interval:?}"))?;
            }
        }
    }
    Ok(())
}

fn check_cause(asked: &Asked, number: usize, cause: &Cause, edge: i64, entered: bool) -> Result<(), String> {
    let edge_in = |visitor: &Visitor| [edge - 1, edge].map(|at| answer(&asked.plan, visitor, number, at).0) == [!entered, entered];
    let there = edge_in(&asked.visitor);
    match cause {
        Cause::Cut if there => return Err("an edge without a cause".to_owned()),
        Cause::Cut => return Ok(()),
        _ if !there => return Err("no edge".to_owned()),
        Cause::Time => {}
        Cause::Event { kind, .. } => {
            let tables = &asked.visitor.history.tables;
            let table = tables.iter().position(|table| table.kind == kind.as_bytes()).ok_or("an event of no known type")?;
            if !(0..tables[table].len()).any(|row| tables[table].at(row) == edge) {
                return Err("no such event then".to_owned());
            }
        }
    }
    // Without all that happened at that instant the edge is there if time made it, and not if an event did.
    let mut visitor = asked.visitor.clone();
    for table in 0..visitor.history.tables.len() {
        for row in (0..visitor.history.tables[table].len()).rev() {
            if visitor.history.tables[table].at(row) == edge {
                visitor.history.forget(table, row);
            }
        }
    }
    if edge_in(&visitor) == (*cause == Cause::Time) { Ok(()) } else { Err("another cause".to_owned()) }
}

#[test]
fn timelines_agree_with_evaluate() {
    each_case(number_of("REGULARS_EXPLAIN", 2_000), check_timeline);
}

/// The event that a change asks for, at an instant: each amount as near to zero as its bounds allow, but moved by `by`
/// if it is the one asked about.
fn event_of(change: &Value, at: i64, moved: Option<(&str, f64)>) -> Value {
    let mut event = change["event"].clone();
    event["at"] = json!(at);
    let amount = |bounds: &Value, path: &str| {
        let number = |key: &str| bounds[key].as_f64();
        if let Some((which, by)) = moved
            && let Some((name, key)) = which.split_once(' ')
            && name == path
        {
            return json!(number(key).unwrap() + by);
        }
        json!(number("atMost").map_or(0.0, |most| most.min(0.0)).max(number("atLeast").unwrap_or(f64::NEG_INFINITY)))
    };
    if event["value"].is_object() {
        event["value"] = amount(&event["value"], "value");
    }
    for key in ["price", "quantity"] {
        if event["items"][0][key].is_object() {
            event["items"][0][key] = amount(&event["items"][0][key], key);
        }
    }
    event
}

/// The bounds that a change states: whose, which, and where the neighbour just short of it lies.
fn bounds_of(change: &Value) -> Vec<(String, f64)> {
    let event = &change["event"];
    let amounts = [("value", &event["value"]), ("price", &event["items"][0]["price"]), ("quantity", &event["items"][0]["quantity"])];
    let mut found = Vec::new();
    for (name, bounds) in amounts {
        for (key, by) in [("atLeast", -0.0001), ("atMost", 0.0001)] {
            if bounds[key].is_number() {
                found.push((format!("{name} {key}"), by));
            }
        }
    }
    found
}

struct Question<'a> {
    asked: &'a Asked,
    number: usize,
    now: i64,
    member: bool,
    until: Option<i64>,
}

impl Question<'_> {
    fn with(&self, event: &Value) -> Visitor {
        let mut visitor = self.asked.visitor.clone();
        let report = ingest(&mut visitor, &json!([event]), fold);
        assert_eq!(report.accepted, 1, "{event}");
        visitor
    }

    /// Whether an event does what a change says of it.
    fn does(&self, key: &str, change: &Value, event: &Value) -> bool {
        let visitor = self.with(event);
        let at = event["at"].as_i64().unwrap();
        let answer = |at: i64| answer(&self.asked.plan, &visitor, self.number, at);
        if key == "keeps" {
            let (member, until) = answer(self.now);
            return member && until.is_none_or(|until| until > self.until.unwrap());
        }
        let (member, until) = answer(at);
        member != self.member || (change["at"].is_i64() && until.is_some())
    }

    fn check(&self, key: &str, change: &Value) -> Result<(), String> {
        if let Some(wait) = change["wait"].as_i64() {
            let member = |at: i64| answer(&self.asked.plan, &self.asked.visitor, self.number, at).0;
            let flips = member(wait) != self.member && member(wait - 1) == self.member && self.until == Some(wait);
            return if flips { Ok(()) } else { Err("waiting does not do it, or shorter does".to_owned()) };
        }
        let before = change["before"].as_i64();
        let latest = before.unwrap_or(self.now + HORIZON);
        for at in [self.now, latest] {
            if !self.does(key, change, &event_of(change, at, None)) {
                return Err(format!("it does not do it at {at}"));
            }
        }
        if before.is_some() && self.does(key, change, &event_of(change, latest + 1, None)) {
            return Err("a millisecond later does it too".to_owned());
        }
        for (which, by) in bounds_of(change) {
            if self.does(key, change, &event_of(change, self.now, Some((&which, by)))) {
                return Err(format!("just short of {which} does it too"));
            }
        }
        if let Some(at) = change["at"].as_i64() {
            let visitor = self.with(&event_of(change, self.now, None));
            if answer(&self.asked.plan, &visitor, self.number, self.now).1 != Some(at) {
                return Err("it does it at another instant".to_owned());
            }
        }
        Ok(())
    }
}

/// How many answers were asked about, and how many changes of which kind were found.
#[derive(Default)]
struct Tally {
    asked: usize,
    waits: usize,
    events: usize,
    bounds: usize,
    later: usize,
    members: usize,
    keeps: usize,
    latest: usize,
}

fn check_changes(case: &Case, tally: &std::sync::Mutex<Tally>) -> Result<(), String> {
    let Some(asked) = asked(&case.package, &case.visitor) else { return Ok(()) };
    let now = case.nows[0];
    for (number, id) in asked.ids().iter().enumerate() {
        let tree = asked.explain(id, now);
        if tree["problem"].is_object() {
            continue;
        }
        let (member, until) = answer(&asked.plan, &asked.visitor, number, now);
        let question = Question { asked: &asked, number, now, member, until };
        for key in ["flips", "keeps"].into_iter().filter(|key| tree[key].is_object()) {
            question.check(key, &tree[key]).map_err(|sentence| format!("{id} at {now}: {sentence}: {key} {}", tree[key]))?;
        }
        let mut tally = tally.lock().unwrap();
        let is = |there: bool| usize::from(there);
        tally.asked += 1;
        tally.waits += is(tree["flips"]["wait"].is_i64());
        tally.events += is(tree["flips"]["event"].is_object());
        tally.later += is(tree["flips"]["at"].is_i64());
        tally.members += is(member && until.is_some());
        tally.keeps += is(tree["keeps"].is_object());
        for change in [&tree["flips"], &tree["keeps"]] {
            tally.bounds += bounds_of(change).len();
            tally.latest += is(change["before"].is_i64());
        }
    }
    Ok(())
}

#[test]
fn changes_do_what_they_say_and_their_neighbours_do_not() {
    let tally = std::sync::Mutex::new(Tally::default());
    each_case(number_of("REGULARS_EXPLAIN", 2_000) / 4, |_, case| check_changes(case, &tally));
    let Tally { asked, waits, events, bounds, later, members, keeps, latest } = tally.into_inner().unwrap();
    println!("of {asked} answers {waits} flip by waiting, {events} by an event ({later} of them later)");
    println!("of {members} members who leave by time an event keeps {keeps}; {bounds} bounds, {latest} latest instants");
    assert!(events > asked / 4 && keeps > members / 5, "hardly any change is found");
    assert!(bounds > asked / 8 && latest > asked / 20 && later > asked / 20, "hardly any bound is found");
}

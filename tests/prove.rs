//! What the author's tools prove of rules is true: on generated packages, of generated visitors at generated instants, no
//! counter-example to any "never", "always" or "implies" is found. The rules are made to contradict each other: they speak
//! of few things, with few numbers.
//!
//! `REGULARS_PROVE` (600) packages, from seed `REGULARS_SEED` (0) on.

mod each;
mod generate;
mod reference;

use each::number_of;
use generate::{Dice, case};
use reference::days::{DAY, HOUR};
use regulars::{Evaluator, Plan, Visitor, compile_package, fold, read_visitor};
use regulars_author::prove::Prover;
use regulars_author::read::read_context;
use regulars_core::plan::{NODES, SEGMENTS};
use serde_json::{Value, json};

/// Instants worth asking about: a clock change, a leap day, an ordinary noon.
const NOWS: [i64; 4] = [1_774_746_000_000, 1_709_164_800_000, 1_781_524_800_000, 1_792_890_000_000];

fn number(dice: &mut Dice, part: &mut Value, pool: &[i64]) {
    let (one, two) = (*dice.pick(pool), *dice.pick(pool));
    let modifiers = [
        "is_exactly",
        "is_not",
        "is_less_than",
        "is_at_most",
        "is_greater_than",
        "is_at_least",
        "is_between",
        "is_not_between",
        "is_one_of",
        "is_known",
        "is_unknown",
    ];
    let modifier = *dice.pick(&modifiers);
    part["modifier"] = json!(modifier);
    match modifier {
        "is_known" | "is_unknown" => {}
        "is_between" | "is_not_between" => part["value"] = json!([one.min(two), one.max(two)]),
        "is_one_of" => part["value"] = json!([one, two]),
        _ => part["value"] = if dice.chance(10) { json!(format!("{one}.5")) } else { json!(one) },
    }
}

fn period(dice: &mut Dice) -> Value {
    match dice.below(8) {
        0..=2 => json!({ "last": dice.pick(&[1, 7, 30, 90]), "unit": "day" }),
        3 => json!({ "last": dice.pick(&[12, 36]), "unit": "hour" }),
        4 => json!({ "between": dice.pick(&[[0, 30], [30, 60], [7, 90]]), "unit": "day" }),
        5 => {
            json!({ "calendar": dice.pick(&["day", "week", "month", "year"]), "count": dice.pick(&[1, 2, 7]), "current": dice.chance(50) })
        }
        6 => json!({ "from": dice.pick(&["2024-01-01", "2026-02-01"]), "to": dice.pick(&["2026-03-01", "2026-12-31"]) }),
        _ => json!({ "from": "2026-01-01" }),
    }
}

fn events(dice: &mut Dice) -> Value {
    let of = dice.pick(&[json!("conversion"), json!("conversion"), json!("visit"), json!(["conversion", "visit"])]).clone();
    let mut part = json!({ "of": of });
    let measure = *dice.pick(&[
        "count",
        "count",
        "count",
        "active_days",
        "distinct_items",
        "days_since_last",
        "days_since_last",
        "days_since_first",
        "total_value",
        "average_value",
        "units",
        "ratio",
    ]);
    part["measure"] = json!(measure);
    let pool: &[i64] = match measure {
        "days_since_last" | "days_since_first" => &[0, 1, 7, 28, 30, 33, 60, 90, 91, 200],
        "total_value" | "average_value" => &[-5, 0, 10, 20],
        "active_days" => &[0, 1, 2, 10, 20],
        _ => &[0, 1, 1, 2, 3],
    };
    number(dice, &mut part, pool);
    if measure == "ratio" {
        part["of"] = json!("return");
    }
    if dice.chance(60) {
        part["period"] = period(dice);
    }
    if dice.chance(20) {
        part["where"] = json!({ "field": "coupon", "modifier": dice.pick(&["is_known", "is_unknown"]) });
    }
    if dice.chance(20) {
        part["items"] = json!({ "field": "brand", "modifier": "is_exactly", "value": dice.pick(&["Acme", "Bolt"]) });
    }
    if dice.chance(20) {
        part["only"] = json!(dice.pick(&["first", "latest"]));
    }
    if part["of"] == "conversion" && dice.chance(20) {
        part["net"] = json!(true);
    }
    json!({ "events": part })
}

fn known(dice: &mut Dice) -> Value {
    let (kind, field) =
        *dice.pick(&[("profile", "tags"), ("profile", "tags"), ("profile", "since"), ("context", "country"), ("context", "n")]);
    let mut part = json!({ "field": field });
    match (field, dice.below(4)) {
        ("since", 0 | 1) => {
            part["measure"] = json!(dice.pick(&["days_since", "days_until_anniversary"]));
            number(dice, &mut part, &[-1, 0, 7, 30, 365, 366, 400]);
            return json!({ kind: part });
        }
        (_, 0) => part["modifier"] = json!(dice.pick(&["is_known", "is_unknown"])),
        ("n", _) => number(dice, &mut part, &[0, 1, 2]),
        (_, 1) => {
            part["modifier"] = json!(dice.pick(&["is_one_of", "is_none_of"]));
            part["value"] = json!([dice.pick(&["a", "NL"]), dice.pick(&["ab", "be", "1"])]);
        }
        (_, 2) => {
            part["modifier"] = json!(dice.pick(&["contains", "does_not_contain", "starts_with"]));
            part["value"] = json!(dice.pick(&["a", "b", "nl"]));
        }
        _ => {
            part["modifier"] = json!(dice.pick(&["is_exactly", "is_not"]));
            part["value"] = json!(dice.pick(&["a", "ab", "NL", "be", "1", "2026-03-01"]));
        }
    }
    if part["modifier"] != "is_known" && part["value"].is_string() && dice.chance(25) {
        part["caseSensitive"] = json!(true);
    }
    json!({ kind: part })
}

fn leaf(dice: &mut Dice, ids: &[String]) -> Value {
    match dice.below(14) {
        0 | 1 => known(dice),
        2 => {
            json!({ "context": { "field": "weekday", "modifier": dice.pick(&["is_exactly", "is_not"]), "value": dice.pick(&["monday", "sunday"]) } })
        }
        3 => {
            let mut part = json!({ "field": "hour" });
            number(dice, &mut part, &[-1, 0, 9, 18, 23, 24]);
            json!({ "context": part })
        }
        4 | 5 => {
            let cells = ["one_time_buyer", "promising", "sleeper", "loyal", "red_alert", "none"];
            let listed: Vec<&str> = cells.into_iter().filter(|_| dice.chance(50)).collect();
            json!({ "retention": if listed.is_empty() { vec!["none"] } else { listed } })
        }
        6 => {
            let absent = dice.chance(40);
            let mut last = json!({ "of": "conversion", "within": { "last": 3, "unit": "day" } });
            if absent {
                last["absent"] = json!(true);
            }
            json!({ "sequence": { "steps": [{ "of": "visit" }, last], "period": period(dice) } })
        }
        7 if !ids.is_empty() => json!({ "segment": dice.pick(ids) }),
        _ => events(dice),
    }
}

fn rule(dice: &mut Dice, depth: usize, ids: &[String]) -> Value {
    if depth == 0 || dice.chance(25) {
        return leaf(dice, ids);
    }
    let parts: Vec<Value> = (0..2 + dice.below(2)).map(|_| rule(dice, depth - 1, ids)).collect();
    match dice.below(5) {
        0 | 1 => json!({ "all": parts }),
        2 | 3 => json!({ "any": parts }),
        _ => json!({ "not": parts[0] }),
    }
}

fn package(dice: &mut Dice) -> Value {
    let ids: Vec<String> = (0..5).map(|index| format!("s{index}")).collect();
    let segments = ids.iter().enumerate().map(|(index, id)| {
        let mut segment = json!({ "id": id, "rule": rule(dice, 2, &ids[..index]) });
        if dice.chance(25) {
            segment["keep"] = json!({ "last": dice.pick(&[1, 30]), "unit": "day" });
        }
        segment
    });
    let segments: Value = segments.collect();
    let zone = *dice.pick(&["UTC", "Europe/Amsterdam", "America/St_Johns", "Pacific/Apia"]);
    json!({ "regulars": 1, "timeZone": zone, "currency": "EUR", "segments": segments })
}

fn visitor(dice: &mut Dice, now: i64) -> Value {
    let event = |index: usize, dice: &mut Dice| {
        let back = *dice.pick(&[0, 0, 1, 2, 7, 7, 28, 29, 30, 31, 60, 89, 90, 91, 92, 400]) * DAY;
        let kind = *dice.pick(&["conversion", "conversion", "conversion", "visit", "visit", "return"]);
        let mut event = json!({ "type": kind, "id": format!("{index}"), "at": now - back + *dice.pick(&[-HOUR, -1, 0, 1, HOUR]) });
        if dice.chance(60) {
            event["value"] = json!(dice.pick(&[-5, 0, 10, 20, 30]));
        }
        if dice.chance(50) {
            event["items"] =
                json!([{ "id": dice.pick(&["x", "y"]), "brand": dice.pick(&["Acme", "Bolt"]), "quantity": dice.pick(&[-1, 1, 2]) }]);
        }
        if kind == "return" {
            event["properties"] = json!({ "conversion": dice.below(4).to_string() });
        } else if dice.chance(40) {
            event["properties"] = json!({ "coupon": "x" });
        }
        event
    };
    let count = *dice.pick(&[0, 1, 1, 2, 3, 5, 12]);
    let mut visitor = json!({ "events": (0..count).map(|index| event(index, dice)).collect::<Value>() });
    if dice.chance(70) {
        let tags =
            [json!("a"), json!("ab"), json!(["A", "be"]), json!("1"), json!(1), json!("1.0"), json!("2026-03-01"), json!(true), json!([])];
        let since = [json!("2024-02-29"), json!("2026-03-22"), json!(["2026-03-01", "x"]), json!("x"), json!("2026-03-01")];
        visitor["profile"] = json!({ "tags": dice.pick(&tags), "since": dice.pick(&since) });
    }
    visitor
}

/// Every node of the plan as a segment of its own.
fn each_node_answers(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    plan.tables[SEGMENTS] = (1..=plan.len(NODES) as i64).collect();
    plan
}

/// A visitor that has what a case says, and what is known at the moment.
fn read(dice: &mut Dice, json: &Value, knows: bool) -> Visitor {
    let mut read = Visitor::default();
    read_visitor(&mut read, json, fold);
    if knows {
        let country = dice.pick(&[json!("NL"), json!("nl"), json!(["BE", "NL"]), json!("ab"), json!("")]).clone();
        let context = json!({ "country": country, "n": dice.pick(&[json!(0), json!("1"), json!(1.5), json!([0, 2]), json!("x")]) });
        read_context(&mut read, &context, fold);
    }
    read
}

/// What was proved of a package, and held against answers.
#[derive(Debug, Default)]
struct Proved {
    never: usize,
    always: usize,
    implies: usize,
}

fn check(package: &Value, seed: u64, proved: &mut Proved) -> Result<(), String> {
    let mut dice = Dice::new(!seed);
    let Some(plan) = compile_package(package, false).plan else { return Ok(()) };
    let plan = each_node_answers(&plan);
    let nodes = plan.len(NODES);
    let mut prover = Prover::new(&plan);
    let pairs: Vec<(usize, usize)> = (0..nodes.min(60)).flat_map(|one| (0..nodes.min(60)).map(move |other| (one, other))).collect();
    let said = |prover: &Prover<'_>, node: usize| prover.fate(node).never || prover.fate(node).always;
    let open: Vec<_> = pairs.into_iter().filter(|&(one, other)| one != other && !said(&prover, one) && !said(&prover, other)).collect();
    let implied: Vec<_> = open.into_iter().filter(|&(one, other)| prover.implies(one, other)).collect();
    for node in 0..nodes {
        proved.never += usize::from(prover.fate(node).never);
        proved.always += usize::from(prover.fate(node).always);
    }
    proved.implies += implied.len();
    for index in 0..30 {
        let (visitor, mut nows) = if index == 0 {
            (json!({}), NOWS.to_vec())
        } else if index % 3 == 0 {
            let case = case(seed * 31 + index);
            (case.visitor, case.nows)
        } else {
            let now = *dice.pick(&NOWS) + dice.from(0, DAY);
            (visitor(&mut dice, now), vec![now, now + DAY])
        };
        let knows = index > 0 && dice.chance(80);
        let read = read(&mut dice, &visitor, knows);
        nows.sort_unstable();
        for now in nows {
            let answers = Evaluator::default().evaluate(&plan, &read, now).segments;
            let wrong = |what: String| Err(format!("{what}, but not of {visitor} at {now}: {package}"));
            for (node, answer) in answers.iter().enumerate() {
                let fate = prover.fate(node);
                if if answer.member { fate.never } else { fate.always } {
                    return wrong(format!("node {node} is proved: {fate:?}"));
                }
            }
            for &(one, other) in &implied {
                if answers[one].member && !answers[other].member {
                    return wrong(format!("node {one} is proved to imply node {other}"));
                }
            }
            let unlike = |&(node, member): &(usize, bool)| index == 0 && member && !prover.holds_of_nothing(node);
            if let Some((node, _)) = answers.iter().map(|answer| answer.member).enumerate().find(unlike) {
                return wrong(format!("node {node} is said not to hold where nothing is known"));
            }
        }
    }
    Ok(())
}

fn run(count: u64, package_of: impl Fn(u64) -> Value + Sync) -> Proved {
    let first = number_of("REGULARS_SEED", 0);
    let halves: Vec<Result<Proved, String>> = std::thread::scope(|scope| {
        let package_of = &package_of;
        let half = |half: u64| {
            scope.spawn(move || {
                let mut proved = Proved::default();
                for seed in (first + half..first + count).step_by(2) {
                    check(&package_of(seed), seed, &mut proved).map_err(|sentence| format!("seed {seed}: {sentence}"))?;
                }
                Ok(proved)
            })
        };
        [half(0), half(1)].map(|half| half.join().unwrap()).into_iter().collect()
    });
    let mut whole = Proved::default();
    for half in halves {
        let half = half.unwrap_or_else(|sentence| panic!("{sentence}"));
        (whole.never, whole.always) = (whole.never + half.never, whole.always + half.always);
        whole.implies += half.implies;
    }
    println!("{whole:?}");
    whole
}

#[test]
fn nothing_contradicts_what_is_proved_of_rules_made_to_contradict() {
    let count = number_of("REGULARS_PROVE", 600);
    let proved = run(count, |seed| package(&mut Dice::new(seed)));
    // A prover that finds nothing would pass as well.
    assert!(proved.never > count as usize && proved.always > count as usize && proved.implies > count as usize, "{proved:?}");
}

#[test]
fn nothing_contradicts_what_is_proved_of_any_rules() {
    run(number_of("REGULARS_PROVE", 600) / 2, |seed| case(seed).package);
}

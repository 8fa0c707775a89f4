//! Sentences: what they say (golden files, both languages), that two different rules never read alike, and that each phrase
//! points to what it speaks of.

#[path = "describe/golden.rs"]
mod golden;
#[path = "describe/normal.rs"]
mod normal;
#[path = "describe/rules.rs"]
mod rules;

mod each;
mod generate;
mod reference;

use std::collections::HashMap;

use each::{each_case, number_of};
use generate::Dice;
use regulars::compile_package;
use regulars_author::catalogue::fields::{CONTEXT_FIELDS, EVENT_TYPES, ITEM_FIELDS, PROPERTIES};
use regulars_author::catalogue::{CALENDAR, DATE_MEASURES, LENGTHS, MEASURES, MODIFIERS, ONLY, WEEKDAYS};
use regulars_author::describe::{Description, Language, describe, sentence};
use regulars_author::diagnostic::Severity;
use serde_json::{Value, json};

const LANGUAGES: [Language; 2] = [Language::English, Language::Dutch];

fn package(rule: &Value) -> Value {
    json!({
        "regulars": 1, "timeZone": "Europe/Amsterdam", "currency": "EUR",
        "segments": [{ "id": "s", "rule": rule }, { "id": "buyers", "name": "Buyers", "rule": rule }, { "id": "guests", "name": "buyers", "rule": rule }],
    })
}

fn whole(description: &Description) -> String {
    description.phrases.iter().map(|phrase| phrase.text.as_str()).collect()
}

/// Describes a rule in both languages, or in none.
fn both(rule: &Value) -> Option<[String; 2]> {
    let package = package(rule);
    let said = LANGUAGES.map(|language| describe(&package, "s", language).map(|description| whole(&description)));
    let parts = LANGUAGES.map(|language| sentence(&package, rule, "", language));
    match (said, parts) {
        ([Some(english), Some(dutch)], [part, deel]) => {
            assert!(english.contains(&part) && dutch.contains(&deel) && !part.is_empty() && !deel.is_empty());
            Some([english, dutch])
        }
        ([None, None], [part, deel]) => {
            assert_eq!([part.as_str(), deel.as_str()], ["", ""]);
            None
        }
        (said, _) => panic!("one language has words for what the other has none for: {said:?}\n{rule}"),
    }
}

/// All the rules of a run, from this many seeds.
fn generated() -> impl Iterator<Item = (u64, Value)> {
    (0..number_of("REGULARS_DESCRIBED", 60_000)).map(|seed| (seed, rules::rule(&mut Dice::new(seed), (seed % 3) as usize)))
}

#[test]
fn two_different_rules_never_read_alike() {
    let mut known: [HashMap<String, (Value, Value)>; 2] = Default::default();
    let mut again = 0;
    for (seed, rule) in generated() {
        let normal = normal::rule(&rule).unwrap_or_else(|| panic!("seed {seed}: {rule} has no normal form"));
        let said = both(&rule).unwrap_or_else(|| panic!("seed {seed}: nothing to say of {rule}"));
        for (known, said) in known.iter_mut().zip(said) {
            let (first, whole) = known.entry(said.clone()).or_insert_with(|| (normal.clone(), rule.clone()));
            assert!(*first == normal, "seed {seed}: {said}\n  {whole}\n  {rule}");
            again += usize::from(*whole != rule);
        }
    }
    assert!(again > 500, "the same rule was hardly ever written in two ways: {again}");
}

#[test]
fn a_rule_with_one_thing_changed_reads_otherwise() {
    let (mut changed, mut same) = (0, 0);
    for (seed, rule) in generated() {
        let mut dice = Dice::new(seed ^ 0x5eed);
        let other = changed_once(&mut dice, &rule);
        let (Some(normal), Some(changed_normal), Some(before), Some(after)) =
            (normal::rule(&rule), normal::rule(&other), both(&rule), both(&other))
        else {
            continue;
        };
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(before == after, normal == changed_normal, "seed {seed}\n  {rule}\n  {other}\n  {before}\n  {after}");
        }
        changed += usize::from(normal != changed_normal);
        same += usize::from(normal == changed_normal && rule != other);
    }
    let wanted = number_of("REGULARS_DESCRIBED", 60_000) as usize;
    assert!(changed > wanted / 5 && same > wanted / 1000, "{changed} differ, {same} are the same rule");
}

/// Every place in a value, as a JSON pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(list) => list.iter().enumerate().for_each(|(index, part)| places(part, &format!("{at}/{index}"), found)),
        Value::Object(object) => object.iter().for_each(|(key, part)| places(part, &format!("{at}/{key}"), found)),
        _ => {}
    }
}

/// One part of a rule exchanged for something else: most are still rules.
fn changed_once(dice: &mut Dice, rule: &Value) -> Value {
    let mut found = Vec::new();
    places(rule, "", &mut found);
    let (place, source) = (dice.pick(&found).clone(), dice.pick(&found).clone());
    let (mut other, source) = (rule.clone(), rule.pointer(&source).unwrap().clone());
    let part = other.pointer_mut(&place).unwrap();
    let renamed = |part: &Value, from: &str, to: &str| part.get(from).map(|inner| json!({ to: inner }));
    *part = match (part.clone(), dice.below(6)) {
        (Value::Bool(truth), 0..=2) => json!(!truth),
        (Value::Number(number), 0..=2) => json!([json!(number.as_f64().unwrap() + 1.0), json!(number.to_string())][dice.below(2)]),
        (Value::String(text), 0) => json!(text.to_uppercase()),
        (Value::String(text), 1) => json!(format!("{text}\"”")),
        (Value::String(text), 2) => json!(format!(" {text} ")),
        (Value::Array(mut list), 0..=2) if list.len() > 1 => {
            match dice.below(3) {
                0 => list.reverse(),
                1 => drop(list.pop()),
                _ => list.push(list[0].clone()),
            }
            Value::Array(list)
        }
        (Value::Object(mut object), 0 | 1) if object.len() > 1 => {
            let key = object.keys().nth(dice.below(object.len())).unwrap().clone();
            object.remove(&key);
            Value::Object(object)
        }
        (part @ Value::Object(_), 2) => {
            renamed(&part, "all", "any").or_else(|| renamed(&part, "any", "all")).unwrap_or(json!({ "not": part }))
        }
        (part @ Value::Object(_), 3) => json!({ "all": [part] }),
        (part @ Value::Object(_), 4) => json!({ "any": [part] }),
        _ => source,
    };
    other
}

/// Packages as tests generate them are described whole, unless a rule has a mistake; every phrase points to a place that
/// is there.
#[test]
fn every_phrase_points_into_the_package() {
    each_case(number_of("REGULARS_DESCRIBED", 60_000) / 20, |_, case| {
        let problems = compile_package(&case.package, false).problems;
        for (number, segment) in case.package["segments"].as_array().unwrap().iter().enumerate() {
            let rule = format!("/segments/{number}/");
            let good = problems.iter().all(|problem| problem.severity != Severity::Error || !problem.pointer.starts_with(&rule));
            for language in LANGUAGES {
                let Some(description) = describe(&case.package, segment["id"].as_str().unwrap(), language) else {
                    if good {
                        return Err(format!("nothing to say of {segment}"));
                    }
                    continue;
                };
                for phrase in &description.phrases {
                    assert!(!phrase.text.is_empty());
                    if case.package.pointer(&phrase.pointer).is_none() {
                        return Err(format!("{:?} points to {}, where nothing is", phrase.text, phrase.pointer));
                    }
                }
                assert!(
                    description.phrases.windows(2).all(|pair| pair[0].pointer != pair[1].pointer),
                    "two phrases of one place side by side"
                );
            }
        }
        Ok(())
    });
    for (seed, rule) in generated() {
        let package = package(&rule);
        for phrase in describe(&package, "s", LANGUAGES[seed as usize % 2]).unwrap().phrases {
            assert!(package.pointer(&phrase.pointer).is_some(), "{:?} points to {} in {rule}", phrase.text, phrase.pointer);
        }
    }
}

/// A value in a phrase speaks of that value, not of what is around it.
#[test]
fn a_phrase_speaks_of_its_own_part() {
    let rule = json!({ "all": [
        { "events": { "of": ["visit", "stamp"], "modifier": "is_between", "value": [3, "7"], "period": { "last": 90, "unit": "day" },
                      "where": { "not": { "field": "coupon", "modifier": "is_one_of", "value": ["x", "y"], "caseSensitive": true } }, "only": "first" } },
        { "sequence": { "steps": [{ "of": "cart_add" }, { "of": "conversion", "within": { "last": 3, "unit": "day" }, "absent": true }] } },
        { "retention": ["loyal"] } ] });
    let package = json!({ "timeZone": "UTC", "segments": [{ "id": "s", "rule": rule, "keep": { "last": 2, "unit": "hour" } }] });
    let description = describe(&package, "s", Language::English).unwrap();
    let spoken = |pointer: &str| -> Vec<&str> {
        let phrases = description.phrases.iter().filter(|phrase| phrase.pointer == pointer);
        phrases.map(|phrase| phrase.text.as_str()).collect()
    };
    let first = "/segments/0/rule/all/0/events";
    assert_eq!(spoken("/segments/0/id"), ["the segment with the id “s”"]);
    assert_eq!(spoken("/segments/0/keep"), ["2 hours"]);
    assert_eq!(spoken(&format!("{first}/of/0"))[0], "visits");
    assert_eq!(spoken(&format!("{first}/of/1"))[0], "events “stamp”");
    assert_eq!(spoken(&format!("{first}/value/0")), ["3"]);
    assert_eq!(spoken(&format!("{first}/value/1")), ["7"]);
    assert_eq!(spoken(&format!("{first}/period")), ["in the last 90 × 24 hours"]);
    assert_eq!(spoken(&format!("{first}/where/not/value/1")), ["“y”"]);
    assert_eq!(spoken(&format!("{first}/where/not/caseSensitive")), [" (case-sensitive)"]);
    assert_eq!(spoken("/segments/0/rule/all/1/sequence/steps/1/within"), ["3 × 24 hours"]);
    assert_eq!(spoken("/segments/0/rule/all/2/retention/0"), ["“Loyal” (id “loyal”)"]);
    assert_eq!(spoken("/timeZone"), [" Days and hours are those of the time zone UTC."]);
}

/// Whatever is written where a package should be, there is an answer.
#[test]
fn nothing_that_is_written_is_too_much() {
    for (_, rule) in generated().take(20_000) {
        let mut dice = Dice::new(rule.to_string().len() as u64);
        let mut whole = package(&rule);
        for _ in 0..3 {
            whole = changed_once(&mut dice, &whole);
        }
        for language in LANGUAGES {
            let _ = describe(&whole, "s", language);
        }
    }
    // The reader of JSON stops at 128 levels.
    let deep = (0..120).fold(json!({ "segment": "s" }), |inner, _| json!({ "not": inner }));
    assert_eq!(describe(&package(&deep), "s", Language::English), None);
}

#[test]
fn every_word_of_the_catalogue_has_a_phrase() {
    for language in LANGUAGES {
        let words = language.words();
        let known = |table: &[(&str, &str)]| -> Vec<String> { table.iter().map(|(word, _)| (*word).to_owned()).collect() };
        fn words_of<T>(table: &[(&str, T)]) -> Vec<String> {
            table.iter().map(|(word, _)| (*word).to_owned()).collect()
        }
        assert_eq!(known(words.modifiers), words_of(&MODIFIERS));
        assert_eq!(known(words.measures), words_of(&MEASURES));
        assert_eq!(known(words.profile_measures), words_of(&DATE_MEASURES));
        assert_eq!(known(words.only), words_of(&ONLY));
        assert_eq!(known(words.weekdays), words_of(&WEEKDAYS));
        assert_eq!(words_of(words.lengths), words_of(&LENGTHS));
        assert_eq!(words_of(words.calendar), words_of(&CALENDAR));
        assert_eq!(known(words.fields), words_of(&PROPERTIES));
        assert_eq!(known(words.line_fields), words_of(&ITEM_FIELDS));
        assert_eq!(known(words.present), words_of(&CONTEXT_FIELDS));
        for kind in words_of(&EVENT_TYPES) {
            assert!(words.events.iter().any(|(known, _)| *known == kind), "{kind}");
        }
        let ordering = MODIFIERS.iter().filter(|(_, (modifier, _))| modifier.orders()).map(|(word, _)| (*word).to_owned());
        assert_eq!(known(words.dates), ordering.collect::<Vec<_>>());
    }
    // What one language has a phrase for, the other has too; and no two words share one.
    let [english, dutch] = LANGUAGES.map(Language::words);
    for (table, other) in [
        (english.fields, dutch.fields),
        (english.line_fields, dutch.line_fields),
        (english.present, dutch.present),
        (english.profile_measures, dutch.profile_measures),
        (english.measures, dutch.measures),
        (english.modifiers, dutch.modifiers),
    ] {
        assert!(table.iter().map(|(word, _)| word).eq(other.iter().map(|(word, _)| word)));
        for table in [table, other] {
            let phrases: std::collections::BTreeSet<_> = table.iter().map(|(_, phrase)| phrase).collect();
            assert_eq!(phrases.len(), table.len());
        }
    }
    let types = |table: &[(&'static str, [&str; 2])]| table.iter().map(|(word, _)| *word).collect::<Vec<_>>();
    assert_eq!(types(english.events), types(dutch.events));
}

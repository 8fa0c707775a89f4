//! A package from JSON to a plan: read everything, report everything, compile what works.

use crate::campaigns::{self, campaign};
use crate::compile::Compiler;
use crate::days;
use crate::decimals::milliseconds;
use crate::diagnostic::{Place, Problem, Problems, code};
use crate::grid::{self, Cell};
use crate::periods::length;
use crate::predicates::Reading;
use crate::prove::Prover;
use crate::references::{Referring, refers_to_broken, resolve, targets_of};
use crate::rules::{Kind, Rule, Size, rule};
use crate::settings::{Settings, settings};
use crate::text::Fold;
use crate::traps::traps;
use crate::warnings::Warner;
use regulars_core::plan::Plan;
use regulars_core::zone::Zone;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Segments a package may have.
pub const MAX_SEGMENTS: usize = 1000;
/// Bytes of compact JSON a package may take.
pub const MAX_BYTES: usize = 1024 * 1024;
/// Bytes of JSON as it is written, with white space and escapes; what takes more is not read.
pub const MAX_TEXT: usize = 8 * MAX_BYTES;

const LARGE: &str = "A package may take at most 1 MiB as JSON.";

/// A time zone's offsets, as the host knows them. Milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ZoneTable {
    /// The version of the time zone data, for people.
    pub version: String,
    /// The offset from UTC at 1970-01-01T00:00Z.
    pub initial: i64,
    /// Instant and offset from then on, to the end of 2100.
    pub transitions: Vec<(i64, i64)>,
}

impl ZoneTable {
    /// As the core has it: the first offset holds from the beginning of time.
    pub fn offsets(&self) -> Vec<(i64, i64)> {
        let first = (regulars_core::time::FIRST, self.initial);
        std::iter::once(first).chain(self.transitions.iter().copied()).collect()
    }
}

/// What became of a package.
#[derive(Debug)]
pub struct Compiled {
    /// Absent if the package is refused.
    pub plan: Option<Plan>,
    /// All of its problems.
    pub problems: Vec<Problem>,
    /// Which node of the plan is the rule at a place: of segments and campaigns that work.
    pub nodes: BTreeMap<String, usize>,
}

/// Reads a package from JSON text and compiles it.
///
/// A text that is no JSON, or takes more than 1 MiB, is one problem.
pub fn compile_text(text: &str, zone: Option<ZoneTable>, fold: Fold, strict: bool) -> Compiled {
    if text.len() > MAX_TEXT {
        let mut problems = Problems::default();
        problems.error(code::TOO_LARGE, &Place::default(), LARGE);
        return Compiled { plan: None, problems: problems.all(), nodes: BTreeMap::new() };
    }
    match serde_json::from_str(text) {
        Ok(package) => compile(&package, zone, fold, strict),
        Err(error) => {
            let mut problems = Problems::default();
            // The reader stops at 128 levels, far beyond any rule.
            let deep = error.to_string().contains("recursion limit");
            let code = if deep { code::TOO_DEEP } else { code::NOT_JSON };
            let message = if deep { "The package is nested far too deeply.".to_owned() } else { format!("This is not JSON: {error}.") };
            problems.error(code, &Place::default(), message);
            Compiled { plan: None, problems: problems.all(), nodes: BTreeMap::new() }
        }
    }
}

const KEYS: [&str; 11] = [
    "regulars",
    "timeZone",
    "currency",
    "rates",
    "weekStartsOn",
    "visitTimeoutMinutes",
    "keepDays",
    "retention",
    "segments",
    "campaigns",
    "$schema",
];
const LATER: [&str; 2] = ["holdout", "predictions"];
const SEGMENT_KEYS: [&str; 6] = ["id", "name", "description", "rule", "keep", "examples"];

/// Compiles a package. `zone` is the table of its time zone, `None` if the host knows no such
/// zone. `strict` refuses the package for any error. All problems are in the result; see [`code`]
/// for their codes.
pub fn compile(package: &Value, zone: Option<ZoneTable>, fold: Fold, strict: bool) -> Compiled {
    let mut problems = Problems::default();
    let read = read(&mut problems, package, zone, fold);
    let (plan, nodes) = read.filter(|_| !strict || problems.errors() == 0).unzip();
    Compiled { plan, problems: problems.all(), nodes: nodes.unwrap_or_default() }
}

type Read = (Plan, BTreeMap<String, usize>);

/// A package whose settings are right, read and resolved.
pub(crate) struct Checked {
    settings: Settings,
    pub(crate) table: ZoneTable,
    pub(crate) cells: Vec<Cell>,
    pub(crate) segments: Vec<Referring>,
    by_id: HashMap<String, usize>,
    /// The segments that work, each after those it refers to.
    order: Vec<usize>,
    campaigns: Vec<campaigns::Read>,
}

impl Checked {
    /// A compiler for its rules.
    pub(crate) fn compiler(&self) -> Option<Compiler> {
        let zone = Zone { offsets: self.table.offsets(), week_starts_on: self.settings.week_starts_on };
        Some(Compiler::new(self.settings.currency.as_ref()?, &self.settings.rates, zone, &self.cells))
    }

    /// The node of each segment that works.
    pub(crate) fn compiled(&self, compiler: &mut Compiler) -> HashMap<&str, i64> {
        let mut nodes: HashMap<&str, i64> = HashMap::new();
        for &index in &self.order {
            let segment = &self.segments[index];
            if let (Some(rule), Some(id)) = (&segment.rule, segment.id.as_deref()) {
                let root = compiler.rule(rule, &nodes, &self.cells);
                nodes.insert(id, compiler.kept(root, segment.keep));
            }
        }
        nodes
    }

    /// All that decides what a rule means is the same.
    pub(crate) fn means_the_same(&self, other: &Checked) -> bool {
        let money = |checked: &Checked| checked.settings.currency.as_ref().map(|currency| currency.folded.clone());
        let settings = self.settings.rates == other.settings.rates && self.settings.week_starts_on == other.settings.week_starts_on;
        let cell = |cell: &Cell| (cell.id.clone(), cell.conversions, cell.days);
        let cells = self.cells.iter().map(cell).eq(other.cells.iter().map(cell));
        settings && cells && money(self) == money(other) && self.table == other.table
    }
}

pub(crate) fn checked(problems: &mut Problems, package: &Value, table: Option<ZoneTable>, fold: Fold) -> Option<Checked> {
    let root = Place::default();
    if package.to_string().len() > MAX_BYTES {
        problems.error(code::TOO_LARGE, &root, LARGE);
        return None;
    }
    let object = problems.object(package, &root, &KEYS, &LATER)?;
    let known_version = version(problems, object, &root);
    if let Some(schema) = object.get("$schema") {
        problems.text(schema, &root.key("$schema")); // for editors
    }

    let before = problems.errors();
    let settings = settings(problems, object, &root, fold);
    let cells = grid::grid(problems, object.get("retention"), &root.key("retention"));
    if let (Some(name), None) = (&settings.time_zone, &table) {
        let message = format!("`{name}` is not a time zone that is known here.");
        problems.error_with_fix(code::UNKNOWN_TIME_ZONE, &root.key("timeZone"), message, "Write an IANA name such as Europe/Amsterdam.");
    }
    let settled = problems.errors() == before && known_version;

    let table = table.unwrap_or(ZoneTable { version: String::new(), initial: 0, transitions: Vec::new() });
    let zone = Zone { offsets: table.offsets(), week_starts_on: settings.week_starts_on };
    let reading = Reading { zone: &zone, fold };
    let mut segments = read_segments(problems, object, &root, &cells, &reading);
    let by_id = first_of_each_id(problems, &mut segments);
    let order = resolve(problems, &mut segments, &by_id);
    let campaigns = read_campaigns(problems, object, &root, &cells, &reading, &segments, &by_id);
    let rules =
        segments.iter().filter_map(|segment| segment.rule.as_ref()).chain(campaigns.iter().filter_map(|campaign| campaign.when.as_ref()));
    days::two_kinds(problems, rules);
    settled.then_some(Checked { settings, table, cells, segments, by_id, order, campaigns })
}

fn read(problems: &mut Problems, package: &Value, table: Option<ZoneTable>, fold: Fold) -> Option<Read> {
    let checked = checked(problems, package, table, fold)?;
    let mut compiler = checked.compiler()?;
    let nodes = checked.compiled(&mut compiler);
    let Checked { settings, table, cells, segments, by_id, campaigns, .. } = &checked;
    let (time_zone, currency) = (settings.time_zone.as_ref()?, settings.currency.as_ref()?);
    let rated: Vec<&str> = settings.rates.iter().map(|(rated, _)| rated.as_str()).chain([currency.folded.as_str()]).collect();
    let mut names = json!({ "timeZone": time_zone, "zoneVersion": table.version, "currencies": rated });
    let mut ids: Vec<&str> = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        // Of two segments with one id the answer is the first one's.
        if let Some(id) = segment.id.as_deref().filter(|id| by_id.get(*id) == Some(&index)) {
            compiler.segment(nodes.get(id).copied());
            ids.push(id);
        }
    }
    let (mut slots, mut numbers): (Vec<&str>, HashMap<&str, usize>) = (Vec::new(), HashMap::new());
    let mut placed = Vec::new();
    for campaign in campaigns {
        if let (Some(_), Some(slot)) = (&campaign.id, campaign.slot.as_deref()) {
            let number = *numbers.entry(slot).or_insert(slots.len());
            if number == slots.len() {
                slots.push(slot);
            }
            placed.push((campaign, number));
        }
    }
    compiler.campaigns(&placed, &nodes, cells);
    let cell =
        |cell: &Cell| json!({ "id": cell.id, "name": cell.name, "color": cell.color, "conversions": cell.conversions, "days": cell.days });
    let variant = |variant: &campaigns::Variant| json!({ "id": variant.id, "content": variant.content });
    let campaign = |(campaign, slot): &(&campaigns::Read, usize)| json!({ "id": campaign.id, "slot": slot, "variants": campaign.variants.iter().map(variant).collect::<Value>() });
    names["segments"] = json!(ids);
    names["cells"] = cells.iter().map(cell).collect();
    names["slots"] = json!(slots);
    names["campaigns"] = placed.iter().map(campaign).collect();
    let (plan, nodes) = compiler.finish(names.to_string());
    let mut warner = Warner { plan: &plan, nodes: &nodes, prover: Prover::new(&plan) };
    for rule in rules_of(segments, campaigns) {
        warner.rule(problems, rule);
        traps(problems, rule, &settings.keep_days);
    }
    unused(problems, segments, campaigns);
    Some((plan, nodes))
}

/// The rules that can be read: of segments, and of campaigns that have one.
fn rules_of<'a>(segments: &'a [Referring], campaigns: &'a [campaigns::Read]) -> impl Iterator<Item = &'a Rule> {
    let segments = segments.iter().filter(|segment| !segment.broken).filter_map(|segment| segment.rule.as_ref());
    let campaigns = campaigns.iter().filter(|campaign| !campaign.broken);
    segments.chain(campaigns.filter_map(|campaign| campaign.when.as_ref().filter(|when| when.place != campaign.place)))
}

/// Where there are campaigns, warns about segments that nothing asks for.
fn unused(problems: &mut Problems, segments: &[Referring], campaigns: &[campaigns::Read]) {
    if campaigns.is_empty() {
        return;
    }
    let rules = segments.iter().filter_map(|segment| segment.rule.as_ref());
    let whens = campaigns.iter().filter_map(|campaign| campaign.when.as_ref());
    let used: HashSet<&str> = rules.chain(whens).flat_map(Rule::references).map(|(id, _)| id).collect();
    for segment in segments {
        if segment.id.as_deref().is_some_and(|id| !segment.broken && !used.contains(id)) {
            let message = "No campaign uses this segment, and no other segment does.";
            let fix = "Leave it out, unless the shop's own code asks for it.";
            problems.warning(code::UNUSED_SEGMENT, &segment.place, message, fix);
        }
    }
}

fn version(problems: &mut Problems, object: &Map<String, Value>, root: &Place) -> bool {
    match problems.required(object, "regulars", root) {
        Some(value) if value.as_f64() == Some(1.0) => true,
        Some(_) => {
            problems.error_with_fix(
                code::BAD_VERSION,
                &root.key("regulars"),
                "This is not a version of packages that is known here.",
                "Write \"regulars\": 1.",
            );
            false
        }
        None => true,
    }
}

fn read_segments(
    problems: &mut Problems,
    object: &Map<String, Value>,
    root: &Place,
    cells: &[Cell],
    reading: &Reading<'_>,
) -> Vec<Referring> {
    let place = root.key("segments");
    let list = object.get("segments").and_then(|value| problems.list(value, &place)).map_or(&[][..], Vec::as_slice);
    if list.len() > MAX_SEGMENTS {
        problems.error(
            code::TOO_MANY_SEGMENTS,
            &place,
            format!("A package may have at most {MAX_SEGMENTS} segments; those after are left out."),
        );
    }
    let list = &list[..list.len().min(MAX_SEGMENTS)];
    list.iter().enumerate().map(|(index, value)| segment(problems, value, &place.index(index), cells, reading)).collect()
}

fn segment(problems: &mut Problems, value: &Value, place: &Place, cells: &[Cell], reading: &Reading<'_>) -> Referring {
    let before = problems.errors();
    let (mut id, mut read, mut keep) = (None, None, None);
    if let Some(object) = problems.object(value, place, &SEGMENT_KEYS, &[]) {
        id = problems.required(object, "id", place).and_then(|id| problems.text(id, &place.key("id"))).map(str::to_owned);
        for key in ["name", "description"] {
            if let Some(text) = object.get(key) {
                problems.text(text, &place.key(key));
            }
        }
        let value = problems.required(object, "rule", place);
        read = value.and_then(|value| rule(problems, value, &place.key("rule"), cells, reading, &mut Size::default()));
        keep = object.get("keep").and_then(|value| length(problems, value, &place.key("keep")));
        if let (Some(rule), Some(_)) = (&read, keep) {
            keep_uses_present(problems, rule);
        }
        if let Some(examples) = object.get("examples") {
            self::examples(problems, examples, &place.key("examples"));
        }
    }
    Referring { id, rule: read, keep, broken: problems.errors() > before, place: place.clone() }
}

/// What is kept is computed from history, which the profile and the context have none of.
fn keep_uses_present(problems: &mut Problems, rule: &Rule) {
    rule.walk(&mut |rule| {
        let Kind::Fact(fact) = &rule.kind else { return };
        if fact.is_present() {
            problems.warning(
                code::KEEP_USES_PRESENT,
                &rule.place,
                "`keep` looks back in time, but only what is known at present can be asked here.",
                "Ask for an event instead, such as a visit or a page view, which has its time.",
            );
        }
    });
}

/// Only the shape of examples: whether they hold is seen by running them.
fn examples(problems: &mut Problems, value: &Value, place: &Place) {
    for (index, value) in problems.list(value, place).into_iter().flatten().enumerate() {
        let place = place.index(index);
        let Some(object) = problems.object(value, &place, &["name", "visitor", "now", "context", "member"], &[]) else { continue };
        if let Some(visitor) = problems.required(object, "visitor", &place) {
            problems.plain_object(visitor, &place.key("visitor"));
        }
        if let Some(member) = problems.required(object, "member", &place) {
            problems.boolean(member, &place.key("member"));
        }
        let Some(now) = problems.required(object, "now", &place) else { continue };
        let read = match now {
            Value::Number(number) => milliseconds(number),
            Value::String(text) => regulars_core::time::parse_instant(crate::text::trim(text)),
            _ => None,
        };
        if read.is_none() {
            problems.error_with_fix(
                code::BAD_INSTANT,
                &place.key("now"),
                "This is not an instant.",
                "Write whole milliseconds since 1970, or 2026-03-01T12:00:00+01:00.",
            );
        }
    }
}

/// Of two segments with one id the later is broken; references mean the first.
fn first_of_each_id(problems: &mut Problems, segments: &mut [Referring]) -> HashMap<String, usize> {
    let mut by_id = HashMap::new();
    for (index, segment) in segments.iter_mut().enumerate() {
        let Some(id) = &segment.id else { continue };
        if by_id.contains_key(id) {
            problems.error(
                code::DUPLICATE_ID,
                &segment.place.key("id"),
                format!("There is a segment `{id}` before this one; this one never matches."),
            );
            segment.broken = true;
        } else {
            by_id.insert(id.clone(), index);
        }
    }
    by_id
}

fn read_campaigns(
    problems: &mut Problems,
    object: &Map<String, Value>,
    root: &Place,
    cells: &[Cell],
    reading: &Reading<'_>,
    segments: &[Referring],
    by_id: &HashMap<String, usize>,
) -> Vec<campaigns::Read> {
    let place = root.key("campaigns");
    let list = object.get("campaigns").and_then(|value| problems.list(value, &place)).map_or(&[][..], Vec::as_slice);
    let (mut read, mut ids): (Vec<campaigns::Read>, HashSet<String>) = (Vec::new(), HashSet::new());
    for (index, value) in list.iter().enumerate() {
        let Some(mut campaign) = campaign(problems, value, &place.index(index), cells, reading) else { continue };
        if campaign.id.as_ref().is_some_and(|id| !ids.insert(id.clone())) {
            problems.error(
                code::DUPLICATE_ID,
                &campaign.place.key("id"),
                "There is a campaign with this id before this one; this one is never shown.",
            );
            campaign.broken = true;
        }
        let (targets, unknown) = targets_of(problems, campaign.when.as_ref(), by_id);
        campaign.broken |= unknown;
        for (target, place) in targets {
            if segments[target].broken {
                refers_to_broken(problems, &segments[target], &place);
                campaign.broken = true;
            }
        }
        read.push(campaign);
    }
    read
}

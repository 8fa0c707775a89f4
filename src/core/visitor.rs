//! One person in one browser: an id, a history, and from when the history is complete.

use crate::event::Event;
use crate::history::History;
use crate::json;
use crate::read::{self, Code, Place, Refusal};
use crate::wire::Wire;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// A visitor.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    /// What assignment to variants goes by.
    pub id: Option<String>,
    /// From when the history is complete.
    pub coverage: Coverage,
    /// What happened.
    pub history: History,
}

/// From when a history is complete (SPEC 3, `coveredSince`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Coverage {
    /// From the beginning: a new visitor.
    #[default]
    Complete,
    /// From an instant on.
    Since(i64),
    /// From an instant per event type; other types are complete.
    ByKind(Vec<(String, i64)>),
}

impl Coverage {
    /// From when events of a type are complete; `None` is from the beginning.
    pub fn of(&self, kind: &str) -> Option<i64> {
        match self {
            Coverage::Complete => None,
            Coverage::Since(at) => Some(*at),
            Coverage::ByKind(kinds) => kinds.iter().find(|(name, _)| name == kind).map(|(_, at)| *at),
        }
    }
}

/// What became of a batch: how many events were read, and which were refused. `index` is −1
/// for the visitor's own parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ingested {
    /// Events that were read, copies included.
    pub accepted: usize,
    /// Events that were not, by their place in the batch.
    pub refused: Vec<(i64, Refusal)>,
    /// Folded currencies of the events that were read.
    pub currencies: Vec<String>,
}

impl Visitor {
    /// Takes in a list of events; one that is not a list is refused as a whole.
    pub fn ingest(&mut self, wire: &Wire<'_>) -> Ingested {
        let mut report = Ingested::default();
        match wire {
            Wire::List(events) => self.take(events, &mut report),
            _ => report.refused.extend(Place::ROOT.refuse::<()>(Code::WrongType).err().map(|refusal| (-1, refusal))),
        }
        report
    }

    /// Takes in a whole visitor: `id`, `profile`, `coveredSince`, `events`.
    pub fn read(&mut self, wire: &Wire<'_>) -> Ingested {
        let mut report = Ingested::default();
        let root = Place::ROOT;
        let Wire::Object(keys) = wire else {
            report.refused.extend(root.refuse::<()>(Code::WrongType).err().map(|refusal| (-1, refusal)));
            return report;
        };
        for (key, value) in keys {
            let place = root.key(key);
            let read = match (*key, value) {
                ("id" | "profile" | "coveredSince" | "events", value) if value.is_missing() => Ok(()),
                ("id", value) => read::id(value, &place).map(|id| self.id = Some(id)),
                ("profile", Wire::Object(_)) => Ok(()), // no condition looks at it yet
                ("coveredSince", value) => coverage(value, &place).map(|coverage| {
                    self.coverage = coverage;
                    self.history.changes += 1;
                }),
                ("events", Wire::List(events)) => {
                    self.take(events, &mut report);
                    Ok(())
                }
                ("profile" | "events", _) => place.refuse(Code::WrongType),
                _ => place.refuse(Code::UnknownKey),
            };
            report.refused.extend(read.err().map(|refusal| (-1, refusal)));
        }
        report
    }

    fn take(&mut self, events: &[Wire<'_>], report: &mut Ingested) {
        let mut read: Vec<Event> = Vec::new();
        for (index, wire) in events.iter().enumerate() {
            match read::event(wire) {
                Ok(event) => read.push(event),
                Err(refusal) => report.refused.push((index as i64, refusal)),
            }
        }
        report.accepted += read.len();
        for currency in read.iter().filter_map(|event| event.currency.as_ref()) {
            if !report.currencies.contains(&currency.folded) {
                report.currencies.push(currency.folded.clone());
            }
        }
        self.history.add(read);
    }
}

fn coverage(wire: &Wire<'_>, place: &Place<'_>) -> Result<Coverage, Refusal> {
    let Wire::Object(kinds) = wire else { return read::instant(wire, place).map(Coverage::Since) };
    let mut read = Vec::new();
    for (kind, value) in kinds.iter().filter(|(_, value)| !value.is_missing()) {
        read.push((crate::text::trim(kind).to_owned(), read::instant(value, &place.key(kind))?));
    }
    Ok(Coverage::ByKind(read))
}

impl Ingested {
    /// `{"accepted":…,"refused":[{"index","code","pointer","message"}],"unrated":[…]}`, where
    /// `unrated` are the currencies that `has_rate` denies.
    pub fn json(&self, has_rate: impl Fn(&str) -> bool) -> String {
        let mut out = String::from("{");
        json::key(&mut out, "accepted");
        json::integer(&mut out, Some(self.accepted as i64));
        json::key(&mut out, "refused");
        out.push('[');
        for (index, refusal) in &self.refused {
            json::comma(&mut out);
            out.push('{');
            json::key(&mut out, "index");
            json::integer(&mut out, Some(*index));
            json::key(&mut out, "code");
            json::string(&mut out, refusal.code.name());
            json::key(&mut out, "pointer");
            json::string(&mut out, &refusal.pointer);
            json::key(&mut out, "message");
            json::string(&mut out, refusal.code.sentence());
            out.push('}');
        }
        out.push(']');
        json::key(&mut out, "unrated");
        out.push('[');
        for currency in self.currencies.iter().filter(|currency| !has_rate(currency)) {
            json::comma(&mut out);
            json::string(&mut out, currency);
        }
        out.push_str("]}");
        out
    }
}

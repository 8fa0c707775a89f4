//! The product, asked as the tests ask.

use std::cell::RefCell;

use regulars::{Evaluator, Severity, compile_package, fold, read_visitor, snapshot};
use regulars_author::read::read_context;
use serde_json::Value;

use super::{Engine, Evaluation, History, Loaded, Member, Plan, Problem, Refusal, Shown};

/// Compiled natively; the plan goes through its bytes, and the visitor through its snapshot.
pub struct TheProduct;

impl Engine for TheProduct {
    fn name(&self) -> &'static str {
        "product"
    }

    fn load(&self, package: &Value) -> Loaded {
        let compiled = compile_package(package, false);
        let problems = compiled.problems.iter().map(|problem| Problem {
            code: problem.code.to_owned(),
            pointer: problem.pointer.clone(),
            warning: problem.severity == Severity::Warning,
        });
        let problems = problems.collect();
        let errors = compiled.problems.iter().any(|problem| problem.severity == Severity::Error);
        assert!(compiled.plan.is_some() || errors, "a package is refused without an error");
        let plan = compiled.plan.map(|plan| {
            let opened = regulars::Plan::open(&plan.bytes()).expect("a plan opens from its bytes");
            assert_eq!(opened.bytes(), plan.bytes(), "a plan is the same through its bytes");
            Box::new(opened) as Box<dyn Plan>
        });
        Loaded { problems: Some(problems), plan }
    }
}

struct Held<'a> {
    plan: &'a regulars::Plan,
    visitor: regulars::Visitor,
    evaluator: RefCell<Evaluator>,
}

impl Plan for regulars::Plan {
    fn read<'a>(&'a self, visitor: &Value) -> (Box<dyn History + 'a>, Vec<Refusal>) {
        let mut read = regulars::Visitor::default();
        let report = read_visitor(&mut read, visitor, fold);
        let refusals = report.refused.iter().map(|(index, refusal)| Refusal {
            index: *index as usize,
            code: Some(refusal.code.name().to_owned()),
            pointer: Some(refusal.pointer.clone()),
        });
        let bytes = snapshot::write(&read);
        let opened = snapshot::read(&bytes).expect("a visitor opens from its bytes");
        assert_eq!(snapshot::write(&opened), bytes, "a visitor's bytes are the same again");
        (Box::new(Held { plan: self, visitor: opened, evaluator: RefCell::default() }), refusals.collect())
    }
}

impl History for Held<'_> {
    fn set_context(&mut self, context: &Value) {
        read_context(&mut self.visitor, context, fold);
    }

    fn evaluate(&self, now: i64, _until: bool) -> Evaluation {
        let membership = self.evaluator.borrow_mut().evaluate(self.plan, &self.visitor, now);
        assert!(membership.fresh_until > now, "an answer is good for at least now");
        let json = regulars::membership(self.plan, &membership);
        let segments = json["segments"].as_object().unwrap().iter().map(|(id, answer)| Member {
            id: id.clone(),
            member: answer["member"].as_bool().unwrap(),
            partial: answer["partial"].as_bool().unwrap(),
            holds_until: answer["holdsUntil"].as_i64(),
        });
        let cell = &json["retention"];
        Evaluation {
            segments: segments.collect(),
            cell: cell["cell"].as_str().map(str::to_owned),
            conversions: cell["conversions"].as_u64().unwrap(),
            days_since_last: cell["daysSinceLast"].as_i64(),
            cell_holds_until: cell["holdsUntil"].as_i64(),
            holds_until: json["holdsUntil"].as_i64(),
        }
    }

    fn decide(&self, slot: &str, now: i64, _until: bool) -> Shown {
        let json = regulars::decision(&mut self.evaluator.borrow_mut(), self.plan, &self.visitor, slot, now);
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Shown {
            campaign: text(&json["campaign"]),
            variant: text(&json["variant"]),
            content: json["content"].clone(),
            held_out: json["heldOut"].as_bool().unwrap(),
            rejected: json["rejected"]
                .as_array()
                .unwrap()
                .iter()
                .map(|lost| (text(&lost["campaign"]).unwrap(), text(&lost["reason"]).unwrap()))
                .collect(),
            holds_until: json["holdsUntil"].as_i64(),
        }
    }
}

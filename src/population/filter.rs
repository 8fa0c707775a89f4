//! Predicates over rows and orders: each distinct text of a column is asked once, then a row's
//! answer is a look at a table.

use crate::cells::Codes;
use crate::header::Meaning;
use crate::population::{Population, Worth};
use regulars_author::read::reading;
use regulars_core::event::Seen;
use regulars_core::number::{RATE_ONE, convert};
use regulars_core::plan::{PREDICATES, Plan, TESTS};
use regulars_core::predicate::{field, flag, holds, step};

/// What the plan knows of the population's money.
pub(crate) struct Money<'a> {
    population: &'a Population,
    pub(crate) worth: Worth<'a>,
    /// By the code of a currency.
    rates: Vec<Option<i64>>,
}

impl<'a> Money<'a> {
    pub(crate) fn new(plan: &Plan, population: &'a Population) -> Self {
        let rate = |currency: &str| plan.rate(population.fold(currency).folded.as_bytes());
        let rates = std::iter::once(Some(RATE_ONE)).chain(population.currencies().map(rate)).collect();
        Money { population, worth: Worth::new(|meaning| population.column(meaning)), rates }
    }

    fn rate(&self, order: usize) -> Option<i64> {
        self.rates[self.population.currency.get(order)]
    }

    /// An order's value in the package's currency.
    pub(crate) fn value(&self, order: usize) -> Option<i128> {
        Some(convert(i128::from(self.population.value(order)?), self.rate(order)?))
    }

    /// What a line cost, in the package's currency; nothing, if that is not known.
    pub(crate) fn line(&self, order: usize, row: usize) -> i128 {
        match (self.worth.of(row), self.rate(order)) {
            (Some(worth), Some(rate)) => convert(worth, rate),
            _ => 0,
        }
    }

    fn price(&self, order: usize, row: usize) -> Option<i128> {
        Some(convert(i128::from(self.worth.unit_price(row)?), self.rate(order)?))
    }
}

/// What a predicate looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Over {
    /// An order: `where`.
    Order,
    /// One of its lines: `items`.
    Line,
}

/// A predicate, ready to be asked.
pub(crate) struct Filter<'a> {
    plan: &'a Plan,
    money: &'a Money<'a>,
    steps: Vec<Step<'a>>,
}

enum Step<'a> {
    Test(Test<'a>),
    Not,
    All(usize),
    Any(usize),
}

struct Test<'a> {
    number: usize,
    negated: bool,
    what: What<'a>,
}

enum What<'a> {
    /// A column, and which of its distinct texts hold; 0 is none. Of an order, any row's will do.
    Cells(&'a Codes, Vec<bool>),
    Value,
    Price,
    Quantity,
    /// By the code of a currency.
    Currency(Vec<bool>),
    Id,
    /// No row has a value.
    Never,
}

impl<'a> Filter<'a> {
    /// The plan's predicate with this number.
    pub(crate) fn new(plan: &'a Plan, money: &'a Money<'a>, predicate: usize, over: Over) -> Self {
        let steps = plan.list_of(PREDICATES, predicate, 0).iter().map(|step| {
            let n = (step >> 2) as usize;
            match step & 3 {
                step::TEST => Step::Test(test(plan, money.population, n, over)),
                step::NOT => Step::Not,
                step::ALL => Step::All(n),
                _ => Step::Any(n),
            }
        });
        Filter { plan, money, steps: steps.collect() }
    }

    /// Whether it holds for an order, or for one of its rows.
    pub(crate) fn holds(&self, order: usize, row: Option<usize>, results: &mut Vec<bool>) -> bool {
        if let [Step::Test(test)] = &self.steps[..] {
            return self.test(test, order, row);
        }
        results.clear();
        for step in &self.steps {
            let result = match step {
                Step::Test(test) => self.test(test, order, row),
                Step::Not => !results.pop().unwrap_or(false),
                Step::All(n) | Step::Any(n) => {
                    let all = matches!(step, Step::All(_));
                    let first = results.len().saturating_sub(*n);
                    let differs = results[first..].contains(&!all);
                    results.truncate(first);
                    differs != all
                }
            };
            results.push(result);
        }
        results.pop().unwrap_or(false)
    }

    fn test(&self, test: &Test<'_>, order: usize, row: Option<usize>) -> bool {
        let population = self.money.population;
        let holds = |seen| holds(self.plan, test.number, seen);
        let number = |number: Option<i128>| number.is_some_and(|number| holds(Seen::Number(number)));
        let found = match (&test.what, row) {
            (What::Cells(codes, answers), Some(row)) => answers[codes.get(row)],
            (What::Cells(codes, answers), None) => population.rows_of(order).any(|row| answers[codes.get(row)]),
            (What::Value, _) => number(self.money.value(order)),
            (What::Price, Some(row)) => number(self.money.price(order, row)),
            (What::Quantity, Some(row)) => number(Some(i128::from(self.money.worth.quantity(row)))),
            (What::Currency(answers), _) => answers[population.currency.get(order)],
            (What::Id, _) => {
                let id = population.ids.get(order);
                !id.is_empty() && holds(text_of(id, id, 0, 0))
            }
            (What::Never | What::Price | What::Quantity, _) => false,
        };
        found != test.negated
    }
}

fn text_of<'a>(clean: &'a [u8], folded: &'a [u8], reading: u8, number: i64) -> Seen<'a> {
    Seen::Text { clean, folded, reading, number }
}

fn test<'a>(plan: &Plan, population: &'a Population, number: usize, over: Over) -> Test<'a> {
    let name = plan.text(plan.get(TESTS, number, 1));
    let what = match plan.get(TESTS, number, 0) {
        field::VALUE => What::Value,
        field::PRICE => What::Price,
        field::QUANTITY => What::Quantity,
        field::CURRENCY => {
            let own = holds(plan, number, text_of(name, plan.currency(), 0, 0));
            let named = |currency: &str| {
                let text = population.fold(currency);
                holds(plan, number, text_of(text.clean.as_bytes(), text.folded.as_bytes(), 0, 0))
            };
            What::Currency(std::iter::once(own).chain(population.currencies().map(named)).collect())
        }
        field::ID => What::Id,
        _ => {
            let name = String::from_utf8_lossy(name).into_owned();
            let meaning = if over == Over::Line { Meaning::Field(name) } else { Meaning::Property(name) };
            match population.column(&meaning) {
                Some(cells) => {
                    let texts = &cells.names.texts;
                    let holds = |text: &str| {
                        let text = population.fold(text);
                        let (reading, as_number) = reading(&text.clean).unwrap_or((0, 0));
                        holds(plan, number, text_of(text.clean.as_bytes(), text.folded.as_bytes(), reading, as_number))
                    };
                    let any = |index: usize| Population::elements(&meaning, texts.str(index)).any(holds);
                    What::Cells(&cells.codes, std::iter::once(false).chain((0..texts.len()).map(any)).collect())
                }
                None => What::Never,
            }
        }
    };
    Test { number, negated: plan.get(TESTS, number, 2) & flag::NEGATED != 0, what }
}

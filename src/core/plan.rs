//! A plan: a checked package, compiled. Pages load its bytes; each distinct condition, filter
//! and series is in it once, and segments are boolean programs over them.
//!
//! A plan is tables of integers and a pool of texts, and stays so: opening reads columns, and
//! what is asked for is a view of a few integers. Everything of varying length lies in one list
//! of integers, [`Plan::lists`], and is referred to by place and length. A later version adds
//! tables at the end, and says so by its number.

use crate::bytes::{put_bytes, unzigzag, zigzag};
use crate::column::Column;
use crate::period::Period;
use crate::pool::Pool;
use crate::snapshot::{Unopened, seal, unseal};
use crate::zone::Zone;
use alloc::vec::Vec;

/// The first four bytes of a plan.
pub const MAGIC: &[u8; 4] = b"RGLP";

/// Everything that evaluation needs to know of a package.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// What its numbers stand for, as JSON that the host reads for itself, right after the seal:
    /// ids of segments, cells, slots and campaigns with their variants and contents, currencies
    /// that have a rate, and what the zone is.
    pub names: Vec<u8>,
    /// Texts, by index.
    pub texts: Pool,
    /// The tables, by number.
    pub tables: Vec<Vec<i64>>,
    /// The time zone.
    pub zone: Zone,
}

/// How many tables there are.
pub const TABLES: usize = 12;

/// Settings: the week's first day.
pub const SETTINGS: usize = 0;
/// The zone: instant, offset from then on.
pub const ZONE: usize = 1;
/// Rates: text of the folded currency, rate with ten places; first the package's own currency.
pub const RATES: usize = 2;
/// Lists of everything else.
pub const LISTS: usize = 3;
/// Tests of predicates: [`crate::predicate::field`], text of its name, flags, want, list and length of operands.
pub const TESTS: usize = 4;
/// Predicates: list and length of steps.
pub const PREDICATES: usize = 5;
/// Series: list and length of event types, `where` + 1, `items` + 1, only, weight. Of a
/// [`crate::series::weight::SEQUENCE`] the third and fourth are list and length of its steps
/// ([`crate::follow`]), of a [`crate::series::weight::DATE`] the third is the text of the field.
pub const SERIES: usize = 6;
/// Conditions: series, measure, flags, list and length of turns ([`crate::condition::Walk`]), period: form and two numbers.
pub const CONDITIONS: usize = 7;
/// Boolean nodes, each referring only to earlier ones: kind, then a number, or list and length.
pub const NODES: usize = 8;
/// The root of each segment + 1; 0 is broken, it never matches.
pub const SEGMENTS: usize = 9;
/// Campaigns, in package order: number of the slot, root of `when` + 1 (0 is broken), partial is
/// allowed, seed of assignment, list and length of variants, each of which is: first bucket,
/// first bucket after.
pub const CAMPAIGNS: usize = 10;
/// The campaigns, ranked: the larger priority first, then the id that sorts first.
pub const RANKS: usize = 11;

/// Integers in a row of each table.
pub const WIDTHS: [usize; TABLES] = [1, 2, 2, 1, 6, 2, 6, 8, 3, 1, 6, 1];

/// Rows that refer to another table by number: table, column, the other table, and 1 where 0 is
/// nothing and the others are one more.
const REFERENCES: [[usize; 4]; 4] =
    [[CONDITIONS, 0, SERIES, 0], [SEGMENTS, 0, NODES, 1], [CAMPAIGNS, 1, NODES, 1], [RANKS, 0, CAMPAIGNS, 0]];

/// How many equal integers a table may have beyond the bytes of the plan: that many broken
/// segments, or more, no package has.
const MOST_EQUAL: usize = 1024;

/// Kinds of nodes. All but the first list something.
pub mod node {
    /// The condition with this number holds.
    pub const CONDITION: i64 = 0;
    /// The grid's state is one of these.
    pub const STATES: i64 = 1;
    /// This (only) node does not hold.
    pub const NOT: i64 = 2;
    /// All of these nodes hold; of none, true.
    pub const ALL: i64 = 3;
    /// Any of these nodes holds.
    pub const ANY: i64 = 4;
    /// This node holds, or did within so many milliseconds: the list is the node, and how long.
    pub const KEEP: i64 = 5;
}

impl Plan {
    /// Opens a plan's bytes. From here on nothing can fail.
    ///
    /// # Errors
    /// Says whether the bytes are foreign, of another version, or damaged.
    pub fn open(bytes: &[u8]) -> Result<Plan, Unopened> {
        let mut plan = Plan::default();
        plan.fill(bytes).map(|()| plan)
    }

    /// As [`Plan::open`], into an empty plan.
    ///
    /// # Errors
    /// As for [`Plan::open`]; the plan is of no use then.
    pub fn fill(&mut self, bytes: &[u8]) -> Result<(), Unopened> {
        let mut reader = unseal(MAGIC, bytes)?;
        self.names.extend_from_slice(reader.bytes());
        self.texts = Pool::read(&mut reader);
        for _ in 0..TABLES {
            let column = Column::read(&mut reader);
            // What takes no bytes may say that it is any length: only tables of a few rows are so.
            if column.len() > bytes.len() + MOST_EQUAL {
                return Err(Unopened::Damaged);
            }
            let mut table = Vec::new();
            for index in 0..column.len() {
                table.push(unzigzag(column.get(index)));
            }
            self.tables.push(table);
        }
        self.zone.week_starts_on = self.get(SETTINGS, 0, 0);
        for row in 0..self.len(ZONE) {
            let stretch = (self.get(ZONE, row, 0), self.get(ZONE, row, 1));
            self.zone.offsets.push(stretch);
        }
        if reader.finished() && self.len(CONDITIONS) > 0 && self.refers_well() { Ok(()) } else { Err(Unopened::Damaged) }
    }

    /// Whether what rows refer to is there, and nodes refer only to earlier ones: the evaluator
    /// does not ask again.
    fn refers_well(&self) -> bool {
        let mut well = true;
        for [table, column, of, more] in REFERENCES {
            for row in 0..self.len(table) {
                well &= self.index(table, row, column) < self.len(of) + more;
            }
        }
        for node in 0..self.len(NODES) {
            let kind = self.index(NODES, node, 0);
            well &= kind > 0 || self.index(NODES, node, 1) < self.len(CONDITIONS);
            well &= kind <= node::KEEP as usize;
            for &part in self.parts(node) {
                well &= (part as usize) < node;
            }
        }
        well
    }

    /// Its bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_bytes(&mut out, &self.names);
        self.texts.write(&mut out);
        for table in &self.tables {
            let mut column = Column::default();
            table.iter().for_each(|&value| column.push(zigzag(value)));
            column.write(&mut out);
        }
        seal(MAGIC, &out)
    }

    /// How many rows a table has.
    pub fn len(&self, table: usize) -> usize {
        self.tables[table].len() / WIDTHS[table]
    }

    /// An integer of a table's row; zero beyond the end.
    #[inline(never)]
    pub fn get(&self, table: usize, row: usize, column: usize) -> i64 {
        self.tables[table].get(row.wrapping_mul(WIDTHS[table]).wrapping_add(column)).copied().unwrap_or(0)
    }

    /// As [`Plan::get`], where it is an index.
    pub fn index(&self, table: usize, row: usize, column: usize) -> usize {
        self.get(table, row, column) as usize
    }

    /// The list that a row refers to by place and length.
    pub fn list_of(&self, table: usize, row: usize, column: usize) -> &[i64] {
        self.list(self.get(table, row, column), self.get(table, row, column + 1))
    }

    /// Part of the lists; empty where there is none.
    #[inline(never)]
    pub fn list(&self, start: i64, len: i64) -> &[i64] {
        let start = start as usize;
        self.tables[LISTS].get(start..start.wrapping_add(len as usize)).unwrap_or(&[])
    }

    /// The nodes that a node hangs on.
    pub fn parts(&self, node: usize) -> &[i64] {
        let list = self.list_of(NODES, node, 1);
        match self.get(NODES, node, 0) {
            node::KEEP => &list[..list.len().min(1)],
            kind if kind >= node::NOT => list,
            _ => &[],
        }
    }

    /// A text.
    pub fn text(&self, index: i64) -> &[u8] {
        self.texts.get(index as usize)
    }

    /// The period of a condition.
    pub fn period(&self, condition: usize) -> Period {
        let get = |column: usize| self.get(CONDITIONS, condition, column);
        Period::of(get(5), get(6), get(7))
    }

    /// The package's currency, folded.
    pub fn currency(&self) -> &[u8] {
        self.text(self.get(RATES, 0, 0))
    }

    /// The rate of a folded currency, ten places.
    #[inline(never)]
    pub fn rate(&self, folded: &[u8]) -> Option<i64> {
        for rate in 0..self.len(RATES) {
            if self.text(self.get(RATES, rate, 0)) == folded {
                return Some(self.get(RATES, rate, 1));
            }
        }
        None
    }
}

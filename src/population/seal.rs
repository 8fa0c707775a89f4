//! A file that was read, put in order: the end of loading.

use crate::cells::{Cells, Names};
use crate::header::Meaning;
use crate::orders::{File, MISSING};
use crate::population::{Population, Worth};
use hashbrown::HashTable;
use regulars_core::json;
use regulars_core::number::print;

impl File {
    /// Makes a population of what was taken. Each column is put in order by itself, so that
    /// there is never a second whole.
    pub(crate) fn seal(mut self, rows: u64, refused: u64) -> Population {
        self.forget_indexes();
        self.add_up();
        let (orders, starts, customers) = self.order_of_orders();
        (self.customer, self.broken) = (Vec::new(), Vec::new());
        let (rows_in_order, row_starts) = self.order_of_rows(&orders);
        self.order = Vec::new();
        let columns: Vec<(Meaning, Cells)> = std::mem::take(&mut self.kept)
            .into_iter()
            .map(|kept| {
                let Cells { names, codes, numbers } = kept.cells;
                (kept.meaning, Cells { names, codes: codes.gathered(&rows_in_order), numbers })
            })
            .collect();
        let item = |meaning: &Meaning| !matches!(meaning, Meaning::Property(_));
        let items: Vec<&Cells> = columns.iter().filter(|(meaning, _)| item(meaning)).map(|(_, cells)| cells).collect();
        let is_line = (0..rows_in_order.len()).map(|row| items.iter().any(|cells| cells.codes.get(row) > 0)).collect();
        Population {
            rows,
            refused,
            fold: self.fold,
            customers: self.customers.texts.gathered(&customers),
            starts,
            at: gathered(self.at, &orders),
            value: gathered(self.value, &orders),
            currency: self.currency.gathered(&orders),
            ids: self.ids.gathered(&orders),
            row_starts: if columns.is_empty() { Vec::new() } else { row_starts },
            is_line,
            columns,
            currencies: self.currencies.texts,
        }
    }

    /// Nothing is looked up by name any more.
    fn forget_indexes(&mut self) {
        self.by_id = HashTable::new();
        self.customers = Names::without_index(std::mem::take(&mut self.customers));
        for kept in &mut self.kept {
            kept.cells.names = Names::without_index(std::mem::take(&mut kept.cells.names));
        }
    }

    /// SPEC 8: a value that is given nowhere is the sum of the lines.
    fn add_up(&mut self) {
        let worth = Worth::new(|meaning| self.kept.iter().find(|kept| kept.meaning == *meaning).map(|kept| &kept.cells));
        if !self.value.contains(&MISSING) {
            return;
        }
        let mut sums = vec![MISSING; self.value.len()];
        for (row, &order) in self.order.iter().enumerate() {
            if let Some(line) = worth.of(row) {
                let sum = &mut sums[order as usize];
                // Exact: of lines within the limit a thousand and more fit.
                *sum = (if *sum == MISSING { 0 } else { *sum }).saturating_add(line as i64);
            }
        }
        for (value, sum) in self.value.iter_mut().zip(sums) {
            if *value == MISSING {
                *value = sum;
            }
        }
    }

    /// The orders that are taken, by customer and time; where each customer's begin; and the
    /// customers.
    fn order_of_orders(&self) -> (Vec<u32>, Vec<u32>, Vec<u32>) {
        let taken = |&order: &u32| !self.broken[order as usize];
        let all = 0..self.customer.len() as u32;
        let (mut orders, ends) = sorted_by(self.customers.texts.len(), all.filter(taken), |order| self.customer[order as usize]);
        let first_rows = self.first_rows();
        let (mut starts, mut customers, mut start) = (vec![0], Vec::new(), 0);
        for (customer, &end) in ends.iter().enumerate() {
            if start == end {
                continue;
            }
            orders[start as usize..end as usize].sort_by(|&a, &b| {
                let (a, b) = (a as usize, b as usize);
                let (id, other) = (self.ids.get(a), self.ids.get(b));
                let by_id = || id.is_empty().cmp(&other.is_empty()).then_with(|| id.cmp(other));
                let alike = || {
                    if id.is_empty() {
                        self.canonical(a, &first_rows).cmp(&self.canonical(b, &first_rows))
                    } else {
                        std::cmp::Ordering::Equal
                    }
                };
                self.at[a].cmp(&self.at[b]).then_with(by_id).then_with(alike)
            });
            customers.push(customer as u32);
            starts.push(end);
            start = end;
        }
        (orders, starts, customers)
    }

    /// The row of each order without an id, which has one; none if all have ids.
    fn first_rows(&self) -> Vec<u32> {
        let nameless = (0..self.ids.len()).any(|order| self.ids.get(order).is_empty());
        let mut rows = vec![0; if nameless { self.at.len() } else { 0 }];
        for (row, &order) in self.order.iter().enumerate().filter(|_| nameless) {
            rows[order as usize] = row as u32;
        }
        rows
    }

    /// The canonical JSON (RFC 8785) of an order without an id, which has one row, for comparing
    /// with another of the same instant.
    fn canonical(&self, order: usize, rows: &[u32]) -> Vec<u8> {
        let mut out = Vec::from(&b"{"[..]);
        if let Some(currency) = self.currency.get(order).checked_sub(1) {
            json::key(&mut out, b"currency", b"");
            json::string(&mut out, self.currencies.texts.get(currency));
        }
        let mut fields: Vec<(&str, &Cells, bool)> = Vec::new();
        let mut properties = Vec::new();
        for kept in &self.kept {
            match &kept.meaning {
                Meaning::Price => fields.push(("price", &kept.cells, true)),
                Meaning::Quantity => fields.push(("quantity", &kept.cells, true)),
                Meaning::Field(name) => fields.push((name, &kept.cells, false)),
                Meaning::Property(name) => properties.push((name.as_str(), &kept.cells, false)),
                _ => {}
            }
        }
        for (name, open, close, mut parts) in [(&b"items"[..], &b"[{"[..], &b"}]"[..], fields), (b"properties", b"{", b"}", properties)] {
            parts.retain(|(_, cells, _)| cells.codes.get(rows[order] as usize) > 0);
            parts.sort_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
            if parts.is_empty() {
                continue;
            }
            json::key(&mut out, name, open);
            for (name, cells, is_number) in parts {
                let row = rows[order] as usize;
                let text = cells.names.texts.str(cells.codes.get(row) - 1);
                let several = name == "category" && close == b"}]" && text.contains(" > ");
                json::key(&mut out, name.as_bytes(), if several { b"[" } else { b"" });
                if is_number {
                    print(cells.number(row).unwrap_or(0), &mut out);
                } else if several {
                    for part in text.split(" > ") {
                        json::comma(&mut out);
                        json::string(&mut out, (self.fold)(part).clean.as_bytes());
                    }
                    out.push(b']');
                } else {
                    json::string(&mut out, (self.fold)(text).clean.as_bytes());
                }
            }
            out.extend_from_slice(close);
        }
        json::key(&mut out, b"type", b"");
        if self.value[order] != MISSING {
            json::key(&mut out, b"value", b"");
            print(self.value[order], &mut out);
        }
        out
    }

    /// The rows of these orders, and where each order's begin.
    fn order_of_rows(&self, orders: &[u32]) -> (Vec<u32>, Vec<u32>) {
        if self.order.is_empty() {
            return (Vec::new(), vec![0; orders.len() + 1]);
        }
        let mut place = vec![u32::MAX; self.at.len()];
        for (new, &old) in orders.iter().enumerate() {
            place[old as usize] = new as u32;
        }
        let taken = |&row: &u32| place[self.order[row as usize] as usize] != u32::MAX;
        let rows = (0..self.order.len() as u32).filter(taken);
        let (rows, ends) = sorted_by(orders.len(), rows, |row| place[self.order[row as usize] as usize]);
        (rows, std::iter::once(0).chain(ends).collect())
    }
}

/// Numbers in the order of their keys, below `keys`, those with one key as they come; and where
/// each key's end.
fn sorted_by(keys: usize, numbers: impl Iterator<Item = u32> + Clone, key: impl Fn(u32) -> u32) -> (Vec<u32>, Vec<u32>) {
    let mut ends = vec![0u32; keys];
    for number in numbers.clone() {
        ends[key(number) as usize] += 1;
    }
    let mut sum = 0;
    for end in &mut ends {
        (*end, sum) = (sum, sum + *end);
    }
    let mut sorted = vec![0; sum as usize];
    for number in numbers {
        let end = &mut ends[key(number) as usize];
        sorted[*end as usize] = number;
        *end += 1;
    }
    (sorted, ends)
}

fn gathered<T: Copy>(column: Vec<T>, order: &[u32]) -> Vec<T> {
    order.iter().map(|&index| column[index as usize]).collect()
}

//! Phrases under way: what was said so far, and which part of the rule is being spoken of.

use super::Phrase;
use super::words::{Language, Words, of};
use crate::decimals::{is_whole, parse, printed};
use crate::grid::Cell;
use crate::text::trim;
use regulars_core::number::{ONE, print};
use serde_json::{Map, Value};

/// Writes phrases. What cannot be said is `None`, and then the whole is.
pub struct Writer<'a> {
    /// The language's phrases.
    pub words: &'static Words,
    /// What the package says for all rules.
    pub package: &'a Value,
    /// The grid, once it was mentioned.
    pub cells: Option<Vec<Cell>>,
    /// Days or hours of the time zone were mentioned.
    pub days: bool,
    /// Calendar weeks were mentioned.
    pub weeks: bool,
    /// Said so far.
    pub phrases: Vec<Phrase>,
    /// What is spoken of now.
    pub pointer: String,
    /// How deep rules and predicates nest here.
    pub depth: usize,
}

/// Where something was, to go back to.
#[must_use]
pub struct Mark(usize);

/// What goes into a template.
pub type Slots<'s, 'a> = &'s mut dyn FnMut(&mut Writer<'a>, char) -> Option<()>;

impl<'a> Writer<'a> {
    /// Begins to speak of what is at the pointer.
    pub fn new(package: &'a Value, language: Language, pointer: &str) -> Self {
        let (words, pointer) = (language.words(), pointer.to_owned());
        Self { words, package, cells: None, days: false, weeks: false, phrases: Vec::new(), pointer, depth: 0 }
    }

    /// Says a text.
    pub fn push(&mut self, text: &str) {
        match self.phrases.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.pointer == self.pointer => last.text.push_str(text),
            _ => self.phrases.push(Phrase { text: text.to_owned(), pointer: self.pointer.clone() }),
        }
    }

    /// Says a template; a slot is filled where it stands.
    pub fn fill(&mut self, template: &str, slots: Slots<'_, 'a>) -> Option<()> {
        let mut parts = template.split('%');
        self.push(parts.next().unwrap_or(""));
        for part in parts {
            let slot = part.chars().next()?;
            slots(self, slot)?;
            self.push(&part[slot.len_utf8()..]);
        }
        Some(())
    }

    /// Says a template with one text in it.
    pub fn fill_text(&mut self, template: &str, text: &str) {
        let (before, after) = template.split_once('%').unwrap_or((template, "?"));
        self.push(before);
        self.push(text);
        self.push(&after[1..]);
    }

    /// Goes to a key of what is spoken of.
    pub fn enter(&mut self, key: &str) -> Mark {
        let mark = Mark(self.pointer.len());
        self.pointer.push('/');
        for c in key.chars() {
            match c {
                '~' => self.pointer.push_str("~0"),
                '/' => self.pointer.push_str("~1"),
                c => self.pointer.push(c),
            }
        }
        mark
    }

    /// Goes to an element of a list.
    pub fn enter_index(&mut self, index: usize) -> Mark {
        self.enter(&whole(index as i64))
    }

    /// Goes back.
    pub fn leave(&mut self, mark: Mark) {
        self.pointer.truncate(mark.0);
    }

    /// Goes to a key, says what there is, and goes back; without the key it speaks of the whole.
    pub fn at(
        &mut self,
        object: &'a Map<String, Value>,
        key: &str,
        say: &mut dyn FnMut(&mut Self, Option<&'a Value>) -> Option<()>,
    ) -> Option<()> {
        let value = object.get(key);
        let mark = if value.is_some() { self.enter(key) } else { Mark(self.pointer.len()) };
        say(self, value)?;
        self.leave(mark);
        Some(())
    }

    /// Speaks of something further out for a while, whose pointer is so long.
    pub fn outside(&mut self, length: usize, say: &mut dyn FnMut(&mut Self) -> Option<()>) -> Option<()> {
        let inside = self.pointer.split_off(length);
        say(self)?;
        self.pointer.truncate(length);
        self.pointer.push_str(&inside);
        Some(())
    }

    /// Says a text in quotes, which cannot be mistaken for anything else.
    pub fn quote(&mut self, text: &str) {
        let mut quoted = String::from('“');
        for c in text.chars() {
            match c {
                '\\' | '“' | '”' => quoted.extend(['\\', c]),
                '\n' => quoted.push_str("\\n"),
                '\t' => quoted.push_str("\\t"),
                // What cannot be seen, or turns the direction of writing.
                c if c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {
                    quoted.extend(c.escape_unicode());
                }
                c => quoted.push(c),
            }
        }
        quoted.push('”');
        self.push(&quoted);
    }

    /// Says a number of ten-thousandths.
    pub fn number(&mut self, number: i64) {
        let mut digits = Vec::new();
        print(number, &mut digits);
        let point = self.words.point;
        let text: String = digits.iter().map(|&byte| if byte == b'.' { point } else { char::from(byte) }).collect();
        self.push(&text);
    }

    /// Says so many of something that has a phrase for one and a phrase for many.
    pub fn many(&mut self, [one, many]: [&str; 2], count: i64) {
        if count == 1 { self.push(one) } else { self.fill_text(many, &whole(count)) }
    }

    /// Says an exact length: `count` of what is under `unit`.
    pub fn length(&mut self, object: &'a Map<String, Value>, count: &Value) -> Option<()> {
        let names = of(self.words.lengths, text(object.get("unit")?)?)?;
        self.many(names, integer(count)?);
        Some(())
    }
}

/// The digits of a whole number.
pub fn whole(number: i64) -> String {
    let mut digits = Vec::new();
    regulars_core::number::print_signed(number, &mut digits);
    digits.into_iter().map(char::from).collect()
}

/// A text, trimmed, that is not empty.
pub fn text(value: &Value) -> Option<&str> {
    value.as_str().map(trim).filter(|text| !text.is_empty())
}

/// A number, or a plain decimal text, in ten-thousandths.
pub fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => parse(&printed(number)),
        value => parse(text(value)?),
    }
}

/// A whole number, however it is written.
pub fn integer(value: &Value) -> Option<i64> {
    number(value).filter(|_| is_whole(value)).map(|number| number / ONE)
}

/// A list with something in it.
pub fn full_list(value: &Value) -> Option<&Vec<Value>> {
    value.as_array().filter(|list| !list.is_empty())
}

/// An object that has only these keys.
pub fn object<'a>(value: &'a Value, known: &[&str]) -> Option<&'a Map<String, Value>> {
    value.as_object().filter(|object| object.keys().all(|key| known.contains(&key.as_str())))
}

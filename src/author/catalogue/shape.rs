//! What a package may look like, as data. The JSON Schema and the TypeScript types are two prints of it.

use crate::catalogue::{MODIFIERS, Modifier};
use serde_json::Value;

/// What a value may be.
#[derive(Debug, Clone)]
pub enum Shape {
    /// A definition, by its name.
    Named(&'static str),
    /// A text with something in it.
    Text,
    /// A text with something in it; these are well known, each with what it is.
    Open(Vec<Word>),
    /// One of these words.
    Words(Vec<Word>),
    /// `true` or `false`.
    Boolean,
    /// This value and no other.
    Exactly(Value),
    /// A whole number, both bounds included.
    Whole(i64, i64),
    /// A list of so many at least, and at most.
    List(Box<Shape>, usize, Option<usize>),
    /// Exactly two.
    Pair(Box<Shape>),
    /// Any keys, all with values of one shape.
    Map(Box<Shape>),
    /// One of several; the keys of one may not stand beside those of another.
    Either(Vec<Shape>),
    /// An object with exactly one of these keys.
    OneKey(Vec<Key>),
    /// An object with these keys and no others.
    Object(Object),
    /// Written by hand for both prints: the schema, and the type. A type of `None` stands in `types.ts`.
    Printed(Value, Option<&'static str>),
}

/// A word, and in one line what it stands for.
pub type Word = (&'static str, &'static str);

/// A key of an object.
#[derive(Debug, Clone)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it says, in a sentence.
    pub about: &'static str,
    /// What stands there.
    pub shape: Shape,
    /// It may not be left out.
    pub required: bool,
    /// What holds when it is left out, if that can be written.
    pub default: Option<Value>,
}

/// An object whose keys are all known.
#[derive(Debug, Clone, Default)]
pub struct Object {
    /// Its keys.
    pub keys: Vec<Key>,
    /// It compares: a modifier that decides what `value` is.
    pub comparison: Option<Comparison>,
    /// What holds when a key has a certain value.
    pub cases: Vec<Case>,
}

/// When `key` is one of `equals`, these keys and this comparison stand in place of the object's.
#[derive(Debug, Clone)]
pub struct Case {
    /// The key that tells.
    pub key: &'static str,
    /// The words or values that tell.
    pub equals: Vec<Value>,
    /// Keys that are narrower then.
    pub keys: Vec<Key>,
    /// A narrower comparison.
    pub comparison: Option<Comparison>,
}

/// A named shape.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Its name in the schema and among the types.
    pub name: &'static str,
    /// What it is, in a sentence or two.
    pub about: &'static str,
    /// What it looks like.
    pub shape: Shape,
    /// Some that are right.
    pub examples: Vec<Value>,
}

/// What a modifier compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Fields: texts, numbers, dates, true or false.
    Fields,
    /// Measures: numbers only.
    Numbers,
}

/// Modifiers that take the same kind of `value`.
#[derive(Debug, Clone)]
pub struct Form {
    /// The modifiers.
    pub modifiers: Vec<&'static str>,
    /// What `value` is; there is none for `is_known` and its opposite.
    pub value: Option<Shape>,
}

impl Comparison {
    /// The name of its type.
    pub fn name(self) -> &'static str {
        match self {
            Comparison::Fields => "FieldComparison",
            Comparison::Numbers => "NumberComparison",
        }
    }

    /// Its forms, in the order of [`MODIFIERS`].
    pub fn forms(self) -> Vec<Form> {
        let mut forms: Vec<(u8, Form)> = Vec::new();
        for (word, (modifier, _)) in MODIFIERS {
            let Some((kind, value)) = self.value(modifier) else { continue };
            match forms.iter_mut().find(|(other, _)| *other == kind) {
                Some((_, form)) => form.modifiers.push(word),
                None => forms.push((kind, Form { modifiers: vec![word], value })),
            }
        }
        forms.into_iter().map(|(_, form)| form).collect()
    }

    /// Its modifiers.
    pub fn modifiers(self) -> Vec<&'static str> {
        MODIFIERS.into_iter().filter(|(_, (modifier, _))| self.value(*modifier).is_some()).map(|(word, _)| word).collect()
    }

    /// A number that tells the forms apart, and the value; `None` if the modifier is not for this.
    fn value(self, modifier: Modifier) -> Option<(u8, Option<Shape>)> {
        let (one, ordered) = match self {
            Comparison::Fields => ("Scalar", "Ordered"),
            Comparison::Numbers => ("Decimal", "Decimal"),
        };
        Some(match modifier {
            Modifier::Equal => (0, Some(Shape::Named(one))),
            Modifier::Less | Modifier::AtMost | Modifier::Greater | Modifier::AtLeast => {
                (u8::from(one != ordered), Some(Shape::Named(ordered)))
            }
            Modifier::Between => (2, Some(Shape::Pair(Box::new(Shape::Named(ordered))))),
            Modifier::Like(_) if self == Comparison::Numbers => return None,
            Modifier::Like(_) => (3, Some(Shape::Text)),
            Modifier::OneOf => (4, Some(Shape::List(Box::new(Shape::Named(one)), 1, None))),
            Modifier::Known => (5, None),
        })
    }
}

/// A key that must be there.
pub fn must(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, about, shape, required: true, default: None }
}

/// A key that may be left out.
pub fn may(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, about, shape, required: false, default: None }
}

/// A key that may be left out, which is the same as `default`.
pub fn or(name: &'static str, shape: Shape, default: impl Into<Value>, about: &'static str) -> Key {
    Key { name, about, shape, required: false, default: Some(default.into()) }
}

/// An object with these keys and no others.
pub fn object(keys: Vec<Key>) -> Shape {
    Shape::Object(Object { keys, ..Object::default() })
}

/// A list with something in it.
pub fn list(of: Shape) -> Shape {
    Shape::List(Box::new(of), 1, None)
}

/// One of these, or several in a list.
pub fn one_or_more(of: Shape) -> Shape {
    Shape::Either(vec![of.clone(), list(of)])
}

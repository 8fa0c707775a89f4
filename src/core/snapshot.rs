//! A visitor as bytes: the columns as they are, with a checksum. Opening copies, it does not parse.

use crate::bytes::{Reader, put_bytes};
use crate::hash;
use crate::visitor::Visitor;
use alloc::vec::Vec;

/// The first four bytes of a snapshot.
pub const MAGIC: &[u8; 4] = b"RGLH";
/// The version of both formats, snapshot and plan.
pub const VERSION: u8 = 1;

/// Why bytes could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unopened {
    /// They are something else.
    Foreign = 1,
    /// They are in another version of the format.
    Version = 2,
    /// They were changed after they were written.
    Damaged = 3,
}

/// Writes magic, version, checksum and content.
pub fn seal(magic: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut out = Vec::from(&magic[..]);
    out.push(VERSION);
    out.extend_from_slice(&hash::checksum(content).to_le_bytes());
    out.extend_from_slice(content);
    out
}

/// A reader of the content of sealed bytes.
///
/// # Errors
/// Says whether they are foreign, of another version, or damaged.
pub fn unseal<'a>(magic: &[u8; 4], bytes: &'a [u8]) -> Result<Reader<'a>, Unopened> {
    let mut reader = Reader::new(bytes);
    if reader.take(4) != magic {
        return Err(Unopened::Foreign);
    }
    if reader.u8() != VERSION {
        return Err(Unopened::Version);
    }
    let checksum = reader.word() as u64;
    if hash::checksum(reader.clone().rest()) != checksum {
        return Err(Unopened::Damaged);
    }
    Ok(reader)
}

/// A visitor's bytes: equal histories that arrived in one order have equal bytes.
pub fn write(visitor: &Visitor) -> Vec<u8> {
    let mut out = Vec::new();
    put_bytes(&mut out, &visitor.id);
    put_bytes(&mut out, &visitor.coverage);
    visitor.history.write(&mut out);
    seal(MAGIC, &out)
}

/// Opens a visitor's bytes.
///
/// # Errors
/// Says whether they are foreign, of another version, or damaged.
pub fn read(bytes: &[u8]) -> Result<Visitor, Unopened> {
    let mut visitor = Visitor::default();
    fill(&mut visitor, bytes).map(|()| visitor)
}

/// As [`read`], into a new visitor.
///
/// # Errors
/// As for [`read`]; the visitor is of no use then.
pub fn fill(visitor: &mut Visitor, bytes: &[u8]) -> Result<(), Unopened> {
    let mut reader = unseal(MAGIC, bytes)?;
    let id = reader.bytes();
    visitor.introduce(id, reader.bytes());
    visitor.history.read(&mut reader);
    if reader.finished() { Ok(()) } else { Err(Unopened::Damaged) }
}

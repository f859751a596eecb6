//! A WebAssembly module as the parts that `bindings/unpack` joins.

use std::collections::BTreeMap;
use std::mem;

use credlapse_unpack::join::{CODE, HEAD, PARTS, SYMBOL, SYMBOLS, TAIL};
use wasmparser::{Parser, Payload};

use crate::process::Result;

/// The parts of the operands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Operands {
    /// The size and the locals of the next function, behind the last instruction of each.
    Locals = TAIL as isize + 1,
    Read,
    Written,
    Small,
    Address,
    Long,
    Offset,
    Branch,
    Call,
    Block,
}

const _: () = assert!(Operands::Block as usize + 1 == PARTS);

/// What stands in the code for an instruction without its operands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Symbol {
    part: Operands,
    operands: usize,
    /// What is written as it is.
    bytes: Vec<u8>,
}

impl Symbol {
    /// Takes an instruction apart: its symbol, and its operands.
    fn split(instruction: &[u8]) -> (Self, &[u8]) {
        let (own, part) = match instruction {
            [0x02..=0x04, ..] => (1, Operands::Block),
            [0x0c | 0x0d, ..] => (1, Operands::Branch),
            // With the number of its targets, as that says how many operands there are.
            [0x0e, ..] => (2, Operands::Branch),
            [0x10 | 0x11, ..] => (1, Operands::Call),
            [0x20, ..] => (1, Operands::Read),
            [0x21 | 0x22, ..] => (1, Operands::Written),
            // With the alignment, which goes with the code.
            [0x28..=0x3e, ..] => (2, Operands::Offset),
            [0x41, _, _, _, ..] => (1, Operands::Address),
            [0x41, ..] => (1, Operands::Small),
            [0x42, ..] => (1, Operands::Long),
            _ => (instruction.len(), Operands::Block),
        };
        let (own, rest) = instruction.split_at(own);
        let symbol = Self {
            part,
            operands: numbers(rest),
            bytes: own.to_vec(),
        };
        (symbol, rest)
    }

    fn described(&self) -> Result<[u8; SYMBOL]> {
        let mut description = [0; SYMBOL];
        let [bytes @ .., own, operands, part] = &mut description;
        let Some(bytes) = bytes.get_mut(..self.bytes.len()) else {
            return Err("an instruction has more bytes than a symbol".into());
        };
        bytes.copy_from_slice(&self.bytes);
        *own = u8::try_from(self.bytes.len())?;
        *operands = u8::try_from(self.operands)?;
        *part = self.part as u8;
        Ok(description)
    }
}

/// How many numbers of LEB128 these bytes are; a type is one.
fn numbers(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte < 0x80).count()
}

/// The parts of a module that has a code section; the first with the lengths of all.
pub(crate) fn sort(module: &[u8]) -> Result<Vec<Vec<u8>>> {
    let mut parts = vec![Vec::new(); PARTS];
    let mut code: Vec<Symbol> = Vec::new();
    let mut end = 0;
    for payload in Parser::new(0).parse_all(module) {
        let Payload::CodeSectionEntry(body) = payload? else {
            continue;
        };
        let mut reader = body.get_operators_reader()?;
        let mut from = usize::try_from(reader.original_position())?;
        match code.last_mut() {
            None => parts[HEAD].extend(&module[..from]),
            // The last instruction is the same in all functions, and has no operands of its own.
            Some(last) => {
                let head = &module[end..from];
                parts[Operands::Locals as usize].extend(head);
                *last = Symbol {
                    part: Operands::Locals,
                    operands: numbers(head),
                    bytes: mem::take(&mut last.bytes),
                };
            }
        }
        while !reader.eof() {
            reader.read()?;
            end = usize::try_from(reader.original_position())?;
            let (symbol, operands) = Symbol::split(&module[from..end]);
            parts[symbol.part as usize].extend(operands);
            code.push(symbol);
            from = end;
        }
    }
    parts[TAIL].extend(&module[end..]);
    let mut symbols: BTreeMap<_, u8> = code.iter().map(|symbol| (symbol, 0)).collect();
    for (id, (symbol, place)) in symbols.iter_mut().enumerate() {
        *place = u8::try_from(id).map_err(|_| "more symbols than a byte counts")?;
        parts[SYMBOLS].extend(symbol.described()?);
    }
    parts[CODE].extend(code.iter().map(|symbol| symbols[symbol]));
    let mut lengths = Vec::new();
    for part in &parts {
        lengths.extend(u32::try_from(part.len())?.to_le_bytes());
    }
    lengths.append(&mut parts[0]);
    parts[0] = lengths;
    Ok(parts)
}

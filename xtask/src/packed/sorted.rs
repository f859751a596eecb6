//! A WebAssembly module as the parts that `bindings/unpack` joins.

use std::collections::BTreeMap;

use credlapse_unpack::join::{self, CODE, HEAD, PARTS, SIZE, SYMBOL, SYMBOLS, TAIL};
use wasmparser::{Parser, Payload};

use crate::process::Result;

/// The parts of the operands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Operands {
    /// The locals of the next function, behind the last instruction of each.
    Locals = join::LOCALS as isize,
    Read,
    Written,
    Small,
    Address,
    Long,
    Offset,
    Jump,
    Branch,
    Call,
}

const _: () = assert!(Operands::Call as usize + 1 == PARTS);

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
    ///
    /// `count` is how often the module has it.
    fn split(instruction: &[u8], count: usize) -> (Self, &[u8]) {
        let (own, part) = match instruction {
            [0x0c, ..] => (1, Operands::Jump),
            [0x0d, ..] => (1, Operands::Branch),
            // With the number of its targets, as that says how many operands there are.
            [0x0e, ..] => (2, Operands::Branch),
            // A frequent operand goes with the code, which tells where it is to be expected.
            [0x10, ..] if count < 25 => (1, Operands::Call),
            [0x11, ..] => (1, Operands::Call),
            [0x20, ..] => (1, Operands::Read),
            [0x21 | 0x22, ..] => (1, Operands::Written),
            // With the alignment, which goes with the code.
            [0x28..=0x3e, ..] => (2, Operands::Offset),
            [0x41, _, _, _, ..] => (1, Operands::Address),
            [0x41, ..] if count < 200 => (1, Operands::Small),
            [0x42, ..] => (1, Operands::Long),
            _ => (instruction.len(), Operands::Call),
        };
        let (own, rest) = instruction.split_at(own);
        (Self::new(own, part, rest), rest)
    }

    fn new(own: &[u8], part: Operands, operands: &[u8]) -> Self {
        Self {
            part,
            operands: numbers(operands),
            bytes: own.to_vec(),
        }
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

/// The parts of a module whose functions have sizes of [`SIZE`] bytes; the first with the lengths of all.
pub(crate) fn sort(module: &[u8]) -> Result<Vec<Vec<u8>>> {
    let functions = functions(module)?;
    let mut counts = BTreeMap::<_, usize>::new();
    for instruction in functions.iter().flat_map(|function| &function.instructions) {
        *counts.entry(*instruction).or_default() += 1;
    }
    let mut parts = vec![Vec::new(); PARTS];
    let mut code: Vec<Symbol> = Vec::new();
    let mut end = functions.first().ok_or("a module without a function")?.from;
    parts[HEAD].extend(&module[..end]);
    for Function {
        from,
        locals,
        instructions,
    } in functions
    {
        parts[Operands::Locals as usize].extend(locals);
        // The last instruction is the same in all functions, and has no operands of its own.
        let own = code.pop().map(|last| last.bytes).unwrap_or_default();
        code.push(Symbol::new(&own, Operands::Locals, locals));
        end = from + SIZE + locals.len();
        for instruction in instructions {
            let (symbol, operands) = Symbol::split(instruction, counts[instruction]);
            parts[symbol.part as usize].extend(operands);
            code.push(symbol);
            end += instruction.len();
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

/// One function.
struct Function<'m> {
    /// Where its size is written.
    from: usize,
    locals: &'m [u8],
    instructions: Vec<&'m [u8]>,
}

fn functions(module: &[u8]) -> Result<Vec<Function<'_>>> {
    let mut functions = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::CodeSectionEntry(body) = payload? else {
            continue;
        };
        let start = usize::try_from(body.range().start)?;
        let mut reader = body.get_operators_reader()?;
        let mut from = usize::try_from(reader.original_position())?;
        let locals = &module[start..from];
        let mut instructions = Vec::new();
        while !reader.eof() {
            reader.read()?;
            let end = usize::try_from(reader.original_position())?;
            instructions.push(&module[from..end]);
            from = end;
        }
        functions.push(Function {
            from: start - SIZE,
            locals,
            instructions,
        });
    }
    Ok(functions)
}

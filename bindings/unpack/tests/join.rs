//! Parts that make a module, and parts that do not.

use credlapse_unpack::join::{CODE, HEAD, LOCALS, PARTS, SYMBOLS, TAIL, join};

/// The parts after their lengths; the operands are the last of them.
fn sorted(operands: &[u8]) -> Vec<u8> {
    let symbols = [
        [0x41, 0, 0, 0, 1, 1, PARTS as u8 - 1],
        [0xfc, 0x0a, 0, 0, 4, 0, PARTS as u8 - 1],
        [0x0e, 2, 0, 0, 2, 3, PARTS as u8 - 1],
        [0, 0, 0, 0, 0, 1, LOCALS as u8],
        [0x0b, 0, 0, 0, 1, 3, LOCALS as u8],
    ]
    .concat();
    let mut parts = [b"".as_slice(); PARTS];
    parts[SYMBOLS] = &symbols;
    parts[HEAD] = b"head";
    parts[CODE] = &[3, 0, 1, 4, 2, 0];
    parts[LOCALS] = &[0, 1, 0x85, 0x01, 0x7f];
    parts[TAIL] = b"tail";
    parts[PARTS - 1] = operands;
    let lengths = parts.map(|part| (part.len() as u32).to_le_bytes());
    [lengths.concat(), parts.concat()].concat()
}

const OPERANDS: &[u8] = &[0xff, 0x80, 0x01, 1, 2, 0x83, 4, 5];
/// Two functions, each behind its size.
const MODULE: &[u8] = b"head\x8a\x80\x00\x00\x41\xff\x80\x01\xfc\x0a\x00\x00\x0b\
    \x8c\x80\x00\x01\x85\x01\x7f\x0e\x02\x01\x02\x83\x04\x41\x05tail";

fn joined(sorted: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut module = vec![0; length];
    join(sorted, &mut module).map(|()| module)
}

#[test]
fn operands_follow_their_instructions() {
    assert_eq!(
        joined(&sorted(OPERANDS), MODULE.len()).as_deref(),
        Some(MODULE)
    );
}

#[test]
fn parts_that_make_more_or_less() {
    let whole = sorted(OPERANDS);
    for length in (0..MODULE.len()).chain([MODULE.len() + 1]) {
        assert_eq!(joined(&whole, length), None, "{length}");
    }
    for end in 0..whole.len() {
        assert_eq!(joined(&whole[..end], MODULE.len()), None, "{end}");
    }
}

/// With one byte changed they make something or nothing, and never a panic, which in the module is a trap.
#[test]
fn damage_ends() {
    let whole = sorted(OPERANDS);
    for at in 0..whole.len() {
        for byte in [0, 1, 0x7f, 0x80, 0xff] {
            let mut damaged = whole.clone();
            damaged[at] = byte;
            let _ = joined(&damaged, MODULE.len());
        }
    }
}

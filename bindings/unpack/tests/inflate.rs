//! What the build deflates, and what nobody has.

use std::io::Write;
use std::num::NonZeroU64;

use credlapse_unpack::{BEHIND, inflate};
use zopfli::{BlockType, DeflateEncoder, Options};

fn deflate(bytes: &[u8], blocks: BlockType) -> Vec<u8> {
    let options = Options {
        iteration_count: NonZeroU64::MIN,
        ..Options::default()
    };
    let mut encoder = DeflateEncoder::new(options, blocks, Vec::new());
    encoder.write_all(bytes).expect("a vector takes it");
    encoder.finish().expect("a vector takes it")
}

fn inflated(deflated: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    let deflated = [deflated, &[0; BEHIND]].concat();
    inflate(&deflated, &mut bytes).map(|()| bytes)
}

/// Few bytes that repeat themselves now and then, the same at every run.
fn sample(length: usize) -> Vec<u8> {
    let mut bytes: Vec<u8> = Vec::with_capacity(length);
    let mut state = 1_u32;
    for at in 0..length {
        state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        let far = (state % 30_000) as usize;
        let is_new = state >> 16 & 3 != 0 || far > at || far == 0;
        bytes.push(if is_new {
            (state >> 24) as u8 & 31
        } else {
            bytes[at - far]
        });
    }
    bytes
}

#[test]
fn blocks_with_codes_of_their_own() {
    for bytes in [
        vec![65; 100_000],
        sample(200_000),
        (0..8).flat_map(|more| sample(10_000 + more)).collect(),
    ] {
        let deflated = deflate(&bytes, BlockType::Dynamic);
        let length = bytes.len();
        assert!(inflated(&deflated, length) == Some(bytes), "{length}");
    }
}

#[test]
fn blocks_of_other_kinds() {
    let bytes = sample(5_000);
    for blocks in [BlockType::Uncompressed, BlockType::Fixed] {
        let deflated = deflate(&bytes, blocks);
        assert_eq!(inflated(&deflated, bytes.len()), None, "{blocks:?}");
    }
}

#[test]
fn pieces() {
    let pieces = [sample(5_000), vec![65; 100_000], sample(3_000)];
    let deflated = pieces
        .each_ref()
        .map(|piece| deflate(piece, BlockType::Dynamic));
    assert!(inflated(&deflated.concat(), 108_000) == Some(pieces.concat()));
    assert_eq!(inflated(&deflated.concat(), 107_999), None);
    assert_eq!(inflated(&deflated.concat(), 108_001), None);
}

#[test]
fn what_ends_early_or_holds_another_number_of_bytes() {
    let bytes = sample(5_000);
    let deflated = deflate(&bytes, BlockType::Dynamic);
    for end in 0..deflated.len() {
        assert_eq!(inflated(&deflated[..end], bytes.len()), None, "{end}");
    }
    assert_eq!(inflated(&deflated, bytes.len() - 1), None);
    assert_eq!(inflated(&deflated, bytes.len() + 1), None);
}

/// It may inflate to something; it ends, and without a panic, which in the module is a trap.
#[test]
fn noise_ends() {
    let noise = sample(300);
    for seed in 0_u16..2_000 {
        let mut noise = noise[usize::from(seed % 100)..].to_vec();
        noise[..2].copy_from_slice(&seed.to_le_bytes());
        let _ = inflated(&noise, 1_000);
    }
}

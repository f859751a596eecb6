//! What another library has deflated, and what nobody has.

use credlapse_unpack::inflate;
use miniz_oxide::deflate::core::{CompressionStrategy, create_comp_flags_from_zip_params};
use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, TDEFLStatus, compress_to_output};

fn deflate(bytes: &[u8], level: i32, strategy: CompressionStrategy) -> Vec<u8> {
    let mut compressor =
        CompressorOxide::new(create_comp_flags_from_zip_params(level, 0, strategy as i32));
    let mut deflated = Vec::new();
    let (status, _) = compress_to_output(&mut compressor, bytes, TDEFLFlush::Finish, |more| {
        deflated.extend_from_slice(more);
        true
    });
    assert_eq!(status, TDEFLStatus::Done);
    deflated
}

fn inflated(deflated: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    inflate(deflated, &mut bytes).map(|()| bytes)
}

/// Bytes that repeat themselves now and then, the same at every run.
fn sample(length: usize) -> Vec<u8> {
    let mut bytes: Vec<u8> = Vec::with_capacity(length);
    let mut state = 1_u32;
    for at in 0..length {
        state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        let far = (state % 30_000) as usize;
        let is_new = state >> 16 & 3 != 0 || far > at || far == 0;
        bytes.push(if is_new {
            (state >> 24) as u8
        } else {
            bytes[at - far]
        });
    }
    bytes
}

#[test]
fn all_kinds_of_blocks() {
    let texts = [
        Vec::new(),
        vec![255],
        vec![65; 100_000],
        sample(200_000),
        (0..8).flat_map(|more| sample(30_000 + more)).collect(),
    ];
    for bytes in &texts {
        for level in [0, 1, 9] {
            for strategy in [
                CompressionStrategy::Default,
                CompressionStrategy::Fixed,
                CompressionStrategy::HuffmanOnly,
                CompressionStrategy::RLE,
            ] {
                let deflated = deflate(bytes, level, strategy);
                let length = bytes.len();
                assert_eq!(
                    inflated(&deflated, length).as_ref(),
                    Some(bytes),
                    "{length} bytes, level {level}, {strategy:?}"
                );
            }
        }
    }
}

#[test]
fn pieces() {
    let pieces = [sample(5_000), Vec::new(), vec![65; 1_000], sample(300)];
    let deflated: Vec<u8> = (pieces.iter().zip([9, 1, 0, 6]))
        .flat_map(|(piece, level)| deflate(piece, level, CompressionStrategy::Default))
        .collect();
    assert_eq!(inflated(&deflated, 6_300), Some(pieces.concat()));
    assert_eq!(inflated(&deflated, 6_299), None);
    assert_eq!(inflated(&deflated, 6_301), None);
}

#[test]
fn what_ends_early_or_holds_another_number_of_bytes() {
    let bytes = sample(5_000);
    let deflated = deflate(&bytes, 6, CompressionStrategy::Default);
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

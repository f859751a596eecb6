//! Where a failure comes from: files and standard input, as UTF-8.

use std::ffi::OsString;
use std::fmt;
use std::fs::File;
use std::io::{self, Cursor, IsTerminal, Read};
use std::path::PathBuf;

mod utf16;

use utf16::Utf16;

/// A place to read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    Stdin,
    File(PathBuf),
}

impl From<OsString> for Input {
    fn from(argument: OsString) -> Self {
        if argument == "-" {
            Self::Stdin
        } else {
            Self::File(argument.into())
        }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("standard input"),
            Self::File(path) => write!(f, "`{}`", path.display()),
        }
    }
}

impl Input {
    /// Opens it; what is read from it is UTF-8 wherever the source is text.
    ///
    /// A byte order mark decides between UTF-8 and UTF-16, which Windows
    /// PowerShell writes. Invalid bytes of UTF-8 pass through.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read>> {
        let mut source: Box<dyn Read> = match self {
            Self::Stdin => Box::new(io::stdin().lock()),
            Self::File(path) => Box::new(File::open(path)?),
        };
        let mut head = vec![0; HEAD];
        let mut length = 0;
        // More than a byte order mark is not waited for: a pipe may stay silent.
        while length < MARK {
            match source.read(&mut head[length..]) {
                Ok(0) => break,
                Ok(count) => length += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        head.truncate(length);
        let encoding = Encoding::of(&head)?;
        let rest = Cursor::new(head.split_off(encoding.mark())).chain(source);
        Ok(match encoding {
            Encoding::Utf8 { .. } => Box::new(rest),
            Encoding::Utf16 { big_endian, .. } => Box::new(Utf16::new(rest, big_endian)),
        })
    }

    /// Whether a person is expected to type or paste it.
    pub(crate) fn is_terminal(&self) -> bool {
        *self == Self::Stdin && io::stdin().is_terminal()
    }
}

const HEAD: usize = 8 * 1024;
/// The length of the longest byte order mark.
const MARK: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8 { mark: usize },
    Utf16 { mark: usize, big_endian: bool },
}

impl Encoding {
    fn of(head: &[u8]) -> io::Result<Self> {
        match head {
            [0xef, 0xbb, 0xbf, ..] => return Ok(Self::Utf8 { mark: 3 }),
            [0xff, 0xfe, ..] => {
                return Ok(Self::Utf16 {
                    mark: 2,
                    big_endian: false,
                });
            }
            [0xfe, 0xff, ..] => {
                return Ok(Self::Utf16 {
                    mark: 2,
                    big_endian: true,
                });
            }
            _ => {}
        }
        if let Some((_, format)) = COMPRESSED.iter().find(|(magic, _)| head.starts_with(magic)) {
            return Err(io::Error::other(format!(
                "it is compressed ({format}), unpack it first"
            )));
        }
        let zeros_at = |parity: usize| {
            head.iter()
                .skip(parity)
                .step_by(2)
                .filter(|byte| **byte == 0)
                .count()
        };
        let (even, odd) = (zeros_at(0), zeros_at(1));
        if even.max(odd) > head.len() / 4 && even.min(odd) == 0 {
            return Ok(Self::Utf16 {
                mark: 0,
                big_endian: even > odd,
            });
        }
        // NUL does not count: log files that were truncated under their writer begin with many.
        let controls = head.iter().filter(|byte| is_binary(**byte)).count();
        if controls * 32 > head.len() {
            return Err(io::Error::other("it is binary, not text"));
        }
        Ok(Self::Utf8 { mark: 0 })
    }

    const fn mark(self) -> usize {
        match self {
            Self::Utf8 { mark } | Self::Utf16 { mark, .. } => mark,
        }
    }
}

const COMPRESSED: [(&[u8], &str); 5] = [
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\xfd7zXZ\0", "xz"),
    (b"BZh", "bzip2"),
    (b"PK\x03\x04", "zip"),
];

/// Whether it is a control character that no terminal and no log writes.
const fn is_binary(byte: u8) -> bool {
    matches!(byte, 0x01..=0x06 | 0x0e..=0x1a | 0x1c..=0x1f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_from_binary() {
        let utf8 = Some(Encoding::Utf8 { mark: 0 });
        let little = Some(Encoding::Utf16 {
            mark: 0,
            big_endian: false,
        });
        for (head, encoding) in [
            (&b""[..], utf8),
            (b"plain text\n", utf8),
            (b"\x1b[31mred\x1b[0m\r\n\x07", utf8),
            (b"caf\xe9 in Latin-1", utf8),
            (b"\0\0\0\0\0\0\0\0after truncation", utf8),
            (b"E\0x\0p\0i\0r\0e\0d\0", little),
            (b"\xef\xbb\xbftext", Some(Encoding::Utf8 { mark: 3 })),
            (
                b"\xfe\xff\0E",
                Some(Encoding::Utf16 {
                    mark: 2,
                    big_endian: true,
                }),
            ),
            (b"\x7fELF\x02\x01\x01\0\0\0\0\0\x03\0\x3e\0", None),
            (b"\x1f\x8b\x08\0", None),
        ] {
            assert_eq!(Encoding::of(head).ok(), encoding, "{head:?}");
        }
    }
}

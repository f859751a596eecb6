//! Bytes of an input to UTF-8, as a stream.

mod utf16;

use std::borrow::Cow;
use std::io::{self, Read};

use utf16::Utf16;

/// Makes UTF-8 of the pieces of an input, wherever it is text.
///
/// A byte order mark decides between UTF-8 and UTF-16, which Windows PowerShell
/// writes. Invalid bytes of UTF-8 pass through.
#[derive(Debug, Default)]
pub struct Decoder {
    state: State,
}

#[derive(Debug)]
enum State {
    /// Too little was seen to tell.
    Beginning(Vec<u8>),
    Plain,
    Wide(Utf16),
}

impl Default for State {
    fn default() -> Self {
        Self::Beginning(Vec::new())
    }
}

impl Decoder {
    /// The text of a piece; of the first bytes nothing until three are there.
    ///
    /// # Errors
    ///
    /// Where the input is compressed or is not text.
    pub fn push<'p>(&mut self, piece: &'p [u8]) -> io::Result<Cow<'p, [u8]>> {
        match &mut self.state {
            State::Plain => Ok(piece.into()),
            State::Wide(utf16) => Ok(utf16.decode(piece).into()),
            // More than a byte order mark is not waited for: a pipe may stay silent.
            State::Beginning(head) if head.len() + piece.len() < MARK => {
                head.extend_from_slice(piece);
                Ok(Cow::Borrowed(&[]))
            }
            State::Beginning(head) => {
                let mut head = std::mem::take(head);
                head.extend_from_slice(piece);
                self.begin(head).map(Cow::Owned)
            }
        }
    }

    /// What is left at the end of the input.
    ///
    /// # Errors
    ///
    /// As those of [`push`](Self::push), for an input of less than three bytes.
    pub fn finish(mut self) -> io::Result<Vec<u8>> {
        let mut text = match &mut self.state {
            State::Beginning(head) => {
                let head = std::mem::take(head);
                self.begin(head)?
            }
            _ => Vec::new(),
        };
        if let State::Wide(utf16) = self.state {
            text.extend(utf16.finish());
        }
        Ok(text)
    }

    fn begin(&mut self, mut head: Vec<u8>) -> io::Result<Vec<u8>> {
        let encoding = Encoding::of(&head[..head.len().min(HEAD)])?;
        head.drain(..encoding.mark());
        match encoding {
            Encoding::Utf8 { .. } => {
                self.state = State::Plain;
                Ok(head)
            }
            Encoding::Utf16 { big_endian, .. } => {
                let mut utf16 = Utf16::new(big_endian);
                let text = utf16.decode(&head);
                self.state = State::Wide(utf16);
                Ok(text)
            }
        }
    }
}

/// A reader of UTF-8 over a reader of text; its errors are also those of [`Decoder`].
#[derive(Debug)]
pub struct Decoded<R> {
    source: R,
    /// None at the end of the input.
    decoder: Option<Decoder>,
    ready: Vec<u8>,
    /// How much of `ready` is delivered.
    at: usize,
}

impl<R: Read> Decoded<R> {
    /// The text of a source, from its beginning.
    pub fn new(source: R) -> Self {
        Self {
            source,
            decoder: Some(Decoder::default()),
            ready: Vec::new(),
            at: 0,
        }
    }

    /// Decodes one more piece; false at the end of the input.
    fn decode(&mut self) -> io::Result<bool> {
        let Some(mut decoder) = self.decoder.take() else {
            return Ok(false);
        };
        let mut block = [0; BLOCK];
        let count = loop {
            match self.source.read(&mut block) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
        self.at = 0;
        if count == 0 {
            self.ready = decoder.finish()?;
        } else {
            self.ready = decoder.push(&block[..count])?.into_owned();
            self.decoder = Some(decoder);
        }
        Ok(true)
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() {
            let is_plain = |decoder: &Decoder| matches!(decoder.state, State::Plain);
            if self.decoder.as_ref().is_some_and(is_plain) {
                return self.source.read(buffer);
            }
            if !self.decode()? {
                return Ok(0);
            }
        }
        let count = buffer.len().min(self.ready.len() - self.at);
        buffer[..count].copy_from_slice(&self.ready[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

/// How much of the beginning is looked at.
const HEAD: usize = 8 * 1024;
/// How much is read at once.
const BLOCK: usize = 16 * 1024;
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

    struct ByteByByte<'a>(&'a [u8]);

    impl Read for ByteByByte<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = buffer.len().min(1);
            self.0.read(&mut buffer[..count])
        }
    }

    fn decoded(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        Decoded::new(ByteByByte(bytes)).read_to_string(&mut text)?;
        let mut whole = String::new();
        Decoded::new(bytes).read_to_string(&mut whole)?;
        assert_eq!(whole, text);
        Ok(text)
    }

    #[test]
    fn halves_are_put_together() -> io::Result<()> {
        let text = "Zugangsdaten abgelaufen: \u{1f511} \u{fc}";
        let marked = format!("\u{feff}{text}");
        let little: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [&little, &big, marked.as_bytes(), text.as_bytes()] {
            assert_eq!(decoded(bytes)?, text);
        }
        Ok(())
    }

    #[test]
    fn a_torn_end_is_marked() -> io::Result<()> {
        for torn in [&b"\xff\xfeA\0\x3d\xd8"[..], b"\xff\xfeA\0B"] {
            assert_eq!(decoded(torn)?, "A\u{fffd}");
        }
        Ok(())
    }

    #[test]
    fn what_is_shorter_than_a_mark_is_text() -> io::Result<()> {
        for text in ["", "a", "ab"] {
            assert_eq!(decoded(text.as_bytes())?, text);
        }
        assert_eq!(decoded(b"\xff\xfe")?, "");
        assert!(Decoder::default().push(b"\x1f\x8b\x08").is_err());
        Ok(())
    }
}

//! One input that arrives in pieces.

use std::io;

use crate::decode::Decoder;
use crate::explain::{Explain, Said, Source};
use crate::ndjson::Answers;
use crate::scan::Scanner;

/// An input of which the host gives one piece after the other.
#[derive(Default)]
pub struct Reading {
    decoder: Decoder,
    content: Content,
    /// Why it is no text.
    refused: Option<io::Error>,
}

enum Content {
    Text(Box<Scanner>),
    Lines(Answers),
}

impl Default for Content {
    fn default() -> Self {
        Self::Text(Box::default())
    }
}

impl Reading {
    /// An input of NDJSON.
    #[must_use]
    pub fn lines() -> Self {
        Self {
            content: Content::Lines(Answers::default()),
            ..Self::default()
        }
    }

    /// Takes a piece, and gives the answers to the lines that end in it.
    pub fn push(&mut self, explain: &mut Explain, piece: &[u8]) -> String {
        if self.refused.is_some() {
            return String::new();
        }
        match self.decoder.push(piece) {
            Ok(text) => self.content.push(explain, &text),
            Err(error) => {
                self.refused = Some(error);
                String::new()
            }
        }
    }

    /// What is said when the input has ended, or could not be read further.
    pub fn finish(
        mut self,
        explain: &mut Explain,
        source: Source<'_>,
        failed: Option<io::Error>,
    ) -> Said {
        let failed = failed.or(self.refused);
        let text = failed.map_or_else(|| self.decoder.finish(), Err);
        let text = match text {
            Ok(text) => text,
            Err(error) => return explain.unreadable(source, &error),
        };
        let mut answer = self.content.push(explain, &text);
        match self.content {
            Content::Text(scanner) => explain.text(source, &scanner.finish()),
            Content::Lines(answers) => {
                answer += &answers.finish(explain);
                let remark = String::new();
                Said { answer, remark }
            }
        }
    }
}

impl Content {
    fn push(&mut self, explain: &mut Explain, mut text: &[u8]) -> String {
        match self {
            Self::Lines(answers) => answers.push(explain, text),
            Self::Text(scanner) => {
                // It reads as much as it has room for, and a slice cannot fail.
                while matches!(scanner.fill(&mut text), Ok([_, ..])) {}
                String::new()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::rc::Rc;

    use super::*;
    use crate::explain::Manner;
    use crate::host::{Host, Known};
    use crate::machine::Disk;

    const EXPIRED: &str = "An error occurred (ExpiredToken) when calling the PutObject operation: The provided token has expired.\n";

    fn explain() -> Explain {
        let known = Known {
            is_elsewhere: true,
            ..Known::default()
        };
        let machine = Rc::new(Disk::with_home(None));
        Explain::new(Host::new(known, machine), Manner::default())
    }

    fn said(input: &[u8], size: usize) -> (Said, u8) {
        let mut explain = explain();
        let mut reading = Reading::default();
        for piece in input.chunks(size) {
            assert_eq!(reading.push(&mut explain, piece), "");
        }
        let said = reading.finish(&mut explain, Source::File(Path::new("log")), None);
        (said, explain.status().0)
    }

    #[test]
    fn pieces_of_any_size_say_the_same() {
        let whole = said(EXPIRED.as_bytes(), usize::MAX);
        assert_eq!(whole.1, 10);
        assert!(whole.0.answer.contains("AWS session expired"));
        for size in [1, 2, 3, 64] {
            assert_eq!(said(EXPIRED.as_bytes(), size), whole);
        }
    }

    #[test]
    fn the_middle_of_a_large_input_is_read() {
        let filler = "INFO nothing happened here\n".repeat(100_000);
        let input = [filler.as_bytes(), EXPIRED.as_bytes(), filler.as_bytes()].concat();
        assert_eq!(said(&input, 65_536), said(EXPIRED.as_bytes(), 65_536));
    }

    #[test]
    fn what_is_no_text_is_refused_once() {
        let (said, status) = said(b"\x1f\x8b\x08 and whatever follows", 4);
        assert_eq!(status, 66);
        assert_eq!(said.answer, "");
        assert!(
            said.remark
                .contains("cannot read `log`: it is compressed (gzip)")
        );
    }

    #[test]
    fn lines_are_answered_as_they_end() {
        let mut explain = explain();
        let mut reading = Reading::lines();
        assert_eq!(reading.push(&mut explain, b"{\"id\":1,\"te"), "");
        let first = reading.push(
            &mut explain,
            b"xt\":\"fine\"}\n{\"id\":2,\"text\":\"fine\"}",
        );
        assert_eq!(first, "{\"id\":1,\"diagnosis\":null}\n");
        let last = reading.finish(&mut explain, Source::Stdin, None);
        assert_eq!(last.answer, "{\"id\":2,\"diagnosis\":null}\n");
    }
}

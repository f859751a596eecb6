//! Printed text to evidence.
//!
//! 1. The text is cut to its head and its tail where it is too long
//!    ([`READ_MAX`]), and freed of terminal control sequences.
//! 2. Lines become records: boxes, arrows, log prefixes, stack frames and lines
//!    of a success fall away, wrapped lines are joined, see `records`.
//! 3. Each record is walked once, see `walk`. Where the header of a dialect
//!    stands ("An error occurred (", "operation error ", `"code":`, `<Code>`, ...),
//!    the small reader of that dialect makes a cause of it; text that no dialect
//!    knows becomes a cause with a message alone.
//! 4. Causes are put in order of weight, see `causes`.
//!
//! It extracts and decides nothing: that an `ExpiredToken` is an expiry is for
//! [`diagnose`](crate::diagnose) to say.

mod causes;
pub(crate) mod class;
mod clean;
mod dialect;
mod fields;
mod frame;
mod header;
mod line;
mod name;
mod prefix;
mod records;
mod s3cmd;
pub(crate) mod scan;
mod source;
mod success;
mod walk;
mod wrap;

use crate::Evidence;
use causes::Causes;

/// How many bytes of a text are looked at.
///
/// Of a longer text the head, a quarter of this, and the tail are read: what
/// failed stands at the end, what was tried at the beginning.
pub const READ_MAX: usize = 1024 * 1024;

/// Reads what a failed tool printed.
///
/// The causes come in the order of growing weight: of one error the outermost
/// first and its root last, of several errors the latest last, warnings and
/// debug output before all else. There are at most [`Evidence::MAX_CAUSES`];
/// recognised ones and the latest are kept.
///
/// Total and linear: no text makes it panic, recurse without bound or hold more
/// than a small multiple of [`READ_MAX`]. The context is left empty.
///
/// ```
/// use credlapse::text;
///
/// let evidence = text::read(
///     "upload failed: ./f to s3://bucket/f An error occurred (ExpiredToken) when \
///      calling the PutObject operation: The provided token has expired.",
/// );
/// let cause = evidence.causes.last().unwrap();
/// assert_eq!(cause.code.as_deref(), Some("ExpiredToken"));
/// assert_eq!(cause.operation.as_deref(), Some("PutObject"));
/// assert_eq!(cause.message.as_deref(), Some("The provided token has expired."));
/// ```
#[must_use]
pub fn read(text: &str) -> Evidence {
    let (head, tail) = window(text);
    let mut causes = Causes::default();
    records::read(&wrap::join(head), 0, &mut causes);
    records::read(&wrap::join(tail), 0, &mut causes);
    Evidence {
        causes: causes.finish(),
        ..Evidence::default()
    }
}

/// What is read of a text: all of it, or its head and its tail.
fn window(text: &str) -> (&str, &str) {
    if text.len() <= READ_MAX {
        return (text, "");
    }
    let tail = text.ceil_char_boundary(text.len().saturating_sub(READ_MAX / 4 * 3));
    let (word, rest) = scan::VISIBLE.split(scan::from(text, tail));
    let tail = if rest.is_empty() { word } else { rest };
    (scan::head(text, READ_MAX / 4), tail)
}

//! The AWS SDK for Ruby.

use super::header::{Header, Role};
use super::{name, scan};

/// `The provided token has expired. (Aws::S3::Errors::ExpiredToken)`.
pub(super) fn read(text: &str) -> Option<Header> {
    let rest = text.strip_prefix('(')?;
    let (class, after) = scan::split_run(rest, |byte| scan::is_word(byte) || byte == b':');
    let after = after.strip_prefix(')')?;
    let is_end = after.is_empty() || after.starts_with(['\n', '\u{1}']);
    if !scan::contains(class, "::") || !is_end || !name::is_name(class) {
        return None;
    }
    Some(Header::new(text, after, name::named(class), Role::Closes))
}

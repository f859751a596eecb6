//! Lines of a config or credentials file, by the rules that the AWS tools share.
//!
//! A line that is indented deeper than the property above it belongs to that
//! property's value (`s3 =` and what is nested below it) and is not a property
//! of the profile. `#` and `;` open a comment at the start of a line and after
//! white space. Where the tools disagree about a damaged file, reading goes on,
//! and the line is reported.

/// One line that says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry<'a> {
    /// What stands between the brackets of a section, trimmed.
    Section(&'a str),
    /// A property, both sides trimmed; the value may be empty.
    Property(&'a str, &'a str),
    /// A line that is none of these: botocore refuses the whole file for it.
    Broken,
}

/// The entries of `text` with the numbers of their lines, from 1.
pub(super) fn entries(text: &str) -> Entries<'_> {
    Entries {
        lines: text.split('\n'),
        number: 0,
        in_section: false,
        property: None,
    }
}

pub(super) struct Entries<'a> {
    lines: core::str::Split<'a, char>,
    number: u32,
    in_section: bool,
    property: Option<Property>,
}

/// The property whose value may go on in the next line.
struct Property {
    indent: usize,
    is_nested: bool,
}

impl<'a> Iterator for Entries<'a> {
    type Item = (u32, Entry<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = self.lines.next()?;
            self.number = self.number.saturating_add(1);
            if let Some(entry) = self.read(line) {
                return Some((self.number, entry));
            }
        }
    }
}

impl<'a> Entries<'a> {
    fn read(&mut self, line: &'a str) -> Option<Entry<'a>> {
        let start = line.trim_start();
        let indent = line.len().saturating_sub(start.len());
        let line = without_comment(start).trim_end();
        if line.is_empty() {
            return None;
        }
        if let Some(property) = &self.property
            && indent > property.indent
        {
            let damaged = property.is_nested && !line.contains('=');
            return damaged.then_some(Entry::Broken);
        }
        if let Some(header) = line.strip_prefix('[').and_then(header) {
            self.in_section = true;
            self.property = None;
            return Some(Entry::Section(header));
        }
        let property = line
            .split_once(['=', ':'])
            .map(|(key, value)| (key.trim_end(), value.trim_start()))
            .filter(|(key, _)| !key.is_empty());
        let Some((key, value)) = property.filter(|_| self.in_section) else {
            self.property = None;
            return Some(Entry::Broken);
        };
        self.property = Some(Property {
            indent,
            is_nested: value.is_empty(),
        });
        Some(Entry::Property(key, value))
    }
}

fn header(text: &str) -> Option<&str> {
    let (name, _) = text.rsplit_once(']')?;
    (!name.is_empty()).then(|| name.trim())
}

/// `line`, which begins with no white space, up to its comment.
fn without_comment(line: &str) -> &str {
    let mut after_space = true;
    let end = line.bytes().position(|byte| {
        let opens = after_space && matches!(byte, b'#' | b';');
        after_space = byte == b' ' || byte == b'\t';
        opens
    });
    end.and_then(|end| line.split_at_checked(end))
        .map_or(line, |(text, _)| text)
}

#[cfg(test)]
mod tests {
    use super::Entry::{Broken, Property, Section};
    use super::*;
    use alloc::vec::Vec;

    fn read(text: &str) -> Vec<(u32, Entry<'_>)> {
        entries(text).collect()
    }

    #[test]
    fn reads_sections_and_properties() {
        assert_eq!(
            read("[default]\r\nregion = us-east-1\r\n\r\n[ profile  dev ] # mine\r\nkey=a=b:c\r\n"),
            [
                (1, Section("default")),
                (2, Property("region", "us-east-1")),
                (4, Section("profile  dev")),
                (5, Property("key", "a=b:c")),
            ]
        );
    }

    #[test]
    fn leaves_comments_out() {
        assert_eq!(
            read("# a\n ; b\n[x]\na = 1 # c\nb = 1#2\nc = ;\nd = u://h/;p\t; e\n"),
            [
                (3, Section("x")),
                (4, Property("a", "1")),
                (5, Property("b", "1#2")),
                (6, Property("c", "")),
                (7, Property("d", "u://h/;p")),
            ]
        );
    }

    #[test]
    fn does_not_take_nested_values_for_properties() {
        assert_eq!(
            read("[x]\ns3 =\n  role_arn = nested\n\n  more = 2\nrole_arn = own\n"),
            [
                (1, Section("x")),
                (2, Property("s3", "")),
                (6, Property("role_arn", "own")),
            ]
        );
        assert_eq!(
            read("[x]\n  a = 1\n  b = 2\n c = 3\n   [y]\n"),
            [
                (1, Section("x")),
                (2, Property("a", "1")),
                (3, Property("b", "2")),
                (4, Property("c", "3")),
            ]
        );
    }

    #[test]
    fn reports_what_no_rule_covers() {
        assert_eq!(
            read("\u{feff}[a]\nb = 1\n[profile dev\n[]\n[x]\n= 1\nword\ns3 =\n  word\n"),
            [
                (1, Broken),
                (2, Broken),
                (3, Broken),
                (4, Broken),
                (5, Section("x")),
                (6, Broken),
                (7, Broken),
                (8, Property("s3", "")),
                (9, Broken),
            ]
        );
    }
}

//! An error value and its sources to evidence.

use alloc::string::String;
use core::error::Error;
use core::fmt::Write;

use crate::{Cause, Evidence, text};

/// Reads an error and its sources by what they print.
///
/// At most [`Evidence::MAX_CAUSES`] errors are asked.
///
/// ```
/// let refused = std::io::Error::other("AccessDenied: Access Denied");
/// let evidence = credlapse::chain::read(&refused);
/// assert!(!evidence.causes.is_empty());
/// ```
#[must_use]
pub fn read(error: &dyn Error) -> Evidence {
    walk(Link::Lent(error), |_| None)
}

/// Reads an error and its sources; `recognise` is asked about each of them first.
///
/// A host that knows the type answers with what it holds; an empty [`Cause`]
/// leaves the error out. Errors that it does not know are read by what they print.
#[must_use]
pub fn read_with(
    error: &(dyn Error + 'static),
    recognise: impl FnMut(&(dyn Error + 'static)) -> Option<Cause>,
) -> Evidence {
    walk(Link::Owned(error), recognise)
}

fn walk(
    mut link: Link<'_>,
    mut recognise: impl FnMut(&(dyn Error + 'static)) -> Option<Cause>,
) -> Evidence {
    let mut evidence = Evidence::default();
    let mut left = Evidence::MAX_CAUSES;
    loop {
        match link {
            Link::Owned(error) => match recognise(error) {
                Some(cause) => push(&mut evidence, cause),
                None => push_text(&mut evidence, error),
            },
            Link::Lent(error) => push_text(&mut evidence, error),
        }
        left = left.saturating_sub(1);
        match link.next() {
            Some(next) if left > 0 => link = next,
            _ => return evidence,
        }
    }
}

#[derive(Clone, Copy)]
enum Link<'a> {
    Owned(&'a (dyn Error + 'static)),
    Lent(&'a dyn Error),
}

impl<'a> Link<'a> {
    #[expect(
        deprecated,
        reason = "some errors of aws-config tell their source only by `cause`"
    )]
    fn next(self) -> Option<Self> {
        let error: &'a dyn Error = match self {
            Self::Owned(error) => error,
            Self::Lent(error) => error,
        };
        match error.source() {
            Some(source) => Some(Self::Owned(source)),
            None => error.cause().map(Self::Lent),
        }
    }
}

fn push(evidence: &mut Evidence, cause: Cause) {
    if cause != Cause::default() {
        evidence.causes.push(cause);
    }
}

fn push_text(evidence: &mut Evidence, error: &dyn Error) {
    let mut printed = String::new();
    // `to_string` panics where an error does not print; what it has printed so far counts.
    let _ = write!(printed, "{error}");
    evidence.causes.extend(text::read(&printed).causes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::boxed::Box;
    use core::fmt;

    #[derive(Debug)]
    struct Plain(&'static str, Option<Box<dyn Error>>);

    impl fmt::Display for Plain {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Plain {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            self.1.as_deref()
        }
    }

    /// As `SsoTokenProviderError` of aws-config 1.13.
    #[derive(Debug)]
    struct OldFashioned(Plain);

    impl fmt::Display for OldFashioned {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("failed to load the cached SSO token")
        }
    }

    impl Error for OldFashioned {
        fn cause(&self) -> Option<&dyn Error> {
            Some(&self.0)
        }
    }

    /// An error that is its own source.
    #[derive(Debug)]
    struct Endless;

    impl fmt::Display for Endless {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("endless")
        }
    }

    impl Error for Endless {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&Self)
        }
    }

    fn messages(evidence: &Evidence) -> alloc::vec::Vec<&str> {
        let messages = evidence.causes.iter();
        messages
            .filter_map(|cause| cause.message.as_deref())
            .collect()
    }

    #[test]
    fn reads_outermost_first() {
        let error = Plain("outer", Some(Box::new(Plain("inner", None))));
        assert_eq!(messages(&read(&error)), ["outer", "inner"]);
    }

    #[test]
    fn follows_cause_where_source_is_silent() {
        let inner = Plain("no such file", Some(Box::new(Plain("innermost", None))));
        assert_eq!(
            messages(&read(&OldFashioned(inner))),
            [
                "failed to load the cached SSO token",
                "no such file",
                "innermost"
            ]
        );
    }

    #[test]
    fn asks_about_each_and_leaves_out_the_empty() {
        let error = Plain("outer", Some(Box::new(Plain("inner", None))));
        let evidence = read_with(&error, |link| {
            let plain = link.downcast_ref::<Plain>()?;
            Some(match plain.0 {
                "outer" => Cause::default(),
                _ => Cause::named("Known"),
            })
        });
        assert_eq!(evidence.causes, [Cause::named("Known")]);
    }

    #[derive(Debug)]
    struct Unprintable;

    impl fmt::Display for Unprintable {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("AccessDenied: Access")?;
            Err(fmt::Error)
        }
    }

    impl Error for Unprintable {}

    #[test]
    fn survives_an_error_that_does_not_print() {
        assert_eq!(read(&Unprintable).causes.len(), 1);
    }

    #[test]
    fn ends() {
        assert_eq!(read(&Endless).causes.len(), Evidence::MAX_CAUSES);
    }
}

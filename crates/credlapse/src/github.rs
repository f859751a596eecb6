//! Annotations of GitHub Actions: workflow commands, one a line.
//!
//! A workflow command is a line that begins with `::`. Text from outside keeps
//! to its place: what would end a line, a property or a name is escaped as
//! GitHub's own toolkit escapes it.

use alloc::format;
use alloc::string::String;

use crate::Diagnosis;

impl Diagnosis {
    /// The diagnosis as an annotation of GitHub Actions, without a final line break.
    ///
    /// ```
    /// use credlapse::{diagnose, text};
    ///
    /// let diagnosis = diagnose(&text::read("ExpiredToken: The provided token has expired.")).unwrap();
    /// let annotation = diagnosis.to_github();
    /// assert!(annotation.starts_with("::error title=AWS session expired%3A the temporary credentials have expired.::"));
    /// assert_eq!(annotation.lines().count(), 1);
    /// ```
    #[must_use]
    pub fn to_github(&self) -> String {
        let message = format!("{}\n({})", self.action(), self.detail());
        annotation("error", &self.headline(), &message)
    }
}

/// One workflow command.
pub(crate) fn annotation(command: &str, title: &str, message: &str) -> String {
    let data = |text: &str| {
        text.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
    };
    let property = data(title).replace(':', "%3A").replace(',', "%2C");
    format!("::{command} title={property}::{}", data(message))
}

#[cfg(test)]
mod tests {
    use super::annotation;

    #[test]
    fn text_stays_in_its_place() {
        assert_eq!(
            annotation(
                "error",
                "a,b: 100%\n::set-env x",
                "c%0A\r\n::stop-commands::x"
            ),
            "::error title=a%2Cb%3A 100%25%0A%3A%3Aset-env x::c%250A%0D%0A::stop-commands::x"
        );
    }
}

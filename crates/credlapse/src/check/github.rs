//! A check as annotations of GitHub Actions.

use alloc::string::String;

use super::{Check, Severity};
use crate::github::annotation;

impl Check {
    /// The check as annotations of GitHub Actions, one a line, without a final line break.
    ///
    /// The diagnosis and each problem is an error, each warning a warning; a
    /// notice where nothing stands in the way.
    #[must_use]
    pub fn to_github(&self) -> String {
        let mut lines = String::new();
        let mut add = |line: String| {
            if !lines.is_empty() {
                lines.push('\n');
            }
            lines.push_str(&line);
        };
        match &self.diagnosis {
            Some(diagnosis) => add(diagnosis.to_github()),
            None if self.problems().next().is_none() => {
                add(annotation("notice", "AWS credentials", &self.headline()));
            }
            None => {}
        }
        for finding in &self.findings {
            let command = match finding.severity {
                Severity::Problem => "error",
                Severity::Warning => "warning",
            };
            add(annotation(command, &finding.message, &finding.advice));
        }
        lines
    }
}

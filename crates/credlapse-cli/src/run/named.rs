//! The profile that the command itself names.

use std::ffi::{OsStr, OsString};
use std::path::Path;

/// Programs whose `--profile` is an AWS profile; that of others may be anything.
const PROGRAMS: [&str; 6] = ["aws", "aws2", "cdk", "eksctl", "s5cmd", "sam"];

/// The value of `--profile`, where the program is known to mean an AWS profile by it.
///
/// A failed call seldom repeats it, and a login without it would be another's.
pub(super) fn profile(command: &[OsString]) -> Option<String> {
    let (program, arguments) = command.split_first()?;
    let name = Path::new(program).file_stem()?.to_str()?;
    if !PROGRAMS.contains(&name) {
        return None;
    }
    let mut arguments = arguments.iter().map(OsString::as_os_str);
    let mut profile = None;
    while let Some(argument) = arguments.next() {
        if argument == "--" {
            break;
        }
        if argument == "--profile" {
            profile = arguments.next().and_then(OsStr::to_str);
        } else if let Some(value) = argument
            .to_str()
            .and_then(|word| word.strip_prefix("--profile="))
        {
            profile = Some(value);
        }
    }
    profile.map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(command: &str) -> Option<String> {
        let words: Vec<OsString> = command.split(' ').map(OsString::from).collect();
        profile(&words)
    }

    #[test]
    fn the_last_profile_counts_as_it_does_for_the_program() {
        assert_eq!(named("aws s3 ls --profile dev").as_deref(), Some("dev"));
        assert_eq!(
            named("/usr/bin/aws --profile=a s3 ls --profile b").as_deref(),
            Some("b")
        );
        assert_eq!(named("cdk deploy -- --profile dev"), None);
        assert_eq!(named("aws s3 ls --profile"), None);
    }

    #[test]
    fn profiles_of_other_programs_mean_other_things() {
        assert_eq!(named("cargo build --profile dist"), None);
        assert_eq!(named("docker compose --profile web up"), None);
    }
}

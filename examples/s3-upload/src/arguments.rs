//! The command line.

use std::path::PathBuf;

const USAGE: &str = "usage: s3-upload [--login] FOLDER s3://BUCKET[/PREFIX]";

/// What is to be uploaded, and where to.
#[derive(Debug, PartialEq)]
pub(crate) struct Arguments {
    pub(crate) login: bool,
    pub(crate) folder: PathBuf,
    pub(crate) bucket: String,
    pub(crate) prefix: String,
}

impl Arguments {
    pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, &'static str> {
        let (options, places): (Vec<_>, Vec<_>) =
            arguments.partition(|argument| argument.starts_with("--"));
        if options.iter().any(|option| option != "--login") {
            return Err(USAGE);
        }
        let [folder, url] = &places[..] else {
            return Err(USAGE);
        };
        let place = url.strip_prefix("s3://").ok_or(USAGE)?;
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        if bucket.is_empty() {
            return Err(USAGE);
        }
        Ok(Self {
            login: !options.is_empty(),
            folder: folder.into(),
            bucket: bucket.into(),
            prefix: prefix.trim_end_matches('/').into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Arguments, &'static str> {
        Arguments::parse(line.split(' ').map(Into::into))
    }

    #[test]
    fn reads_a_line() {
        let expected = Arguments {
            login: true,
            folder: "reports".into(),
            bucket: "data".into(),
            prefix: "2026/11".into(),
        };
        assert_eq!(parse("--login reports s3://data/2026/11/"), Ok(expected));
        assert_eq!(parse("reports s3://data").unwrap().prefix, "");
    }

    #[test]
    fn refuses_another() {
        for line in [
            "reports",
            "reports s3://",
            "reports data",
            "--force reports s3://data",
        ] {
            assert_eq!(parse(line), Err(USAGE), "{line}");
        }
    }
}

//! The command line.

use crate::error::Error;

const USAGE: &str = "\
usage: rc-alias set NAME URL      keys from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN
       rc-alias list
       rc-alias remove NAME
       rc-alias ls NAME/BUCKET
       rc-alias put FILE NAME/BUCKET/KEY";

/// What to do.
#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    Set {
        name: String,
        url: String,
    },
    List,
    Remove {
        name: String,
    },
    Ls {
        alias: String,
        bucket: String,
    },
    Put {
        file: String,
        alias: String,
        bucket: String,
        key: String,
    },
}

impl Command {
    pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, Error> {
        let words: Vec<String> = arguments.collect();
        let words: Vec<&str> = words.iter().map(|word| &**word).collect();
        let usage = || Error::Usage(USAGE.into());
        Ok(match words[..] {
            ["set", name, url] => Self::Set {
                name: checked(name)?,
                url: url.into(),
            },
            ["list"] => Self::List,
            ["remove", name] => Self::Remove { name: name.into() },
            ["ls", place] => {
                let (alias, bucket) = place.split_once('/').ok_or_else(usage)?;
                Self::Ls {
                    alias: alias.into(),
                    bucket: bucket.trim_end_matches('/').into(),
                }
            }
            ["put", file, place] => {
                let (alias, rest) = place.split_once('/').ok_or_else(usage)?;
                let (bucket, key) = rest.split_once('/').ok_or_else(usage)?;
                Self::Put {
                    file: file.into(),
                    alias: alias.into(),
                    bucket: bucket.into(),
                    key: key.into(),
                }
            }
            _ => return Err(usage()),
        })
    }
}

/// A name can be a key in the file and a part of `RC_HOST_<name>`.
fn checked(name: &str) -> Result<String, Error> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    match !name.is_empty() && name.bytes().all(plain) {
        true => Ok(name.into()),
        false => Err(Error::Usage(format!(
            "`{name}` cannot be the name of an alias"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_places() {
        let words = ["put", "report.csv", "work/my-bucket/2026/report.csv"];
        assert_eq!(
            Command::parse(words.map(String::from).into_iter()).unwrap(),
            Command::Put {
                file: "report.csv".into(),
                alias: "work".into(),
                bucket: "my-bucket".into(),
                key: "2026/report.csv".into(),
            }
        );
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for words in [vec!["ls", "work"], vec!["set", "a b", "http://x"], vec![]] {
            let error = Command::parse(words.into_iter().map(String::from)).unwrap_err();
            assert_eq!(error.exit_code(), 2);
        }
    }
}

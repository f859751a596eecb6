//! The files and variables that a host gives, and where each file is looked for.

use alloc::format;
use alloc::string::{String, ToString};

use crate::Timestamp;

/// What a host knows of the machine: variables, and the files that it has read.
///
/// Paths are relative to the home directory with `/` between their parts
/// (`.aws/config`); a path that begins with `./` is relative to the working
/// directory, and an absolute one is as the environment gives it. A file that
/// does not exist is given as `None`; a file that is not given is not known.
#[derive(Clone, Copy, Debug, Default)]
pub struct LocalAws<'a> {
    /// The profile that was chosen explicitly (`--profile`): it beats the environment.
    pub profile: Option<&'a str>,
    /// Names and values of environment variables; those of [`LocalAws::VARIABLES`] are read.
    pub env: &'a [(&'a str, &'a str)],
    /// Paths and contents of files.
    pub files: &'a [(&'a str, Option<&'a str>)],
    /// The time by the local clock; without it no token is called expired or valid.
    pub now: Option<Timestamp>,
}

/// What is known of a file.
#[derive(Clone, Copy, Debug)]
pub(super) enum File<'a> {
    Unknown,
    Missing,
    Content(&'a str),
}

impl<'a> LocalAws<'a> {
    /// The environment variables that decide anything; a host need not pass others.
    pub const VARIABLES: &'static [&'static str] = &[
        "AWS_ACCESS_KEY_ID",
        "AWS_CONFIG_FILE",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CREDENTIAL_EXPIRATION",
        "AWS_DEFAULT_PROFILE",
        "AWS_EC2_METADATA_DISABLED",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT",
        "AWS_LOGIN_CACHE_DIRECTORY",
        "AWS_METADATA_SERVICE_NUM_ATTEMPTS",
        "AWS_METADATA_SERVICE_TIMEOUT",
        "AWS_PROFILE",
        "AWS_ROLE_ARN",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SECURITY_TOKEN",
        "AWS_SESSION_TOKEN",
        "AWS_SHARED_CREDENTIALS_FILE",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "HOME",
        "USERPROFILE",
    ];

    /// A variable that is set and not empty.
    pub(super) fn var(&self, name: &str) -> Option<&'a str> {
        self.env
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| *value)
            .filter(|value| !value.is_empty())
    }

    pub(super) fn file(&self, path: &str) -> File<'a> {
        let homeless = is_absolute(path) && self.home().is_none();
        let given = self.files.iter().find(|(given, _)| {
            *given == path
                // Which directory is home is not known, but that the file lies in one.
                || homeless
                    && !given.is_empty()
                    && path
                        .strip_suffix(given)
                        .is_some_and(|home| home.len() > 1 && home.ends_with(['/', '\\']))
        });
        match given {
            None => File::Unknown,
            Some((_, None)) => File::Missing,
            Some((_, Some(content))) => File::Content(content),
        }
    }

    pub(super) fn config_path(&self) -> String {
        self.path_or("AWS_CONFIG_FILE", ".aws/config")
    }

    pub(super) fn credentials_path(&self) -> String {
        self.path_or("AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials")
    }

    /// The file in which `aws sso login` keeps the token of a session or of a start URL.
    pub(super) fn sso_cache_path(session_or_url: &str) -> String {
        let digest = sha1_smol::Sha1::from(session_or_url).digest();
        format!(".aws/sso/cache/{digest}.json")
    }

    /// The file in which `aws login` keeps the session of an identity.
    pub(super) fn login_cache_path(&self, login_session: &str) -> String {
        let mut path = self.path_or("AWS_LOGIN_CACHE_DIRECTORY", ".aws/login/cache");
        path.truncate(path.trim_end_matches(['/', '\\']).len());
        path.push('/');
        for byte in hmac_sha256::Hash::hash(login_session.as_bytes()) {
            path.push_str(&format!("{byte:02x}"));
        }
        path.push_str(".json");
        path
    }

    /// A path from the environment or from a file, as the fields of this type write it.
    pub(super) fn path(&self, path: &str) -> String {
        let below_home = path
            .strip_prefix('~')
            .or_else(|| path.strip_prefix(self.home()?))
            .and_then(|rest| rest.strip_prefix(['/', '\\']));
        if let Some(rest) = below_home {
            return rest.trim_start_matches(['/', '\\']).replace('\\', "/");
        }
        if is_absolute(path) || path.starts_with("./") {
            return path.to_string();
        }
        format!("./{path}")
    }

    fn path_or(&self, variable: &str, default: &str) -> String {
        match self.var(variable) {
            Some(path) => self.path(path),
            None => default.to_string(),
        }
    }

    fn home(&self) -> Option<&'a str> {
        let home = self.var("HOME").or_else(|| self.var("USERPROFILE"))?;
        let home = home.trim_end_matches(['/', '\\']);
        (!home.is_empty()).then_some(home)
    }
}

fn is_absolute(path: &str) -> bool {
    path.starts_with(['/', '\\']) || path.as_bytes().get(1) == Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_files_below_home() {
        let unix = LocalAws {
            env: &[("HOME", "/home/me/")],
            ..LocalAws::default()
        };
        for (path, expected) in [
            ("~/.aws/other", ".aws/other"),
            ("/home/me/.aws/other", ".aws/other"),
            ("/home/meagan/.aws/other", "/home/meagan/.aws/other"),
            ("/etc/aws", "/etc/aws"),
            ("conf", "./conf"),
            ("./conf", "./conf"),
            ("~other/conf", "./~other/conf"),
        ] {
            assert_eq!(unix.path(path), expected);
        }
        let windows = LocalAws {
            env: &[("USERPROFILE", r"C:\Users\me")],
            ..LocalAws::default()
        };
        assert_eq!(windows.path(r"C:\Users\me\.aws\other"), ".aws/other");
        assert_eq!(windows.path(r"D:\aws"), r"D:\aws");
    }

    #[test]
    fn names_caches_as_the_aws_cli_does() {
        assert_eq!(
            LocalAws::sso_cache_path("corp"),
            ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json"
        );
        let local = LocalAws::default();
        assert_eq!(
            local.login_cache_path("arn:aws:iam::123456789012:user/alice"),
            ".aws/login/cache/b7d71d383b9557a9bad4c3346c50365819226484c6824a0fdef66637be339db0.json"
        );
        let elsewhere = LocalAws {
            env: &[("AWS_LOGIN_CACHE_DIRECTORY", "~/cache/")],
            ..local
        };
        assert_eq!(
            elsewhere.login_cache_path("x"),
            "cache/2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881.json"
        );
    }

    #[test]
    fn finds_files_of_an_unknown_home() {
        let local = LocalAws {
            files: &[("token", Some("x"))],
            ..LocalAws::default()
        };
        assert!(matches!(local.file("/app/home/token"), File::Content("x")));
        assert!(matches!(local.file("/app/home/a-token"), File::Unknown));
        assert!(matches!(local.file("/token"), File::Unknown));
        let at_home = LocalAws {
            env: &[("HOME", "/home/me")],
            ..local
        };
        assert!(matches!(at_home.file("/app/home/token"), File::Unknown));
    }
}

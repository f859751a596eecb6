//! What a section is called, and what it says of credentials.

use alloc::borrow::Cow;
use alloc::string::String;

use super::ini::{Entry, entries};

/// A section of a config or credentials file, by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Name<'a> {
    Profile(Cow<'a, str>),
    SsoSession(Cow<'a, str>),
}

/// Which rules for names of sections hold in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `[profile dev]`, `[default]`, `[sso-session corp]`.
    Config,
    /// `[dev]`.
    Credentials,
}

impl Dialect {
    /// The name of a section, or `None` where it is neither a profile nor an SSO session.
    pub(super) fn name(self, header: &str) -> Option<Name<'_>> {
        if self == Self::Credentials || header == "default" {
            return Some(Name::Profile(Cow::Borrowed(header)));
        }
        let (kind, name) = header.split_once([' ', '\t'])?;
        let name = word(name.trim())?;
        match kind {
            "profile" => Some(Name::Profile(name)),
            "sso-session" => Some(Name::SsoSession(name)),
            _ => None,
        }
    }
}

/// The one shell word that `text` is, as `aws configure` writes names with spaces.
fn word(text: &str) -> Option<Cow<'_, str>> {
    if text.is_empty() {
        return None;
    }
    if !text.contains([' ', '\t', '"', '\'', '\\']) {
        return Some(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match (quote, char) {
            (None, '"' | '\'') => quote = Some(char),
            (Some(open), _) if open == char => quote = None,
            (None, ' ' | '\t') => return None,
            (None, '\\') => out.push(chars.next()?),
            (Some('"'), '\\') => match chars.next()? {
                escaped @ ('"' | '\\') => out.push(escaped),
                other => out.extend(['\\', other]),
            },
            _ => out.push(char),
        }
    }
    quote.is_none().then_some(Cow::Owned(out))
}

macro_rules! keys {
    ($($key:ident),+ $(,)?) => {
        /// The properties that decide where credentials come from; an empty one counts as absent.
        #[derive(Clone, Debug, Default)]
        pub(super) struct Properties<'a> {
            $(pub(super) $key: Option<&'a str>,)+
            /// Whether a section of the name stands in either file.
            pub(super) exists: bool,
            /// Whether a section of the name stands in the credentials file.
            pub(super) in_credentials: bool,
            /// Whether the access key id stands in the credentials file.
            pub(super) keys_in_credentials: bool,
        }

        impl<'a> Properties<'a> {
            fn slot(&mut self, key: &str) -> Option<&mut Option<&'a str>> {
                match key {
                    $(stringify!($key) => Some(&mut self.$key),)+
                    _ => None,
                }
            }

            fn replace(&mut self, newer: &Self) {
                $(if newer.$key.is_some() {
                    self.$key = newer.$key.filter(|value| !value.is_empty());
                })+
            }
        }
    };
}

keys!(
    aws_access_key_id,
    aws_secret_access_key,
    aws_session_token,
    aws_security_token,
    credential_process,
    credential_source,
    // Written by tools that fetch keys: aws-mfa, and saml2aws below.
    expiration,
    login_session,
    mfa_serial,
    region,
    role_arn,
    source_profile,
    sso_account_id,
    sso_region,
    sso_role_name,
    sso_session,
    sso_start_url,
    web_identity_token_file,
    x_security_token_expires,
);

impl<'a> Properties<'a> {
    /// Adds what the sections called `name` say in `text`; a later value replaces an earlier one.
    ///
    /// Returns the first line that says what another has said, for parsers that
    /// refuse it.
    pub(super) fn read(&mut self, text: &'a str, dialect: Dialect, name: &Name<'_>) -> Option<u32> {
        // `[profile default]` hides `[default]`.
        let hides_default = dialect == Dialect::Config
            && *name == Name::Profile(Cow::Borrowed("default"))
            && headers(text)
                .any(|header| header != "default" && dialect.name(header).as_ref() == Some(name));
        let mut inside = false;
        let mut sections: u32 = 0;
        let mut own = Self::default();
        let mut repeated = None;
        for (line, entry) in entries(text) {
            match entry {
                Entry::Section(header) => {
                    inside = dialect.name(header).as_ref() == Some(name)
                        && !(hides_default && header == "default");
                    if inside {
                        sections = sections.saturating_add(1);
                        if sections > 1 {
                            repeated = repeated.or(Some(line));
                        }
                    }
                }
                Entry::Property(key, value) if inside => {
                    if let Some(slot) = own.slot(&key.to_ascii_lowercase()) {
                        if slot.is_some() {
                            repeated = repeated.or(Some(line));
                        }
                        *slot = Some(value);
                    }
                }
                Entry::Property(..) | Entry::Broken => {}
            }
        }
        if sections > 0 {
            self.exists = true;
            self.in_credentials |= dialect == Dialect::Credentials;
            self.keys_in_credentials |=
                dialect == Dialect::Credentials && own.aws_access_key_id.is_some();
            self.replace(&own);
        }
        repeated
    }

    /// Whether keys stand in the profile itself, be they whole or not.
    pub(super) const fn has_keys(&self) -> bool {
        self.aws_access_key_id.is_some() || self.aws_secret_access_key.is_some()
    }

    pub(super) const fn has_session_token(&self) -> bool {
        self.aws_session_token.is_some() || self.aws_security_token.is_some()
    }

    pub(super) const fn uses_sso(&self) -> bool {
        self.sso_session.is_some()
            || self.sso_start_url.is_some()
            || self.sso_account_id.is_some()
            || self.sso_role_name.is_some()
    }
}

/// The names of the sections of `text`.
pub(super) fn headers(text: &str) -> impl Iterator<Item = &str> {
    entries(text).filter_map(|(_, entry)| match entry {
        Entry::Section(header) => Some(header),
        _ => None,
    })
}

//! Evidence as JSON text, the form in which a host of another language hands it over.
//!
//! One text crosses where each field of an object would be a crossing of its
//! own. It is read once, from left to right, without a tree.

use alloc::string::String;
use alloc::vec::Vec;

use crate::json::{self, Escaped};
use crate::profile::ProfileProblem;
use crate::{Cause, Context, CredentialSource, Evidence, ProfileFacts, Shell, Timestamp, profile};

impl Evidence {
    /// The evidence that a JSON object with the members `causes` and `context` describes.
    ///
    /// Names are those of the fields in camelCase; times are RFC 3339. A member
    /// that is unknown, or not what its type says, is as if it were absent: one
    /// wrong field must not cost the diagnosis. `None` where `json` is no object,
    /// or damaged before its end. Linear in the text.
    ///
    /// ```
    /// use credlapse::{Evidence, Kind, diagnose};
    ///
    /// let evidence = Evidence::from_json(
    ///     r#"{"causes": [{"code": "ExpiredToken", "status": 400}], "context": {"profile": "dev"}}"#,
    /// );
    /// let diagnosis = diagnose(&evidence.unwrap()).unwrap();
    /// assert_eq!(diagnosis.kind, Kind::SessionTokenExpired);
    /// assert_eq!(diagnosis.profile.as_deref(), Some("dev"));
    /// assert_eq!(Evidence::from_json("[]"), None);
    /// ```
    #[must_use]
    pub fn from_json(json: &str) -> Option<Self> {
        let mut evidence = Self::default();
        let mut reader = Reader { rest: json };
        reader.members(&mut |name, reader| {
            match name {
                "causes" => reader.items(&mut |reader| {
                    let mut cause = Cause::default();
                    reader.cause(&mut cause)?;
                    evidence.causes.push(cause);
                    Some(())
                })?,
                "context" => reader.context(&mut evidence.context)?,
                _ => {}
            }
            Some(())
        })?;
        Some(evidence)
    }
}

impl Context {
    /// The context that a JSON object describes, as [`Evidence::from_json`] reads it.
    ///
    /// ```
    /// use credlapse::Context;
    ///
    /// let context = Context::from_json(r#"{"subject": "Datastore", "profile": 7}"#).unwrap();
    /// assert_eq!(context.subject.as_deref(), Some("Datastore"));
    /// assert_eq!(context.profile, None);
    /// ```
    #[must_use]
    pub fn from_json(json: &str) -> Option<Self> {
        let mut context = Self::default();
        Reader { rest: json }.context(&mut context)?;
        Some(context)
    }
}

/// What is left of the text; it stands before a value.
///
/// A function that reads takes the value, or leaves it where it is not of the
/// kind that it reads; what is left is then skipped. `None` is damaged text.
struct Reader<'a> {
    rest: &'a str,
}

type Member<'a, 'f> = dyn FnMut(&str, &mut Reader<'a>) -> Option<()> + 'f;
type Item<'a, 'f> = dyn FnMut(&mut Reader<'a>) -> Option<()> + 'f;

impl<'a> Reader<'a> {
    /// Whether the next sign is this one; it is taken.
    fn take(&mut self, sign: u8) -> bool {
        self.rest = json::skip_space(self.rest);
        let stands = self.rest.as_bytes().first() == Some(&sign);
        self.rest = self.rest.get(usize::from(stands)..).unwrap_or("");
        stands
    }

    /// Calls `each` with the members of an object.
    fn members(&mut self, each: &mut Member<'a, '_>) -> Option<()> {
        if !self.take(b'{') {
            return None;
        }
        let mut first = true;
        while !self.take(b'}') {
            if !core::mem::take(&mut first) && !self.take(b',') {
                return None;
            }
            let name = self.escaped()?;
            if !self.take(b':') {
                return None;
            }
            self.value(&mut |reader| each(&name.text(), reader))?;
        }
        Some(())
    }

    /// Calls `each` with the items of an array; anything else has none.
    fn items(&mut self, each: &mut Item<'a, '_>) -> Option<()> {
        if !self.take(b'[') {
            return Some(());
        }
        let mut first = true;
        while !self.take(b']') {
            if !core::mem::take(&mut first) && !self.take(b',') {
                return None;
            }
            self.value(each)?;
        }
        Some(())
    }

    /// Calls `read` before a value, and skips the value where it is still there.
    fn value(&mut self, read: &mut Item<'a, '_>) -> Option<()> {
        self.rest = json::skip_space(self.rest);
        let before = self.rest;
        read(self)?;
        if self.rest.len() == before.len() {
            (_, self.rest) = json::split_value(before)?;
        }
        Some(())
    }

    fn is_object(&self) -> bool {
        self.rest.starts_with('{')
    }

    fn escaped(&mut self) -> Option<Escaped<'a>> {
        let mut inside = Reader { rest: self.rest };
        if !inside.take(b'"') {
            return None;
        }
        let escaped;
        (escaped, self.rest) = json::split_string(inside.rest)?;
        Some(escaped)
    }

    /// A string; anything else is none, as is one that is damaged: it is no value to skip either.
    fn text(&mut self) -> Option<String> {
        Some(self.escaped()?.text().into_owned())
    }

    fn named<T>(&mut self, from_name: fn(&str) -> Option<T>) -> Option<T> {
        from_name(&self.escaped()?.text())
    }

    fn time(&mut self) -> Option<Timestamp> {
        self.named(Timestamp::parse)
    }

    fn is_true(&self) -> bool {
        self.rest.starts_with("true")
    }

    fn number<T: core::str::FromStr>(&self) -> Option<T> {
        let (digits, _) = self.rest.split_once([',', '}', ']'])?;
        digits.trim_ascii_end().parse().ok()
    }

    fn texts(&mut self, into: &mut Vec<String>) -> Option<()> {
        self.items(&mut |reader| {
            into.extend(reader.text());
            Some(())
        })
    }

    fn cause(&mut self, cause: &mut Cause) -> Option<()> {
        if !self.is_object() {
            return Some(());
        }
        self.members(&mut |name, reader| {
            match name {
                "name" => cause.name = reader.text(),
                "code" => cause.code = reader.text(),
                "message" => cause.message = reader.text(),
                "status" => cause.status = reader.number(),
                "service" => cause.service = reader.text(),
                "operation" => cause.operation = reader.text(),
                "requestId" => cause.request_id = reader.text(),
                _ => {}
            }
            Some(())
        })
    }

    fn context(&mut self, context: &mut Context) -> Option<()> {
        if !self.is_object() {
            return Some(());
        }
        self.members(&mut |name, reader| {
            match name {
                "subject" => context.subject = reader.text(),
                "profile" => context.profile = reader.text(),
                "facts" => context.facts = reader.facts()?,
                "source" => context.source = reader.named(CredentialSource::from_name),
                "expiresAt" => context.expires_at = reader.time(),
                "now" => context.now = reader.time(),
                "serverTime" => context.server_time = reader.time(),
                "shell" => context.shell = reader.named(Shell::from_name).unwrap_or_default(),
                "secrets" => reader.texts(&mut context.secrets)?,
                _ => {}
            }
            Some(())
        })
    }

    fn facts(&mut self) -> Option<Option<ProfileFacts>> {
        if !self.is_object() {
            return Some(None);
        }
        let mut facts = ProfileFacts::default();
        self.members(&mut |name, reader| {
            match name {
                "profile" => facts.profile = reader.text().unwrap_or_default(),
                "chosenBy" => {
                    let choice = reader.named(profile::ProfileChoice::from_name);
                    facts.chosen_by = choice.unwrap_or_default();
                }
                "exists" => facts.exists = reader.is_true(),
                "source" => facts.source = reader.named(CredentialSource::from_name),
                "shadowedSource" => {
                    facts.shadowed_source = reader.named(CredentialSource::from_name);
                }
                "sourceProfile" => facts.source_profile = reader.text(),
                "roleArn" => facts.role_arn = reader.text(),
                "mfaSerial" => facts.mfa_serial = reader.text(),
                "hasSessionToken" => facts.has_session_token = reader.is_true(),
                "ssoSession" => facts.sso_session = reader.text(),
                "ssoStartUrl" => facts.sso_start_url = reader.text(),
                "loginSession" => facts.login_session = reader.text(),
                "token" => {
                    let token = reader.named(profile::TokenState::from_name);
                    facts.token = token.unwrap_or_default();
                }
                "canRefresh" => facts.can_refresh = reader.is_true(),
                "expiresAt" => facts.expires_at = reader.time(),
                "needs" => facts.needs = reader.text(),
                "problems" => reader.items(&mut |reader| {
                    facts.problems.extend(reader.problem()?);
                    Some(())
                })?,
                "knownProfiles" => reader.texts(&mut facts.known_profiles)?,
                _ => {}
            }
            Some(())
        })?;
        Some(Some(facts))
    }

    /// `{"not_found": "dev"}`, `{"missing_keys": {"profile": "dev", "keys": [...]}}`.
    fn problem(&mut self) -> Option<Option<ProfileProblem>> {
        if !self.is_object() {
            return Some(None);
        }
        let mut problem = None;
        self.members(&mut |name, reader| {
            let mut parts = Parts::default();
            if reader.is_object() {
                reader.members(&mut |name, reader| parts.member(name, reader))?;
            } else {
                parts.only = reader.text();
            }
            problem = problem.take().or_else(|| parts.problem(name));
            Some(())
        })?;
        Some(problem)
    }
}

/// What the variants of a problem are made of.
#[derive(Default)]
struct Parts {
    /// The value of a variant that has one.
    only: Option<String>,
    profile: Option<String>,
    /// The member beside the profile.
    other: Option<String>,
    keys: Option<Vec<String>>,
    file: Option<String>,
    line: Option<u32>,
}

impl Parts {
    fn member(&mut self, name: &str, reader: &mut Reader<'_>) -> Option<()> {
        match name {
            "profile" => self.profile = reader.text(),
            "source_profile" | "credential_source" | "sso_session" | "key" => {
                self.other = reader.text();
            }
            "keys" => reader.texts(self.keys.get_or_insert_default())?,
            "file" => self.file = reader.text(),
            "line" => self.line = reader.number(),
            _ => {}
        }
        Some(())
    }

    fn problem(self, name: &str) -> Option<ProfileProblem> {
        use ProfileProblem as P;
        let Self {
            only,
            profile,
            other,
            keys,
            file,
            line,
        } = self;
        Some(match name {
            "unparsable" => P::Unparsable {
                file: file?,
                line: line?,
            },
            "not_found" => P::NotFound(only?),
            "source_not_found" => P::SourceNotFound {
                profile: profile?,
                source_profile: other?,
            },
            "role_loop" => P::RoleLoop(only?),
            "both_sources" => P::BothSources(only?),
            "invalid_credential_source" => P::InvalidCredentialSource {
                profile: profile?,
                credential_source: other?,
            },
            "sso_session_not_found" => P::SsoSessionNotFound {
                profile: profile?,
                sso_session: other?,
            },
            "sso_session_differs" => P::SsoSessionDiffers {
                profile: profile?,
                key: other?,
            },
            "missing_keys" => P::MissingKeys {
                profile: profile?,
                keys: keys?,
            },
            "no_credentials" => P::NoCredentials(only?),
            "partial_environment" => P::PartialEnvironment(only?),
            "several_sources" => P::SeveralSources {
                profile: profile?,
                keys: keys?,
            },
            "duplicate" => P::Duplicate {
                file: file?,
                line: line?,
            },
            _ => return None,
        })
    }
}

//! The home folder: configuration, credentials and caches as the AWS tools write them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;
use sha1::{Digest, Sha1};

use crate::aws::{ACCOUNT, REGION};
use crate::clock::extended;
use crate::error::Error;
use crate::keys::Key;
use crate::sigv4::hex;
use crate::sso::{ROLE, Session};
use crate::sts::MFA_ROLE;

/// A folder of its own, removed with everything in it when dropped.
#[derive(Debug)]
pub(crate) struct Home {
    root: PathBuf,
}

static MADE: AtomicU32 = AtomicU32::new(0);

impl Home {
    pub(crate) fn create(port: u16) -> Result<Self, Error> {
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let root =
            std::env::temp_dir().join(format!("aws-sim-{}-{port}-{number}", std::process::id()));
        fs::create_dir(&root)?;
        let home = Self { root };
        fs::create_dir_all(home.sso_cache())?;
        fs::create_dir(home.root.join("bin"))?;
        Ok(home)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.root
    }

    pub(crate) fn web_identity_file(&self) -> PathBuf {
        self.root.join("web-identity-token")
    }

    fn sso_cache(&self) -> PathBuf {
        self.root.join(".aws/sso/cache")
    }

    fn process(&self) -> PathBuf {
        self.root.join("bin/credential-process")
    }

    pub(crate) fn write_config(&self, url: &str) -> Result<(), Error> {
        let role = |name: &str| format!("role_arn = arn:aws:iam::{ACCOUNT}:role/{name}\n");
        let sso = format!("sso_account_id = {ACCOUNT}\nsso_role_name = {ROLE}\n");
        let start = |name: &str| {
            format!("sso_start_url = https://{name}.awsapps.com/start\nsso_region = {REGION}\n")
        };
        let profiles = [
            ("static", String::new()),
            ("session", String::new()),
            ("sso", format!("sso_session = corp\n{sso}")),
            ("sso-legacy", format!("{}{sso}", start("legacy"))),
            (
                "role",
                format!("{}source_profile = static\n", role("Deploy")),
            ),
            (
                "role-sso",
                format!("{}source_profile = sso\n", role("Deploy")),
            ),
            (
                "mfa",
                format!(
                    "{}source_profile = static\nmfa_serial = arn:aws:iam::{ACCOUNT}:mfa/alice\n",
                    role(MFA_ROLE)
                ),
            ),
            (
                "process",
                format!("credential_process = sh \"{}\"\n", self.process().display()),
            ),
            (
                "web-identity",
                format!(
                    "{}role_session_name = web\nweb_identity_token_file = {}\n",
                    role("Web"),
                    self.web_identity_file().display()
                ),
            ),
            (
                "imds",
                format!(
                    "{}credential_source = Ec2InstanceMetadata\n",
                    role("Deploy")
                ),
            ),
            (
                "container",
                format!("{}credential_source = EcsContainer\n", role("Deploy")),
            ),
        ];
        let mut config = format!("# Written by aws-sim at {url}\n[default]\nregion = {REGION}\n");
        for (name, body) in profiles {
            config += &format!("\n[profile {name}]\nregion = {REGION}\n{body}");
        }
        config += &format!(
            "\n[sso-session corp]\n{}sso_registration_scopes = sso:account:access\n",
            start("corp")
        );
        self.replace(&self.root.join(".aws/config"), &config)
    }

    pub(crate) fn write_credentials(&self, permanent: &Key, session: &Key) -> Result<(), Error> {
        let section = |name: &str, key: &Key| {
            let token = key
                .token
                .as_ref()
                .map(|t| format!("aws_session_token = {t}\n"))
                .unwrap_or_default();
            format!(
                "[{name}]\naws_access_key_id = {}\naws_secret_access_key = {}\n{token}",
                key.id, key.secret
            )
        };
        let text = format!(
            "{}\n{}",
            section("static", permanent),
            section("session", session)
        );
        self.replace(&self.root.join(".aws/credentials"), &text)
    }

    /// `SHA1(session name).json`, or `SHA1(start URL).json` for a legacy login.
    pub(crate) fn sso_cache_file(&self, session: &Session) -> PathBuf {
        let name = if session.refresh_token.is_some() {
            &session.name
        } else {
            &session.start_url
        };
        self.sso_cache()
            .join(format!("{}.json", hex(&Sha1::digest(name))))
    }

    pub(crate) fn write_sso_cache(&self, session: &Session) -> Result<(), Error> {
        let mut token = json!({
            "startUrl": session.start_url,
            "region": REGION,
            "accessToken": session.access_token,
            "expiresAt": extended(session.expires_at),
            "clientId": session.client_id,
            "clientSecret": session.client_secret,
            "registrationExpiresAt": extended(session.registration_expires_at),
        });
        if let Some(refresh) = &session.refresh_token {
            token["refreshToken"] = json!(refresh);
        }
        self.replace(&self.sso_cache_file(session), &token.to_string())
    }

    pub(crate) fn remove_sso_cache(&self, session: &Session) -> Result<(), Error> {
        match fs::remove_file(self.sso_cache_file(session)) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e.into()),
            _ => Ok(()),
        }
    }

    pub(crate) fn write_web_identity(&self, token: &str) -> Result<(), Error> {
        self.replace(&self.web_identity_file(), token)
    }

    pub(crate) fn write_process_success(&self, key: &Key) -> Result<(), Error> {
        let out = json!({
            "Version": 1,
            "AccessKeyId": key.id,
            "SecretAccessKey": key.secret,
            "SessionToken": key.token,
            "Expiration": key.expires_at.map(extended),
        });
        self.replace(
            &self.process(),
            &format!("#!/bin/sh\ncat <<'END'\n{out}\nEND\n"),
        )
    }

    pub(crate) fn write_process_failure(&self, exit: u8, stderr: &str) -> Result<(), Error> {
        self.replace(
            &self.process(),
            &format!("#!/bin/sh\ncat >&2 <<'END'\n{stderr}\nEND\nexit {exit}\n"),
        )
    }

    /// A command `aws` that knows `sso login` only, for tests that let a program log in.
    pub(crate) fn write_login_command(&self, port: u16) -> Result<(), Error> {
        let script = include_str!("home/aws.sh").replace("@PORT@", &port.to_string());
        let path = self.root.join("bin/aws");
        self.replace(&path, &script)?;
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
        Ok(())
    }

    pub(crate) fn remove(&self) {
        // What is left behind is a temporary folder; there is nobody to tell.
        let _ = fs::remove_dir_all(&self.root);
    }

    // A reader sees the old file or the new one, never half of it.
    fn replace(&self, path: &Path, text: &str) -> Result<(), Error> {
        let draft = path.with_extension("draft");
        fs::write(&draft, text)?;
        #[cfg(unix)]
        fs::set_permissions(&draft, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        fs::rename(&draft, path)?;
        Ok(())
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        self.remove();
    }
}

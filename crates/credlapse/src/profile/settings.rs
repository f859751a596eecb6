//! What the same files and variables say beside where credentials come from.

use alloc::string::String;
use alloc::vec::Vec;

use super::{LocalAws, ProfileFacts, choose, sources};
use crate::Timestamp;

/// What the local files and variables say of a profile beside its credentials: what a [`Check`](crate::Check) looks at.
///
/// Strings are as the files and the environment have them.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, rename_all = "camelCase")
)]
pub struct ProfileSettings {
    /// The Region: `AWS_REGION`, `AWS_DEFAULT_REGION`, or the `region` of the profile.
    pub region: Option<String>,
    /// The variable that names the Region, where one does.
    pub region_variable: Option<String>,
    /// The account of the role, the SSO assignment or the login session that the profile names.
    pub account: Option<String>,
    /// The program that the profile's `credential_process` runs, without its arguments.
    pub credential_process: Option<String>,
    /// Whether an access key id and a secret key stand in the environment.
    pub environment_keys: bool,
    /// Whether a session token stands beside them.
    pub environment_token: bool,
    /// When they end or ended (`AWS_CREDENTIAL_EXPIRATION`).
    pub environment_expires_at: Option<Timestamp>,
    /// Whether `AWS_EC2_METADATA_DISABLED` keeps SDKs from asking a metadata service.
    pub metadata_disabled: bool,
    /// Whether `AWS_SDK_LOAD_CONFIG` makes old SDKs read the config file.
    pub load_config: bool,
    /// Whether the profile stands in the config file alone.
    pub in_config_only: bool,
    /// The config file, as a path of [`LocalAws::files`].
    pub config_file: String,
}

impl ProfileSettings {
    /// The environment variables that count beside [`LocalAws::VARIABLES`].
    pub const VARIABLES: &'static [&'static str] =
        &["AWS_DEFAULT_REGION", "AWS_REGION", "AWS_SDK_LOAD_CONFIG"];
}

/// What `local` says of the profile in use beside its credentials.
///
/// It reads the config and the credentials file, which [`facts`](super::facts)
/// has asked for.
///
/// ```
/// use credlapse::profile::{LocalAws, settings};
///
/// let config = "[profile dev]\nregion = eu-west-1\nrole_arn = arn:aws:iam::123456789012:role/Deploy\n";
/// let settings = settings(&LocalAws {
///     profile: Some("dev"),
///     files: &[(".aws/config", Some(config)), (".aws/credentials", None)],
///     ..LocalAws::default()
/// });
/// assert_eq!(settings.region.as_deref(), Some("eu-west-1"));
/// assert_eq!(settings.account.as_deref(), Some("123456789012"));
/// ```
#[must_use]
pub fn settings(local: &LocalAws<'_>) -> ProfileSettings {
    let (profile, _) = choose(local);
    let sources = sources(local, &mut ProfileFacts::default());
    let mut end = sources.follow(profile);
    sources.add_session(&mut end);
    // A Region is not inherited from a source profile.
    let own = sources.profile(profile, &mut Vec::new());
    let variable = ["AWS_REGION", "AWS_DEFAULT_REGION"]
        .into_iter()
        .find(|name| local.var(name).is_some());
    let properties = &end.properties;
    let account = match end.role_arn.or(properties.login_session) {
        Some(arn) => account_of(arn),
        None => properties.sso_account_id,
    };
    let is_true = |name: &str| {
        local
            .var(name)
            .is_some_and(|value| value == "1" || value.eq_ignore_ascii_case("true"))
    };
    ProfileSettings {
        region: variable
            .and_then(|name| local.var(name))
            .or(own.region)
            .map(String::from),
        region_variable: variable.map(String::from),
        account: account.map(String::from),
        credential_process: properties.credential_process.map(program),
        environment_keys: local.var("AWS_ACCESS_KEY_ID").is_some()
            && local.var("AWS_SECRET_ACCESS_KEY").is_some(),
        environment_token: local
            .var("AWS_SESSION_TOKEN")
            .or_else(|| local.var("AWS_SECURITY_TOKEN"))
            .is_some(),
        environment_expires_at: local
            .var("AWS_CREDENTIAL_EXPIRATION")
            .and_then(Timestamp::parse),
        metadata_disabled: is_true("AWS_EC2_METADATA_DISABLED"),
        load_config: local.var("AWS_SDK_LOAD_CONFIG").is_some(),
        in_config_only: own.exists && !own.in_credentials,
        config_file: sources.config_path,
    }
}

/// The account in an ARN.
pub(crate) fn account_of(arn: &str) -> Option<&str> {
    let account = arn.strip_prefix("arn:")?.split(':').nth(3)?;
    (!account.is_empty()).then_some(account)
}

/// The first word of a command, as a shell splits it.
fn program(command: &str) -> String {
    let command = command.trim_start();
    let quoted = ['"', '\''].into_iter().find_map(|quote| {
        let (word, _) = command.strip_prefix(quote)?.split_once(quote)?;
        Some(word)
    });
    let word = quoted.or_else(|| command.split_ascii_whitespace().next());
    word.unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(env: &[(&str, &str)], config: &str) -> ProfileSettings {
        settings(&LocalAws {
            profile: Some("dev"),
            env,
            files: &[(".aws/config", Some(config)), (".aws/credentials", None)],
            ..LocalAws::default()
        })
    }

    #[test]
    fn the_environment_names_the_region_first() {
        let config = "[profile dev]\nregion = eu-west-1\n";
        for (env, region, variable) in [
            (&[][..], "eu-west-1", None),
            (
                &[("AWS_DEFAULT_REGION", "us-east-2")],
                "us-east-2",
                Some("AWS_DEFAULT_REGION"),
            ),
            (
                &[
                    ("AWS_DEFAULT_REGION", "us-east-2"),
                    ("AWS_REGION", "us-west-2"),
                ],
                "us-west-2",
                Some("AWS_REGION"),
            ),
            (&[("AWS_REGION", "")], "eu-west-1", None),
        ] {
            let settings = of(env, config);
            assert_eq!(settings.region.as_deref(), Some(region), "{env:?}");
            assert_eq!(settings.region_variable.as_deref(), variable, "{env:?}");
        }
        let role = "[profile dev]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = base\n\
                    [profile base]\nregion = eu-west-1\naws_access_key_id = a\naws_secret_access_key = b\n";
        assert_eq!(of(&[], role).region, None);
    }

    #[test]
    fn the_account_is_that_of_the_outermost_role() {
        for (config, account) in [
            (
                "[profile dev]\nsso_start_url = u\nsso_region = r\nsso_account_id = 111111111111\nsso_role_name = d\n",
                Some("111111111111"),
            ),
            (
                "[profile dev]\nrole_arn = arn:aws:iam::222222222222:role/r\nsource_profile = sso\n\
                 [profile sso]\nsso_account_id = 111111111111\n",
                Some("222222222222"),
            ),
            (
                "[profile dev]\nlogin_session = arn:aws:iam::333333333333:user/alice\n",
                Some("333333333333"),
            ),
            ("[profile dev]\nrole_arn = nonsense\n", None),
            (
                "[profile dev]\naws_access_key_id = a\naws_secret_access_key = b\n",
                None,
            ),
        ] {
            assert_eq!(of(&[], config).account.as_deref(), account, "{config}");
        }
    }

    #[test]
    fn the_program_is_the_first_word() {
        for (command, expected) in [
            ("/opt/bin/keys --token secret", "/opt/bin/keys"),
            (
                "\"C:\\Program Files\\keys.exe\" -x",
                "C:\\Program Files\\keys.exe",
            ),
            ("'/opt/my keys' -x", "/opt/my keys"),
            ("keys", "keys"),
        ] {
            assert_eq!(program(command), expected);
        }
    }
}

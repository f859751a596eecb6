//! Where the SDK got the credentials of a call.

use aws_credential_types::credential_feature::AwsCredentialFeature;
use aws_smithy_types::config_bag::ConfigBag;
use credlapse::CredentialSource;

/// The source that the SDK noted when it resolved the identity.
///
/// The SDK notes each step; the most specific one counts.
pub(crate) fn of(cfg: &ConfigBag) -> Option<CredentialSource> {
    use AwsCredentialFeature as Feature;
    use CredentialSource as Source;

    let steps = || cfg.load::<AwsCredentialFeature>();
    let order = [
        (Feature::CredentialsStsAssumeRole, Source::AssumeRole),
        (Feature::CredentialsStsAssumeRoleWebId, Source::WebIdentity),
        (
            Feature::CredentialsEnvVarsStsWebIdToken,
            Source::WebIdentity,
        ),
        (
            Feature::CredentialsProfileStsWebIdToken,
            Source::WebIdentity,
        ),
        (Feature::CredentialsProfileSso, Source::Sso),
        (Feature::CredentialsSso, Source::Sso),
        (Feature::CredentialsProfileLogin, Source::Login),
        (Feature::CredentialsLogin, Source::Login),
        (Feature::CredentialsProfileProcess, Source::Process),
        (Feature::CredentialsProcess, Source::Process),
        (Feature::CredentialsHttp, Source::Container),
        (Feature::CredentialsImds, Source::Instance),
        (Feature::CredentialsEnvVars, Source::Environment),
        (Feature::CredentialsProfile, Source::StaticProfile),
    ];
    order
        .into_iter()
        .find(|(feature, _)| steps().any(|step| step == feature))
        .map(|(_, source)| source)
}

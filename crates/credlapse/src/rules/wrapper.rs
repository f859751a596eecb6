//! What stands around the cause, and what says no more than that the call was refused.

use super::table::rules;

rules! {
    "apigw-missing-authentication-token-exception": Is(AmbiguousAuth), Likely, Symbol("MissingAuthenticationTokenException"), Any, "API Gateway x-amzn-errortype; Bedrock";
    "aws-unauthorized-exception": Is(AmbiguousAuth), Possible, Symbol("UnauthorizedException"), Any, "28 botocore models";
    "aws-vault-failed-get-credentials": Wrapper, Possible, Phrase("Failed to get credentials for {profile}:"), Any, "99designs/aws-vault@e22aea1:cli/exec.go:285";
    "ec2-auth-failure": Is(AmbiguousAuth), Likely, Symbol("AuthFailure"), Any, "EC2; aws-sdk-ruby EXPIRED_CREDS + CLOCK_SKEW; smithy CLOCK_SKEW_ERROR_CODES";
    "ec2-request-expired": Is(AmbiguousAuth), Likely, Symbol("RequestExpired"), Any, "aws/aws-sdk-go@8d203cc:aws/request/retryer.go ('EC2 Only'); aws-sdk-java-v2 AwsErrorCode CLOCK_SKEW; docs.aws.amazon.com CommonErrors (awsconsolehelpdocs/common-errors.html)";
    "go1-web-identity-err": Wrapper, Possible, Symbol("WebIdentityErr"), Any, "aws/aws-sdk-go@8d203cc:aws/credentials/stscreds/web_identity_provider.go (1.55.6)";
    "go2-failed-refresh-cached-credentials": Wrapper, Possible, Phrase("failed to refresh cached credentials,"), Any, "aws/aws-sdk-go-v2:aws/credential_cache.go:128 (credentials v1.19.30, config v1.32.31, aws v1.43.0)";
    "go2-failed-sign-request-failed-retrieve": Wrapper, Possible, Phrase("failed to sign request: failed to retrieve credentials:"), Any, "aws/aws-sdk-go-v2:aws/signer/v4/middleware.go:310 (credentials v1.19.30, config v1.32.31, aws v1.43.0)";
    "go2-get-identity-get-credentials": Wrapper, Possible, Phrase("get identity: get credentials:"), Any, "aws/aws-sdk-go-v2:service/*/auth.go + internal/auth/smithy/credentials_adapter.go:42";
    "go2-get-identity-get-token": Wrapper, Possible, Phrase("get identity: get token:"), Any, "aws/aws-sdk-go-v2:internal/auth/smithy/bearer_token_adapter.go:39";
    "js2-could-not-load-credentials": Wrapper, Possible, Phrase("Could not load credentials from"), Any, "aws/aws-sdk-js@657d6fe:lib/config.js";
    "js2-credentials-error": Wrapper, Possible, Symbol("CredentialsError"), Any, "aws/aws-sdk-js@657d6fe:lib/config.js";
    "js2-sso-credentials-provider-failure": Wrapper, Possible, Symbol("SsoCredentialsProviderFailure"), Any, "aws/aws-sdk-js@657d6fe:lib/credentials/sso_credentials.js";
    "js2-ssotoken-provider-failure": Wrapper, Possible, Symbol("SSOTokenProviderFailure"), Any, "aws/aws-sdk-js@657d6fe:lib/token/sso_token_provider.js";
    "js3-credentials-provider-error": Wrapper, Possible, Symbol("CredentialsProviderError"), Any, "npm:@smithy/core@3.41.0:dist-es/submodules/config/property-provider/CredentialsProviderError.js";
    "js3-provider-error": Wrapper, Possible, Symbol("ProviderError"), Any, "npm:@smithy/core@3.41.0:dist-es/submodules/config/property-provider/ProviderError.js";
    "js3-sso-returns-invalid-temporary-credential": Is(AmbiguousAuth), Likely, Phrase("SSO returns an invalid temporary credential."), Any, "npm:@aws-sdk/credential-provider-sso@3.973.28:dist-es/resolveSSOCredentials.js (aws/aws-sdk-js-v3)";
    "js3-token-provider-error": Wrapper, Possible, Symbol("TokenProviderError"), Any, "npm:@smithy/core@3.41.0:dist-es/submodules/config/property-provider/TokenProviderError.js";
    "js3-unreadable-answer": Is(AmbiguousAuth), Possible, Phrase("Deserialization error: to see the raw response, inspect the hidden field"), Answer(&[401, 403]), "observed with the AWS SDK for JavaScript v3: the body is a page of somebody on the way";
    "misc-403": Is(AmbiguousAuth), Possible, Status(403), Silent, "any";
    "net-unable-get-credentials-sso": Wrapper, Possible, Phrase("Unable to get credentials from SSO"), Any, "aws/aws-sdk-net@32f6e3f:.../SSOAWSCredentials.cs";
    "pulumi-unable-validate-aws-credentials": Wrapper, Possible, Phrase("unable to validate AWS credentials"), Any, "pulumi/pulumi-aws (issues #2713, #3023)";
    "py-credential-retrieval-error": Wrapper, Possible, Symbol("CredentialRetrievalError"), Any, "boto/botocore@0e6e240:botocore/exceptions.py (1.43.67)";
    "py-error-when-retrieving-token": Wrapper, Possible, Phrase("Error when retrieving token from {}:"), Any, "boto/botocore@0e6e240:botocore/exceptions.py (1.43.67)";
    "r2-unauthorized": Is(AmbiguousAuth), Possible, Symbol("Unauthorized"), Aws, "developers.cloudflare.com/r2/api/error-codes (10002)";
    "rust-error-occurred-while-loading-access": Wrapper, Possible, Phrase("an error occurred while loading an access token"), Any, "smithy-lang/smithy-rs@56ee88c:aws/rust-runtime/aws-credential-types/src/provider/error.rs:266";
    "rust-error-occurred-while-loading-credentials": Wrapper, Possible, Phrase("an error occurred while loading credentials"), Any, "smithy-lang/smithy-rs@56ee88c:aws/rust-runtime/aws-credential-types/src/provider/error.rs:152";
    "rust-sso-did-not-return-credentials": Is(AmbiguousAuth), Likely, Phrase("SSO did not return credentials"), Any, "smithy-lang/smithy-rs@56ee88c:aws/rust-runtime/aws-config/src/sso/credentials.rs:276";
    "rust-unexpected-credentials-error": Wrapper, Possible, Phrase("unexpected credentials error"), Any, "smithy-lang/smithy-rs@56ee88c:aws/rust-runtime/aws-credential-types/src/provider/error.rs:155";
    "rustfs-check-claims-failed": Wrapper, Possible, Phrase("check claims failed"), Any, "rustfs/rustfs@20d1266:rustfs/src/auth.rs:455";
    "s3-400": Is(AmbiguousAuth), Possible, Status(400), Silent, "S3 HEAD (no body)";
    "s3-head-400": Is(AmbiguousAuth), Possible, Symbol("400"), Silent, "boto/botocore parsers.py: the status is the code of an answer without a body";
    "s3-head-401": Is(AmbiguousAuth), Possible, Symbol("401"), Silent, "boto/botocore parsers.py: the status is the code of an answer without a body";
    "s3-head-403": Is(AmbiguousAuth), Possible, Symbol("403"), Silent, "boto/botocore parsers.py: the status is the code of an answer without a body";
    "s3-head-bad-request": Is(AmbiguousAuth), Possible, Symbol("BadRequest"), Silent, "aws/aws-sdk-go-v2 service/s3: the status text is the code of an answer without a body";
    "s3-head-forbidden": Is(AmbiguousAuth), Possible, Symbol("Forbidden"), Silent, "aws/aws-sdk-go-v2 service/s3: the status text is the code of an answer without a body";
    "sso-401": Is(AmbiguousAuth), Possible, Status(401), Silent, "any";
    "store-permission-denied": Is(AmbiguousAuth), Possible, Symbol("PermissionDenied"), Aws, "apache/arrow-rs-object-store@978fb48:src/client/retry.rs:175; apache/opendal@68a76e4:core/services/s3/src/core.rs:2048";
    "store-unauthenticated": Is(AmbiguousAuth), Possible, Symbol("Unauthenticated"), Aws, "apache/arrow-rs-object-store@978fb48:src/client/retry.rs:179";
    "terraform-no-valid-credential-sources": Wrapper, Possible, Phrase("no valid credential sources for"), Any, "terraform-provider-aws <= v5.x; pulumi-aws#3023";
    "terraform-no-valid-credential-sources-found": Wrapper, Possible, Phrase("No valid credential sources found"), Any, "hashicorp/aws-sdk-go-base@71dcf8a:internal/config/errors.go:64";
}

//! Credentials that are not accepted.

use super::table::rules;

rules! {
    "aws-incomplete-signature": Is(SignatureMismatch), Definite, Symbol("IncompleteSignature"), Any, "docs.aws.amazon.com CommonErrors (awsconsolehelpdocs/common-errors.html)";
    "aws-incomplete-signature-exception": Is(SignatureMismatch), Definite, Symbol("IncompleteSignatureException"), Any, "aws-sdk-cpp CoreErrors";
    "aws-invalid-signature-exception": Is(SignatureMismatch), Definite, Symbol("InvalidSignatureException"), Any, "smithy CLOCK_SKEW_ERROR_CODES";
    "aws-unrecognized-client-exception": Is(InvalidAccessKey), Likely, Symbol("UnrecognizedClientException"), Any, "aws-sdk-ruby error_inspector EXPIRED_CREDS ('json services'); aws-sdk-cpp CoreErrors";
    "aws-unrecognized-client-with-session-token": Is(InvalidToken), Likely, Symbol("UnrecognizedClientException"), SessionToken, "kinds.md section 7 and 12";
    "ceph-invalid-identity-token": Is(WebIdentityInvalid), Definite, Symbol("InvalidIdentityToken"), Any, "botocore sts model; ceph rgw_http_sts_errors";
    "ec2-aws-was-not-able-validate": Is(InvalidAccessKey), Likely, Phrase("AWS was not able to validate the provided access credentials"), Any, "EC2 (401); SimpleDB (403)";
    "eks-auth-invalid-token": Is(WebIdentityInvalid), Definite, Symbol("InvalidTokenException"), Operation(&["AssumeRoleForPodIdentity"]), "botocore/data/eks-auth/2023-11-26/service-2.json";
    "garage-forbidden-invalid-signature": Is(SignatureMismatch), Definite, Phrase("Forbidden: Invalid signature"), Any, "deuxfleurs-org/garage@3f4ab3a:src/api/common/signature/payload.rs:409,411";
    "garage-forbidden-no-such-key": Is(InvalidAccessKey), Definite, Phrase("Forbidden: No such key:"), Any, "deuxfleurs-org/garage@3f4ab3a:src/api/common/signature/payload.rs:397";
    "go2-failed-retrieve-jwt-provide-source": Is(WebIdentityInvalid), Definite, Phrase("failed to retrieve jwt from provide source,"), Any, "aws/aws-sdk-go-v2:credentials/stscreds/web_identity_provider.go:113 (credentials v1.19.30, config v1.32.31, aws v1.43.0)";
    "js3-response-amazon-cognito-contained-no": Is(WebIdentityInvalid), Likely, Phrase("Response from Amazon Cognito contained no"), Any, "npm:@aws-sdk/credential-provider-cognito-identity@3.972.83:dist-es/fromCognitoIdentity.js";
    "minio-access-key-id-provided-does": Is(InvalidAccessKey), Definite, Phrase("The Access Key Id you provided does not exist in our records."), Any, "minio/minio@7aac2a2:cmd/api-errors.go; rustfs/rustfs@20d1266:rustfs/src/error.rs:75";
    "minio-authorization-query-parameters-error": Is(SignatureMismatch), Likely, Symbol("AuthorizationQueryParametersError"), Any, "s3s-project/s3s@e080e38:data/s3_error_codes.json (S3 API error list)";
    "minio-invalid-client-certificate": Is(WebIdentityInvalid), Definite, Symbol("InvalidClientCertificate"), Any, "minio/minio@7aac2a2:cmd/sts-errors.go:145";
    "minio-invalid-client-grants-token": Is(WebIdentityInvalid), Definite, Symbol("InvalidClientGrantsToken"), Any, "minio/minio@7aac2a2:cmd/sts-errors.go:130";
    "minio-invalid-token-id": Is(InvalidToken), Definite, Symbol("InvalidTokenId"), Any, "minio/minio@7aac2a2:cmd/api-errors.go:1270 ErrInvalidToken";
    "minio-request-signature-we-calculated-does": Is(SignatureMismatch), Definite, Phrase("The request signature we calculated does not match the signature you provided"), Any, "S3 and every clone";
    "minio-security-token-included-request-invalid": Is(InvalidAccessKey), Likely, Phrase("The security token included in the request is invalid"), Any, "AWS services; minio/minio@7aac2a2:cmd/api-errors.go ErrInvalidToken";
    "minio-signature-header-missing-signature-field": Is(SignatureMismatch), Definite, Phrase("Signature header missing Signature field."), Any, "minio/minio@7aac2a2:cmd/api-errors.go:838; seaweedfs";
    "minio-there-were-headers-present-request": Is(SignatureMismatch), Definite, Phrase("There were headers present in the request which were not signed"), Any, "minio/minio@7aac2a2:cmd/api-errors.go:913; seaweedfs; S3";
    "r2-credential-access-key-has-length": Is(InvalidAccessKey), Definite, Phrase("Credential access key has length {}, should be 32"), Any, "R2 InvalidArgument 400 (microfeed#38, loki#9224, afilmory#36)";
    "rustfs-account-not-signed-up": Is(InvalidAccessKey), Likely, Whole("Your account is not signed up"), Any, "rustfs/rustfs@20d1266:rustfs/src/auth.rs:175; s3s-project/s3s@e080e38:crates/s3s/src/auth/simple_auth.rs:50";
    "rustfs-invalid-keystone-token": Is(InvalidToken), Likely, Phrase("Invalid Keystone token"), Any, "rustfs/rustfs@20d1266:crates/keystone/src/middleware.rs:172";
    "rustfs-invalid-token1": Is(InvalidToken), Likely, Phrase("check claims failed {} invalid token1"), Any, "rustfs/rustfs check_claims_from_token";
    "rustfs-invalid-token2": Is(InvalidToken), Likely, Phrase("check claims failed {} invalid token2"), Any, "rustfs/rustfs check_claims_from_token";
    "rustfs-invalid-token3": Is(InvalidToken), Likely, Phrase("check claims failed {} invalid token3"), Any, "rustfs/rustfs check_claims_from_token";
    "s3-aws-access-key-id-provided": Is(InvalidAccessKey), Definite, Phrase("The AWS Access Key Id you provided does not exist in our records."), Any, "S3; versity/versitygw";
    "s3-aws-authentication-requires-valid-date": Is(SignatureMismatch), Definite, Phrase("AWS authentication requires a valid Date or x-amz-date header"), Any, "minio/minio@7aac2a2:cmd/api-errors.go:863; seaweedfs; versitygw";
    "s3-invalid-access-key-id": Is(InvalidAccessKey), Definite, Symbol("InvalidAccessKeyId"), Any, "s3s-project/s3s@e080e38:data/s3_error_codes.json (S3 API error list)";
    "s3-invalid-security": Is(InvalidAccessKey), Definite, Symbol("InvalidSecurity"), Any, "s3s-project/s3s@e080e38:data/s3_error_codes.json (S3 API error list)";
    "s3-invalid-signature": Is(SignatureMismatch), Definite, Symbol("InvalidSignature"), Any, "s3s-project/s3s@e080e38:data/s3_error_codes.json (S3 API error list)";
    "s3-invalid-token": Is(InvalidToken), Definite, Symbol("InvalidToken"), Any, "s3s-project/s3s@e080e38:data/s3_error_codes.json (S3 API error list)";
    "s3-provided-token-malformed-otherwise-invalid": Is(InvalidToken), Definite, Phrase("The provided token is malformed or otherwise invalid."), Any, "s3s-project/s3s@e080e38:data/s3_error_codes.json (S3 API error list); scality/Arsenal";
    "s3-signature-does-not-match": Is(SignatureMismatch), Definite, Symbol("SignatureDoesNotMatch"), Any, "s3s-project/s3s@e080e38:data/s3_error_codes.json (S3 API error list)";
    "s3-x-amz-expires-must-less": Is(SignatureMismatch), Likely, Phrase("X-Amz-Expires must be less than a week (in seconds)"), Any, "S3, MinIO, SeaweedFS, RustFS";
    "s3s-credential-scope-date-does-not": Is(SignatureMismatch), Definite, Phrase("credential scope date does not match x-amz-date"), Any, "s3s-project/s3s@e080e38:crates/s3s/src/ops/signature.rs:322,388,527";
    "sts-client-token-id-with-session-token": Is(InvalidToken), Likely, Symbol("InvalidClientTokenId"), SessionToken, "kinds.md section 7 and 12";
    "sts-couldn-t-retrieve-verification-key": Is(WebIdentityInvalid), Likely, Phrase("Couldn't retrieve verification key from your identity provider"), Any, "STS InvalidIdentityToken";
    "sts-idpcommunication-error": Is(WebIdentityInvalid), Likely, Symbol("IDPCommunicationError"), Any, "botocore sts model";
    "sts-idprejected-claim": Is(WebIdentityInvalid), Likely, Symbol("IDPRejectedClaim"), Any, "botocore sts model";
    "sts-incorrect-token-audience": Is(WebIdentityInvalid), Definite, Phrase("Incorrect token audience"), Any, "STS InvalidIdentityToken";
    "sts-invalid-client-token-id": Is(InvalidAccessKey), Likely, Symbol("InvalidClientTokenId"), Any, "docs.aws.amazon.com CommonErrors (awsconsolehelpdocs/common-errors.html); aws-sdk-ruby error_inspector EXPIRED_CREDS ('query services')";
    "sts-invalid-identity-token-exception": Is(WebIdentityInvalid), Likely, Symbol("InvalidIdentityTokenException"), Any, "botocore sts shape name (Go v2, JS v3 class names)";
    "sts-no-openidconnect-provider-found-account": Is(WebIdentityInvalid), Definite, Phrase("No OpenIDConnect provider found in your account for"), Any, "STS InvalidIdentityToken";
    "sts-openidconnect-provider-s-https-certificate": Is(WebIdentityInvalid), Definite, Phrase("OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint"), Any, "STS InvalidIdentityToken";
    "terraform-cannot-assume-iam-role-web": Is(WebIdentityInvalid), Possible, Phrase("Cannot assume IAM Role with web identity"), Any, "hashicorp/aws-sdk-go-base@71dcf8a:internal/config/errors.go";
}

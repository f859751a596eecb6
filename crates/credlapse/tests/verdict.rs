//! Verdicts on texts of the field: what tools print around a cause, and what only speaks of one.

#![allow(clippy::panic, reason = "a test may panic")]

use credlapse::{Cause, Evidence, Kind, diagnose, text};

fn verdict(printed: &str) -> Option<Kind> {
    diagnose(&text::read(printed)).map(|diagnosis| diagnosis.kind)
}

/// A code in a list of changes, of tests or of settings is none that an answer had.
#[test]
fn a_code_that_is_only_spoken_of_is_no_failure() {
    for printed in [
        "- fix: retry once when S3 answers ExpiredToken",
        "Added a retry for `ExpiredToken`.",
        "* 3f2a9bc Refresh credentials on ExpiredToken\n* 99aabb1 Fix lint",
        "feat(core): classify ExpiredToken, InvalidToken and AccessDenied",
        "- `ExpiredToken`: the session has expired\n- `AccessDenied`: ask an admin",
        "| code | meaning |\n|---|---|\n| `ExpiredToken` | log in again |",
        "PASS src/errors.test.ts\n  \u{2713} maps ExpiredToken (3 ms)\n  \u{2713} maps \"ExpiredTokenException\" (1 ms)",
        "    errors_test.go:44: IsExpired(\"ExpiredTokenException\") = false, want true",
        "AssertionError: expected 'AccessDenied' to equal 'ExpiredToken'",
        "retry policy: codes=[ExpiredToken,RequestTimeout]",
        "{\"retryableErrors\": [\"ExpiredToken\", \"SlowDown\"], \"maxAttempts\": 3}",
        "warning: unused variant `ExpiredToken`",
        "+    if (resp.error_code() == \"ExpiredToken\" ||\n+        resp.error_code() == \"InvalidToken\") {",
        "  it(\"retries on 'The provided token has expired.'\", async () => {",
        "describe('when the SSO session has expired or is invalid', () => {",
        "    assert str(error.value) == 'The provided token has expired.'",
        "src/kinds.ts(12,3): error TS2322: Type '\"ExpiredToken\"' is not assignable to type 'Kind'.",
        "  12:10  error  'ExpiredTokenException' is defined but never used  no-unused-vars",
    ] {
        assert_eq!(verdict(printed), None, "{printed}");
    }
    for printed in [
        "ExpiredToken",
        "upload failed: ExpiredToken",
        "error code ExpiredToken",
        "failed with (ExpiredToken)",
        "put s3://b/k: ExpiredToken: The session is over",
        "S3 answered 400 'ExpiredToken', request id: 4TX9Q0 status code: 400",
    ] {
        assert_eq!(
            verdict(printed),
            Some(Kind::SessionTokenExpired),
            "{printed}"
        );
    }
}

/// A sentence that tells a person what an error means is not that error.
#[test]
fn a_manual_names_no_failure() {
    for printed in [
        "If you see `Error when retrieving token from sso: Token has expired and refresh failed`, log in again.",
        "When a session ends you get \"The security token included in the request is expired\".",
        "| error | message |\n|---|:---:|\n| ExpiredToken | The provided token has expired |\n| NoSuchKey | There is none |",
    ] {
        assert_eq!(verdict(printed), None, "{printed}");
    }
    let below = "| step | took |\n| --- | --- |\n| build | 3 s |\nupload failed: ExpiredToken: The provided token has expired";
    assert_eq!(verdict(below), Some(Kind::SessionTokenExpired));
    let drawn = "+------+\n| upload | ExpiredToken: The provided token has expired |\n+------+";
    assert_eq!(verdict(drawn), Some(Kind::SessionTokenExpired));
    let failed = "When uploading \"a.txt\": The provided token has expired.";
    assert_eq!(verdict(failed), Some(Kind::SessionTokenExpired));
}

/// Hosts have tokens of their own under the codes of AWS.
#[test]
fn a_token_of_another_kind_is_no_session() {
    for printed in [
        "ExpiredToken: The pagination token has expired",
        "ExpiredTokenException: jwt expired",
    ] {
        assert_eq!(verdict(printed), None, "{printed}");
    }
}

/// A test whose name is the sentence of an error passed, whatever failed beside it.
#[test]
fn a_line_of_success_names_no_failure() {
    let name = "ExpiredToken: The provided token has expired.";
    for line in [
        format!("  \u{2713} says {name} (3 ms)"),
        format!("\u{2714} {name} (0.4ms)"),
        format!("ok 12 - {name}"),
        format!("PASS  src/auth.test.ts > {name}"),
        format!("--- PASS: TestAuth/{name} (0.00s)"),
        format!("test auth::{name} ... ok"),
        format!("tests/test_auth.py::test_says[{name}] PASSED [ 12%]"),
    ] {
        let run = format!("{line}\nassertion failed: the table is empty\n");
        assert_eq!(verdict(&run), None, "{run}");
        let run = format!("{line}\nAccessDenied: User: x is not authorized\n");
        assert_eq!(verdict(&run), Some(Kind::PermissionDenied), "{run}");
    }
    for line in [
        format!("\u{2717} upload: {name}"),
        format!("not ok 13 - upload: {name}"),
        format!("ok, but then {name}"),
    ] {
        assert_eq!(verdict(&line), Some(Kind::SessionTokenExpired), "{line}");
    }
}

/// What a process or a helper complains of last is not always the cause.
#[test]
fn the_cause_stands_before_or_inside_the_complaint() {
    let cases = [
        (
            "Error when retrieving token from sso: Token has expired and refresh failed\n\
             panic: operation error S3: ListBuckets, get identity: get credentials: failed to refresh cached \
             credentials, process provider error: error in credential_process: exit status 255",
            Some(Kind::SsoSessionExpired),
        ),
        (
            "ProcessProviderExecutionError: error in credential_process\ncaused by: exit status 1",
            Some(Kind::CredentialProcessFailed),
        ),
        (
            "{\"code\":\"CredentialsError\",\"message\":\"Missing credentials in config, if using AWS_CONFIG_FILE, set \
             AWS_SDK_LOAD_CONFIG=1\",\"originalError\":{\"code\":\"NetworkingError\",\"message\":\"getaddrinfo EAI_AGAIN \
             sts.us-east-1.amazonaws.com\"}}",
            None,
        ),
        (
            "no valid credential sources: no EC2 IMDS role found, operation error ec2imds: GetMetadata, request send \
             failed, Get \"http://169.254.169.254/latest/meta-data/iam/security-credentials/\": dial tcp \
             169.254.169.254:80: i/o timeout",
            Some(Kind::MetadataUnavailable),
        ),
        (
            "CredentialsProviderError: No access\n    at resolveSSOCredentials (/app/index.js:100:15) {\n  \
             tryNextLink: false,\n  cause: ForbiddenException: No access\n      at throwDefaultError (/app/index.js:8:20) {\n    \
             '$metadata': { httpStatusCode: 403 }\n  }\n}",
            Some(Kind::SsoAccessDenied),
        ),
    ];
    for (printed, expected) in cases {
        assert_eq!(verdict(printed), expected, "{printed}");
    }
}

/// Of parts that failed beside each other none caused another: that an object is missing does not undo an expiry.
#[test]
fn a_part_of_a_group_does_not_speak_for_the_rest() {
    let verdict = |names: &[&str]| {
        let causes = names.iter().copied().map(Cause::named).collect();
        let evidence = Evidence {
            causes,
            ..Evidence::default()
        };
        diagnose(&evidence).map(|diagnosis| diagnosis.kind)
    };
    let expired = Some(Kind::SessionTokenExpired);
    assert_eq!(
        verdict(&["AggregateError", "ExpiredToken", "NoSuchKey"]),
        expired
    );
    assert_eq!(
        verdict(&["AggregateError", "NoSuchKey", "ExpiredToken"]),
        expired
    );
    assert_eq!(
        verdict(&["System.AggregateException", "ExpiredToken", "NoSuchKey"]),
        expired
    );
    assert_eq!(verdict(&["AggregateError", "NoSuchKey"]), None);
    assert_eq!(
        verdict(&["AggregateError", "LoginError", "NoSuchKey"]),
        None
    );
    assert_eq!(verdict(&["ExpiredToken", "NoSuchKey"]), None);
}

/// A file names a profile by its section, and an SDK that quotes it so means the profile.
#[test]
fn a_section_of_the_file_names_its_profile() {
    let printed = "partial credentials found for profile profile dev";
    let profile = diagnose(&text::read(printed)).and_then(|diagnosis| diagnosis.profile);
    assert_eq!(profile.as_deref(), Some("dev"));
}

/// One text for each literal that a tool puts in the place of the cause.
#[test]
fn tools_have_words_of_their_own() {
    let cases = [
        (
            "S3Exception: Access Denied (Service: S3, Status Code: 403, Request ID: R1)",
            Kind::PermissionDenied,
        ),
        (
            "unable to create lock in backend: client.PutObject: Access Denied.",
            Kind::PermissionDenied,
        ),
        (
            "software.amazon.awssdk.services.sso.model.SsoException: No access (Service: Sso, Status Code: 403, Request ID: R1)",
            Kind::SsoAccessDenied,
        ),
        (
            "Error configuring the backend \"s3\": The role \"arn:aws:iam::123456789012:role/T\" cannot be assumed.",
            Kind::AssumeRoleDenied,
        ),
        (
            "Error: Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity",
            Kind::AssumeRoleDenied,
        ),
        (
            "Error: Could not assume role with OIDC: Incorrect token audience",
            Kind::WebIdentityInvalid,
        ),
        (
            "Error: Could not assume role with OIDC: Request ARN is invalid",
            Kind::ProfileMisconfigured,
        ),
        (
            "Amazon.Runtime.AmazonClientException: The retrieved credentials have already expired: Now = 1, Credentials expiration = 0",
            Kind::SessionTokenExpired,
        ),
        (
            "An error occurred (ValidationException) when calling the CreateOAuth2Token operation: \
             The provided authorization grant is invalid, expired, revoked, or malformed",
            Kind::LoginSessionExpired,
        ),
        (
            "java.lang.IllegalArgumentException: No AWS profile named 'dev'",
            Kind::ProfileNotFound,
        ),
        (
            "in `validate': Profile `dev' not found in /home/dev/.aws/credentials (Aws::Errors::NoSuchProfileError)",
            Kind::ProfileNotFound,
        ),
        (
            "Error:\nAWS profile \"dev\" doesn't seem to be configured",
            Kind::ProfileNotFound,
        ),
        (
            "java.lang.IllegalStateException: Failed to refresh process-based credentials.",
            Kind::CredentialProcessFailed,
        ),
        (
            "java.lang.IllegalStateException: Command returned non-zero exit value (1) with error message: locked",
            Kind::CredentialProcessFailed,
        ),
        (
            "AWS Access Key ID and Secret Access Key are not found in AWS credentials file (a), config file (b), from ECS",
            Kind::CredentialsMissing,
        ),
        (
            "ERROR - Failed to retrieve AWS security credentials using lookup method: ecs:/v2/credentials/x",
            Kind::MetadataUnavailable,
        ),
        (
            "Uncaught Aws\\Exception\\CredentialsException: Unexpected instance profile response code:  in /a.php:96",
            Kind::MetadataUnavailable,
        ),
        (
            "Fatal: unable to open repository: no credentials found. Use `-o s3.unsafe-anonymous-auth=true` for anonymous authentication",
            Kind::CredentialsMissing,
        ),
        (
            "AmazonS3Exception: Forbidden; request: HEAD https://b.s3.amazonaws.com k {} (Service: Amazon S3; Status Code: 403; \
             Error Code: 403 Forbidden; Request ID: R1)",
            Kind::AmbiguousAuth,
        ),
        (
            "put error: Forbidden: Forbidden\n\tstatus code: 403, request id: R1, host id: H1",
            Kind::AmbiguousAuth,
        ),
        (
            "head error: BadRequest: Bad Request\n\tstatus code: 400, request id: R1, host id: H1",
            Kind::AmbiguousAuth,
        ),
        (
            "Tool call 'x' failed: 403. Please retry. This may be caused by expired or invalid AWS credentials.",
            Kind::AmbiguousAuth,
        ),
        (
            "Amazon.S3.AmazonS3Exception: Error making request with Error Code Forbidden and Http Status Code Forbidden. \
             No further error information was returned by the service.",
            Kind::AmbiguousAuth,
        ),
        (
            "Amazon.S3.AmazonS3Exception: Error making request with Error Code BadRequest and Http Status Code BadRequest. \
             No further error information was returned by the service.",
            Kind::AmbiguousAuth,
        ),
        (
            "error: pulumi:providers:aws resource 'default' has a problem: Invalid credentials configured.",
            Kind::AmbiguousAuth,
        ),
        (
            "ComputeError: Generic S3 error: Client error with status 403 Forbidden: No Body",
            Kind::AmbiguousAuth,
        ),
        (
            "API Error: 403 You don't have access to the model with the specified model ID.",
            Kind::PermissionDenied,
        ),
        (
            "[error] [signv4] Provider returned no credentials, service=s3\n\
             [error] [aws_client] could not sign request",
            Kind::CredentialsMissing,
        ),
        (
            "javax.security.sasl.SaslException: Failed to find AWS IAM Credentials",
            Kind::CredentialsMissing,
        ),
        (
            "com.amazonaws.SdkClientException: Failed to connect to service endpoint: ",
            Kind::MetadataUnavailable,
        ),
        (
            "could not store the entry: Access Denied (Service: S3, Status Code: 403, Request ID: R1)",
            Kind::PermissionDenied,
        ),
        (
            "fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden\nmake: *** [deploy] Error 1",
            Kind::AmbiguousAuth,
        ),
        (
            "PermissionDenied (temporary) at write, context: { service: s3, path: a/b } => no valid credential found, please \
             check configuration or try again",
            Kind::CredentialsMissing,
        ),
        (
            "System.InvalidOperationException: Assembly AWSSDK.SSOOIDC could not be found or loaded. This assembly must be \
             available at runtime to use Amazon.Runtime.SSOAWSCredentials",
            Kind::ProfileMisconfigured,
        ),
        (
            "System.InvalidOperationException: Assembly AWSSDK.SecurityToken could not be found or loaded. This assembly must \
             be available at runtime to use this profile class.",
            Kind::ProfileMisconfigured,
        ),
        (
            "minio.error.InvalidResponseError: non-XML response from server; Response code: 403, Content-Type: text/html",
            Kind::AmbiguousAuth,
        ),
        (
            "software.amazon.awssdk.core.exception.SdkClientException: Unable to load credentials from service endpoint.",
            Kind::MetadataUnavailable,
        ),
        (
            "aws.sdk.kotlin.runtime.auth.credentials.CredentialsProviderException: No credentials could be loaded from the chain: \
             CredentialsProviderChain -> EnvironmentCredentialsProvider",
            Kind::CredentialsMissing,
        ),
        (
            "java.lang.RuntimeException: Failed to get a valid set of credentials",
            Kind::CredentialsMissing,
        ),
        (
            "Caused by: java.lang.NullPointerException: Access key ID cannot be blank.",
            Kind::CredentialsMissing,
        ),
        (
            "java.lang.NullPointerException: Secret access key cannot be blank.",
            Kind::CredentialsMissing,
        ),
        (
            "failed to refresh cached credentials, operation error STS: AssumeRole, get identity: get credentials: \
             static credentials are empty",
            Kind::CredentialsMissing,
        ),
        (
            "botocore.exceptions.CredentialRetrievalError: Error when retrieving credentials from Environment: \
             No credentials found in credential_source referenced in profile dev",
            Kind::CredentialsMissing,
        ),
        (
            "failed to load assume role arn:aws:iam::123456789012:role/T, of profile base, failed to get shared config \
             profile, base",
            Kind::ProfileNotFound,
        ),
        (
            "Error:\nAWS provider credentials not found. Learn how to set up AWS provider credentials in our docs here",
            Kind::CredentialsMissing,
        ),
        (
            "KeyError: 'aws_secret_access_key'\n\nDuring handling of the above exception, another exception occurred:\n\n\
             Traceback (most recent call last):\n  File \"/a.py\", line 1, in load\n    raise PartialCredentialsError(\n\
             botocore.exceptions.PartialCredentialsError: Partial credentials found in config-file, missing: aws_secret_access_key",
            Kind::ProfileMisconfigured,
        ),
        (
            "<Error><Code>AccessDenied</Code><Message>Request is not yet valid</Message><RequestId>R1</RequestId></Error>",
            Kind::ClockSkew,
        ),
        (
            "BedrockException - {\"message\":\"Model access is denied due to IAM user or service role is not authorized to perform \
             the required AWS Marketplace actions (aws-marketplace:Subscribe) to enable access to this model.\"}",
            Kind::PermissionDenied,
        ),
        (
            "HTTP GET error on 'https://b.example.com/k' (HTTP 403)\n\n\
             Authentication Failure - this is usually caused by invalid or missing credentials.",
            Kind::AmbiguousAuth,
        ),
        (
            "IO Error: Unable to connect to URL \"https://b.s3.amazonaws.com/k\": 403 (Forbidden)",
            Kind::AmbiguousAuth,
        ),
        (
            "java.nio.file.AccessDeniedException: s3a://b/k: getFileStatus on s3a://b/k: \
             com.amazonaws.services.s3.model.AmazonS3Exception: ",
            Kind::AmbiguousAuth,
        ),
        (
            "failed to confirm existence of 'b' bucket: Request ARN is invalid",
            Kind::ProfileMisconfigured,
        ),
        (
            "failed to confirm existence of 'b' bucket: Access Denied.",
            Kind::PermissionDenied,
        ),
        (
            "mc: <ERROR> Unable to list folder. Access Denied.",
            Kind::PermissionDenied,
        ),
        (
            "An error occurred (InvalidInputException) when calling the CreateProject operation: \
             CodeBuild is not authorized to perform: sts:AssumeRole on arn:aws:iam::123456789012:role/R",
            Kind::AssumeRoleDenied,
        ),
        (
            "Backblaze B2 Error (\"Malformed Access Key Id\")",
            Kind::InvalidAccessKey,
        ),
        (
            "crtError(AwsCommonRuntimeKit.AWSError(errorCode: 6153, errorMessage: \
             Optional(\"Valid credentials could not be sourced by the IMDS provider\")))",
            Kind::CredentialsMissing,
        ),
        (
            "SotoCore.CredentialProviderError\nNo credential provider found",
            Kind::CredentialsMissing,
        ),
        (
            "Fatal error: Error raised at top level: AWSSDKIdentity.IMDSError.reachedMaxRetries",
            Kind::MetadataUnavailable,
        ),
        (
            "Login required. Use `aws-sso-util login --profile dev` and try again.",
            Kind::SsoSessionExpired,
        ),
        (
            "AWS SSO token has expired or is not available. Run `aws sso login`.",
            Kind::SsoSessionExpired,
        ),
        (
            "s3fs.cpp:s3fs_check_service(3806): invalid credentials - result of checking service.",
            Kind::AmbiguousAuth,
        ),
        (
            "Service:             Amazon S3\nHTTP Status Code:    403\nAWS Error Code:      403 Forbidden",
            Kind::AmbiguousAuth,
        ),
        (
            "[ERROR] Pipeline aborted due to error {:id=>\"main\", :exception=>Aws::S3::Errors::Forbidden, :backtrace=>[]}",
            Kind::AmbiguousAuth,
        ),
        (
            "ERROR: [039]: HTTP request failed with 403 (Forbidden):\n       *** Path/Query ***:\n       HEAD /repo/backup.info\n       \
             *** Response Headers ***:\n       server: AmazonS3\n       x-amz-request-id: R1",
            Kind::AmbiguousAuth,
        ),
        (
            "Request to 's3tables.us-east-1.amazonaws.com/iceberg/v1/config?warehouse=w' returned a non-200 status code \
             (Forbidden_403), with reason:",
            Kind::AmbiguousAuth,
        ),
        (
            "Credentials must be an instance of Aws\\Credentials\\CredentialsInterface, an associative array that contains \
             \"key\", \"secret\", or false.",
            Kind::ProfileMisconfigured,
        ),
        (
            "NoCredentialsError                        Traceback (most recent call last)\nCell In[1], line 1\n----> 1 train()",
            Kind::CredentialsMissing,
        ),
        (
            "[ERROR] Uploading failed, retrying {:exception=>Aws::S3::Errors::ExpiredToken, :path=>\"/tmp/a\"}",
            Kind::SessionTokenExpired,
        ),
        (
            "sdk_client_exception: The requested metadata is not found at \
             http://169.254.169.254/latest/meta-data/iam/security-credentials/",
            Kind::MetadataUnavailable,
        ),
        (
            "java.lang.IllegalArgumentException: Access key cannot be null.\n\tat \
             com.amazonaws.auth.BasicAWSCredentials.<init>(BasicAWSCredentials.java:37)",
            Kind::CredentialsMissing,
        ),
        ("deploy: CredentialChainExhausted", Kind::CredentialsMissing),
        (
            "boto.exception.NoAuthHandlerFound: No handler was ready to authenticate. 1 handlers were checked. \
             ['HmacAuthV4Handler'] Check your credentials",
            Kind::CredentialsMissing,
        ),
        (
            "SdkClientException: Failed to send the request: Token expired - needs a refresh. (SDK Attempt Count: 1)",
            Kind::SessionTokenExpired,
        ),
        (
            "error aws credentials have expired\nmain.main\n\tcmd/main.go:12",
            Kind::SessionTokenExpired,
        ),
        ("Aws::SQS::Errors::ExpiredToken", Kind::SessionTokenExpired),
        (
            "<Error><Code>ExpiredTokenException</Code><Message>Token too old: 86399</Message></Error>",
            Kind::WebIdentityExpired,
        ),
        (
            "level=warn caller=sidecar.go:12 err=\"upload 01F: upload s3 object: Access Denied\"",
            Kind::PermissionDenied,
        ),
        (
            "Error assuming AWS_ROLE. Please verify the role and externalId are configured correctly.",
            Kind::AssumeRoleDenied,
        ),
        (
            "ERROR: ServiceError - 'b/20190515/us-west-2/s3/aws4_request' not a valid key=value pair (missing equal-sign) \
             in Authorization header: 'AWS4-HMAC-SHA256 Credential=a b/20190515/us-west-2/s3/aws4_request'.",
            Kind::SignatureMismatch,
        ),
        (
            "ERROR:  HTTP 403. Permission denied. Check bucket or provided credentials as they may no longer be valid.",
            Kind::AmbiguousAuth,
        ),
        (
            "AmazonS3Exception: Error making request with Error Code SignatureDoesNotMatch and Http Status Code Forbidden. \
             No further error information was returned by the service.",
            Kind::SignatureMismatch,
        ),
        (
            "Error making request with Error Code BadRequest and Http Status Code BadRequest.",
            Kind::AmbiguousAuth,
        ),
        (
            "[903ea8c6] Aws::S3::Errors::Unauthorized (Unauthorized):",
            Kind::AmbiguousAuth,
        ),
        ("Aws::S3::Errors::Forbidden ():", Kind::AmbiguousAuth),
        (
            "SdkClientException: The credentials received have been expired\n\tat A.b(A.java:1)",
            Kind::SessionTokenExpired,
        ),
        (
            "ERROR: Access to bucket 'my-backup' was denied",
            Kind::PermissionDenied,
        ),
        (
            "Could not load credentials to authenticate with AWS client. Please check that they are valid. (type=value_error)",
            Kind::AmbiguousAuth,
        ),
        (
            "HTTP Error: HTTP GET error on 'https://b.s3.amazonaws.com/a.parquet' (HTTP 403)",
            Kind::AmbiguousAuth,
        ),
    ];
    for (printed, expected) in cases {
        assert_eq!(verdict(printed), Some(expected), "{printed}");
    }
    for other in [
        // Several handlers are asked for keys of Google.
        "No handler was ready to authenticate. 4 handlers were checked. ['OAuth2Auth', 'HmacAuthV1Handler']",
        // API Gateway, to a path that it does not know.
        "{\"message\":\"'eyJhbGciOiJ' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer eyJhbGciOiJ'.\"}",
        "HTTP Error: HTTP GET error on 'https://example.com/a.parquet' (HTTP 403)",
        "Aws::SQS::Errors::NonExistentQueue",
        // The class of another house, whatever its code means to AWS.
        "com.example.OptInRequiredException: tick the box",
        "Error making request with Error Code NotFound and Http Status Code NotFound.",
        "merge denied because no reviewer allows the merge action",
        "OAuthException: Token expired - needs a refresh",
    ] {
        assert_eq!(verdict(other), None, "{other}");
    }
    let region = "unable to validate AWS credentials: operation error STS: GetCallerIdentity, failed to resolve service \
                  endpoint, an AWS region is required, but was not found";
    assert_eq!(verdict(region), None);
    let other =
        "Failed to connect to service endpoint https://api.example.com:8443 (connection refused)";
    assert_eq!(verdict(other), None);
    let user_data = "Unable to retrieve the requested metadata (/latest/user-data/). The requested metadata is not \
                     found at http://169.254.169.254/latest/user-data/";
    assert_eq!(verdict(user_data), None);
}

/// Any server says "401 Unauthorized"; only of AWS is the second word a code.
#[test]
fn what_http_calls_a_status_is_no_code() {
    for printed in [
        "Registering runner... failed   runner=GR13 status=401 Unauthorized",
        "unexpected status: 401 Unauthorized",
        "Response status code does not indicate success: 401 (Unauthorized).",
    ] {
        assert_eq!(verdict(printed), None, "{printed}");
    }
    let answer = "operation error S3: PutObject, https response error StatusCode: 401, RequestID: , HostID: , \
                  api error Unauthorized: Unauthorized";
    assert_eq!(verdict(answer), Some(Kind::AmbiguousAuth));
}

/// Half a pair of keys in the environment is no matter of a profile.
#[test]
fn where_no_profile_is_named_none_is_blamed() {
    let headline = |printed: &str| diagnose(&text::read(printed)).map(|found| found.headline());
    assert_eq!(
        headline("PartialCredentialsError: Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY").as_deref(),
        Some("AWS configuration wrong: a setting or a package that credentials need is missing or wrong.")
    );
    assert_eq!(
        headline("partial credentials found for profile dev").as_deref(),
        Some(
            "AWS configuration wrong: AWS profile 'dev' cannot provide credentials as it is configured."
        )
    );
}

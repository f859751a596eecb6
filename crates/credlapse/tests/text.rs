//! What the readers of printed text make of real forms, dialect by dialect.
//!
//! Each case is a text in the form in which a tool prints it, and the causes
//! that are read from it, least weight first: the fields that are known, then
//! `|` and the message.

use credlapse::{Cause, text};

/// A description, the text, and its causes.
type Case = (&'static str, &'static str, &'static [&'static str]);

fn line(cause: &Cause) -> String {
    let status = cause.status.map(|status| status.to_string());
    let fields = [
        ("name=", &cause.name),
        ("code=", &cause.code),
        ("service=", &cause.service),
        ("operation=", &cause.operation),
        ("request=", &cause.request_id),
        ("status=", &status),
        ("| ", &cause.message),
    ];
    let known = fields
        .iter()
        .filter_map(|(key, value)| value.as_ref().map(|value| format!("{key}{value}")));
    known.collect::<Vec<_>>().join(" ")
}

fn check(cases: &[Case]) {
    for (description, printed, expected) in cases {
        let read: Vec<_> = text::read(printed).causes.iter().map(line).collect();
        assert_eq!(read, *expected, "{description}");
    }
}

#[test]
fn botocore_and_the_aws_cli() {
    check(&[
        (
            "a service error of the CLI",
            "\naws: [ERROR]: An error occurred (AccessDenied) when calling the GetObject operation (reached max retries: 4): Access Denied\n",
            &["code=AccessDenied operation=GetObject | Access Denied"],
        ),
        (
            "a failure of the CLI itself",
            "aws: [ERROR]: An error occurred (NoCredentials): Unable to locate credentials. You can configure credentials by running \"aws login\".",
            &[
                "code=NoCredentials | Unable to locate credentials. You can configure credentials by running \"aws login\".",
            ],
        ),
        (
            "a very old CLI",
            "A client error (InvalidClientTokenId) occurred when calling the ListUsers operation: The security token included in the request is invalid.",
            &[
                "code=InvalidClientTokenId operation=ListUsers | The security token included in the request is invalid.",
            ],
        ),
        (
            "one line for each object",
            "upload failed: ./a to s3://b/a An error occurred (ExpiredToken) when calling the PutObject operation: The provided token has expired.\nupload: ./b to s3://b/b\nupload failed: ./c to s3://b/c An error occurred (SlowDown) when calling the PutObject operation: Please reduce your request rate.",
            &[
                "| upload failed: ./a to s3://b/a",
                "code=ExpiredToken operation=PutObject | The provided token has expired.",
                "| upload: ./b to s3://b/b",
                "| upload failed: ./c to s3://b/c",
                "code=SlowDown operation=PutObject | Please reduce your request rate.",
            ],
        ),
        (
            "progress over a carriage return",
            "Completed 1 Byte/1 Byte (6 Bytes/s) with 1 file(s) remaining\rupload failed: ./f to s3://b/f An error occurred (403) when calling the HeadObject operation: Forbidden\r\n",
            &[
                "| Completed 1 Byte/1 Byte (6 Bytes/s) with 1 file(s) remaining",
                "| upload failed: ./f to s3://b/f",
                "code=403 operation=HeadObject | Forbidden",
            ],
        ),
        (
            "--cli-error-format json",
            "{\n    \"Code\": \"ExpiredToken\",\n    \"Message\": \"The provided token has expired.\"\n}",
            &["code=ExpiredToken | The provided token has expired."],
        ),
        (
            "--cli-error-format yaml",
            "Code: ExpiredToken\nMessage: The provided token has expired.\n",
            &["code=ExpiredToken | The provided token has expired."],
        ),
        (
            "--cli-error-format text",
            "ExpiredToken\tThe provided token has expired.\n",
            &["code=ExpiredToken | The provided token has expired."],
        ),
        (
            "--cli-error-format table",
            "---------------------\n|       error       |\n+---------------+---+\n|     Code      |     Message     |\n+---------------+---+\n|  AccessDenied |  Access Denied  |\n+---------------+---+\n",
            &[
                "| error",
                "| Code | Message",
                "code=AccessDenied | Access Denied",
            ],
        ),
        (
            "an exception as Python shows a value",
            "Task failed with ClientError('An error occurred (AccessDenied) when calling the AssumeRole operation: not authorized')",
            &[
                "| Task failed with ClientError",
                "name=ClientError code=AccessDenied operation=AssumeRole | not authorized')",
            ],
        ),
        (
            "the parsed answer as Python shows it",
            "{'Error': {'Code': 'ExpiredToken', 'Message': 'The provided token has expired.'}, 'ResponseMetadata': {'RequestId': 'R1', 'HTTPStatusCode': 400}}",
            &["code=ExpiredToken request=R1 status=400 | The provided token has expired."],
        ),
    ]);
}

#[test]
fn python_tracebacks() {
    check(&[
        (
            "frames and their source lines fall away",
            "Traceback (most recent call last):\n  File \"/app/main.py\", line 3, in <module>\n    s3.put_object(Bucket=\"b\", Key=\"token expired\")\n    ^^^^^^^^^^^^^^^^^\n  File \"/app/botocore/client.py\", line 1094, in _make_api_call\n    raise error_class(parsed_response, operation_name)\nbotocore.exceptions.ClientError: An error occurred (ExpiredToken) when calling the PutObject operation: The provided token has expired.\n",
            &[
                "name=ClientError code=ExpiredToken operation=PutObject | The provided token has expired.",
            ],
        ),
        (
            "the root, printed first, goes last",
            "Traceback (most recent call last):\n  File \"/app/s3fs/core.py\", line 169, in _error_wrapper\n    return await func()\nbotocore.exceptions.ClientError: An error occurred (403) when calling the HeadObject operation: Forbidden\n\nThe above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\n  File \"/app/main.py\", line 4, in <module>\n    fs.cat(\"b/k\")\nPermissionError: Forbidden\n",
            &[
                "name=PermissionError | Forbidden",
                "name=ClientError code=403 operation=HeadObject | Forbidden",
            ],
        ),
        (
            "three links of a chain",
            "Traceback (most recent call last):\nKeyError: 'a'\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\nValueError: b\n\nThe above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\nRuntimeError: c\n",
            &[
                "name=RuntimeError | c",
                "name=ValueError | b",
                "name=KeyError | 'a'",
            ],
        ),
        (
            "a bare error names the credential code in its stack",
            "Traceback (most recent call last):\n  File \"/app/botocore/credentials.py\", line 1095, in load\n    creds = self._retrieve_credentials_using(process)\n  File \"/app/botocore/credentials.py\", line 1124, in _retrieve_credentials_using\n    parsed = json.loads(stdout)\n  File \"/app/json/decoder.py\", line 355, in raw_decode\n    raise JSONDecodeError(\"Expecting value\", s, err.value) from None\njson.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)\n",
            &[
                "name=botocore/credentials.py | _retrieve_credentials_using: parsed = json.loads(stdout)",
                "name=json.decoder.JSONDecodeError | Expecting value: line 1 column 1 (char 0)",
            ],
        ),
        (
            "an error without a message, behind a prompt",
            "Enter MFA code for arn:aws:iam::123456789012:mfa/alice: Traceback (most recent call last):\n  File \"/app/botocore/credentials.py\", line 943, in _assume_role_kwargs\n    token_code = self._mfa_prompter(prompt)\n  File \"/app/getpass.py\", line 69, in unix_getpass\n    raise EOFError\nEOFError\n",
            &[
                "| Enter MFA code for arn:aws:iam::123456789012:mfa/alice",
                "name=botocore/credentials.py | _assume_role_kwargs: token_code = self._mfa_prompter(prompt)",
                "name=EOFError",
            ],
        ),
        (
            "an exception group",
            "  + Exception Group Traceback (most recent call last):\n  |   File \"/app/main.py\", line 3, in <module>\n  |     asyncio.run(main())\n  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)\n  +-+---------------- 1 ----------------\n    | Traceback (most recent call last):\n    |   File \"/app/main.py\", line 9, in up\n    |     await put()\n    | botocore.exceptions.TokenRetrievalError: Error when retrieving token from sso: Token has expired and refresh failed\n    +------------------------------------\n",
            &[
                "name=ExceptionGroup | unhandled errors in a TaskGroup (1 sub-exception)",
                "name=TokenRetrievalError | Error when retrieving token from sso: Token has expired and refresh failed",
            ],
        ),
        (
            "rich draws a box and breaks words",
            "╭──────── Traceback (most recent call last) ────────╮\n│ /app/main.py:12 in <module>                       │\n│ ❱ 12 raise RuntimeError(\"token expired\")          │\n╰───────────────────────────────────────────────────╯\nClientError: An error occurred (AccessDenied) when calling the PutObject operation: User: \narn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Dev_0123456789abcdef/alice\n@example.com is not authorized to perform: s3:PutObject on resource: \n\"arn:aws:s3:::b/k\" with an explicit deny in a resource-based policy\n",
            &[
                "name=ClientError code=AccessDenied operation=PutObject | User: arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Dev_0123456789abcdef/alice @example.com is not authorized to perform: s3:PutObject on resource: \"arn:aws:s3:::b/k\" with an explicit deny in a resource-based policy",
            ],
        ),
        (
            "pytest",
            "    def test_up():\n>       s3.put_object()\n\x1b[1m\x1b[31mE       botocore.exceptions.ClientError: An error occurred (ExpiredToken) when calling the PutObject operation: The provided token has expired.\x1b[0m\n\n\x1b[31mtest_up.py\x1b[0m:7: ClientError\n",
            &[
                "| def test_up(): s3.put_object()",
                "name=ClientError code=ExpiredToken operation=PutObject | The provided token has expired.",
                "| test_up.py:7: ClientError",
            ],
        ),
    ]);
}

#[test]
fn go() {
    check(&[
        (
            "version 2, an api error",
            "operation error S3: PutObject, https response error StatusCode: 400, RequestID: R1, HostID: H=, api error ExpiredToken: The provided token has expired.",
            &[
                "code=ExpiredToken service=S3 operation=PutObject request=R1 status=400 | The provided token has expired.",
            ],
        ),
        (
            "version 2, a call inside a call",
            "error listing: operation error S3: ListObjectsV2, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: R1, api error AccessDenied: User: a is not authorized to perform: sts:AssumeRole on resource: r",
            &[
                "| error listing",
                "service=S3 operation=ListObjectsV2 | operation error S3: ListObjectsV2, get identity: get credentials: failed to refresh cached credentials",
                "code=AccessDenied service=STS operation=AssumeRole request=R1 status=403 | User: a is not authorized to perform: sts:AssumeRole on resource: r",
            ],
        ),
        (
            "version 2, a modelled error without text",
            "refresh cached SSO token failed, unable to refresh SSO token, operation error SSO OIDC: CreateToken, https response error StatusCode: 400, RequestID: R1, InvalidGrantException: ",
            &[
                "| refresh cached SSO token failed, unable to refresh SSO token",
                "name=InvalidGrantException service=SSO OIDC operation=CreateToken request=R1 status=400",
            ],
        ),
        (
            "version 2, no answer at all",
            "no EC2 IMDS role found, operation error ec2imds: GetMetadata, request canceled, context deadline exceeded",
            &[
                "| no EC2 IMDS role found",
                "service=ec2imds operation=GetMetadata | operation error ec2imds: GetMetadata, request canceled, context deadline exceeded",
            ],
        ),
        (
            "version 2, attempts between",
            "operation error S3: PutObject, exceeded maximum number of attempts, 3, https response error StatusCode: 503, RequestID: R1, HostID: H, api error SlowDown: Please reduce your request rate.",
            &[
                "service=S3 operation=PutObject | operation error S3: PutObject, exceeded maximum number of attempts, 3",
                "code=SlowDown service=S3 operation=PutObject request=R1 status=503 | Please reduce your request rate.",
            ],
        ),
        (
            "version 1",
            "ERROR \"ls s3://b/\": AccessDenied: Access Denied\n\tstatus code: 403, request id: R1, host id: H=",
            &[
                "| \"ls s3://b/\"",
                "name=AccessDenied request=R1 status=403 | Access Denied",
            ],
        ),
        (
            "version 1, caused by",
            "2026/11/21 21:20:04 failed to upload: NoCredentialProviders: no valid providers in chain\ncaused by: EnvAccessKeyNotFound: failed to find credentials in the environment.\nSharedCredsLoad: failed to load profile, dev.",
            &[
                "| failed to upload",
                "name=NoCredentialProviders | no valid providers in chain",
                "name=EnvAccessKeyNotFound | failed to find credentials in the environment.",
                "name=SharedCredsLoad | failed to load profile, dev.",
            ],
        ),
        (
            "a panic",
            "panic: operation error STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: R1, api error InvalidClientTokenId: The security token included in the request is invalid.\n\ngoroutine 1 [running]:\nmain.main()\n\t/app/main.go:12 +0x1d\nexit status 2\n",
            &[
                "code=InvalidClientTokenId service=STS operation=GetCallerIdentity request=R1 status=403 | The security token included in the request is invalid.",
                "| main.main()",
                "| exit status 2",
            ],
        ),
    ]);
}

#[test]
fn javascript() {
    check(&[
        (
            "version 3 as the console prints it",
            "AccessDenied: User: a is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/k\" because no identity-based policy allows the s3:GetObject action\n    at throwDefaultError (/app/node_modules/@smithy/smithy-client/index.js:8:22)\n    at async main (file:///app/main.mjs:3:1) {\n  '$fault': 'client',\n  '$retryable': undefined,\n  '$metadata': {\n    httpStatusCode: 403,\n    requestId: 'R1',\n    attempts: 1\n  },\n  Code: 'AccessDenied',\n  HostId: 'H='\n}\n",
            &[
                "name=AccessDenied code=AccessDenied request=R1 status=403 | User: a is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/k\" because no identity-based policy allows the s3:GetObject action",
            ],
        ),
        (
            "a query service repeats itself in Error",
            "STSServiceException [ValidationError]: Duration exceeds the maximum.\n    at handleError (/app/index.js:914:65) {\n  '$metadata': { httpStatusCode: 400, requestId: 'R1' },\n  Type: 'Sender',\n  Code: 'ValidationError',\n  Error: {\n    Type: 'Sender',\n    Code: 'ValidationError',\n    Message: 'Duration exceeds the maximum.'\n  }\n}",
            &[
                "name=STSServiceException code=ValidationError request=R1 status=400 | Duration exceeds the maximum.",
            ],
        ),
        (
            "a wrapper with its cause",
            "S3OperationError [CredentialsProviderError]: S3 put failed CredentialsProviderError — Token is expired.\n    at wrap (file:///app/cases.mjs:359:11) {\n  httpStatusCode: undefined,\n  code: 'CredentialsProviderError',\n  [cause]: CredentialsProviderError: Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.\n      at resolve (/app/node_modules/@aws-sdk/credential-provider-sso/index.js:33:19) {\n    tryNextLink: false\n  }\n}",
            &[
                "name=S3OperationError code=CredentialsProviderError | S3 put failed CredentialsProviderError — Token is expired.",
                "name=CredentialsProviderError | Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
            ],
        ),
        (
            "the message names the error underneath",
            "CredentialsProviderError: UnauthorizedException: Session token not found or invalid\n    at resolve (/app/node_modules/@aws-sdk/credential-provider-sso/index.js:80:13) {\n  tryNextLink: false\n}",
            &[
                "name=CredentialsProviderError",
                "name=UnauthorizedException | Session token not found or invalid",
            ],
        ),
        (
            "only the stack tells whose error it is",
            "TypeError: Cannot read properties of undefined (reading 'sso_region')\n    at /app/node_modules/@aws-sdk/credential-provider-sso/dist-cjs/index.js:200:15\n    at async main (file:///app/main.mjs:3:1)\n",
            &[
                "name=@aws-sdk/credential-provider-sso",
                "name=TypeError | Cannot read properties of undefined (reading 'sso_region')",
            ],
        ),
        (
            "an OAuth answer gives the text that the error lacks",
            "ExpiredTokenException: UnknownError\n    at handleError (/app/index.js:386:27) {\n  '$metadata': { httpStatusCode: 400 },\n  error: 'expired_token',\n  error_description: 'Device code has expired'\n}",
            &["name=ExpiredTokenException status=400 | Device code has expired"],
        ),
        (
            "version 2 nests",
            "Error [CredentialsError]: Missing credentials in config\n    at request (/app/index.js:100:16) {\n  time: 2026-11-21T21:13:01.978Z,\n  originalError: {\n    message: 'Could not load credentials from any providers',\n    originalError: [Object],\n    code: 'CredentialsError'\n  },\n  code: 'CredentialsError'\n}",
            &[
                "name=CredentialsError code=CredentialsError | Missing credentials in config",
                "code=CredentialsError | Could not load credentials from any providers",
            ],
        ),
        (
            "version 2, a bodyless answer",
            "Forbidden: null\n    at extractError (/app/s3.js:737:35) {\n  code: 'Forbidden',\n  requestId: 'R1',\n  statusCode: 403,\n  retryable: false\n}",
            &["name=Forbidden code=Forbidden request=R1 status=403 | null"],
        ),
        (
            "Deno quotes doubly",
            "ExpiredToken: The provided token has expired.\n    at main (file:///app/main.ts:3:1) {\n  \"$metadata\": {\n    httpStatusCode: 400,\n    requestId: \"R1\"\n  },\n  Code: \"ExpiredToken\"\n}",
            &[
                "name=ExpiredToken code=ExpiredToken request=R1 status=400 | The provided token has expired.",
            ],
        ),
        (
            "a system error",
            "Error: ENOENT: no such file or directory, open '/home/a/token'\n    at open (node:fs:573:18)\n    at fromTokenFile (/app/node_modules/@aws-sdk/credential-provider-web-identity/index.js:3:1) {\n  errno: -2,\n  code: 'ENOENT',\n  syscall: 'open'\n}",
            &[
                "name=@aws-sdk/credential-provider-web-identity",
                "code=ENOENT | ENOENT: no such file or directory, open '/home/a/token'",
            ],
        ),
    ]);
}

#[test]
fn rust() {
    check(&[
        (
            "Display of a chain",
            "dispatch failure: other: an error occurred while loading credentials: service error: UnauthorizedException: Session token not found or invalid: UnauthorizedException: Session token not found or invalid",
            &[
                "| dispatch failure: other: an error occurred while loading credentials: service error",
                "name=UnauthorizedException | Session token not found or invalid",
            ],
        ),
        (
            "an unmodelled error with its Debug behind",
            "service error: unhandled error (ExpiredToken): Error { code: \"ExpiredToken\", message: \"The provided token has expired.\", aws_request_id: \"R1\" } (ServiceError(ServiceError { source: Unhandled(Unhandled { source: ErrorMetadata { code: Some(\"ExpiredToken\"), message: Some(\"The provided token has expired.\"), extras: Some({\"aws_request_id\": \"R1\"}) } }), raw: Response { status: StatusCode(400), headers: {\"content-type\": \"application/xml\"}, body: SdkBody { inner: Once(Some(b\"<?xml version=\\\"1.0\\\"?>\\n<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message><Token-0>SECRET</Token-0></Error>\")), retryable: true } } }))",
            &[
                "| service error: unhandled error (ExpiredToken): Error",
                "code=ExpiredToken request=R1 status=400 | The provided token has expired.",
            ],
        ),
        (
            "a JSON body in Debug",
            "raw: Response { status: StatusCode(401), body: SdkBody { inner: Once(Some(b\"{\\\"__type\\\":\\\"com.amazonaws.switchboard.portal#UnauthorizedException\\\",\\\"message\\\":\\\"Session token not found or invalid\\\"}\")) } }",
            &[
                "status=401 | raw: Response",
                "code=UnauthorizedException | Session token not found or invalid",
            ],
        ),
        (
            "Debug of what has no code",
            "ProviderError(ProviderError { source: ProviderError(ProviderError { source: ExpiredToken }) })",
            &[
                "| ProviderError(ProviderError { source: ProviderError(ProviderError { source: ExpiredToken }) })",
            ],
        ),
        (
            "OpenDAL",
            "PermissionDenied (permanent) at read, context: { service_operation: GetObject, uri: http://127.0.0.1:1/b/k, response: Parts { status: 403, version: HTTP/1.1, headers: {} }, service: s3, path: k } => S3Error { code: \"AccessDenied\", message: \"not authorized on \\\"arn:aws:s3:::b/k\\\"\", resource: \"\", request_id: \"R1\" }",
            &[
                "operation=GetObject status=403 | PermissionDenied (permanent) at read, context",
                "code=AccessDenied request=R1 | not authorized on \"arn:aws:s3:::b/k\"",
            ],
        ),
        (
            "object_store",
            "Generic S3 error: Error performing PUT http://127.0.0.1:1/b/k in 19ms - Server returned non-2xx status code: 400 Bad Request: <?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message><Token-0>SECRET</Token-0><RequestId>R1</RequestId></Error>",
            &[
                "status=400 | Generic S3 error: Error performing PUT http://127.0.0.1:1/b/k in 19ms - Server returned non-2xx status code: 400 Bad Request",
                "code=ExpiredToken request=R1 | The provided token has expired.",
            ],
        ),
        (
            "arrows split the text at colons",
            "OSError: Kernel error -> Generic S3 error\n          \x1b[31m↳\x1b[0m Server returned non-2xx status code\n           \x1b[31m↳\x1b[0m 403 Forbidden\n            \x1b[31m↳\x1b[0m <Error><Code>AccessDenied</Code><Message>User\n             \x1b[31m↳\x1b[0m arn:aws:iam::1:user/a is not authorized to perform\n              \x1b[31m↳\x1b[0m s3:GetObject</Message></Error>\n",
            &[
                "name=OSError | Kernel error -> Generic S3 error Server returned non-2xx status code 403 Forbidden",
                "code=AccessDenied | User arn:aws:iam::1:user/a is not authorized to perform s3:GetObject",
            ],
        ),
        (
            "a drawn list of causes",
            "icechunk.IcechunkError:   x dispatch failure\n  | \n  | context:\n  |    0: icechunk::repository::open\n  |              at icechunk/src/repository.rs:260\n  | \n  |-> an error occurred while loading credentials\n  `-> ExpiredTokenException: Token expired: current date/time 2 must be before the expiration date/time 1\n",
            &[
                "name=icechunk.IcechunkError | x dispatch failure",
                "| context",
                "| 0: icechunk::repository::open",
                "| an error occurred while loading credentials",
                "name=ExpiredTokenException | Token expired: current date/time 2 must be before the expiration date/time 1",
            ],
        ),
        (
            "a numbered list of causes",
            "Error: failed to upload\n\nCaused by:\n    0: dispatch failure\n    1: an error occurred while loading credentials\n    2: the SSO token has expired and cannot be refreshed\n",
            &[
                "| failed to upload",
                "| 0: dispatch failure",
                "| 1: an error occurred while loading credentials",
                "| 2: the SSO token has expired and cannot be refreshed",
            ],
        ),
    ]);
}

#[test]
fn java_and_kotlin() {
    check(&[
        (
            "version 2",
            "Exception in thread \"main\" software.amazon.awssdk.services.s3.model.S3Exception: The provided token has expired. (Service: S3, Status Code: 400, Request ID: R1, Extended Request ID: H=) (SDK Attempt Count: 1)\n\tat software.amazon.awssdk.core.Handler.handle(Handler.java:156)\n",
            &[
                "| Exception in thread \"main\"",
                "name=software.amazon.awssdk.services.s3.model.S3Exception service=S3 request=R1 status=400 | The provided token has expired.",
                "| (SDK Attempt Count: 1)",
            ],
        ),
        (
            "version 2, the class is the code",
            "software.amazon.awssdk.services.sso.model.UnauthorizedException: Session token not found or invalid (Service: Sso, Status Code: 401, Request ID: R1)",
            &[
                "name=software.amazon.awssdk.services.sso.model.UnauthorizedException code=UnauthorizedException service=Sso request=R1 status=401 | Session token not found or invalid",
            ],
        ),
        (
            "version 2, caused by",
            "2026-11-21 21:10:00,123 ERROR [main] c.e.Uploader - upload failed\njava.util.concurrent.CompletionException: software.amazon.awssdk.core.exception.SdkClientException: Unable to load credentials from any of the providers in the chain\n\tat java.base/java.util.concurrent.CompletableFuture.encode(CompletableFuture.java:315)\n\t... 12 more\nCaused by: software.amazon.awssdk.services.sso.auth.ExpiredTokenException: The SSO session associated with this profile has expired or is otherwise invalid.\n\tat software.amazon.awssdk.services.sso.auth.SsoCredentialsProvider.resolve(SsoCredentialsProvider.java:99)\n\t... 24 common frames omitted\n",
            &[
                "| upload failed",
                "name=java.util.concurrent.CompletionException",
                "name=software.amazon.awssdk.core.exception.SdkClientException | Unable to load credentials from any of the providers in the chain",
                "name=software.amazon.awssdk.services.sso.auth.ExpiredTokenException | The SSO session associated with this profile has expired or is otherwise invalid.",
            ],
        ),
        (
            "version 1",
            "com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: R1; S3 Extended Request ID: H=; Proxy: null)",
            &[
                "name=com.amazonaws.services.s3.model.AmazonS3Exception code=AccessDenied service=S3 request=R1 status=403 | Access Denied",
            ],
        ),
        (
            "version 1 without a body",
            "com.amazonaws.services.s3.model.AmazonS3Exception: Forbidden (Service: Amazon S3; Status Code: 403; Error Code: 403 Forbidden; Request ID: R1)",
            &[
                "name=com.amazonaws.services.s3.model.AmazonS3Exception code=Forbidden service=S3 request=R1 status=403 | Forbidden",
            ],
        ),
        (
            "a class of the language that has a name of AWS",
            "java.nio.file.AccessDeniedException: s3a://b/k: getFileStatus on s3a://b/k",
            &["name=java.nio.file.AccessDeniedException | s3a://b/k: getFileStatus on s3a://b/k"],
        ),
        (
            "Kotlin",
            "aws.sdk.kotlin.services.dynamodb.model.ExpiredTokenException: The security token included in the request is expired",
            &[
                "name=aws.sdk.kotlin.services.dynamodb.model.ExpiredTokenException code=ExpiredTokenException | The security token included in the request is expired",
            ],
        ),
    ]);
}

#[test]
fn other_languages() {
    check(&[
        (
            ".NET, inner exception",
            "Unhandled exception. Amazon.S3.AmazonS3Exception: The provided token has expired.\n ---> Amazon.Runtime.Internal.HttpErrorResponseException: Exception of type HttpErrorResponseException was thrown.\n   at Amazon.Runtime.Handler.Process(Message message)\n   --- End of inner exception stack trace ---\n   at Program.<Main>$(String[] args) in /app/Program.cs:line 9\n",
            &[
                "| Unhandled exception.",
                "name=Amazon.S3.AmazonS3Exception | The provided token has expired.",
                "name=Amazon.Runtime.Internal.HttpErrorResponseException | Exception of type HttpErrorResponseException was thrown.",
            ],
        ),
        (
            "PowerShell",
            "Get-S3Object : The security token included in the request is expired\nAt line:1 char:1\n+ Get-S3Object -BucketName x\n+ ~~~~~~~~~~~~~~~~~~~~~~~~~~\n",
            &[
                "| Get-S3Object : The security token included in the request is expired",
                "| At line:1 char:1",
                "| + Get-S3Object -BucketName x",
            ],
        ),
        (
            "Ruby",
            "/usr/lib/ruby/seahorse/raise_response_errors.rb:17:in `call': The provided token has expired. (Aws::S3::Errors::ExpiredToken)\n\tfrom /usr/lib/ruby/sse_cpk.rb:24:in `call'\n",
            &["code=ExpiredToken service=S3 | The provided token has expired."],
        ),
        (
            "Ruby, class first",
            "Aws::STS::Errors::ExpiredTokenException: The security token included in the request is expired\nAws::Errors::MissingCredentialsError: unable to sign request without credentials set",
            &[
                "code=ExpiredTokenException service=STS | The security token included in the request is expired",
                "name=Aws::Errors::MissingCredentialsError | unable to sign request without credentials set",
            ],
        ),
        (
            "PHP",
            "PHP Fatal error:  Uncaught exception 'Aws\\S3\\Exception\\S3Exception' with message 'Error executing \"PutObject\" on \"https://b.s3.amazonaws.com/k\"; AWS HTTP error: Client error: resulted in a `400 Bad Request` response:\n ExpiredToken (client): The provided token has expired. - <?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>'\n#0 /app/vendor/x.php(72): Foo->bar()\n",
            &[
                "| PHP Fatal error: Uncaught exception 'Aws\\S3\\Exception\\S3Exception' with message 'Error",
                "operation=PutObject | https://b.s3.amazonaws.com/k\"; AWS HTTP error: Client error: resulted in a `400 Bad Request` response",
                "code=ExpiredToken | The provided token has expired.",
            ],
        ),
        (
            "Swift",
            "UnknownAWSHTTPServiceError(typeName: Optional(\"ExpiredToken\"), message: Optional(\"The provided token has expired.\"), requestID: Optional(\"R1\"))",
            &["code=ExpiredToken request=R1 | The provided token has expired."],
        ),
        (
            "Elixir",
            "{:error, {:http_error, 403, %{body: \"<?xml version=\\\"1.0\\\"?>\\n<Error><Code>InvalidAccessKeyId</Code><Message>The AWS Access Key Id you provided does not exist in our records.</Message></Error>\", status_code: 403}}}",
            &[
                "code=InvalidAccessKeyId status=403 | The AWS Access Key Id you provided does not exist in our records.",
            ],
        ),
        (
            "C++, as Arrow prints it",
            "OSError: When reading information for key 'k' in bucket 'b': AWS Error ACCESS_DENIED during HeadObject operation: No response body.",
            &[
                "name=OSError | When reading information for key 'k' in bucket 'b'",
                "code=AccessDenied operation=HeadObject | No response body.",
            ],
        ),
        (
            "C++, a code that it does not know",
            "AWS Error UNKNOWN (HTTP status 400) during PutObject operation: Unable to parse ExceptionName: ExpiredToken Message: The provided token has expired.",
            &["code=ExpiredToken operation=PutObject status=400 | The provided token has expired."],
        ),
        (
            "s3cmd",
            "ERROR: S3 error: 403 (SignatureDoesNotMatch): The request signature we calculated does not match.\nERROR: S3 error: 403 (Forbidden)",
            &[
                "| S3 error: 403",
                "code=SignatureDoesNotMatch service=S3 status=403 | The request signature we calculated does not match.",
                "| S3 error: 403",
                "code=Forbidden service=S3 status=403",
            ],
        ),
        (
            "MinIO for Python",
            "S3Error: S3 operation failed; code: ExpiredToken, message: The provided token has expired., resource: None, request_id: R1, host_id: H",
            &[
                "name=S3Error | S3 operation failed",
                "code=ExpiredToken request=R1 | The provided token has expired., resource: None",
                "| host_id: H",
            ],
        ),
    ]);
}

#[test]
fn bodies() {
    check(&[
        (
            "an error of S3",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>User &quot;a&quot; isn&apos;t &#60;allowed&#x3e;</Message><Expires>2026-11-21T20:51:00Z</Expires><RequestId>R1</RequestId></Error>",
            &["code=AccessDenied request=R1 | User \"a\" isn't <allowed>"],
        ),
        (
            "an error of STS, laid out",
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n  <Error>\n    <Type>Sender</Type>\n    <Code>ExpiredToken</Code>\n    <Message>The security token included in the request is expired</Message>\n  </Error>\n  <RequestId>R1</RequestId>\n</ErrorResponse>\n",
            &[
                "code=ExpiredToken request=R1 | The security token included in the request is expired",
            ],
        ),
        (
            "a body that was cut off",
            "<Error><Code>ExpiredToken</Code><Message>The provided token has exp",
            &["code=ExpiredToken | The provided token has exp"],
        ),
        (
            "an error of a JSON service",
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ExpiredTokenException\",\"message\":\"The security token included in the request is expired\"}",
            &["code=ExpiredTokenException | The security token included in the request is expired"],
        ),
        (
            "JSON cut off",
            "{\"__type\":\"ExpiredTokenException\",\"message\":\"The security token incl",
            &["code=ExpiredTokenException | The security token incl"],
        ),
        (
            "JSON within JSON within JSON",
            "{\"message\":\"{\\\"body\\\":\\\"{\\\\\\\"code\\\\\\\":\\\\\\\"ExpiredToken\\\\\\\",\\\\\\\"message\\\\\\\":\\\\\\\"expired\\\\\\\"}\\\"}\"}",
            &["code=ExpiredToken | expired"],
        ),
        (
            "CloudTrail",
            "{\"userIdentity\":{\"type\":\"AssumedRole\",\"arn\":\"arn:aws:sts::1:x\"},\"eventName\":\"PutObject\",\"errorCode\":\"AccessDenied\",\"errorMessage\":\"User: x is not authorized to perform: s3:PutObject\",\"requestID\":\"R1\"}",
            &[
                "code=AccessDenied operation=PutObject request=R1 | User: x is not authorized to perform: s3:PutObject",
            ],
        ),
    ]);
}

#[test]
fn logs() {
    check(&[
        (
            "warnings go before errors",
            "2026-11-21T21:10:00Z ERROR upload failed: ExpiredToken: The provided token has expired.\n2026-11-21T21:10:01Z WARN ExpiredToken: The provided token has expired.\n2026-11-21T21:10:02Z [DEBUG] AccessDenied: Access Denied\n",
            &[
                "name=ExpiredToken | The provided token has expired.",
                "name=AccessDenied | Access Denied",
                "| upload failed",
                "name=ExpiredToken | The provided token has expired.",
            ],
        ),
        (
            "a sentence in the place of a code",
            "2015/11/04 23:02:53.910241 s3.ERROR code=The request signature does not match. msg=403 request=\n",
            &[
                "| s3.ERROR code=The request signature does not match.",
                "| 403 request",
            ],
        ),
        (
            "so do attempts that were repeated",
            "ExpiredToken: The provided token has expired. Retrying in 2 s\nSlowDown: Please reduce your request rate.\n",
            &[
                "name=ExpiredToken | The provided token has expired. Retrying in 2 s",
                "name=SlowDown | Please reduce your request rate.",
            ],
        ),
        (
            "pino",
            "{\"level\":40,\"msg\":\"refresh: ExpiredToken\"}\n{\"level\":50,\"err\":{\"type\":\"CredentialsProviderError\",\"message\":\"Token is expired.\",\"stack\":\"CredentialsProviderError: Token is expired.\\n    at f (/app/x.js:3:1)\"},\"msg\":\"upload failed\"}\n",
            &[
                "| refresh: ExpiredToken",
                "name=CredentialsProviderError code=CredentialsProviderError | Token is expired.",
                "| upload failed",
            ],
        ),
        (
            "a Lambda function",
            "2026-11-21T21:10:00.123Z\t8b4e3f12-6d51-4c3d-9d0e-0a1b2c3d4e5f\tERROR\tInvoke Error \t{\"errorType\":\"ExpiredTokenException\",\"errorMessage\":\"The security token included in the request is expired\",\"stack\":[\"ExpiredTokenException: The security token included in the request is expired\",\"    at f (/var/runtime/x.js:52:27)\"]}",
            &[
                "| Invoke Error",
                "name=ExpiredTokenException code=ExpiredTokenException | The security token included in the request is expired",
            ],
        ),
        (
            "logfmt",
            "time=\"2026-11-21T21:10:00Z\" level=warning msg=\"ExpiredToken\"\ntime=\"2026-11-21T21:10:00Z\" level=error msg=\"upload failed\" error=\"SlowDown: Please reduce your request rate.\\n\\tstatus code: 503, request id: R1\"\n",
            &[
                "| ExpiredToken",
                "| upload failed",
                "name=SlowDown request=R1 status=503 | Please reduce your request rate.",
            ],
        ),
        (
            "docker compose",
            "web-1  | 2026-11-21T21:10:00Z [ERROR] app: botocore.exceptions.NoCredentialsError: Unable to locate credentials\ndb-1   | ready\n",
            &[
                "| app",
                "name=NoCredentialsError | Unable to locate credentials",
                "| ready",
            ],
        ),
        (
            "klog",
            "E1121 21:19:53.029743    4805 memcache.go:265] \"Unhandled Error\" err=\"couldn't get list: Get \\\"https://h/api\\\": getting credentials: exec: executable aws failed with exit code 255\"\n",
            &[
                "| couldn't get list: Get \"https://h/api\": getting credentials: exec: executable aws failed with exit code 255",
            ],
        ),
        (
            "a workflow, as its client prints it",
            "deploy\tConfigure\t2026-11-21T21:10:00.1Z ##[group]Run x\ndeploy\tConfigure\t2026-11-21T21:10:02.1Z ##[error]Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity\n",
            &[
                "| Run x",
                "| Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity",
            ],
        ),
        (
            "workflow commands",
            "::warning::Token expires soon\n::error file=a.sh,line=1::The security token included in the request is expired\n",
            &[
                "| Token expires soon",
                "| The security token included in the request is expired",
            ],
        ),
        (
            "syslog",
            "Nov 21 21:20:04 host backup[123]: ERROR: Unable to locate credentials\n",
            &["| Unable to locate credentials"],
        ),
        (
            "Python logging",
            "ERROR:botocore.credentials:Refreshing failed\n2026-11-21 21:10:00,123 - MainThread - botocore.auth - DEBUG - Calculating signature\n",
            &["| Calculating signature", "| Refreshing failed"],
        ),
        (
            "npm",
            "npm error code E401\nnpm error Unable to authenticate\n",
            &["| code E401", "| Unable to authenticate"],
        ),
    ]);
}

#[test]
fn infrastructure_tools() {
    check(&[
        (
            "Terraform draws a box and wraps inside sentences",
            "\x1b[31m╷\x1b[0m\x1b[0m\n\x1b[31m│\x1b[0m \x1b[0m\x1b[1m\x1b[31mError: \x1b[0m\x1b[0m\x1b[1mCannot assume IAM Role\x1b[0m\n\x1b[31m│\x1b[0m \x1b[0m\n\x1b[31m│\x1b[0m \x1b[0m  * The role ARN is not valid\n\x1b[31m│\x1b[0m \x1b[0m\n\x1b[31m│\x1b[0m \x1b[0mError: operation error STS: AssumeRole, https response error StatusCode:\n\x1b[31m│\x1b[0m \x1b[0m403, RequestID: R1, api error\n\x1b[31m│\x1b[0m \x1b[0mAccessDenied: User: a is not authorized\n\x1b[31m│\x1b[0m \x1b[0mto perform: sts:AssumeRole on resource: r\n\x1b[31m╵\x1b[0m\x1b[0m\n",
            &[
                "| Cannot assume IAM Role",
                "| The role ARN is not valid",
                "code=AccessDenied service=STS operation=AssumeRole request=R1 status=403 | User: a is not authorized to perform: sts:AssumeRole on resource: r",
            ],
        ),
        (
            "OpenTofu",
            "╷\n│ Error: No valid credential sources found\n│ \n│   with provider[\"registry.opentofu.org/hashicorp/aws\"],\n│   on main.tf line 10, in provider \"aws\":\n│ \n│ Error: failed to refresh cached credentials, the SSO session has expired or\n│ is invalid: expired SSO token\n╵\n",
            &[
                "| No valid credential sources found",
                "| with provider[\"registry.opentofu.org/hashicorp/aws\"], on main.tf line 10, in provider \"aws\"",
                "| failed to refresh cached credentials, the SSO session has expired or is invalid: expired SSO token",
            ],
        ),
        (
            "Pulumi",
            "Diagnostics:\n  aws:s3:Bucket (b):\n    error: 1 error occurred:\n    \t* creating S3 Bucket (b): operation error S3: CreateBucket, https response error StatusCode: 403, RequestID: R1, HostID: H=, api error AccessDenied: Access Denied\n\n  pulumi:pulumi:Stack (x-dev):\n    error: update failed\n",
            &[
                "| Diagnostics: aws:s3:Bucket (b)",
                "| 1 error occurred",
                "| creating S3 Bucket (b)",
                "code=AccessDenied service=S3 operation=CreateBucket request=R1 status=403 | Access Denied",
                "| pulumi:pulumi:Stack (x-dev)",
                "| update failed",
            ],
        ),
        (
            "the CDK",
            "❌ Deployment failed: AssumeRoleExpiredToken: Assuming role failed: ExpiredToken\nExpiredToken: The security token included in the request is expired\n",
            &[
                "| Deployment failed",
                "name=AssumeRoleExpiredToken | Assuming role failed: ExpiredToken",
                "name=ExpiredToken | The security token included in the request is expired",
            ],
        ),
        (
            "CloudFormation's own handlers, with a code that says less than the service",
            "Resource handler returned message: \"The security token included in the request is expired (Service: Iam, Status Code: 403, Request ID: R1)\" (RequestToken: T1, HandlerErrorCode: AccessDenied)\n",
            &[
                "code=AccessDenied service=Iam request=R1 status=403 | Resource handler returned message: \"The security token included in the request is expired",
            ],
        ),
        (
            "serverless",
            "✖ Error:\nThe security token included in the request is expired\n",
            &["| The security token included in the request is expired"],
        ),
        (
            "Kubernetes",
            "  Warning  FailedMount  2s  kubelet  failed to mount: db: AccessDeniedException: User: x is not authorized to perform: secretsmanager:GetSecretValue\n\tstatus code: 400, request id: R1\n",
            &[
                "| Warning FailedMount 2s kubelet failed to mount: db",
                "name=AccessDeniedException request=R1 status=400 | User: x is not authorized to perform: secretsmanager:GetSecretValue",
            ],
        ),
    ]);
}

#[test]
fn plain_text() {
    check(&[
        (
            "two plain lines are two causes",
            "Unable to locate credentials\nexit status 1\n",
            &["| Unable to locate credentials", "| exit status 1"],
        ),
        (
            "a wrapped sentence is one",
            "The SSO session associated with this profile has expired. To refresh this SSO session\nrun aws sso login with the corresponding profile.\n",
            &[
                "| The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.",
            ],
        ),
        (
            "colours that lost their escape character",
            "[31m[1mError: [0mToken has expired and refresh failed[0m\n",
            &["| Token has expired and refresh failed"],
        ),
        ("nothing", "\n \r\n----\n", &[]),
    ]);
}

#[test]
fn tracebacks_in_boxes() {
    check(&[
        (
            "an ordinary one in the box of another tool",
            "│ Error: External Program Execution Failed\n│ Traceback (most recent call last):\n│   File \"/app/state.py\", line 7, in <module>\n│     main()\n│ botocore.exceptions.TokenRetrievalError: Error when retrieving token from sso: Token has expired and refresh failed\n╵\n",
            &[
                "| External Program Execution Failed",
                "name=TokenRetrievalError | Error when retrieving token from sso: Token has expired and refresh failed",
            ],
        ),
        (
            "a panel, whose lines are source",
            "╭──── Traceback (most recent call last) ────╮\n│ /app/a.py:3 in main                       │\n│ ❱ 3   s3.put_object()                     │\n╰───────────────────────────────────────────╯\nClientError: An error occurred (ExpiredToken) when calling the PutObject operation: gone\n",
            &["name=ClientError code=ExpiredToken operation=PutObject | gone"],
        ),
    ]);
}

#[test]
fn lines_that_belong_together_behind_a_log_prefix() {
    check(&[
        (
            "the status of Go's version 1",
            "2026-11-21T10:00:00Z ERROR InvalidChangeBatch: it already exists\n2026-11-21T10:00:00Z ERROR \tstatus code: 400, request id: R1\n",
            &["name=InvalidChangeBatch request=R1 status=400 | it already exists"],
        ),
        (
            "an XML body",
            "[2026-11-21 10:00:00,123] ERROR - <Error>\n[2026-11-21 10:00:00,123] ERROR -     <Code>AccessDenied</Code>\n[2026-11-21 10:00:00,123] ERROR -     <Message>Request has expired</Message>\n[2026-11-21 10:00:00,123] ERROR - </Error>\n",
            &["code=AccessDenied | Request has expired"],
        ),
        (
            "an XML body behind a container runtime's stream",
            "2026-11-21T10:00:00.1Z stderr F <Error>\n2026-11-21T10:00:00.1Z stderr F   <Code>AccessDenied</Code>\n2026-11-21T10:00:00.1Z stderr F   <Message>Request has expired</Message>\n2026-11-21T10:00:00.1Z stderr F </Error>\n",
            &["code=AccessDenied | Request has expired"],
        ),
        (
            "frames",
            "2026-11-21T10:00:00Z CredentialsProviderError: Could not load credentials\n2026-11-21T10:00:00Z     at resolve (/app/a.js:1:2)\n",
            &["name=CredentialsProviderError | Could not load credentials"],
        ),
        (
            "two errors of different levels stay two",
            "2026-11-21T10:00:00Z ERROR ExpiredToken: gone\n2026-11-21T10:00:00Z FATAL  giving up\n",
            &["name=ExpiredToken | gone", "| giving up"],
        ),
        (
            "the step of an image, and the seconds since it began",
            "#8 1.304 ExpiredToken: gone\n#8 1.305     at deploy (/app/x.js:1:2)\n#8 ERROR: giving up\n",
            &["name=ExpiredToken | gone", "| giving up"],
        ),
        (
            "the seconds alone",
            "120.5 ExpiredToken: gone\n120.5 \tstatus code: 400, request id: R1\n",
            &["name=ExpiredToken request=R1 status=400 | gone"],
        ),
        (
            "the lines of a workflow command",
            "::error::deploy failed%0D%0AExpiredToken: gone%0D%0A    at deploy (/app/x.js:1:2)\n",
            &["| deploy failed", "name=ExpiredToken | gone"],
        ),
        (
            "what is for the terminal's own",
            "\u{1b}_bk;t=1764000000000\u{7}ExpiredToken: gone\n",
            &["name=ExpiredToken | gone"],
        ),
        (
            "a box with colours",
            "2026-11-21T10:00:00.1Z \u{1b}[31m\u{2577}\u{1b}[0m\n2026-11-21T10:00:00.1Z \u{1b}[31m\u{2502}\u{1b}[0m Error: failed to read cached SSO\n2026-11-21T10:00:00.1Z \u{1b}[31m\u{2502}\u{1b}[0m token file, open\n2026-11-21T10:00:00.1Z \u{1b}[31m\u{2575}\u{1b}[0m\n",
            &["| failed to read cached SSO token file, open"],
        ),
        (
            "a quoted page",
            "> ExpiredToken: gone\n> \tstatus code: 400, request id: R1\n",
            &["name=ExpiredToken request=R1 status=400 | gone"],
        ),
    ]);
}

#[test]
fn errors_that_nobody_caught() {
    let error = "CredentialsProviderError: Token is expired";
    for before in [
        "Uncaught (in promise) ",
        "Uncaught ",
        "Unhandled rejection ",
        "Unhandled Rejection: ",
        "Uncaught (in promise) Error: ",
        "Error: Error: ",
        "2026-11-21T10:00:00Z ERROR Uncaught Exception: ",
    ] {
        let causes = text::read(&format!("{before}{error}\n    at f (a.js:1:2)\n")).causes;
        let read: Vec<_> = causes.iter().map(line).collect();
        assert_eq!(
            read,
            ["name=CredentialsProviderError | Token is expired"],
            "{before}"
        );
    }
    check(&[(
        "within a sentence",
        "deploy failed: Uncaught (in promise) Error: Credential is missing",
        &["| deploy failed", "| Credential is missing"],
    )]);
}

#[test]
fn keeps_the_root_of_a_recognised_error_in_a_long_text() {
    let mut printed = String::from(
        "WebIdentityErr: failed to retrieve credentials\ncaused by: dial tcp 10.0.0.1:443: i/o timeout\n\n",
    );
    for count in 0..200 {
        printed.push_str(&format!("processed batch {count} of many\n\n"));
    }
    let causes = text::read(&printed).causes;
    let at = causes
        .iter()
        .position(|cause| cause.name.as_deref() == Some("WebIdentityErr"))
        .expect("the error is kept");
    assert!(line(&causes[at + 1]).contains("dial tcp"), "{causes:?}");
}

#[test]
fn entities_of_html() {
    check(&[
        (
            "a body in a page",
            "&lt;Error&gt;&lt;Code&gt;ExpiredToken&lt;/Code&gt;&lt;Message&gt;The token&#x27;s &quot;life&quot; &amp; time has ended&lt;/Message&gt;&lt;/Error&gt;",
            &["code=ExpiredToken | The token's \"life\" & time has ended"],
        ),
        (
            "numbers in a sentence",
            "AccessDenied: User &#39;dev&#39; is not authorized",
            &["name=AccessDenied | User 'dev' is not authorized"],
        ),
        (
            "what is no entity stays",
            "AccessDenied: /a?x=1&lt=2&foo; &#xffffffff;",
            &["name=AccessDenied | /a?x=1&lt=2&foo; &#xffffffff"],
        ),
    ]);
}

#[test]
fn lines_that_a_terminal_cut() {
    let error = "Traceback in deploy: An error occurred (OptInRequired) when calling the DescribeInstances operation: The AWS Access Key Id needs a subscription for the service, and that is a long story which goes on";
    for width in [80, 120] {
        let chars: Vec<_> = error.chars().collect();
        let lines: Vec<String> = chars
            .chunks(width)
            .map(|line| line.iter().collect())
            .collect();
        assert_eq!(
            text::read(&lines.join("\n")),
            text::read(error),
            "at {width}"
        );
    }
    let rule = "=".repeat(80);
    let boxed = format!("│{}│", "AccessDenied: no".to_owned() + &" ".repeat(62));
    let next = "ExpiredToken: gone";
    for full in [rule, boxed, format!("{:80}", "padded to the edge")] {
        let causes = text::read(&format!("{full}\n{next}\n")).causes;
        assert_eq!(
            causes.last().map(line).as_deref(),
            Some("name=ExpiredToken | gone"),
            "{full}"
        );
    }
}

#[test]
fn texts_in_quotes() {
    check(&[
        (
            "as Python shows a text",
            "'read failed: from S3\\nExpiredToken: The provided token has expired.\\n'\n",
            &[
                "| read failed: from S3",
                "name=ExpiredToken | The provided token has expired.",
            ],
        ),
        (
            "as JSON holds one",
            "\"deploy\\n\\nAn error occurred (ExpiredToken) when calling the PutObject operation: gone\\n\"",
            &["| deploy", "code=ExpiredToken operation=PutObject | gone"],
        ),
        (
            "colours, their escape character in letters",
            "{\"msg\":\"\\u001b[31mError: \\u001b[0m\\u001b[1mExpiredToken: gone\\u001b[0m\"}",
            &["name=ExpiredToken | gone"],
        ),
        (
            "wrapped within the quotes",
            "│ {\"message\": \"AccessDenied: Not │\n│ authorized to perform sts:AssumeRole\\n\\tstatus code: 403, request id: R1\"} │",
            &["name=AccessDenied request=R1 status=403 | Not authorized to perform sts:AssumeRole"],
        ),
    ]);
}

#[test]
fn rows_and_parentheses() {
    check(&[
        (
            "a table whose rows are fields",
            "+----------+------------+\n|  Code    |  AccessDenied  |\n|  Message |  Access Denied |\n+----------+------------+\n",
            &["code=AccessDenied | Access Denied"],
        ),
        (
            "Ruby's class before a parenthesis",
            "Aws::STS::Errors::ExpiredTokenException (The token is expired):",
            &["code=ExpiredTokenException service=STS | The token is expired)"],
        ),
        (
            "the signer is no service",
            "[903ea8c6] Aws::Sigv4::Errors::MissingCredentialsError (missing credentials, provide credentials with one of the following options:",
            &[
                "| [903ea8c6]",
                "name=Aws::Sigv4::Errors::MissingCredentialsError | missing credentials, provide credentials with one of the following options",
            ],
        ),
        (
            "OpenDAL's answer without a body",
            "response: Parts { status: 403, version: HTTP/1.1, headers: {\"x-amz-request-id\": \"R1\", \"server\": \"AmazonS3\"} }, body: \"\"",
            &["request=R1 status=403 | response: Parts"],
        ),
        (
            "Java's service on a line of its own",
            "com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied (Service:\nAmazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: R1; Proxy: null)",
            &[
                "name=com.amazonaws.services.s3.model.AmazonS3Exception code=AccessDenied service=S3 request=R1 status=403 | Access Denied",
            ],
        ),
    ]);
}

#[test]
fn source_code_is_no_error() {
    for code in [
        "src/auth.go:12:\tif code == \"ExpiredToken\" {",
        "src/auth.go:14:\tcase \"ExpiredToken\":",
        "    case 'ExpiredToken':",
        "    return func(*bound_args.args, code=\"ExpiredToken\")",
        "+\tif (err.code === \"ExpiredTokenException\") {",
        "-    \"ExpiredToken\",",
        "+  if (code === 'ExpiredToken') return true;",
        "  12 | throw new AccessDenied(\"x\");",
        "3  |     \"ExpiredToken\" => Kind::Expired,",
        "const EXPIRED = [\"ExpiredToken\", \"ExpiredTokenException\"];",
        "if e.response[\"Error\"][\"Code\"] == \"ExpiredToken\":",
    ] {
        assert_eq!(text::read(code).causes, [], "{code}");
    }
    for printed in [
        "ExpiredTokenException: The token is expired {",
        "main.go:12: AccessDenied: User \"dev\" is not authorized to do it;",
        "- ExpiredToken: The provided token has expired;",
        "web-1 | ExpiredToken: The provided token has expired:",
        "  code: 'ExpiredToken',",
    ] {
        assert_ne!(text::read(printed).causes, [], "{printed}");
    }
}

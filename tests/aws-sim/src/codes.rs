//! The status and the text that usually come with an error code.

use crate::route::Service;

const S3: &[(&str, u16, &str)] = &[
    ("AccessDenied", 403, "Access Denied"),
    (
        "BucketAlreadyOwnedByYou",
        409,
        "Your previous request to create the named bucket succeeded and you already own it.",
    ),
    (
        "BucketNotEmpty",
        409,
        "The bucket you tried to delete is not empty",
    ),
    (
        "ConditionalRequestConflict",
        409,
        "The conditional request cannot succeed due to a conflicting operation against this resource.",
    ),
    (
        "EntityTooSmall",
        400,
        "Your proposed upload is smaller than the minimum allowed size",
    ),
    ("ExpiredToken", 400, "The provided token has expired."),
    (
        "InternalError",
        500,
        "We encountered an internal error. Please try again.",
    ),
    (
        "InvalidAccessKeyId",
        403,
        "The AWS Access Key Id you provided does not exist in our records.",
    ),
    (
        "InvalidBucketName",
        400,
        "The specified bucket is not valid.",
    ),
    (
        "InvalidPart",
        400,
        "One or more of the specified parts could not be found.",
    ),
    (
        "InvalidRange",
        416,
        "The requested range is not satisfiable",
    ),
    (
        "InvalidToken",
        400,
        "The provided token is malformed or otherwise invalid.",
    ),
    (
        "MalformedXML",
        400,
        "The XML you provided was not well-formed or did not validate against our published schema",
    ),
    ("NoSuchBucket", 404, "The specified bucket does not exist"),
    ("NoSuchKey", 404, "The specified key does not exist."),
    (
        "NoSuchUpload",
        404,
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
    ),
    (
        "NotImplemented",
        501,
        "A header you provided implies functionality that is not implemented",
    ),
    (
        "PermanentRedirect",
        301,
        "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future \
         requests to this endpoint.",
    ),
    (
        "PreconditionFailed",
        412,
        "At least one of the pre-conditions you specified did not hold",
    ),
    (
        "RequestTimeTooSkewed",
        403,
        "The difference between the request time and the current time is too large.",
    ),
    (
        "RequestTimeout",
        400,
        "Your socket connection to the server was not read from or written to within the timeout period. Idle connections \
         will be closed.",
    ),
    (
        "SignatureDoesNotMatch",
        403,
        "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    ),
    ("SlowDown", 503, "Please reduce your request rate."),
];

const STS: &[(&str, u16, &str)] = &[
    ("AccessDenied", 403, "Access denied"),
    (
        "ExpiredToken",
        403,
        "The security token included in the request is expired",
    ),
    (
        "InvalidAction",
        400,
        "Could not find operation for version 2011-06-15",
    ),
    (
        "InvalidClientTokenId",
        403,
        "The security token included in the request is invalid.",
    ),
    (
        "InvalidIdentityToken",
        400,
        "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity \
         documentation for requirements",
    ),
    (
        "MissingAuthenticationToken",
        403,
        "Request is missing Authentication Token",
    ),
    (
        "SignatureDoesNotMatch",
        403,
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and \
         signing method. Consult the service documentation for details.",
    ),
    ("Throttling", 400, "Rate exceeded"),
];

const SSO: &[(&str, u16, &str)] = &[
    ("ForbiddenException", 403, "No access"),
    ("InvalidRequestException", 400, "Invalid request"),
    ("ResourceNotFoundException", 404, "Resource not found"),
    ("TooManyRequestsException", 429, "HTTP 429 Unknown Code"),
    (
        "UnauthorizedException",
        401,
        "Session token not found or invalid",
    ),
];

const SSO_OIDC: &[(&str, u16, &str)] = &[
    (
        "AuthorizationPendingException",
        400,
        "Authorization is still pending",
    ),
    ("ExpiredTokenException", 400, "Token has expired"),
    ("InternalServerException", 500, "An internal error occurred"),
    ("InvalidClientException", 401, "Invalid client provided"),
    (
        "InvalidGrantException",
        400,
        "Invalid refresh token provided",
    ),
    ("InvalidRequestException", 400, "Invalid request"),
    ("SlowDownException", 400, "Slow down"),
    (
        "UnsupportedGrantTypeException",
        400,
        "Unsupported grant type",
    ),
];

const CONTAINER: &[(&str, u16, &str)] = &[
    (
        "CredentialsUninitialized",
        503,
        "CredentialsV2Request: Credentials uninitialized",
    ),
    ("InternalServerException", 500, "Internal server error"),
    (
        "InvalidIdInRequest",
        400,
        "CredentialsV2Request: Credentials not found",
    ),
];

/// IMDS has statuses and pages, no codes; the title of the page stands for one.
const IMDS: &[(&str, u16, &str)] = &[
    ("Bad Request", 400, ""),
    ("Unauthorized", 401, ""),
    ("Forbidden", 403, ""),
    ("Not Found", 404, ""),
];

/// The usual status and text; 400 without a text for a code that is not listed.
pub(crate) fn usual(service: Service, code: &str) -> (u16, Option<&'static str>) {
    let table = match service {
        Service::S3 => S3,
        Service::Sts => STS,
        Service::Sso => SSO,
        Service::SsoOidc => SSO_OIDC,
        Service::Container => CONTAINER,
        Service::Imds => IMDS,
        Service::Admin => &[],
    };
    let row = table.iter().find(|row| row.0 == code);
    row.map_or((400, None), |row| (row.1, Some(row.2)))
}

/// `InvalidGrantException` is `invalid_grant` in the body.
pub(crate) fn oauth_error(code: &str) -> String {
    let name = code.strip_suffix("Exception").unwrap_or(code);
    if name == "InternalServer" {
        return "server_error".to_owned();
    }
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

//! Which service a request means, which operation, on what.

use bytes::Bytes;
use http::{Method, Request};
use serde::{Deserialize, Serialize};

use crate::sigv4::{form_value, header, percent_decode};

/// The services that are played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Service {
    /// S3.
    S3,
    /// STS.
    Sts,
    /// The portal of IAM Identity Center: role credentials for an access token.
    Sso,
    /// The token endpoint of IAM Identity Center.
    SsoOidc,
    /// The instance metadata service.
    Imds,
    /// The credential endpoint of a container.
    Container,
    /// The simulator itself.
    #[serde(skip)]
    Admin,
}

/// What a request aims at.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) service: Service,
    pub(crate) operation: String,
    pub(crate) bucket: String,
    pub(crate) key: String,
}

impl Target {
    pub(crate) fn of(request: &Request<Bytes>) -> Self {
        let service = service(request);
        let (bucket, key) = match service {
            Service::S3 => bucket_and_key(request.uri().path()),
            _ => Default::default(),
        };
        let operation = match service {
            Service::S3 => s3_operation(request, &bucket, &key).to_owned(),
            Service::Sts => sts_action(request).unwrap_or_default(),
            Service::Sso => portal_operation(request.uri().path()).to_owned(),
            Service::SsoOidc => oidc_operation(request.uri().path()).to_owned(),
            Service::Imds => imds_operation(request.uri().path()).to_owned(),
            Service::Container => "GetCredentials".to_owned(),
            Service::Admin => String::new(),
        };
        Self {
            service,
            operation,
            bucket,
            key,
        }
    }
}

fn service(request: &Request<Bytes>) -> Service {
    let path = request.uri().path();
    if path.starts_with("/_sim/") {
        return Service::Admin;
    }
    // A client that sends the request here by its connector alone keeps the real host.
    let host = header(request.headers(), "host").unwrap_or_default();
    match host.split('.').next().unwrap_or_default() {
        "portal" if host.contains(".sso.") => return Service::Sso,
        "oidc" => return Service::SsoOidc,
        "sts" => return Service::Sts,
        "s3" => return Service::S3,
        "169" if host.starts_with("169.254.169.254") => return Service::Imds,
        "169" => return Service::Container,
        _ => {}
    }
    match path {
        _ if path.starts_with("/federation/")
            || path.starts_with("/assignment/")
            || path == "/logout" =>
        {
            Service::Sso
        }
        "/token" | "/client/register" | "/device_authorization" | "/authorize" => Service::SsoOidc,
        _ if path.starts_with("/latest/") => Service::Imds,
        // No bucket can have a name of two letters.
        _ if path.starts_with("/v2/credentials/") => Service::Container,
        "/" if request.method() == Method::POST => Service::Sts,
        _ => Service::S3,
    }
}

fn bucket_and_key(path: &str) -> (String, String) {
    let path = path.trim_start_matches('/').replace('+', "%2B");
    let (bucket, key) = path.split_once('/').unwrap_or((&path, ""));
    (percent_decode(bucket), percent_decode(key))
}

fn s3_operation(request: &Request<Bytes>, bucket: &str, key: &str) -> &'static str {
    let query = request.uri().query().unwrap_or_default();
    let has = |name: &str| query.split('&').any(|p| p.split('=').next() == Some(name));
    let copies = request.headers().contains_key("x-amz-copy-source");
    match (request.method().as_str(), bucket.is_empty(), key.is_empty()) {
        ("GET", true, _) => "ListBuckets",
        ("PUT", _, true) => "CreateBucket",
        ("HEAD", _, true) => "HeadBucket",
        ("DELETE", _, true) => "DeleteBucket",
        ("POST", _, true) if has("delete") => "DeleteObjects",
        ("GET", _, true) if has("location") => "GetBucketLocation",
        ("GET", _, true) if has("uploads") => "ListMultipartUploads",
        ("GET", _, true) if has("list-type") => "ListObjectsV2",
        ("GET", _, true) => "ListObjects",
        ("PUT", _, _) if has("partNumber") => "UploadPart",
        ("PUT", _, _) if copies => "CopyObject",
        ("PUT", _, _) => "PutObject",
        ("POST", _, _) if has("uploads") => "CreateMultipartUpload",
        ("POST", _, _) if has("uploadId") => "CompleteMultipartUpload",
        ("DELETE", _, _) if has("uploadId") => "AbortMultipartUpload",
        ("DELETE", _, _) => "DeleteObject",
        ("GET", _, _) if has("uploadId") => "ListParts",
        ("GET", _, _) => "GetObject",
        ("HEAD", _, _) => "HeadObject",
        _ => "Unknown",
    }
}

fn sts_action(request: &Request<Bytes>) -> Option<String> {
    form_value(std::str::from_utf8(request.body()).ok()?, "Action")
}

fn portal_operation(path: &str) -> &'static str {
    match path {
        "/federation/credentials" => "GetRoleCredentials",
        "/assignment/accounts" => "ListAccounts",
        "/assignment/roles" => "ListAccountRoles",
        "/logout" => "Logout",
        _ => "Unknown",
    }
}

fn oidc_operation(path: &str) -> &'static str {
    match path {
        "/token" => "CreateToken",
        "/client/register" => "RegisterClient",
        "/device_authorization" => "StartDeviceAuthorization",
        "/authorize" => "Authorize",
        _ => "Unknown",
    }
}

fn imds_operation(path: &str) -> &'static str {
    match path.trim_end_matches('/') {
        "/latest/api/token" => "GetToken",
        "/latest/meta-data/iam/security-credentials" => "GetRole",
        p if p.starts_with("/latest/meta-data/iam/security-credentials/") => "GetCredentials",
        _ => "GetMetadata",
    }
}

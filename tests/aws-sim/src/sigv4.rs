//! Reading and computing Signature Version 4.
//!
//! S3 requests are verified by s3s; this module says who signed them, fills the
//! `SignatureDoesNotMatch` error, and verifies STS requests.

use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, Request};
use sha2::{Digest, Sha256};

/// What a request says about its signature, in the header or in the query.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    pub(crate) access_key_id: String,
    pub(crate) region: String,
    pub(crate) service: String,
    pub(crate) signed_headers: Vec<String>,
    pub(crate) signature: String,
    /// `x-amz-date`, basic form.
    pub(crate) date: String,
    pub(crate) token: Option<String>,
    /// Seconds of validity; present on presigned URLs only.
    pub(crate) presigned_for: Option<i64>,
}

impl Signed {
    /// `None` for an unsigned request and for anything that is not SigV4.
    pub(crate) fn read(request: &Request<Bytes>) -> Option<Self> {
        match header(request.headers(), "authorization") {
            Some(value) => Self::from_header(value, request.headers()),
            None => Self::from_query(request.uri().query()?),
        }
    }

    fn from_header(value: &str, headers: &HeaderMap) -> Option<Self> {
        let members = value.strip_prefix("AWS4-HMAC-SHA256")?;
        let member = |name: &str| {
            let found = members.split(',').find_map(|m| m.trim().strip_prefix(name));
            found.and_then(|m| m.strip_prefix('=')).map(str::to_owned)
        };
        let date = header(headers, "x-amz-date").unwrap_or_default().to_owned();
        let token = header(headers, "x-amz-security-token").map(str::to_owned);
        Self::new(
            &member("Credential")?,
            &member("SignedHeaders")?,
            member("Signature")?,
            date,
            token,
            None,
        )
    }

    fn from_query(query: &str) -> Option<Self> {
        let member = |name: &str| form_value(query, name);
        Self::new(
            &member("X-Amz-Credential")?,
            &member("X-Amz-SignedHeaders")?,
            member("X-Amz-Signature")?,
            member("X-Amz-Date")?,
            member("X-Amz-Security-Token"),
            member("X-Amz-Expires").and_then(|s| s.parse().ok()),
        )
    }

    fn new(
        credential: &str,
        signed_headers: &str,
        signature: String,
        date: String,
        token: Option<String>,
        presigned_for: Option<i64>,
    ) -> Option<Self> {
        let mut scope = credential.split('/');
        let access_key_id = scope.next()?.to_owned();
        let _day = scope.next()?;
        Some(Self {
            access_key_id,
            region: scope.next()?.to_owned(),
            service: scope.next()?.to_owned(),
            signed_headers: signed_headers.split(';').map(str::to_owned).collect(),
            signature,
            date,
            token,
            presigned_for,
        })
    }

    fn day(&self) -> &str {
        self.date.get(..8).unwrap_or_default()
    }

    pub(crate) fn canonical_request(&self, request: &Request<Bytes>) -> String {
        let mut pairs: Vec<String> = request
            .uri()
            .query()
            .into_iter()
            .flat_map(|q| q.split('&'))
            .filter(|p| !p.is_empty() && !p.starts_with("X-Amz-Signature="))
            .map(|p| {
                if p.contains('=') {
                    p.to_owned()
                } else {
                    format!("{p}=")
                }
            })
            .collect();
        pairs.sort();
        let mut headers = String::new();
        for name in &self.signed_headers {
            let values: Vec<&str> = request
                .headers()
                .get_all(name)
                .iter()
                .filter_map(|v| v.to_str().ok())
                .map(str::trim)
                .collect();
            headers.push_str(&format!("{name}:{}\n", values.join(",")));
        }
        let payload = match header(request.headers(), "x-amz-content-sha256") {
            Some(hash) => hash.to_owned(),
            None if self.presigned_for.is_some() => "UNSIGNED-PAYLOAD".to_owned(),
            None => hex(&Sha256::digest(request.body())),
        };
        format!(
            "{}\n{}\n{}\n{headers}\n{}\n{payload}",
            request.method(),
            request.uri().path(),
            pairs.join("&"),
            self.signed_headers.join(";"),
        )
    }

    pub(crate) fn string_to_sign(&self, canonical_request: &str) -> String {
        format!(
            "AWS4-HMAC-SHA256\n{}\n{}/{}/{}/aws4_request\n{}",
            self.date,
            self.day(),
            self.region,
            self.service,
            hex(&Sha256::digest(canonical_request)),
        )
    }

    /// Whether the signature is that of `secret`.
    pub(crate) fn verify(&self, request: &Request<Bytes>, secret: &str) -> bool {
        let mut key = format!("AWS4{secret}").into_bytes();
        for part in [self.day(), &self.region, &self.service, "aws4_request"] {
            key = hmac(&key, part);
        }
        let text = self.string_to_sign(&self.canonical_request(request));
        hex(&hmac(&key, &text)) == self.signature
    }
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|v| v.to_str().ok())
}

/// One value of a query string or of a form body, decoded.
pub(crate) fn form_value(form: &str, name: &str) -> Option<String> {
    form.split('&')
        .filter_map(|p| p.split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, v)| percent_decode(v))
}

pub(crate) fn percent_decode(s: &str) -> String {
    let mut out = Vec::with_capacity(s.len());
    let mut bytes = s.bytes();
    while let Some(b) = bytes.next() {
        match b {
            b'%' => {
                let pair: Vec<u8> = bytes.by_ref().take(2).collect();
                let digits = std::str::from_utf8(&pair).unwrap_or_default();
                out.push(u8::from_str_radix(digits, 16).unwrap_or(b'%'));
            }
            b'+' => out.push(b' '),
            _ => out.push(b),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

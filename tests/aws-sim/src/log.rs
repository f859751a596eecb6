//! What was asked and how it was answered.

use bytes::Bytes;
use http::Request;
use serde::{Deserialize, Serialize};

use crate::refusal::Reply;
use crate::route::{Service, Target};
use crate::sigv4::{Signed, header};

/// One request and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Seen {
    /// Whom it was for.
    pub service: Service,
    /// `PutObject`, `AssumeRole`, `GetRoleCredentials`, ...
    pub operation: String,
    /// The HTTP method.
    pub method: String,
    /// The path as sent, without the query.
    pub path: String,
    /// The key that signed it.
    pub access_key_id: Option<String>,
    /// The number of the attempt, as newer SDKs tell it.
    pub attempt: Option<u32>,
    /// The status of the answer; 0 if the connection was cut without one.
    pub status: u16,
    /// The error code of the answer, also where a HEAD answer could not carry it.
    pub code: Option<String>,
}

/// Rides on an answer so that the log knows the code.
#[derive(Clone, Debug)]
pub(crate) struct ErrorCode(pub(crate) String);

impl Seen {
    pub(crate) fn new(request: &Request<Bytes>, target: &Target) -> Self {
        let attempt = header(request.headers(), "amz-sdk-request").and_then(|value| {
            value
                .split(';')
                .find_map(|part| part.trim().strip_prefix("attempt=")?.parse().ok())
        });
        Self {
            service: target.service,
            operation: target.operation.clone(),
            method: request.method().to_string(),
            path: request.uri().path().to_owned(),
            access_key_id: Signed::read(request).map(|signed| signed.access_key_id),
            attempt,
            status: 0,
            code: None,
        }
    }

    pub(crate) fn answered(mut self, reply: &Reply) -> Self {
        self.status = reply.status().as_u16();
        self.code = reply
            .extensions()
            .get::<ErrorCode>()
            .map(|code| code.0.clone());
        self
    }
}

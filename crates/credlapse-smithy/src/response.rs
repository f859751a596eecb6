//! What the head of a response tells.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use credlapse::{Cause, Timestamp};

/// Fills what the error did not tell.
pub(crate) fn complete(cause: &mut Cause, response: &HttpResponse) {
    let header = |name| response.headers().get(name).map(String::from);
    cause.status = Some(response.status().as_u16());
    if cause.code.is_none() && cause.name.is_none() {
        cause.code = header("x-amzn-errortype").or_else(|| header("x-amz-error-code"));
    }
    if cause.message.is_none() {
        cause.message = header("x-amz-error-message");
    }
    if cause.request_id.is_none() {
        cause.request_id = header("x-amzn-requestid").or_else(|| header("x-amz-request-id"));
    }
}

/// The time of the server.
pub(crate) fn date(response: &HttpResponse) -> Option<Timestamp> {
    Timestamp::parse(response.headers().get("date")?)
}

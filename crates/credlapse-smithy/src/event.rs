//! One event per report.

use crate::Report;

/// Emits a warning with the target `credlapse`.
///
/// The names follow the semantic conventions of OpenTelemetry where those have one;
/// `error.type` is the kind, of which there are few.
pub(crate) fn emit(report: &Report) {
    let Report {
        diagnosis, call, ..
    } = report;
    tracing::warn!(
        target: "credlapse",
        {
        "error.type" = diagnosis.kind.as_str(),
        credlapse.code = diagnosis.code().as_str(),
        credlapse.confidence = diagnosis.confidence.as_str(),
        credlapse.retry = diagnosis.retry().as_str(),
        credlapse.rule = diagnosis.rule.as_str(),
        rpc.system = "aws-api",
        rpc.service = call.service.as_deref(),
        rpc.method = call.operation.as_deref(),
        cloud.region = call.region.as_deref(),
        aws.s3.bucket = call.bucket.as_deref(),
        aws.s3.key = call.key.as_deref(),
        aws.request_id = diagnosis.cause.request_id.as_deref(),
        http.response.status_code = diagnosis.cause.status,
        http.request.resend_count = call.attempts.saturating_sub(1),
        },
        "{}",
        diagnosis.headline(),
    );
}

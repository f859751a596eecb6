//! An error that was serialised as data, as causes.
//!
//! Members are read by their names and nothing is judged here: texts go to the
//! core as they are. Order and bounds are those of the JavaScript package, so
//! that both see the same evidence.

mod members;
mod stack;

use credlapse::{Cause, Evidence, Timestamp};
use serde_json::value::RawValue;

use members::Members;

/// How deep causes are followed.
const MAX_DEPTH: usize = 8;
/// How many errors of one failure are looked at.
const MAX_NODES: usize = 64;
/// How many errors of one `AggregateError` are looked at.
const MAX_ERRORS: usize = 16;

/// What a serialised error tells.
#[derive(Debug, Default)]
pub(crate) struct Thrown {
    /// The errors, outermost first, none of them empty.
    causes: Vec<Cause>,
    /// The time of the answer.
    server_time: Option<Timestamp>,
    /// How many objects were looked at.
    nodes: usize,
}

impl Thrown {
    /// The error that a text is as a whole; `None` where it is none, or tells nothing.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if !text.starts_with('{') {
            return None;
        }
        let thrown = Self::read(serde_json::from_str(text).ok()?);
        (!thrown.causes.is_empty()).then_some(thrown)
    }

    /// What any JSON value tells when it was thrown.
    pub(crate) fn read(value: &RawValue) -> Self {
        let mut thrown = Self::default();
        thrown.visit(Some(value), &Cause::default(), 0);
        thrown
    }

    /// Adds the causes to `evidence`, inside of those that it has.
    pub(crate) fn add_to(self, evidence: &mut Evidence) {
        evidence.causes.extend(self.causes);
        let context = &mut evidence.context;
        context.server_time = context.server_time.or(self.server_time);
    }

    /// The recursion ends at [`MAX_DEPTH`], however deep the value is.
    fn visit(&mut self, value: Option<&RawValue>, parent: &Cause, depth: usize) {
        let Some(value) = value.filter(|_| depth <= MAX_DEPTH) else {
            return;
        };
        if let Some(message) = members::text(value) {
            self.push(Cause::message(message), parent);
            return;
        }
        if self.nodes >= MAX_NODES {
            return;
        }
        let Some(error) = Members::of(value) else {
            return;
        };
        self.nodes += 1;
        let said = error.text("Message");
        let cause = self.cause(&error, said.clone());
        if let Some(name) = stack::thrower(&error, &cause) {
            self.push(Cause::named(name), parent);
        }
        self.push(cause.clone(), parent);
        let account = Cause {
            code: cause.code.clone(),
            message: said,
            ..Cause::default()
        };
        self.push(account, &cause);
        self.other_accounts(&error, &cause, depth);
        for key in ["cause", "originalError", "reason"] {
            self.visit(error.get(key), &cause, depth + 1);
        }
        for inner in error.list("errors", MAX_ERRORS) {
            self.visit(Some(inner), &cause, depth + 1);
        }
    }

    fn cause(&mut self, error: &Members<'_>, said: Option<String>) -> Cause {
        let metadata = error.object("$metadata");
        let response = error.object("$response");
        let headers = response.object("headers");
        let class = error.text("constructor");
        self.server_time = self.server_time.or_else(|| {
            let date = headers.text("date").or_else(|| error.text("ServerTime"));
            date.as_deref().and_then(Timestamp::parse)
        });
        Cause {
            name: match error.name("name") {
                Some(name) if name == "Error" => class.clone().or(Some(name)),
                name => name,
            },
            code: error
                .text("Code")
                .or_else(|| error.text("code"))
                .or_else(|| error.text("__type"))
                .or_else(|| headers.text("x-amzn-errortype"))
                .or_else(|| headers.text("x-amz-error-code"))
                .or_else(|| headers.text("x-minio-error-code")),
            message: error.text("message").or(said),
            status: metadata
                .status("httpStatusCode")
                .or_else(|| error.status("statusCode"))
                .or_else(|| error.status("status"))
                .or_else(|| error.status("httpStatusCode"))
                .or_else(|| response.status("statusCode")),
            service: error
                .text("service")
                .or_else(|| class.filter(|class| class.ends_with("ServiceException"))),
            operation: error.text("operation"),
            request_id: metadata
                .text("requestId")
                .or_else(|| error.text("requestId"))
                .or_else(|| error.text("RequestId")),
        }
    }

    /// Some errors tell twice what happened, and the SDK's wrapper is the vaguer.
    fn other_accounts(&mut self, error: &Members<'_>, cause: &Cause, depth: usize) {
        self.visit(error.get("Error"), cause, depth + 1);
        match (error.text("error"), error.text("error_description")) {
            (code, Some(description)) => {
                let account = Cause {
                    name: cause.name.clone(),
                    code,
                    ..Cause::message(description)
                };
                self.push(account, cause);
            }
            (None, None) => self.visit(error.get("error"), cause, depth + 1),
            (Some(_), None) => {}
        }
    }

    /// Adds a cause that tells something beyond its parent.
    fn push(&mut self, cause: Cause, parent: &Cause) {
        let tells = cause.name.is_some()
            || cause.status.is_some()
            || cause.code.is_some() && cause.code != parent.code && cause.code != parent.name
            || cause.message.is_some() && cause.message != parent.message;
        if tells && self.causes.len() < MAX_NODES {
            self.causes.push(cause);
        }
    }
}

//! Faults on demand: what a matching request meets instead of, or before, its ordinary answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::glob;
use crate::lapse::Lapse;
use crate::route::{Service, Target};

/// One order to misbehave.
///
/// A request that fits `service`, `operation` and `path` (each optional; `*` stands for any text in
/// `path`) is let through `after` times, then meets the effect `times` times. Of several faults
/// that fit a request, each takes part.
///
/// ```
/// use aws_sim::Fault;
///
/// let fault = Fault::error("SlowDown").on("PutObject").after(2).times(3);
/// let json = serde_json::json!({"operation": "PutObject", "after": 2, "times": 3, "error": {"code": "SlowDown"}});
/// assert_eq!(serde_json::from_value::<Fault>(json).unwrap(), fault);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Only requests to this service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// Only this operation: `PutObject`, `AssumeRole`, `CreateToken`, ...
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// Only requests with this path, as sent: `/bucket/locks/*`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Matching requests that pass first.
    #[serde(default)]
    pub after: u32,
    /// How often it happens; `None` (JSON `null`) for always. Absent in JSON: once.
    #[serde(default = "once")]
    pub times: Option<u32>,
    /// What happens.
    #[serde(flatten)]
    pub effect: Effect,
}

fn once() -> Option<u32> {
    Some(1)
}

/// What a fault does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Effect {
    /// An error answer in the protocol of the service. The request is not carried out.
    Error(ErrorReply),
    /// The request waits before anything else happens.
    DelayMs(u64),
    /// The connection is closed. `null`: at once, without an answer and without carrying the
    /// request out. A number: the request is carried out and that many bytes of the body of the
    /// answer are sent.
    Cut(Option<usize>),
    /// The `Date` of the answer is this many seconds off the simulated time.
    DateOffset(i64),
    /// Something lapses before the request is looked at.
    Expire(Lapse),
}

/// The error that a fault answers with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ErrorReply {
    /// The code on the wire.
    pub code: String,
    /// The status; by default the one that usually comes with the code, else 400.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The text; by default the usual one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The whole body, instead of the error in the protocol of the service. HEAD answers never have
    /// one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// More headers.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
}

impl Fault {
    /// A fault that happens once, to any request.
    #[must_use]
    pub fn new(effect: Effect) -> Self {
        Self {
            service: None,
            operation: None,
            path: None,
            after: 0,
            times: once(),
            effect,
        }
    }

    /// An error answer with the usual status and text of `code`.
    #[must_use]
    pub fn error(code: &str) -> Self {
        Self::new(Effect::Error(ErrorReply {
            code: code.to_owned(),
            ..ErrorReply::default()
        }))
    }

    /// An answer with this status and body, whatever the service.
    #[must_use]
    pub fn body(status: u16, body: &str) -> Self {
        let reply = ErrorReply {
            status: Some(status),
            body: Some(body.to_owned()),
            ..ErrorReply::default()
        };
        Self::new(Effect::Error(reply))
    }

    /// Only requests for `operation`.
    #[must_use]
    pub fn on(mut self, operation: &str) -> Self {
        self.operation = Some(operation.to_owned());
        self
    }

    /// Only requests to `service`.
    #[must_use]
    pub fn at(mut self, service: Service) -> Self {
        self.service = Some(service);
        self
    }

    /// Only requests with this path; `*` stands for any text.
    #[must_use]
    pub fn path(mut self, path: &str) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// Lets `n` matching requests pass first.
    #[must_use]
    pub fn after(mut self, n: u32) -> Self {
        self.after = n;
        self
    }

    /// Happens `n` times.
    #[must_use]
    pub fn times(mut self, n: u32) -> Self {
        self.times = Some(n);
        self
    }

    /// Happens until the faults are cleared.
    #[must_use]
    pub fn always(mut self) -> Self {
        self.times = None;
        self
    }

    fn fits(&self, target: &Target, path: &str) -> bool {
        self.service.is_none_or(|s| s == target.service)
            && self
                .operation
                .as_ref()
                .is_none_or(|o| *o == target.operation)
            && self.path.as_ref().is_none_or(|p| glob::matches(p, path))
    }

    /// Counts a request; says whether the fault strikes it.
    fn strikes(&mut self, target: &Target, path: &str) -> bool {
        if !self.fits(target, path) {
            return false;
        }
        if self.after > 0 {
            self.after -= 1;
            return false;
        }
        match &mut self.times {
            Some(0) => false,
            Some(n) => {
                *n -= 1;
                true
            }
            None => true,
        }
    }
}

/// Takes what strikes this request.
pub(crate) fn take(faults: &mut Vec<Fault>, target: &Target, path: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for fault in faults.iter_mut() {
        if fault.strikes(target, path) {
            effects.push(fault.effect.clone());
        }
    }
    faults.retain(|fault| fault.times != Some(0));
    effects
}

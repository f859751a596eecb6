//! Deny rules, and what IAM says when one applies.

use serde::{Deserialize, Serialize};

use crate::glob;
use crate::refusal::Refusal;
use crate::route::{Service, Target};

/// A permission that is missing. `*` in `action` and `resource` stands for any text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deny {
    /// The IAM action: `s3:PutObject`, `sts:AssumeRole`, `s3:*`.
    pub action: String,
    /// The ARN of the resource: `arn:aws:s3:::bucket/locks/*`.
    #[serde(default = "anything")]
    pub resource: String,
    /// How much the message tells.
    #[serde(default)]
    pub detail: Detail,
}

fn anything() -> String {
    "*".to_owned()
}

/// How much the message of a denial tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Detail {
    /// `... because no identity-based policy allows the s3:PutObject action`
    #[default]
    Implicit,
    /// `... with an explicit deny in an identity-based policy`
    Explicit,
    /// `Access Denied`
    Short,
}

impl Deny {
    /// Denies `action` on everything.
    #[must_use]
    pub fn new(action: &str) -> Self {
        Self {
            action: action.to_owned(),
            resource: anything(),
            detail: Detail::default(),
        }
    }

    /// Only on this resource.
    #[must_use]
    pub fn on(mut self, resource: &str) -> Self {
        self.resource = resource.to_owned();
        self
    }

    /// With a message that tells this much.
    #[must_use]
    pub fn detail(mut self, detail: Detail) -> Self {
        self.detail = detail;
        self
    }
}

/// Refuses what one of the rules denies to `arn`.
pub(crate) fn check(
    rules: &[Deny],
    service: Service,
    arn: &str,
    action: &str,
    resource: &str,
) -> Result<(), Refusal> {
    let rule = rules
        .iter()
        .find(|r| glob::matches(&r.action, action) && glob::matches(&r.resource, resource));
    let Some(rule) = rule else { return Ok(()) };
    let quoted = if service == Service::S3 {
        format!("\"{resource}\"")
    } else {
        resource.to_owned()
    };
    let subject =
        format!("User: {arn} is not authorized to perform: {action} on resource: {quoted}");
    let denied = Refusal::new(service, "AccessDenied");
    Err(match (rule.detail, service) {
        (Detail::Short, _) => denied,
        (Detail::Explicit, _) => denied.message(format!(
            "{subject} with an explicit deny in an identity-based policy"
        )),
        (Detail::Implicit, Service::S3) => denied.message(format!(
            "{subject} because no identity-based policy allows the {action} action"
        )),
        (Detail::Implicit, _) => denied.message(subject),
    })
}

/// The IAM action and the resource of an S3 request.
pub(crate) fn s3_action(target: &Target) -> (String, String) {
    let bucket = format!("arn:aws:s3:::{}", target.bucket);
    let object = format!("{bucket}/{}", target.key);
    let action = match target.operation.as_str() {
        "ListBuckets" => {
            return (
                "s3:ListAllMyBuckets".to_owned(),
                "arn:aws:s3:::*".to_owned(),
            );
        }
        "HeadBucket" | "ListObjects" | "ListObjectsV2" => "s3:ListBucket",
        "ListMultipartUploads" => "s3:ListBucketMultipartUploads",
        "ListParts" => "s3:ListMultipartUploadParts",
        "HeadObject" => "s3:GetObject",
        "DeleteObjects" => "s3:DeleteObject",
        "CopyObject" | "CreateMultipartUpload" | "UploadPart" | "CompleteMultipartUpload" => {
            "s3:PutObject"
        }
        other => {
            return (
                format!("s3:{other}"),
                if target.key.is_empty() {
                    bucket
                } else {
                    object
                },
            );
        }
    };
    (
        action.to_owned(),
        if target.key.is_empty() {
            bucket
        } else {
            object
        },
    )
}

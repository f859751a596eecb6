//! The corpus, read as evidence in each form that a host can hand over.

use std::path::Path;

use credlapse::profile::{LocalAws, facts};
use credlapse::{Cause, Context, Evidence, Timestamp, text};
use serde_json::Value;

/// How a case becomes evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// What was printed.
    Text,
    /// What was printed, and the AWS files and environment that were there.
    TextWithFacts,
    /// The properties of a thrown JavaScript error.
    JavaScript,
    /// The fields of a Rust error.
    Rust,
}

/// One real error and its label.
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) sdk: String,
    pub(crate) kind: String,
    pub(crate) true_kind: Option<String>,
    accept: Vec<String>,
    text_decides: bool,
    value: Value,
}

/// Every case of the corpus.
pub(crate) fn all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    ["javascript", "python", "rust"]
        .iter()
        .flat_map(|name| {
            let text = std::fs::read_to_string(folder.join(name).with_extension("json")).unwrap();
            let values: Vec<Value> = serde_json::from_str(&text).unwrap();
            values.into_iter().map(Case::new)
        })
        .collect()
}

impl Case {
    fn new(value: Value) -> Self {
        let expected = &value["expected"];
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Self {
            id: text(&value["id"]).unwrap(),
            sdk: text(&value["sdk"]).unwrap(),
            kind: text(&expected["kind"]).unwrap(),
            true_kind: text(&expected["true_kind"]).or_else(|| text(&expected["root_cause"])),
            accept: expected["accept"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(text)
                .collect(),
            text_decides: expected["text_determinable"] != false,
            value,
        }
    }

    /// The right answers, `not_auth` standing for no diagnosis.
    pub(crate) fn accepted(&self) -> impl Iterator<Item = &str> {
        let own: &[&str] = match self.kind.as_str() {
            "wrong_region" | "proxy_auth" | "unclassifiable" => &["not_auth", "ambiguous_auth"],
            "missing_dependency" => &["profile_misconfigured"],
            kind => &[kind],
        };
        let own: Vec<&str> = own.to_vec();
        own.into_iter()
            .chain(self.accept.iter().map(String::as_str))
    }

    /// The evidence, or `None` where the case does not have this form or the form cannot decide.
    pub(crate) fn evidence(&self, form: Form) -> Option<Evidence> {
        match form {
            Form::Text => self
                .text_decides
                .then(|| self.printed().map(|text| text::read(&text)))
                .flatten(),
            Form::TextWithFacts => {
                let mut evidence = text::read(&self.printed()?);
                evidence.context = self.context()?;
                Some(evidence)
            }
            Form::JavaScript => {
                let thrown = self.value.get("thrown")?;
                if let Some(stderr) = thrown["stderr"].as_str() {
                    return Some(text::read(stderr));
                }
                let mut evidence = Evidence::default();
                thrown_causes(thrown, 0, &mut evidence.causes);
                Some(evidence)
            }
            Form::Rust => {
                self.value.get("display")?;
                Some(self.rust())
            }
        }
    }

    /// The files and variables that were there, as facts.
    fn context(&self) -> Option<Context> {
        let pairs = |key: &str| -> Option<Vec<(&str, &str)>> {
            let pairs = self.value[key].as_object()?;
            Some(
                pairs
                    .iter()
                    .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)))
                    .collect(),
            )
        };
        let env = pairs("env")?;
        let home = pairs("home_files")?;
        let now = Timestamp::parse("2026-11-21T21:20:00Z");
        let mut files: Vec<(String, Option<&str>)> = Vec::new();
        let facts = loop {
            let given: Vec<_> = files
                .iter()
                .map(|(path, content)| (path.as_str(), *content))
                .collect();
            let facts = facts(&LocalAws {
                env: &env,
                files: &given,
                now,
                ..LocalAws::default()
            });
            let Some(path) = facts.needs.clone() else {
                break facts;
            };
            let content = home
                .iter()
                .find(|(name, _)| path.ends_with(name))
                .map(|(_, content)| *content);
            files.push((path, content));
        };
        Some(Context {
            facts: Some(facts),
            now,
            ..Context::default()
        })
    }

    /// What a person saw.
    pub(crate) fn printed(&self) -> Option<String> {
        let text = |key: &str| {
            self.value[key]
                .as_str()
                .filter(|text| !text.trim().is_empty())
        };
        if let Some(console) = text("console") {
            return Some(console.to_owned());
        }
        if let Some(display) = text("display") {
            return Some(display.to_owned());
        }
        match (text("stdout_tail"), text("stderr")) {
            (None, None) => None,
            (stdout, stderr) => Some([stdout.unwrap_or(""), stderr.unwrap_or("")].join("\n")),
        }
    }

    fn rust(&self) -> Evidence {
        let text = |key: &str| self.value[key].as_str().map(str::to_owned);
        let mut evidence = Evidence::default();
        evidence.causes.push(Cause {
            code: text("code"),
            message: text("message"),
            status: self.value["status"]
                .as_u64()
                .and_then(|status| status.try_into().ok()),
            name: text("variant"),
            ..Cause::default()
        });
        evidence
            .causes
            .extend(text("plain_display").map(Cause::message));
        for link in self.value["chain"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
        {
            evidence.causes.extend(text::read(link).causes);
        }
        if self.value["chain"].as_array().is_none_or(Vec::is_empty) {
            evidence
                .causes
                .extend(text::read(&text("display").unwrap()).causes);
        }
        evidence
    }
}

/// What the JavaScript extractor makes of a thrown value: outermost first, raw.
fn thrown_causes(thrown: &Value, depth: usize, causes: &mut Vec<Cause>) {
    if depth > 8 || causes.len() >= 64 {
        return;
    }
    if let Some(text) = thrown.as_str() {
        causes.extend(text::read(text).causes);
        return;
    }
    let text = |key: &str| match &thrown[key] {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let metadata = &thrown["$metadata"];
    let status = [
        &metadata["httpStatusCode"],
        &thrown["statusCode"],
        &thrown["status"],
        &thrown["httpStatusCode"],
        &thrown["$response"]["statusCode"],
    ]
    .into_iter()
    .find_map(Value::as_u64);
    let stack = thrown["stack"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    if let Some(module) = stack.skip(1).find_map(module) {
        causes.push(Cause::named(module));
    }
    let constructor = text("constructor").filter(|name| name.ends_with("ServiceException"));
    causes.push(Cause {
        name: text("name"),
        code: text("Code")
            .or_else(|| text("code"))
            .or_else(|| text("__type")),
        message: text("message"),
        status: status.and_then(|status| status.try_into().ok()),
        service: constructor,
        operation: None,
        request_id: metadata["requestId"]
            .as_str()
            .map(str::to_owned)
            .or_else(|| text("requestId")),
    });
    if let Some(nested) = thrown.get("Error").filter(|nested| nested.is_object()) {
        causes.push(Cause {
            code: nested["Code"].as_str().map(str::to_owned),
            message: nested["Message"].as_str().map(str::to_owned),
            ..Cause::default()
        });
    }
    if let Some(description) = text("error_description") {
        causes.push(Cause {
            name: text("name"),
            code: text("error"),
            message: Some(description),
            ..Cause::default()
        });
    }
    for key in ["originalError", "reason", "cause"] {
        if let Some(cause) = thrown
            .get(key)
            .filter(|cause| cause.is_object() || cause.is_string())
        {
            thrown_causes(cause, depth + 1, causes);
        }
    }
    for error in thrown["errors"].as_array().into_iter().flatten() {
        thrown_causes(error, depth + 1, causes);
    }
}

/// The module of an SDK that a stack frame names.
fn module(frame: &str) -> Option<String> {
    let at = ["@aws-sdk/", "@smithy/", "aws-sdk/"]
        .iter()
        .find_map(|scope| frame.find(scope))?;
    frame[at..].split([':', ')']).next().map(str::to_owned)
}

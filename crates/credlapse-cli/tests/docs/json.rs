//! docs/json.md has every field of the error object, in its order, with its types.

use credlapse::{ExitTable, Timestamp, diagnose, text};
use serde_json::Value;

use crate::content;

const FAILURES: [&str; 3] = [
    "An error occurred (ExpiredToken) when calling the PutObject operation: The provided token has expired.",
    "aws: [ERROR]: Error when retrieving token from sso: Token has expired and refresh failed",
    "operation error S3: PutObject, https response error StatusCode: 403, RequestID: 4442587FB7D0A2F9, \
     HostID: x, api error AccessDenied: User: arn:aws:iam::123456789012:user/alice is not authorized to \
     perform: s3:PutObject on resource: arn:aws:s3:::reports/a.csv",
];

#[test]
fn the_table_has_every_field_with_its_types() {
    let page = content("docs/json.md");
    let rows: Vec<(&str, &str)> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .map(|row| {
            let (field, rest) = row.split_once("` | ").expect("a field");
            let (types, _) = rest.split_once(" | ").expect("types");
            (field, types)
        })
        .collect();
    let documented: Vec<&str> = rows.iter().map(|(field, _)| *field).collect();

    for failure in FAILURES {
        let mut evidence = text::read(failure);
        evidence.context.now = Timestamp::parse("2026-11-21T16:00:00Z");
        evidence.context.expires_at = Timestamp::parse("2026-11-21T14:15:00Z");
        let json = diagnose(&evidence)
            .expect("a diagnosis")
            .to_json(&ExitTable::DEFAULT);
        let object: Value = serde_json::from_str(&json).expect("JSON");
        let fields = object["error"].as_object().expect("an object");

        for (field, value) in fields {
            assert!(
                documented.contains(&field.as_str()),
                "{field} is not documented"
            );
            let (_, types) = rows.iter().find(|(name, _)| name == field).expect("a row");
            assert!(
                types.split(", ").any(|name| name == type_of(value)),
                "{field}: {value}"
            );
        }
        let mut at = 0;
        for (field, types) in &rows {
            match json.find(&format!("\"{field}\":")) {
                Some(found) => {
                    assert!(found > at, "{field} stands in another place");
                    at = found;
                }
                None => assert!(types.ends_with("absent"), "{field} is missing in {json}"),
            }
        }
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

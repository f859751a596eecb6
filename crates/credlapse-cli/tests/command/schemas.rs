//! Every JSON that the command prints, held against the schemas that it prints.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jsonschema::Validator;
use serde_json::Value;

const NAMES: [&str; 6] = [
    "error",
    "check",
    "ndjson-question",
    "ndjson-answer",
    "exit-codes",
    "rules",
];

/// A schema as the command prints it.
pub(crate) struct Schema {
    pub(crate) validator: Validator,
    pub(crate) whole: Value,
}

/// Every schema, by its name.
pub(crate) fn schemas() -> &'static BTreeMap<&'static str, Schema> {
    static SCHEMAS: OnceLock<BTreeMap<&str, Schema>> = OnceLock::new();
    SCHEMAS.get_or_init(|| {
        let printed = |name: &'static str| {
            let output = crate::run::command(&["schema", name]).output();
            let whole: Value =
                serde_json::from_slice(&output.expect("the command runs").stdout).expect("JSON");
            let validator = jsonschema::options()
                .should_validate_formats(true)
                .build(&whole)
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, Schema { validator, whole })
        };
        NAMES.into_iter().map(printed).collect()
    })
}

/// The schema that an object claims, by the members that only it has.
fn claimed(object: &Value) -> Option<&'static str> {
    match object["schema"].as_str() {
        Some("urn:credlapse:check:1") => Some("check"),
        Some("urn:credlapse:exit-codes:1") => Some("exit-codes"),
        Some("urn:credlapse:rules:1") => Some("rules"),
        Some(_) => None,
        None if object.get("$schema").is_some() => None,
        None if object.get("diagnosis").is_some() => Some("ndjson-answer"),
        None if object.get("ok").is_some() => Some("error"),
        None => None,
    }
}

/// Holds each object in what a run printed against its schema; all runs of all tests come here.
pub(crate) fn hold(stdout: &str) {
    if !stdout.starts_with('{') {
        return;
    }
    for object in serde_json::Deserializer::from_str(stdout).into_iter::<Value>() {
        let object = object.unwrap_or_else(|error| panic!("{error}: {stdout}"));
        let Some(name) = claimed(&object) else {
            assert!(object.get("$schema").is_some(), "no schema: {object}");
            continue;
        };
        let schema = &schemas()[name];
        let wrong: Vec<String> = schema
            .validator
            .iter_errors(&object)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{name}: {wrong:?}\n{object}");
        described(&object, &schema.whole, name);
    }
}

/// Every member is described, although programs have to accept more.
fn described(object: &Value, schema: &Value, name: &str) {
    let names = |object: &Value, properties: &Value| {
        for member in object.as_object().into_iter().flatten() {
            assert!(properties.get(member.0).is_some(), "{name}: {}", member.0);
        }
    };
    names(object, &schema["properties"]);
    let diagnosis = &schemas()["error"].whole["$defs"]["diagnosis"]["properties"];
    for member in ["error", "diagnosis"] {
        names(&object[member], diagnosis);
    }
    for finding in object["findings"].as_array().into_iter().flatten() {
        names(finding, &schema["$defs"]["finding"]["properties"]);
    }
}

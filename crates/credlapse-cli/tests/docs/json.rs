//! The fields that docs/json.md lists are those of the schemas, in their order.

use serde_json::Value;

use crate::{content, filled};

#[test]
fn the_fields_are_those_of_the_schemas() {
    let schema = content("crates/credlapse-cli/schema/error.json");
    let (_, diagnosis) = schema.split_once("\"diagnosis\": {").expect("a diagnosis");
    let fields = &parsed(&schema)["$defs"]["diagnosis"];
    filled("docs/json.md", "error", &table(fields, diagnosis));

    let schema = content("crates/credlapse-cli/schema/check.json");
    filled("docs/json.md", "check", &table(&parsed(&schema), &schema));
}

fn parsed(schema: &str) -> Value {
    serde_json::from_str(schema).expect("JSON")
}

/// A row for each property, in the order in which `text` has them.
fn table(object: &Value, text: &str) -> String {
    let properties = object["properties"].as_object().expect("properties");
    let mut rows: Vec<_> = properties
        .iter()
        .map(|(name, property)| (text.find(&format!("\"{name}\": {{")), name, property))
        .collect();
    rows.sort_by_key(|(at, ..)| at.expect("a place"));
    let mut table = String::from("\n| field | type | meaning |\n|---|---|---|\n");
    for (_, name, property) in rows {
        let types = types(property).join(", ");
        table.push_str(&format!("| `{name}` | {types} | {} |\n", meaning(property)));
    }
    table
}

fn types(property: &Value) -> Vec<&str> {
    let one = |value: &Value| if value.is_null() { "null" } else { "string" };
    match (&property["type"], &property["enum"]) {
        (Value::String(name), _) => vec![name],
        (Value::Array(names), _) => names.iter().filter_map(Value::as_str).collect(),
        (_, Value::Array(values)) => {
            let mut types: Vec<_> = values.iter().map(one).collect();
            types.dedup();
            types
        }
        _ if property["oneOf"].is_array() => vec!["object", "null"],
        _ => vec![one(&property["const"])],
    }
}

/// The description, with the values where they are few.
fn meaning(property: &Value) -> String {
    let description = property["description"].as_str().unwrap_or_default();
    let values: Vec<String> = match (&property["enum"], &property["const"]) {
        (Value::Array(values), _) => values.iter().map(|value| format!("`{value}`")).collect(),
        (_, Value::String(value)) => vec![format!("`{value}`")],
        _ => Vec::new(),
    };
    let most = property["maxLength"]
        .as_u64()
        .map(|most| format!("At most {most} characters."))
        .unwrap_or_default();
    let values = match values.len() {
        1..=5 => values.join(", ").replace('"', "") + ".",
        _ => String::new(),
    };
    let parts = [description, &values, &most];
    let told: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    told.join(" ")
}

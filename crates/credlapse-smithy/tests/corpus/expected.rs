//! What the corpus expects.

use std::collections::BTreeMap;

use credlapse::Kind;
use serde_json::Value;

pub(crate) struct Corpus {
    cases: BTreeMap<String, Value>,
}

impl Corpus {
    pub(crate) fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/corpus/rust.json");
        let cases: Vec<Value> =
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let cases = cases
            .into_iter()
            .map(|case| (case["id"].as_str().unwrap().to_owned(), case));
        Self {
            cases: cases.collect(),
        }
    }

    pub(crate) fn case(&self, id: &str) -> &Value {
        &self.cases[id]
    }

    /// The cases of the SDK that are provoked again.
    pub(crate) fn sdk_ids(&self) -> impl Iterator<Item = &str> {
        let ids = self.cases.keys().map(|id| &**id);
        ids.filter(|id| is_provoked(id))
    }

    /// The cases that are not provoked again.
    pub(crate) fn recorded_ids(&self) -> impl Iterator<Item = &str> {
        let ids = self.cases.keys().map(|id| &**id);
        ids.filter(|id| !is_provoked(id))
    }

    pub(crate) fn expected(&self, id: &str) -> &str {
        self.case(id)["expected"]["kind"].as_str().unwrap()
    }

    pub(crate) fn accepts(&self, id: &str, verdict: Option<Kind>) -> bool {
        let expected = &self.case(id)["expected"];
        let accept = expected["accept"].as_array().into_iter().flatten();
        let name = verdict.map_or("not_auth", Kind::as_str);
        accept
            .chain([&expected["kind"]])
            .any(|label| label.as_str() == Some(name))
    }
}

/// Those that end in `__provider` are the same failure without a client.
///
/// An SDK without its login feature cannot be had in a build whose other packages ask for it.
fn is_provoked(id: &str) -> bool {
    id.starts_with("rs-") && !id.ends_with("__provider") && id != "rs-profile-login-feature-missing"
}

//! Errors of other S3 clients and of bare credential providers, from the chains that were recorded of them.
//!
//! object_store, opendal and rust-s3 keep their error types to themselves, so all that there is of them is what a
//! `dyn Error` has: the text of each link. `tests/clients` has the clients themselves, for what the simulator can play.

use std::error::Error;
use std::fmt;

use credlapse::Context;
use credlapse_smithy::SdkErrorExt;

use crate::expected::Corpus;

/// The first is one of `WITHOUT_A_PATH`; the second prints "Config not found" and no more.
const UNDECIDED: [&str; 2] = [
    "rs-container-token-file-missing__provider",
    "r3-no-credentials-profile",
];

#[derive(Debug)]
struct Link {
    text: String,
    source: Option<Box<Link>>,
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Error for Link {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&**self.source.as_ref()?)
    }
}

fn chain(case: &serde_json::Value) -> Box<dyn Error + Send + Sync> {
    let outermost = case["plain_display"].as_str().unwrap();
    let sources = case["chain"].as_array().into_iter().flatten();
    let sources = sources.map(|text| text.as_str().unwrap());
    let mut texts = vec![outermost];
    texts.extend(sources);
    let mut link = None;
    for text in texts.into_iter().rev() {
        link = Some(Box::new(Link {
            text: text.to_owned(),
            source: link,
        }));
    }
    link.unwrap()
}

#[test]
fn recorded_chains_through_dyn_error() {
    let corpus = Corpus::read();
    let ids: Vec<_> = corpus.recorded_ids().collect();
    let mut wrong = Vec::new();
    for id in &ids {
        let error = chain(corpus.case(id));
        let kind = error
            .diagnose(&Context::default())
            .map(|diagnosis| diagnosis.kind);
        if !corpus.accepts(id, kind) && !UNDECIDED.contains(id) {
            wrong.push(format!("{id}: {kind:?}, not {}", corpus.expected(id)));
        }
    }
    println!("{} recorded, {} wrong", ids.len(), wrong.len());
    assert_eq!(wrong, [""; 0]);
}

//! The Rust cases of the corpus, provoked again and seen in four ways.
//!
//! Each failure is made twice by the real SDK, with the interceptor and without. It is diagnosed from the report, from
//! its types, from `dyn Error` and from its printed text, and all four have to say what the corpus expects.

mod expected;
mod profiles;
mod recorded;
mod replies;
mod seen;
mod services;
mod simulated;

use std::collections::BTreeMap;

use credlapse::Kind;
use expected::Corpus;
use seen::Seen;

/// Where the type is lost, so is the status: an answer without a code says nothing any more.
const ONLY_BY_TYPE: [&str; 7] = [
    "rs-s3-head-401",
    "rs-s3-head-403",
    "rs-s3-headbucket-400",
    "rs-s3-headbucket-403",
    "rs-s3-json-403",
    "rs-s3-proxy-html-403",
    "rs-s3-proxy-407",
];

/// Their chains are the same to the letter: no path, and no name of a provider.
const WITHOUT_A_PATH: [&str; 2] = ["rs-container-token-file-missing", "rs-webid-file-missing"];

#[tokio::test]
async fn the_same_verdict_in_four_ways() {
    let corpus = Corpus::read();
    let mut seen = services::provoke(&corpus).await;
    seen.extend(profiles::provoke().await);
    let ids: Vec<_> = seen.iter().map(|seen| &*seen.id).collect();
    let missing: Vec<_> = corpus.sdk_ids().filter(|id| !ids.contains(id)).collect();
    assert_eq!(missing, [""; 0], "not provoked");
    check(&corpus, &seen);
}

#[tokio::test]
async fn the_same_verdict_against_the_simulated_aws() {
    check(&Corpus::read(), &simulated::provoke().await);
}

fn check(corpus: &Corpus, seen: &[Seen]) {
    let mut wrong = Vec::new();
    let mut right = BTreeMap::new();
    for Seen { id, ways } in seen {
        let erased = WITHOUT_A_PATH.contains(&&**id);
        for (way, verdict) in ways {
            if *way == "dyn Error" && verdict.is_none() && ONLY_BY_TYPE.contains(&&**id) {
                continue;
            }
            let accepted = corpus.accepts(id, *verdict);
            *right.entry(*way).or_insert(0) += usize::from(accepted);
            let guesses = [Some(Kind::AmbiguousAuth), Some(Kind::WebIdentityInvalid)];
            let guessed = erased && guesses.contains(verdict);
            if !guessed && (!accepted || *verdict != ways[0].1) {
                wrong.push(format!(
                    "{id} by {way}: {verdict:?}, not {}",
                    corpus.expected(id)
                ));
            }
        }
    }
    println!("of {} cases right: {right:?}", seen.len());
    assert_eq!(wrong, [""; 0]);
    for way in ["interceptor", "type"] {
        assert!(right[way] * 100 >= seen.len() * 98, "{way}: {right:?}");
    }
}

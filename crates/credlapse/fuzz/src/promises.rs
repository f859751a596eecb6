//! What holds for every input.

use credlapse::{DETAIL_MAX, Diagnosis, Evidence, ExitTable, HEADLINE_MAX};
use serde_json::Value;

/// That a reader gives no more causes than are looked at.
///
/// # Panics
///
/// Where it gives more.
pub fn stays_in_bounds(evidence: &Evidence) {
    assert!(evidence.causes.len() <= Evidence::MAX_CAUSES);
}

/// That nothing in a line moves the cursor, colours, reorders or hides.
///
/// # Panics
///
/// Where something does.
pub fn shows_nothing_hidden(line: &str) {
    assert!(!line.chars().any(is_hidden), "{line:?}");
}

/// All that is promised of a diagnosis, in each of its forms.
///
/// # Panics
///
/// Where one promise is broken.
pub fn keeps_promises(diagnosis: &Diagnosis) {
    let headline = diagnosis.headline();
    let detail = diagnosis.detail();
    assert!(headline.chars().count() <= HEADLINE_MAX, "{headline:?}");
    assert!(detail.chars().count() <= DETAIL_MAX, "{detail:?}");
    for line in [&headline, &diagnosis.action(), &detail] {
        assert!(!line.trim().is_empty());
        shows_nothing_hidden(line);
    }

    let json = diagnosis.to_json(&ExitTable::DEFAULT);
    assert!(!json.chars().any(is_hidden), "{json:?}");
    let object: Value = serde_json::from_str(&json).expect("the error object is JSON");
    assert_eq!(object["ok"], Value::Bool(false));
    is_one_login(&object["error"]);
    no_string_hides(&object);
    let camel = serde_json::to_value(diagnosis).expect("a diagnosis can be serialised");
    assert_eq!(camel["reauthArgv"], object["error"]["reauth_argv"]);
}

/// No name that came in adds a word to the command, or makes it another one.
fn is_one_login(error: &Value) {
    let Some(words) = error["reauth_argv"].as_array() else {
        assert!(error["reauth_argv"].is_null() && error["reauth_command"].is_null());
        return;
    };
    let words: Vec<&str> = words.iter().map(|word| word.as_str().unwrap()).collect();
    assert!(words.len() <= 5, "{words:?}");
    assert!(
        words.starts_with(&["aws", "login"]) || words.starts_with(&["aws", "sso", "login"]),
        "{words:?}"
    );
    if let Some(command) = error["reauth_command"].as_str() {
        assert!(command.split(' ').eq(words.iter().copied()), "{command:?}");
    }
}

/// Escapes in JSON are text again once a program has read it.
fn no_string_hides(value: &Value) {
    match value {
        Value::String(text) => {
            // A message of several lines stays one where a program gets it.
            let hidden = |char| is_hidden(char) && !matches!(char, '\n' | '\t');
            assert!(!text.chars().any(hidden), "{text:?}");
        }
        Value::Array(list) => list.iter().for_each(no_string_hides),
        Value::Object(members) => members.values().for_each(no_string_hides),
        _ => {}
    }
}

fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(char, '\u{2060}'..='\u{206f}' | '\u{feff}')
}

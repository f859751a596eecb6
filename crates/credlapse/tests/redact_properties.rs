//! However a text is made, its secrets do not come out, and no second look changes it.

use credlapse::redact::{MASK, line, redact};
use proptest::prelude::*;

/// What the scanner looks for, cut into pieces, so that random texts put it together wrongly.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "Token-0",
            "X-Amz-Signature",
            "Authorization",
            "StringToSign",
            "secret_key",
            "password",
            "idToken",
            "\u{1b}[0m",
            "\u{1b}]8;;",
            "\u{1b}\\",
            "\u{9b}",
            "\u{202e}",
            "\u{200b}",
            "\r\n",
            "\r",
            "\n",
            "\t",
            "'",
            "\"",
            "`",
            "\\",
            "\\\\",
            "\\\"",
            "\\u003d",
            "\\u0026",
            "\\n",
            "%3D",
            "%253D",
            "%26",
            "%",
            "&gt;",
            "&lt;",
            "&quot;",
            "&",
            "<",
            ">",
            "</",
            "=",
            "==",
            "=>",
            ":",
            ": ",
            "://",
            "@",
            "/",
            "+",
            " + ",
            "' +\n  '",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ";",
            ".",
            "-",
            "_",
            " ",
            "Some(",
            "b'",
            "null",
            "AKIA",
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "eyJ",
            "eyJhbGciOiJSUzI1NiJ9",
            "IQoJb3JpZ2lu",
            "Bearer ",
            "Basic ",
            "AWS4-HMAC-SHA256 ",
            "Credential=",
            "-----BEGIN ",
            "PRIVATE KEY-----",
            "-----END ",
            "REDACTED",
            "***",
            MASK,
            "é",
            "日",
            "\u{2028}",
        ])
        .prop_map(str::to_owned),
        "[A-Za-z0-9+/]{1,20}",
        any::<String>(),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..30).prop_map(|pieces| pieces.concat())
}

fn is_clean(text: &str) -> bool {
    text.chars()
        .all(|char| matches!(char, '\n' | '\t') || !char.is_control())
        && !text.contains(['\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}'])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_second_look_changes_nothing(
        text in text(),
        secrets in prop::collection::vec(prop_oneof![piece(), "[a-z]{4,8}", "\\PC{0,6}"], 0..3),
    ) {
        let once = redact(&text, &secrets);
        prop_assert_eq!(&redact(&once, &secrets), &once);
        prop_assert!(is_clean(&once));
        prop_assert!(once.len().div_ceil(4) <= text.len());
        let one_line = line(&text, &secrets);
        prop_assert!(!one_line.contains(['\n', '\t']));
        prop_assert_eq!(&line(&one_line, &secrets), &one_line);
    }

    #[test]
    fn a_named_secret_goes_wherever_it_stands(
        before in text(),
        after in text(),
        form in prop::sample::select(vec![
            "<Token-0>@</Token-0>", "'Token-0': '@'", "\"sessionToken\":\"@\"", "\\\"accessToken\\\":\\\"@\\\"",
            "?X-Amz-Signature=@&", "?X-Amz-Security-Token=@ ", "%3FX-Amz-Signature%3D@%26", "AWS_SECRET_ACCESS_KEY=@\n",
            "aws_session_token = @\n", "Authorization: Bearer @\n", "'authorization': 'Basic @'",
        ]),
        secret in "[A-Za-z0-9]{8}[0-9][A-Za-z0-9]{16,40}",
    ) {
        prop_assume!(!before.contains(&secret) && !after.contains(&secret));
        // On a line of its own: what stands before may open a quote and eat the name.
        let text = format!("{before}\n {}{after}", form.replace('@', &secret));
        let once = redact(&text, &[]);
        prop_assert!(!once.contains(&secret), "{text:?}\n{once:?}");
    }

    #[test]
    fn a_secret_of_the_caller_goes_in_every_form(before in text(), after in text(), secret in "[ -~]{6,30}") {
        let secret = secret.trim().to_owned();
        prop_assume!(secret.len() >= 6 && !MASK.contains(&secret));
        let text = format!("{before}\n{secret}\n{after}");
        let once = redact(&text, std::slice::from_ref(&secret));
        prop_assert!(!once.replace(MASK, "\n").contains(&secret), "{text:?}\n{once:?}");
    }
}

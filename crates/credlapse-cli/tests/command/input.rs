//! What can be given to `explain`: encodings, binary files, nothing at all.

use crate::run::{Directory, EXPIRED, run};

#[test]
fn utf16_is_decoded() {
    let text = format!("aws : {EXPIRED}");
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for input in [
        [b"\xff\xfe", &little[..]].concat(),
        [b"\xfe\xff", &big[..]].concat(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        little,
    ] {
        let explained = run(&["explain", "--no-local"], &input);
        assert_eq!(explained.status, 10, "{explained:?}");
    }
}

#[test]
fn invalid_utf8_does_no_harm() {
    let input = [b"\xff\x80 caf\xe9 ", EXPIRED.as_bytes(), b"\xf0\x9f"].concat();
    assert_eq!(run(&["explain", "--no-local"], input).status, 10);
}

#[test]
fn line_endings_and_colours_do_not_count() {
    let input = format!(
        "\x1b[31m{}\x1b[0m\r\n",
        EXPIRED.trim_end().replace(' ', "\r\n")
    );
    assert_eq!(run(&["explain", "--no-local"], input).status, 10);
}

#[test]
fn what_cannot_be_read_is_66() {
    let directory = Directory::new();
    let binary = directory.write("binary", b"\x7fELF\x02\x01\x01\0\0\0\0\0\x03\0\x3e\0\x01\0");
    let compressed = directory.write("log.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03");
    let missing = directory.path().join("missing").display().to_string();
    let itself = directory.path().display().to_string();
    for (path, why) in [
        (&binary, "it is binary, not text"),
        (&compressed, "it is compressed (gzip), unpack it first"),
        (&missing, ""),
        (&itself, ""),
    ] {
        let refused = run(&["explain", path], "");
        assert_eq!(refused.status, 66, "{refused:?}");
        assert_eq!(refused.stdout, "");
        let start = format!("error: cannot read `{path}`: {why}");
        assert!(refused.stderr.starts_with(&start), "{refused:?}");
        assert_eq!(refused.stderr.lines().count(), 1);
        assert_eq!(run(&["explain", "--ndjson", path], "").status, 66);
    }
}

#[test]
fn an_error_deep_in_a_large_log_is_found() {
    let noise =
        "2026-11-21T14:02:07Z INFO [svc-3] request completed, token refreshed for user 4711\n"
            .repeat(40_000);
    for error in [
        EXPIRED,
        "\x1b[31mThe SSO session\x1b[0m\n\u{2502} has expired or is\n\u{2502} invalid\n",
    ] {
        let log = [&noise, error, &noise].concat();
        let explained = run(&["explain", "--no-local"], log);
        assert_eq!(explained.status, 10, "{explained:?}");
    }
    assert_eq!(run(&["explain", "--no-local"], &noise).status, 0);
}

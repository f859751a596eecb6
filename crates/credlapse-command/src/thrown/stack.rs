//! Who threw, where only the stack knows: a `TypeError` inside a provider of an SDK.

use credlapse::Cause;

use super::members::{self, Members};

/// The names of errors that anything may throw.
const ORDINARY: [&str; 5] = [
    "Error",
    "TypeError",
    "SyntaxError",
    "RangeError",
    "ReferenceError",
];

/// How much of the frames is looked at; the first frames are nearest to the throw.
const FRAMES: usize = 2048;

/// The SDK package, or the module of SDK v2, that the first frames name.
///
/// The stack is one text or a list of lines.
pub(super) fn thrower(error: &Members<'_>, cause: &Cause) -> Option<String> {
    let stack = error.get("stack")?;
    let ordinary = cause
        .name
        .as_deref()
        .is_none_or(|name| ORDINARY.contains(&name));
    let message = cause.message.as_deref().filter(|_| ordinary)?;
    let stack = members::text(stack).or_else(|| {
        let lines: Vec<String> = serde_json::from_str(stack.get()).ok()?;
        Some(lines.join("\n"))
    })?;
    let said = members::char_boundary(&stack, message.len());
    let frames = stack[said..]
        .find("\n    at ")
        .map_or(&stack[..], |at| &stack[said + at..]);
    let frames = &frames[..members::char_boundary(frames, FRAMES)];
    package(&frames.replace('\\', "/"))
}

/// The first `@aws-sdk/x`, `@smithy/x` or `aws-sdk/lib/x` of a path in `frames`.
fn package(frames: &str) -> Option<String> {
    frames.match_indices('/').find_map(|(slash, _)| {
        let path = &frames[slash + 1..];
        for scope in ["@aws-sdk/", "@smithy/"] {
            if let Some(rest) = path.strip_prefix(scope) {
                let name = head(rest, |c| matches!(c, 'a'..='z' | '0'..='9' | '-'));
                return (!name.is_empty()).then(|| format!("{scope}{name}"));
            }
        }
        let rest = path.strip_prefix("aws-sdk/")?;
        // Deno keeps packages below a folder for each version.
        let version = head(rest, |c| matches!(c, '0'..='9' | '.'));
        let rest = rest[version.len()..].trim_start_matches('/');
        let module = head(rest, |c| {
            c.is_ascii_alphanumeric() || matches!(c, '_' | '/')
        });
        let module = module.strip_prefix("lib/").map(|_| module);
        Some(module.map_or("aws-sdk".into(), |module| format!("aws-sdk/{module}")))
    })
}

fn head(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    let end = text.find(|char| !belongs(char)).unwrap_or(text.len());
    &text[..end]
}

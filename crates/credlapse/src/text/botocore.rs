//! botocore and the AWS CLI.

use super::header::{Header, Role};
use super::scan;
use crate::Cause;

/// `An error occurred (CODE) when calling the OPERATION operation (reached max retries: 4): MESSAGE`.
///
/// Very old versions print `A client error (CODE) occurred when ...`, the AWS
/// CLI prints `An error occurred (CODE): MESSAGE` for failures of its own.
pub(super) fn read(text: &str) -> Option<Header> {
    let rest = text
        .strip_prefix("An error occurred (")
        .or_else(|| text.strip_prefix("A client error ("))?;
    let (code, rest) =
        scan::split_run(rest, |byte| scan::is_word(byte) || b".-:# ".contains(&byte));
    let mut cause = Cause {
        code: Some(code.into()),
        ..Cause::default()
    };
    let mut rest = rest.strip_prefix(')')?;
    rest = rest.strip_prefix(" occurred").unwrap_or(rest).trim_start();
    if let Some(call) = rest
        .strip_prefix("when")
        .map(str::trim_start)
        .and_then(|rest| rest.strip_prefix("calling"))
    {
        let call = call.trim_start();
        let call = call.strip_prefix("the").map_or(call, str::trim_start);
        let (operation, call) = scan::split_word(call);
        cause.operation = Some(operation.into());
        let call = call.trim_start();
        rest = call.strip_prefix("operation").unwrap_or(call).trim_start();
        if let Some(note) = rest.strip_prefix("(reached") {
            let (_, note) =
                scan::split_run(note, |byte| scan::is_word(byte) || b": ".contains(&byte));
            rest = note.strip_prefix(')').unwrap_or(note);
        }
    }
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    Some(Header::new(text, rest, cause, Role::Opens))
}

//! Removing an alias whose session has ended.

use crate::alias::{Alias, Origin};
use crate::config::Config;
use crate::error::Error;

/// Removes the alias if it can never work again, and says so in the error.
///
/// `safe_to_discard` is true for a definite expiry of keys that this program stores, and for
/// nothing else: not for a denial, a wrong clock or an answer without a code. An alias of the
/// environment is not stored here. Whatever becomes of the file, the error stays what it is.
pub(crate) fn prune(
    config: &mut Config,
    name: &str,
    (alias, origin): (&Alias, Origin),
    mut error: Error,
) -> Error {
    if let Error::TokenExpired { diagnosis, note } = &mut error
        && diagnosis.safe_to_discard
        && origin == Origin::File
    {
        *note = match config.discard(name, alias) {
            Ok(true) => Some(format!(
                "Alias `{name}` was removed: set it again with new keys."
            )),
            Ok(false) => None,
            Err(error) => Some(format!("Alias `{name}` could not be removed: {error}")),
        };
    }
    error
}

//! Removing an alias whose session has ended.

use crate::alias::Origin;
use crate::config::Config;
use crate::error::Error;

/// Removes the alias if it can never work again; true if it did.
///
/// `safe_to_discard` is true for a definite expiry of keys that this program stores, and for
/// nothing else: not for a denial, a wrong clock or an answer without a code. An alias of the
/// environment is not stored here.
pub(crate) fn prune(
    config: &mut Config,
    name: &str,
    origin: Origin,
    error: &Error,
) -> Result<bool, Error> {
    match error {
        Error::TokenExpired(diagnosis) if diagnosis.safe_to_discard && origin == Origin::File => {
            config.remove(name)
        }
        _ => Ok(false),
    }
}

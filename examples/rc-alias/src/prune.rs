//! Removing an alias whose session has ended.

use crate::alias::Origin;
use crate::config::Config;
use crate::error::Error;

/// Removes the alias if it can never work again, and says so in the error.
///
/// `safe_to_discard` is true for a definite expiry of keys that this program stores, and for
/// nothing else: not for a denial, a wrong clock or an answer without a code. An alias of the
/// environment is not stored here.
pub(crate) fn prune(
    config: &mut Config,
    name: &str,
    origin: Origin,
    mut error: Error,
) -> Result<Error, Error> {
    if let Error::TokenExpired { diagnosis, removed } = &mut error
        && diagnosis.safe_to_discard
        && origin == Origin::File
        && config.remove(name)?
    {
        *removed = Some(name.into());
    }
    Ok(error)
}

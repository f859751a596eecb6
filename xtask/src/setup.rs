//! What the checks need beyond Rust itself; each part uses what is there before it installs.

pub(crate) mod cargo_tool;
pub(crate) mod chromium;
pub(crate) mod debian_rust;
pub(crate) mod npm;
pub(crate) mod python;
pub(crate) mod wasm_std;

use crate::process::Result;
use crate::workspace::Workspace;

/// Everything at once, for an image or a cache that is filled beforehand.
pub(crate) fn everything(workspace: &Workspace) -> Result {
    wasm_std::ensure(workspace)?;
    npm::ensure(workspace)?;
    python::ensure(workspace)?;
    chromium::ensure(workspace)?;
    cargo_tool::WASM_PACK.ensure(workspace)?;
    cargo_tool::wasm_bindgen(workspace)?.ensure(workspace)?;
    cargo_tool::CARGO_DENY.ensure(workspace)?;
    cargo_tool::CARGO_CHECK_EXTERNAL_TYPES.ensure(workspace)?;
    Ok(())
}

//! What the TypeScript imports of the WebAssembly modules.

use std::fs;
use std::path::{Path, PathBuf};

use crate::bytes;
use crate::digest;
use crate::packed::Packed;
use crate::process::{Result, capture};
use crate::setup::npm;
use crate::wasm::{self, Built, CHECK, COMMAND, DIAGNOSE, Module, PROFILE};
use crate::workspace::Workspace;

/// Not committed: with a rule more, all of it changes.
pub(crate) const FOLDER: &str = "npm/credlapse/src/generated";

/// Writes the module of the command and its JavaScript side; a file of its own, it is not packed.
pub(crate) fn build_command(workspace: &Workspace) -> Result {
    let sources = [wasm::SOURCES, wasm::COMMAND_SOURCES].concat();
    let mark = digest::mark(&digest::of(workspace, &sources)?);
    let glue = path(workspace, COMMAND, "_glue.js");
    if !is_current(&glue, &mark) {
        write(workspace, COMMAND, &mark)?;
    }
    Ok(())
}

/// Writes the JavaScript side and the bytes of each module of the library, unless its sources are as they were.
pub(crate) fn build(workspace: &Workspace) -> Result {
    let mark = digest::mark(&digest::of(workspace, wasm::SOURCES)?);
    let unpacker = workspace.path(FOLDER).join("unpack_bytes.ts");
    if !is_current(&unpacker, &mark) {
        fs::create_dir_all(workspace.path(FOLDER))?;
        fs::write(unpacker, unpacker_module(workspace, &mark)?)?;
    }
    for module in [DIAGNOSE, PROFILE, CHECK] {
        // Written last, so that it says of all that they are there.
        let bytes = path(workspace, module, "_bytes.ts");
        if !is_current(&bytes, &mark) {
            let built = write(workspace, module, &mark)?;
            fs::write(bytes, bytes_module(&built, &mark)?)?;
        }
    }
    Ok(())
}

/// Where a file of a module lies.
fn path(workspace: &Workspace, module: Module, suffix: &str) -> PathBuf {
    let name = format!("{}{suffix}", module.feature);
    workspace.path(FOLDER).join(name)
}

fn is_current(file: &Path, mark: &str) -> bool {
    fs::read_to_string(file).is_ok_and(|text| text.starts_with(mark))
}

/// Writes a module, and last its JavaScript side.
fn write(workspace: &Workspace, module: Module, mark: &str) -> Result<Built> {
    fs::create_dir_all(workspace.path(FOLDER))?;
    let built = wasm::build(workspace, module)?;
    fs::copy(&built.module, path(workspace, module, ".wasm"))?;
    fs::write(
        path(workspace, module, "_glue.d.ts"),
        glue_types(module, mark),
    )?;
    let glue = glue(workspace, &built, mark)?;
    fs::write(path(workspace, module, "_glue.js"), glue)?;
    Ok(built)
}

/// The JavaScript of wasm-bindgen, inside a function.
///
/// As a module it has one instance for ever. A function gives a new one at each
/// call, for the call after a trap, and nothing of it runs before the first.
fn glue(workspace: &Workspace, built: &Built, mark: &str) -> Result<String> {
    // Its own two also take files, addresses and arguments of old versions.
    const STARTS: &str = "export { initSync, __wbg_init as default };";
    const START: &str = "export const imports = __wbg_get_imports();
    export function start(instance) { __wbg_finalize_init(instance); }";
    let script = fs::read_to_string(&built.glue)?;
    if !script.contains(STARTS) {
        return Err(format!("the JavaScript of wasm-bindgen has no `{STARTS}`").into());
    }
    let entry = built.glue.with_extension("entry.js");
    let script = NEEDLESS
        .iter()
        .try_fold(script, |script, (from, to)| without(&script, from, to))?;
    fs::write(&entry, script.replace(STARTS, START))?;
    let script = capture(
        npm::program(workspace, "esbuild")?
            .arg(&entry)
            .args(["--bundle", "--format=esm", "--target=es2022"])
            .arg("--log-level=error"),
    )?;
    for banned in ["import.meta", "fetch(", "import("] {
        if script.contains(banned) {
            return Err(format!("the JavaScript of wasm-bindgen has `{banned}`").into());
        }
    }
    let (body, exports) = script
        .rsplit_once("export {")
        .filter(|(body, _)| !body.contains("export "))
        .ok_or("the JavaScript of wasm-bindgen does not end with its only export")?;
    Ok(format!(
        "{mark}export function bind() {{\n{body}return {{{exports}}}\n"
    ))
}

/// Statements in the JavaScript of wasm-bindgen that do nothing here, from and to.
const NEEDLESS: [(&str, &str); 4] = [
    // Engines without it could not run what unpacks the module either.
    ("if (!('encodeInto' in ", "\n}\n"),
    // One engine refuses to decode after 2 GiB. As after any call that fails, the next begins anew.
    ("numBytesDecoded += ", "\n    }\n"),
    ("wasmInstance = ", ";"),
    ("wasmModule = ", ";"),
];

/// A script without a statement; there has to be one.
fn without(script: &str, from: &str, to: &str) -> Result<String> {
    let (before, rest) = script
        .split_once(from)
        .ok_or_else(|| format!("the JavaScript of wasm-bindgen has no `{from}`"))?;
    let (_, after) = rest.split_once(to).ok_or("a statement without an end")?;
    Ok([before, after].concat())
}

fn glue_types(module: Module, mark: &str) -> String {
    let (core, file) = (module.interface, module.declared);
    format!(
        "{mark}import type {{ {core} }} from \"../{file}\";\n\
         import type {{ Bound }} from \"../module.ts\";\n\n\
         /** The JavaScript side of a new instance of the module, which {core} types. */\n\
         export function bind(): Bound<{core}>;\n"
    )
}

fn unpacker_module(workspace: &Workspace, mark: &str) -> Result<String> {
    let text = bytes::hex(&wasm::build_unpacker(workspace)?);
    Ok(format!(
        "{mark}/** The module that unpacks the others, in hexadecimal digits. */\n\
         export const MODULE: string = {};\n",
        bytes::literal(&text),
    ))
}

fn bytes_module(built: &Built, mark: &str) -> Result<String> {
    let module = fs::read(&built.module)?;
    let packed = Packed::new(&module)?;
    Ok(format!(
        "{mark}/** The length of the module. */\n\
         export const LENGTH: number = {};\n\n\
         /** The length of its parts. */\n\
         export const SORTED: number = {};\n\n\
         /** The module, sorted and deflated, as text. */\n\
         export const PACKED: string = {};\n",
        packed.length,
        packed.sorted,
        bytes::literal(&bytes::text(&packed.bytes)),
    ))
}

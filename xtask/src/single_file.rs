//! The library as one JavaScript file with the WebAssembly inside.

use std::fs;

use crate::process::{Result, capture, run};
use crate::setup::npm;
use crate::workspace::Workspace;
use crate::{bytes, declarations, digest, generated, wasm};

/// An entry of the TypeScript, and the file that it becomes.
struct SingleFile {
    entry: &'static str,
    output: &'static str,
}

const FILES: [SingleFile; 2] = [
    SingleFile {
        entry: "index",
        output: "deno/credlapse",
    },
    SingleFile {
        entry: "profile",
        output: "deno/credlapse_profile",
    },
];

/// What a file that is imported from anywhere, without permissions, must not do.
const BANNED: &[&str] = &[
    "import.meta",
    "import(",
    "import{",
    "import ",
    "fetch(",
    "eval(",
    "new Function",
    "require(",
    "Deno.",
    "process.",
];

/// What the package has besides: one of JSR takes nothing from outside its folder.
const COPIES: [&str; 3] = ["LICENSE-APACHE", "LICENSE-MIT", "README.md"];

/// Builds the modules, then each file with its declarations, unless all sources are as they were.
pub(crate) fn build(workspace: &Workspace) -> Result {
    for file in COPIES {
        fs::copy(workspace.path(file), workspace.path("deno").join(file))?;
    }
    generated::build(workspace)?;
    let mut sources = wasm::SOURCES.to_vec();
    sources.extend(["npm/credlapse/src", "npm/credlapse/tsconfig.json"]);
    let mark = digest::mark(&digest::of(workspace, &sources)?);
    let current = FILES.iter().all(|file| {
        let declarations = workspace.path(&format!("{}.d.ts", file.output));
        fs::read_to_string(declarations).is_ok_and(|text| text.starts_with(&mark))
    });
    if current {
        return Ok(());
    }
    let types = workspace.target("types");
    run(npm::program(workspace, "tsc")?
        .args(["--project", "npm/credlapse", "--outDir"])
        .arg(&types))?;
    for file in &FILES {
        let path = workspace.path(file.output);
        fs::write(path.with_extension("js"), bundle(workspace, file, &mark)?)?;
        let text = declarations::of(&types, &[file.entry])?;
        fs::write(path.with_extension("d.ts"), format!("{mark}{text}"))?;
    }
    Ok(())
}

fn bundle(workspace: &Workspace, file: &SingleFile, mark: &str) -> Result<String> {
    let script = capture(
        npm::program(workspace, "esbuild")?
            .arg(format!("npm/credlapse/src/{}.ts", file.entry))
            .args(["--bundle", "--format=esm", "--target=es2022", "--minify"])
            .args(["--legal-comments=none", "--log-level=error"]),
    )?;
    if let Some(banned) = BANNED.iter().find(|banned| script.contains(**banned)) {
        return Err(format!("the bundle of `{}` has `{banned}`", file.entry).into());
    }
    let name = file.output.rsplit('/').next().unwrap_or(file.output);
    Ok(format!(
        "/* @ts-self-types=\"./{name}.d.ts\" */\n{mark}{}",
        wrap_bytes(&script)?
    ))
}

/// Breaks the line with the module into lines, as no editor opens it otherwise.
fn wrap_bytes(script: &str) -> Result<String> {
    let longest = script
        .split('"')
        .max_by_key(|part| part.len())
        .unwrap_or_default();
    if longest.len() < 10_000 || script.matches(longest).count() != 1 {
        return Err("the bundle has not exactly one module".into());
    }
    Ok(script.replace(&format!("\"{longest}\""), &bytes::literal(longest)))
}

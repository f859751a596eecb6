//! `cargo xtask`: the build logic of credlapse.
//!
//! Each room of the workspace is one file here, each step one function.

mod addon;
mod api;
mod bench;
mod bytes;
mod core_contract;
mod declarations;
mod deno;
mod deny;
mod digest;
mod fuzz;
mod generated;
mod node;
mod npm;
mod packaging;
mod packed;
mod process;
mod remap;
mod rust;
mod setup;
mod single_file;
mod size;
mod step;
mod targets;
mod tools;
mod wasm;
mod workspace;

use std::process::ExitCode;

use process::Result;
use step::Step;
use workspace::Workspace;

const USAGE: &str = "\
usage: cargo xtask <command> [name...]

  test [step...]   run every check, or only the named steps
  build            build all of these:
  build deno       build the WebAssembly modules and the single files with them inside
  build napi [target [option...]]
                   build the native addon as an npm package, for this machine unless a target is
                   named; the options go to `napi build`
  build npm        build the npm package of the library, and lay out those of the addons that are built
  bench            run all benchmarks
  targets          type-check the command and the native addon for macOS and Windows
  deny             check licences, bans and sources of all dependencies
  fuzz [target] [seconds]
                   fuzz the core: one target or all, for a minute in all unless told
  setup            install what the checks need, without running them
";

/// What `cargo xtask test` runs, in order: cheap and likely to fail first.
const TEST: &[Step] = &[
    Step::new("format", rust::format),
    Step::new("lint", rust::lint),
    Step::new("core", core_contract::check),
    Step::new("api", api::check),
    Step::new("rust", rust::test),
    Step::new("clients", rust::test_clients),
    Step::new("doc", rust::doc),
    Step::new("wasm", wasm::check_reproducible),
    Step::new("npm", npm::test),
    Step::new("deno", deno::test),
    Step::new("node", node::test),
    Step::new("tools", tools::test),
    Step::new("packaging", packaging::test),
    Step::new("size", size::check),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let names: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let workspace = Workspace::locate();
    match dispatch(&workspace, &names) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn build_addon(workspace: &Workspace, target: Option<&str>, options: &[&str]) -> Result {
    addon::build(workspace, target, options)?;
    addon::lay_out(workspace).map(drop)
}

fn dispatch(workspace: &Workspace, arguments: &[&str]) -> Result {
    match arguments {
        ["test", names @ ..] => step::run(workspace, TEST, names),
        ["build"] => {
            single_file::build(workspace)?;
            node::build_library(workspace)?;
            build_addon(workspace, None, &[])
        }
        ["build", "deno"] => single_file::build(workspace),
        ["build", "napi"] => build_addon(workspace, None, &[]),
        ["build", "napi", target, options @ ..] => build_addon(workspace, Some(target), options),
        ["build", "npm"] => {
            node::build_library(workspace)?;
            addon::lay_out(workspace).map(drop)
        }
        ["bench"] => bench::run_all(workspace),
        ["targets"] => targets::check(workspace),
        ["deny"] => deny::check(workspace),
        ["fuzz", arguments @ ..] => fuzz::fuzz(workspace, arguments),
        ["setup"] => setup::everything(workspace),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => Err(format!("unknown arguments `{}`\n\n{USAGE}", arguments.join(" ")).into()),
    }
}

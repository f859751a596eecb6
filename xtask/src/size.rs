//! What a single file weighs, held against a committed budget.

use std::collections::BTreeMap;
use std::fs;

use crate::process::{Result, capture};
use crate::single_file;
use crate::workspace::Workspace;

const BUDGET: &str = "deno/size-budget.json";

/// Bytes of a file by encoding: `raw`, `gzip` and `brotli`, each at its best level.
type Sizes = BTreeMap<String, u64>;

/// Prints what each file weighs and fails if one is heavier than it may be.
pub(crate) fn check(workspace: &Workspace) -> Result {
    single_file::build(workspace)?;
    let text = fs::read_to_string(workspace.path(BUDGET))?;
    let budget: BTreeMap<String, Sizes> = serde_json::from_str(&text)?;
    let mut heavier = Vec::new();
    for (name, limits) in &budget {
        let sizes = weigh(workspace, name)?;
        for (encoding, limit) in limits {
            let size = sizes.get(encoding).copied();
            let size = size.ok_or_else(|| format!("`{BUDGET}` has the encoding `{encoding}`"))?;
            eprintln!("{name:<24} {encoding:<8} {size:>8} of {limit:>8} bytes");
            if size > *limit {
                heavier.push(format!("{name} ({encoding})"));
            }
        }
    }
    if heavier.is_empty() {
        Ok(())
    } else {
        Err(format!("heavier than `{BUDGET}` allows: {}", heavier.join(", ")).into())
    }
}

fn weigh(workspace: &Workspace, name: &str) -> Result<Sizes> {
    const SCRIPT: &str = "\
        const bytes = fs.readFileSync(process.argv[1]);\
        console.log(JSON.stringify({\
            raw: bytes.length,\
            gzip: zlib.gzipSync(bytes, { level: 9 }).length,\
            brotli: zlib.brotliCompressSync(bytes).length,\
        }))";
    let path = workspace.path("deno").join(name);
    let sizes = capture(workspace.command("node").args(["--eval", SCRIPT]).arg(path))?;
    Ok(serde_json::from_str(&sizes)?)
}

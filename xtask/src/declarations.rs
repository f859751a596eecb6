//! The declarations of an entry of the TypeScript in one file.
//!
//! `tsc` writes a file for each module. A single-file library needs them in one,
//! with what the entry exports and what that refers to.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::process::Result;

/// Reads what `tsc` wrote in `folder` for the modules of an entry, and for all that they import.
pub(crate) fn of(folder: &Path, entry: &[&str]) -> Result<String> {
    let mut modules = Vec::new();
    for module in entry {
        collect(folder, module, &mut modules)?;
    }
    let mut exported = BTreeSet::new();
    for module in entry {
        let text = fs::read_to_string(folder.join(module).with_extension("d.ts"))?;
        let known = modules.iter().find(|known| **known == text);
        exported.extend(known.map(|text| exported_names(text)).unwrap_or_default());
    }
    let items: Vec<Item<'_>> = modules.iter().flat_map(|module| items(module)).collect();
    let mut kept: BTreeSet<&str> = BTreeSet::new();
    let mut wanted: Vec<&str> = exported.iter().copied().collect();
    while let Some(name) = wanted.pop() {
        let found = items.iter().find(|item| item.name == name);
        if let Some(item) = found.filter(|_| kept.insert(name)) {
            wanted.extend(words(item.declaration));
        }
    }
    if let Some(name) = exported.iter().find(|name| !kept.contains(*name)) {
        return Err(format!("{entry:?} exports `{name}`, which is not declared").into());
    }
    let mut text = module_comment(&modules[0]).to_owned();
    for item in items.iter().filter(|item| kept.contains(item.name)) {
        text.push_str(item.comment);
        if exported.contains(item.name) {
            text.push_str("export ");
        }
        text.push_str(item.declaration);
    }
    // Without it, a declaration file exports everything that it declares.
    text.push_str("export {};\n");
    Ok(text)
}

/// A declaration at the top level.
struct Item<'a> {
    name: &'a str,
    comment: &'a str,
    /// Without `export`.
    declaration: &'a str,
}

/// The texts of the module and of those that it imports, each once.
fn collect(folder: &Path, module: &str, texts: &mut Vec<String>) -> Result {
    let path = folder.join(module).with_extension("d.ts");
    let text = fs::read_to_string(&path)
        .map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
    if texts.contains(&text) {
        return Ok(());
    }
    texts.push(text.clone());
    for line in text.lines().filter(|line| is_link(line)) {
        if let Some((_, path)) = line.split_once(" from \"./") {
            collect(folder, path.trim_end_matches("\";"), texts)?;
        }
    }
    Ok(())
}

/// Whether the line is a statement that imports from or exports from another module.
fn is_link(line: &str) -> bool {
    line.starts_with("import ") || line.starts_with("export {") || line.starts_with("export type {")
}

/// What the module exports, its own declarations and those of others.
fn exported_names(module: &str) -> BTreeSet<&str> {
    let mut names: BTreeSet<&str> = items(module)
        .into_iter()
        .filter(|item| module.contains(&format!("\nexport {}", item.declaration)))
        .map(|item| item.name)
        .collect();
    for line in module.lines().filter(|line| line.starts_with("export ")) {
        if let Some((_, list)) = line.split_once('{').filter(|_| is_link(line)) {
            let list = list.split_once('}').map_or("", |(list, _)| list);
            names.extend(
                list.split(',')
                    .map(|name| name.trim().trim_start_matches("type "))
                    .filter(|name| !name.is_empty()),
            );
        }
    }
    names
}

fn items(module: &str) -> Vec<Item<'_>> {
    let mut items: Vec<Item<'_>> = Vec::new();
    let mut comment = 0..0;
    let mut start = 0;
    while let Some(line) = module
        .get(start..)
        .and_then(|rest| rest.split_inclusive('\n').next())
    {
        let end = start + line.len();
        if line.starts_with("/**") || line.starts_with(" *") {
            comment = if line.starts_with("/**") {
                start..end
            } else {
                comment.start..end
            };
        } else if is_link(line) {
            comment = end..end;
        } else if line.starts_with(|first: char| first.is_ascii_lowercase()) {
            let declared = line.strip_prefix("export ").unwrap_or(line);
            items.push(Item {
                name: name(declared),
                comment: &module[comment.clone()],
                declaration: &module[end - declared.len()..end],
            });
            comment = end..end;
        } else if let Some(item) = items.last_mut() {
            // A line of a body, or its closing bracket.
            let from = item.declaration.as_ptr() as usize - module.as_ptr() as usize;
            item.declaration = &module[from..end];
            comment = end..end;
        }
        start = end;
    }
    items
}

/// The name in `declare function name(`, `interface Name {`, `type Name =`.
fn name(declaration: &str) -> &str {
    words(declaration)
        .find(|word| !["declare", "const", "function", "class", "interface", "type"].contains(word))
        .unwrap_or("")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|char: char| !char.is_ascii_alphanumeric() && char != '_' && char != '$')
        .filter(|word| !word.is_empty())
}

fn module_comment(module: &str) -> &str {
    let end = module.find(" */\n").map_or(0, |end| end + 4);
    module
        .get(..end)
        .filter(|comment| comment.contains("@module"))
        .unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_entry_exports_comes_with_what_it_refers_to() {
        let folder =
            std::env::temp_dir().join(format!("xtask-declarations-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
        write(
            "entry.d.ts",
            "/**\n * Docs.\n *\n * @module\n */\nexport { f, type T } from \"./other.ts\";\n",
        );
        write(
            "other.d.ts",
            "/** Unused. */\nexport declare const unused: number;\n/** A type. */\nexport interface T {\n    \
             /** A field. */\n    a: U;\n}\ntype U = 1;\n/** A function. */\nexport declare function f(t: T): void;\n",
        );
        let text = of(&folder, &["entry"]).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(
            text,
            "/**\n * Docs.\n *\n * @module\n */\n/** A type. */\nexport interface T {\n    \
             /** A field. */\n    a: U;\n}\ntype U = 1;\n/** A function. */\nexport declare function f(t: T): void;\nexport {};\n"
        );
    }
}

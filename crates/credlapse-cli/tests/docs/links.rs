//! Relative links lead somewhere, headings included.

use std::path::{Path, PathBuf};

use crate::repository;

#[test]
fn every_relative_link_resolves() {
    let mut pages: Vec<PathBuf> = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
        .map(repository)
        .into();
    for directory in ["docs", "examples"] {
        collect(&repository(directory), &mut pages);
    }
    let mut followed = 0;
    for page in &pages {
        let text = std::fs::read_to_string(page).expect("a page");
        for link in links(&text) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() {
                page.clone()
            } else {
                page.parent().expect("a directory").join(path)
            };
            assert!(target.exists(), "{}: {link}", page.display());
            if !heading.is_empty() {
                let text = std::fs::read_to_string(&target).expect("a page");
                let known = headings(&text).any(|known| known == heading);
                assert!(known, "{}: {link}", page.display());
            }
            followed += 1;
        }
    }
    assert!(followed > 100, "{followed}");
}

/// The Markdown files below a directory, what tools install left out.
fn collect(directory: &Path, pages: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "node_modules") {
            collect(&path, pages);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
}

/// The targets of inline links outside of code.
fn links(text: &str) -> impl Iterator<Item = &str> {
    prose(text)
        .flat_map(|line| line.split("](").skip(1))
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target)
}

fn headings(text: &str) -> impl Iterator<Item = String> {
    prose(text)
        .filter(|line| line.starts_with('#'))
        .map(|line| {
            line.trim_start_matches('#')
                .trim()
                .chars()
                .filter(|char| char.is_alphanumeric() || " -_".contains(*char))
                .map(|char| {
                    if char == ' ' {
                        '-'
                    } else {
                        char.to_ascii_lowercase()
                    }
                })
                .collect()
        })
}

/// The lines outside of fences.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut fenced = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    })
}

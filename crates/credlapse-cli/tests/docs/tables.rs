//! The tables of docs/, between `<!-- name -->` and `<!-- end -->`.

use credlapse::{Code, ExitTable, Kind};

use crate::{content, filled};

#[test]
fn the_index_has_every_kind_with_its_meaning() {
    let mut table = String::new();
    for code in Code::ALL {
        table.push_str(&format!("\n## {code}\n\n"));
        for kind in Kind::ALL.iter().filter(|kind| kind.code() == *code) {
            let page = content(&kind.help());
            let meaning = page.split("\n\n").nth(1).expect("a first paragraph");
            let meaning = meaning.replace('\n', " ");
            table.push_str(&format!("- [{kind}](kinds/{kind}.md): {meaning}\n"));
        }
    }
    filled("docs/README.md", "kinds", &table);
}

#[test]
fn the_statuses_are_those_of_the_core() {
    let mut table = String::from("\n| code |");
    for name in ExitTable::NAMES {
        table.push_str(&format!(" `{name}` |"));
    }
    table.push_str(&format!(
        "\n|---|{}\n",
        "---|".repeat(ExitTable::NAMES.len())
    ));
    for code in Code::ALL {
        table.push_str(&format!("| `{code}` |"));
        for name in ExitTable::NAMES {
            let statuses = ExitTable::named(name).expect("a table");
            table.push_str(&format!(" {} |", statuses.of_code(*code)));
        }
        table.push('\n');
    }
    filled("docs/exit-codes.md", "statuses", &table);
}

//! What `npx credlapse` says of its verbs and options.

use crate::{credlapse, fresh};

#[test]
fn npx_says_of_verbs_and_options_what_the_command_says() {
    let mut module = String::from(
        "/**\n * What the command says of its verbs; `UPDATE=1 cargo test -p credlapse-cli --test docs`\n \
         * writes it.\n *\n * @module\n */\n",
    );
    for verb in ["explain", "check"] {
        let output = credlapse(&[verb, "-h"]);
        let help = String::from_utf8(output.stdout).expect("UTF-8");
        // There is nothing more to see, and the version is no option of a verb.
        let (help, _) = help.split_once(" (see more").expect("its last words");
        let name = verb.to_uppercase();
        let text = help.replace('\\', "\\\\").replace('`', "\\`");
        module.push_str(&format!(
            "\nexport const {name}: string = `\\\n{text}\n`;\n"
        ));
    }
    fresh("npm/credlapse/src/command/help.ts", &module);
}

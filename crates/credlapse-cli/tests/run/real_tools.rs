//! Real tools as children, against a local AWS: `cargo xtask test tools` installs them and runs this.

mod aws_cli;
mod scripts;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use aws_sim::{Sim, Variables};
use tokio::runtime::Runtime;

use crate::run::{Run, command};

/// The Python that has the tools.
fn python() -> PathBuf {
    std::env::var_os("CREDLAPSE_PYTHON")
        .expect("CREDLAPSE_PYTHON names the Python with the tools: run `cargo xtask test tools`")
        .into()
}

/// A local AWS with somebody logged in, and a fake `aws` that can do nothing but log in.
struct Stage {
    sim: Sim,
    // Where the local AWS runs.
    _runtime: Runtime,
}

impl Stage {
    fn new() -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let sim = runtime.block_on(Sim::start()).expect("a local AWS");
        Self {
            sim,
            _runtime: runtime,
        }
    }

    fn variables(&self) -> Variables {
        let environment = self.sim.environment();
        let mut variables = environment.with_profile("sso");
        let path = std::env::var("PATH").expect("a path");
        variables.insert(
            "PATH".to_owned(),
            format!("{}/bin:{path}", environment.home),
        );
        variables
    }

    /// A tool as a child of `credlapse run`.
    fn run(&self, options: &[&str], tool: &[&str]) -> Run {
        self.output(command(&[&["run"], options, &["--"], tool].concat()))
    }

    /// A tool by itself.
    fn alone(&self, tool: &[&str]) -> Run {
        let (program, arguments) = tool.split_first().expect("a program");
        let mut command = Command::new(program);
        command.args(arguments).env_clear();
        self.output(command)
    }

    fn output(&self, mut command: Command) -> Run {
        let command = command.envs(self.variables()).stdin(Stdio::null());
        command.output().expect("it starts").into()
    }

    /// The status of each answer to an operation.
    fn answers(&self, operation: &str) -> Vec<u16> {
        let requests = self.sim.requests();
        let those = requests.iter().filter(|seen| seen.operation == operation);
        those.map(|seen| seen.status).collect()
    }
}

/// How often somebody logged in, by what `aws sso login` prints.
fn logins(ran: &Run) -> usize {
    ran.stderr.matches("Successfully logged into").count()
}

fn script(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/tools");
    root.join(name).to_str().expect("UTF-8").to_owned()
}

//! The AWS tools in Python, in a virtual environment.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{Result, capture, run};
use crate::workspace::Workspace;

const REQUIREMENTS: &str = "tests/tools/requirements.txt";

/// The Python with the packages that the requirements name; their programs lie beside it.
pub(crate) fn ensure(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target("python");
    let python = folder.join("bin/python");
    let requirements = workspace.path(REQUIREMENTS);
    // The programs in it name its path, the packages are for one version: both may change below it.
    let wanted = format!(
        "{}{}\n{}",
        capture(workspace.command("python3").arg("--version"))?,
        folder.display(),
        fs::read_to_string(&requirements)?
    );
    let mark = folder.join("installed-requirements.txt");
    if python.exists() && fs::read_to_string(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    create(workspace, &folder, &requirements)?;
    fs::write(mark, wanted)?;
    Ok(python)
}

fn create(workspace: &Workspace, folder: &Path, requirements: &Path) -> Result {
    let python = |arguments: &[&str]| {
        let mut python = workspace.command("python3");
        python.args(arguments);
        python
    };
    let install = ["install", "--quiet", "--requirement"];
    let venv = ["-m", "venv", "--clear"];
    if run(python(&venv).arg(folder)).is_ok() {
        let pip = folder.join("bin/pip");
        return run(workspace
            .command(&pip.to_string_lossy())
            .args(install)
            .arg(requirements));
    }
    // Debian has the pip that goes into the environment in a package of its own; then the one
    // outside fills it.
    run(python(&venv).arg("--without-pip").arg(folder))?;
    run(python(&["-m", "pip", "--python"])
        .arg(folder.join("bin/python"))
        .args(install)
        .arg(requirements))
}

//! Running the command that a diagnosis names.

use std::time::Duration;

use credlapse::Diagnosis;
use credlapse_tower::Reauth;
use tokio::process::Command;

use crate::BoxError;
use crate::client::Current;

/// How long an upload waits for a person in front of a browser.
const PATIENCE: Duration = Duration::from_secs(300);

pub(crate) fn reauth(client: Current, allowed: bool) -> Reauth {
    Reauth::new(
        move |diagnosis| {
            let (diagnosis, client) = (diagnosis.clone(), client.clone());
            async move {
                login(diagnosis, allowed).await?;
                client.reload().await;
                Ok::<(), BoxError>(())
            }
        },
        || tokio::time::sleep(PATIENCE),
    )
}

async fn login(diagnosis: Diagnosis, allowed: bool) -> Result<(), BoxError> {
    let argv = &diagnosis.remedy.argv;
    let Some((program, arguments)) = argv.split_first().filter(|_| allowed) else {
        return Err("nothing to run".into());
    };
    eprintln!("{diagnosis}");
    let mut command = Command::new(&**program);
    for argument in arguments {
        command.arg(&**argument);
    }
    // An upload that is given up takes the login along.
    let status = command.kill_on_drop(true).status().await?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("{program} ended with {status}").into()),
    }
}

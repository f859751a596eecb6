//! Runs the simulator: one line of JSON on standard output, then service until standard input
//! closes or a signal comes.

use aws_sim::{Error, Sim};
use tokio::io::AsyncReadExt;
use tokio::signal;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    if std::env::args().nth(1).is_some() {
        return Err("aws-sim takes no arguments; see its README".into());
    }
    let sim = Sim::start().await?;
    // Whoever has read the line may send a signal.
    let terminated = terminated()?;
    println!("{}", serde_json::to_string(&sim.environment())?);
    tokio::select! {
        () = terminated => {}
        () = stdin_closes() => {}
    }
    drop(sim);
    // A read of standard input may still be under way, and would keep the runtime.
    std::process::exit(0);
}

#[cfg(unix)]
fn terminated() -> Result<impl Future<Output = ()>, Error> {
    use signal::unix::{SignalKind, signal};

    let (mut terminate, mut interrupt) = (
        signal(SignalKind::terminate())?,
        signal(SignalKind::interrupt())?,
    );
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn terminated() -> Result<impl Future<Output = ()>, Error> {
    Ok(async {
        // Without a handler the system ends the program by itself.
        let _ = signal::ctrl_c().await;
    })
}

async fn stdin_closes() {
    let mut stdin = tokio::io::stdin();
    let mut dropped = [0; 256];
    while !matches!(stdin.read(&mut dropped).await, Ok(0) | Err(_)) {}
}

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
    println!("{}", serde_json::to_string(&sim.environment())?);
    tokio::select! {
        terminated = terminated() => terminated?,
        interrupted = signal::ctrl_c() => interrupted?,
        () = stdin_closes() => {}
    }
    drop(sim);
    // A read of standard input may still be under way, and would keep the runtime.
    std::process::exit(0);
}

#[cfg(unix)]
async fn terminated() -> Result<(), Error> {
    signal::unix::signal(signal::unix::SignalKind::terminate())?
        .recv()
        .await;
    Ok(())
}

#[cfg(not(unix))]
async fn terminated() -> Result<(), Error> {
    std::future::pending().await
}

async fn stdin_closes() {
    let mut stdin = tokio::io::stdin();
    let mut dropped = [0; 256];
    while !matches!(stdin.read(&mut dropped).await, Ok(0) | Err(_)) {}
}

//! A running simulator.

use std::ops::Deref;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::aws::Aws;
use crate::error::Error;
use crate::server;

/// A simulator that serves on a port of 127.0.0.1 until it is dropped, which also removes its home
/// folder.
///
/// What can be told to it is on [`Aws`], to which it dereferences.
#[derive(Debug)]
pub struct Sim {
    aws: Arc<Aws>,
    server: JoinHandle<()>,
}

impl Sim {
    /// Starts on a free port, on the Tokio runtime of the caller.
    ///
    /// # Errors
    /// If no port or no home folder can be had.
    pub async fn start() -> Result<Self, Error> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let aws = Arc::new(Aws::new(listener.local_addr()?.port())?);
        let server = tokio::spawn(server::serve(listener, Arc::clone(&aws)));
        Ok(Self { aws, server })
    }
}

impl Deref for Sim {
    type Target = Aws;

    fn deref(&self) -> &Aws {
        &self.aws
    }
}

impl Drop for Sim {
    fn drop(&mut self) {
        self.server.abort();
        self.aws.home.remove();
    }
}

//! Uploads a folder to S3 and goes on after a login when the session lapses.

mod arguments;
mod client;
mod facts;
mod login;
mod upload;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use credlapse::ExitTable;
use credlapse_smithy::SdkErrorExt;
use credlapse_tower::ReauthLayer;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tower::{Layer, ServiceExt};

use arguments::Arguments;
use client::Current;
use upload::{File, Upload};

/// How many files are under way at a time.
const UPLOADS: usize = 8;

type BoxError = Box<dyn Error + Send + Sync>;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match Arguments::parse(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(usage) => {
            eprintln!("{usage}");
            return ExitCode::from(2);
        }
    };
    match run(arguments).await {
        Ok(count) => {
            println!("{count} files uploaded");
            ExitCode::SUCCESS
        }
        Err(error) => report(&*error),
    }
}

async fn run(arguments: Arguments) -> Result<usize, BoxError> {
    let client = Current::load().await;
    let reauth = login::reauth(client.clone(), arguments.login);
    let service = Upload::new(client, arguments.bucket, arguments.prefix);
    let service = ReauthLayer::new(reauth).layer(service);
    let files = files(&arguments.folder)
        .map_err(|error| format!("{}: {error}", arguments.folder.display()))?;
    let count = files.len();
    let free = Arc::new(Semaphore::new(UPLOADS));
    let mut uploads = JoinSet::new();
    for file in files {
        let permit = Arc::clone(&free).acquire_owned().await?;
        let upload = service.clone().oneshot(file);
        uploads.spawn(async move {
            let result = upload.await;
            drop(permit);
            result
        });
        while let Some(done) = uploads.try_join_next() {
            done??;
        }
    }
    while let Some(done) = uploads.join_next().await {
        done??;
    }
    Ok(count)
}

fn files(folder: &PathBuf) -> std::io::Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            files.push(File {
                path: entry.path(),
                name: entry.file_name().to_string_lossy().into_owned(),
            });
        }
    }
    files.sort();
    Ok(files)
}

/// What lapsed, if credentials are the matter, and the exit status for it.
fn report(error: &(dyn Error + 'static)) -> ExitCode {
    let diagnosis = match upload::report(error) {
        Some(report) => Some(report.diagnosis.clone()),
        None => error.diagnose(&credlapse::Context::default()),
    };
    match diagnosis {
        Some(diagnosis) => {
            eprintln!("{diagnosis}");
            ExitCode::from(ExitTable::DEFAULT.status(diagnosis.kind))
        }
        None => {
            let mut line = error.to_string();
            let mut next = error.source();
            while let Some(source) = next {
                line = format!("{line}: {source}");
                next = source.source();
            }
            eprintln!("s3-upload: {}", credlapse::redact::redact(&line, &[]));
            ExitCode::FAILURE
        }
    }
}

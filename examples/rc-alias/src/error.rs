//! The errors of this program, and the one place where those of the SDK become them.

use std::error::Error as StdError;
use std::fmt;

use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use credlapse::{Code, Diagnosis, ExitTable};
use credlapse_smithy::SdkErrorExt;

/// Whatever ends this program.
#[derive(Debug)]
pub(crate) enum Error {
    Usage(String),
    Config(String),
    /// The session of an alias has ended: other keys are needed, nothing is wrong with the request.
    TokenExpired {
        diagnosis: Box<Diagnosis>,
        /// What became of the alias.
        note: Option<String>,
    },
    /// Another matter of credentials or permissions.
    Auth(Box<Diagnosis>),
    NotFound(String),
    Network(String),
    Other(String),
}

impl Error {
    pub(crate) fn of<E>(error: &SdkError<E>) -> Self
    where
        E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
    {
        if let Some(report) = error.report() {
            let diagnosis = Box::new(report.diagnosis.clone());
            return match diagnosis.code() {
                Code::CredentialsExpired => Self::TokenExpired {
                    diagnosis,
                    note: None,
                },
                _ => Self::Auth(diagnosis),
            };
        }
        let text = line(error);
        let status = error
            .raw_response()
            .map(|response| response.status().as_u16());
        match (error, status) {
            (_, Some(404)) => Self::NotFound(text),
            (SdkError::DispatchFailure(_) | SdkError::TimeoutError(_), _) => Self::Network(text),
            _ => Self::Other(text),
        }
    }

    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) | Self::Config(_) => 2,
            Self::TokenExpired { diagnosis, .. } | Self::Auth(diagnosis) => ExitTable::named("rc")
                .unwrap_or(ExitTable::DEFAULT)
                .status(diagnosis.kind),
            Self::NotFound(_) => 5,
            Self::Network(_) => 3,
            Self::Other(_) => 1,
        }
    }
}

/// An error and its sources on one line, without secrets.
pub(crate) fn line(error: &(dyn StdError + 'static)) -> String {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        let text = source.to_string();
        // The SDK's own errors print what their source prints.
        if !line.ends_with(&text) {
            line = format!("{line}: {text}");
        }
        next = source.source();
    }
    credlapse::redact::redact(&line, &[])
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TokenExpired { diagnosis, note } => {
                diagnosis.fmt(f)?;
                match note {
                    Some(note) => write!(f, "\n  {note}"),
                    None => Ok(()),
                }
            }
            Self::Auth(diagnosis) => diagnosis.fmt(f),
            Self::Usage(text)
            | Self::Config(text)
            | Self::NotFound(text)
            | Self::Network(text)
            | Self::Other(text) => f.write_str(text),
        }
    }
}

impl StdError for Error {}

//! One failure in four ways.

use std::error::Error;

use aws_sdk_s3::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use credlapse::{Context, Kind};
use credlapse_smithy::SdkErrorExt;

pub(crate) struct Seen {
    pub(crate) id: String,
    pub(crate) ways: Vec<(&'static str, Option<Kind>)>,
}

impl Seen {
    /// `plain` is the error of a client without the interceptor, `with` of one that has it.
    pub(crate) fn new<E>(id: &str, plain: SdkError<E>, with: SdkError<E>) -> Self
    where
        E: ProvideErrorMetadata + Error + Send + Sync + 'static,
    {
        let context = Context::default();
        let text = |error: &SdkError<E>| {
            let evidence = credlapse::text::read(&DisplayErrorContext(error).to_string());
            credlapse::diagnose(&evidence).map(|diagnosis| diagnosis.kind)
        };
        let mut ways = vec![
            (
                "interceptor",
                with.report().map(|report| report.diagnosis.kind),
            ),
            (
                "type",
                plain.diagnose(&context).map(|diagnosis| diagnosis.kind),
            ),
            ("text", text(&plain)),
            ("text with the report in it", text(&with)),
        ];
        for (way, error) in [("dyn Error", plain), ("dyn Error", with)] {
            let error: Box<dyn Error + Send + Sync> = error.into();
            ways.push((
                way,
                error.diagnose(&context).map(|diagnosis| diagnosis.kind),
            ));
        }
        Self {
            id: id.to_owned(),
            ways,
        }
    }
}

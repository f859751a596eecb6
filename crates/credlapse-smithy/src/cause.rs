//! What the public types of the SDK hold, as causes.

use std::any::type_name;
use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::error::ErrorMetadata;
use credlapse::{Cause, Evidence, chain, text};

use crate::report::Diagnosed;
use crate::response;

/// An error and its sources; what is public by its type, the rest by its text.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> Evidence {
    chain::read_with(error, recognise)
}

fn recognise(link: &(dyn Error + 'static)) -> Option<Cause> {
    if link.is::<Diagnosed>() {
        // Its text is a verdict, not evidence.
        return Some(Cause::default());
    }
    if let Some(metadata) = link.downcast_ref::<ErrorMetadata>() {
        return Some(of_metadata(metadata));
    }
    let Some(error) = link.downcast_ref::<CredentialsError>() else {
        return is_placeholder(link).then(Cause::default);
    };
    let name = match error {
        CredentialsError::CredentialsNotLoaded(_) => "CredentialsNotLoaded",
        CredentialsError::ProviderTimedOut(_) => "ProviderTimedOut",
        CredentialsError::InvalidConfiguration(_) => "InvalidConfiguration",
        CredentialsError::ProviderError(_) => "ProviderError",
        CredentialsError::Unhandled(_) => "Unhandled",
        _ => "CredentialsError",
    };
    Some(Cause {
        message: Some(link.to_string()),
        ..Cause::named(name)
    })
}

/// What generated code prints for an answer that is not modeled; the metadata follows.
fn is_placeholder(link: &(dyn Error + 'static)) -> bool {
    link.to_string() == "unhandled error"
}

fn of_metadata(metadata: &ErrorMetadata) -> Cause {
    Cause {
        code: metadata.code().map(Into::into),
        message: metadata.message().map(Into::into),
        request_id: metadata.extra("aws_request_id").map(Into::into),
        ..Cause::default()
    }
}

/// The answer of a service: `error` is what the SDK made of `response`.
///
/// `metadata` is the error's own where its type is known; else it is looked for
/// among the sources, where the SDK puts it for every code that is not modeled.
pub(crate) fn of_service(
    error: &(dyn Error + 'static),
    metadata: Option<&ErrorMetadata>,
    response: &HttpResponse,
) -> Evidence {
    let found = links(error).find_map(|link| link.downcast_ref::<ErrorMetadata>());
    let mut evidence = Evidence::default();
    let mut answer = match metadata.or(found) {
        Some(metadata) => of_metadata(metadata),
        None if is_placeholder(error) => Cause::default(),
        // A modeled error without its type prints as `Name: message`.
        None => text::read(&error.to_string())
            .causes
            .into_iter()
            .next()
            .unwrap_or_default(),
    };
    // Of a modeled error only the metadata of the error itself knows the request id.
    response::complete(&mut answer, response);
    evidence.causes.push(answer);
    if let Some(source) = error.source() {
        let inner = chain::read_with(source, |link| match link.downcast_ref::<ErrorMetadata>() {
            Some(_) => Some(Cause::default()),
            None => recognise(link),
        });
        evidence.causes.extend(inner.causes);
    }
    evidence.context.server_time = response::date(response);
    evidence
}

/// An error and its sources.
pub(crate) fn links<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    let source = |link: &&'a (dyn Error + 'static)| (**link).source();
    std::iter::successors(Some(error), source).take(Evidence::MAX_CAUSES)
}

/// The service and the operation, as the generated error type spells them.
///
/// `aws_sdk_s3::operation::get_object::GetObjectError` is `s3` and `GetObject`.
pub(crate) fn of_type<E>() -> (Option<String>, Option<String>) {
    let Some(path) = type_name::<E>().strip_prefix("aws_sdk_") else {
        return (None, None);
    };
    let service = path.split("::").next();
    let operation = path
        .rsplit("::")
        .next()
        .and_then(|name| name.strip_suffix("Error"))
        .filter(|name| !name.is_empty());
    (service.map(Into::into), operation.map(Into::into))
}

//! The services, answered in memory.

use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;

pub(crate) type Reply = Result<HttpResponse, ConnectorError>;

pub(crate) fn reply(status: u16, headers: &[(&'static str, &str)], body: &str) -> Reply {
    let mut response = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body));
    for (name, value) in headers {
        response.headers_mut().insert(*name, (*value).to_owned());
    }
    Ok(response)
}

pub(crate) fn refused() -> Reply {
    Err(ConnectorError::io("connection refused".into()))
}

pub(crate) fn sts_error(status: u16, code: &str, message: &str) -> Reply {
    let body = format!(
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>\
         <Code>{code}</Code><Message>{message}</Message></Error><RequestId>7c1d1f0e</RequestId></ErrorResponse>"
    );
    reply(
        status,
        &[
            ("x-amzn-requestid", "7c1d1f0e"),
            ("content-type", "text/xml"),
        ],
        &body,
    )
}

pub(crate) fn json_error(status: u16, code: &str, message: &str) -> Reply {
    let headers = [
        ("x-amzn-errortype", code),
        ("x-amzn-requestid", "0b7c9d5e"),
        ("content-type", "application/json"),
    ];
    reply(
        status,
        &headers,
        &serde_json::json!({ "message": message }).to_string(),
    )
}

struct Wire(Arc<dyn Fn(&HttpRequest) -> Reply + Send + Sync>);

impl std::fmt::Debug for Wire {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Wire")
    }
}

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::ready((self.0)(&request))
    }
}

pub(crate) fn http_client(
    answer: impl Fn(&HttpRequest) -> Reply + Send + Sync + 'static,
) -> SharedHttpClient {
    let connector = SharedHttpConnector::new(Wire(Arc::new(answer)));
    http_client_fn(move |_, _| connector.clone())
}

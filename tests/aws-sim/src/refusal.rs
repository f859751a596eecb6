//! An error answer, before it is written in the protocol of its service.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode};

use crate::codes;
use crate::route::Service;

/// A whole answer in memory.
pub(crate) type Reply = Response<Bytes>;

/// The ids that a service gives an answer: S3 has two, the others one.
#[derive(Clone, Debug)]
pub(crate) struct RequestId {
    pub(crate) id: String,
    pub(crate) host_id: String,
}

/// Why a request is refused.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) message: Option<String>,
    /// What S3 puts between `Message` and `RequestId`.
    pub(crate) members: Vec<(String, String)>,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Refusal {
    /// The code with the status and the text that the service usually gives it.
    pub(crate) fn new(service: Service, code: &str) -> Self {
        let (status, message) = codes::usual(service, code);
        Self {
            status,
            code: code.to_owned(),
            message: message.map(str::to_owned),
            members: Vec::new(),
            headers: Vec::new(),
        }
    }

    pub(crate) fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    pub(crate) fn member(mut self, name: &str, value: impl Into<String>) -> Self {
        self.members.push((name.to_owned(), value.into()));
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Writes the refusal as `service` does.
    pub(crate) fn render(&self, service: Service, ids: &RequestId) -> Reply {
        let (content_type, body) = match service {
            Service::S3 => ("application/xml", self.s3_xml(ids)),
            Service::Sts => ("text/xml", self.sts_xml(ids)),
            Service::Sso => ("application/json", self.portal_json()),
            Service::SsoOidc => ("application/json", self.oidc_json()),
            Service::Container => ("application/json", self.container_json()),
            Service::Imds => ("text/html", self.imds_html()),
            Service::Admin => (
                "text/plain",
                self.message.clone().unwrap_or_default() + "\n",
            ),
        };
        let mut reply = reply(self.status, content_type, body);
        match service {
            Service::Sso => put(&mut reply, "x-amzn-errortype", &self.code),
            Service::SsoOidc => {
                let coral = format!(
                    "{}:http://internal.amazon.com/coral/com.amazonaws.sso.oidc/",
                    self.code
                );
                put(&mut reply, "x-amzn-errortype", &coral);
            }
            // Real S3 hangs up after most refusals of a signature or a token.
            Service::S3 if matches!(self.status, 400 | 403) => {
                put(&mut reply, "connection", "close")
            }
            _ => {}
        }
        for (name, value) in &self.headers {
            put(&mut reply, name, value);
        }
        reply
    }

    fn s3_xml(&self, ids: &RequestId) -> String {
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>{}",
            element("Code", &self.code)
        );
        if let Some(message) = &self.message {
            xml += &element("Message", message);
        }
        for (name, value) in &self.members {
            xml += &element(name, value);
        }
        xml + &element("RequestId", &ids.id) + &element("HostId", &ids.host_id) + "</Error>"
    }

    fn sts_xml(&self, ids: &RequestId) -> String {
        let message = self
            .message
            .as_ref()
            .map(|m| format!("    {}\n", element("Message", m)))
            .unwrap_or_default();
        let kind = if self.status < 500 {
            "Sender"
        } else {
            "Receiver"
        };
        format!(
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n  <Error>\n    {}\n    {}\n{message}  \
             </Error>\n  {}\n</ErrorResponse>\n",
            element("Type", kind),
            element("Code", &self.code),
            element("RequestId", &ids.id),
        )
    }

    fn portal_json(&self) -> String {
        let name = format!("com.amazonaws.switchboard.portal#{}", self.code);
        serde_json::json!({ "message": self.message, "__type": name }).to_string()
    }

    fn oidc_json(&self) -> String {
        let error = codes::oauth_error(&self.code);
        serde_json::json!({ "error": error, "error_description": self.message }).to_string()
    }

    fn container_json(&self) -> String {
        let message = self.message.as_deref().unwrap_or_default();
        serde_json::json!({ "code": self.code, "message": message, "HTTPErrorCode": self.status })
            .to_string()
    }

    fn imds_html(&self) -> String {
        let title = format!("{} - {}", self.status, self.code);
        format!("<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n")
    }
}

/// An answer with a body.
pub(crate) fn reply(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Reply {
    let mut reply = Response::new(body.into());
    *reply.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    reply
        .headers_mut()
        .insert("content-type", HeaderValue::from_static(content_type));
    reply
}

/// Sets a header; one that HTTP cannot carry is left out.
pub(crate) fn put(reply: &mut Reply, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (
        HeaderName::from_bytes(name.as_bytes()),
        HeaderValue::from_str(value),
    ) {
        reply.headers_mut().insert(name, value);
    }
}

pub(crate) fn element(name: &str, text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;");
    format!("<{name}>{text}</{name}>")
}

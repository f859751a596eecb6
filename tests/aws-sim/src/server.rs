//! From a connection to an answer.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::admin;
use crate::aws::Aws;
use crate::body::Answer;
use crate::clock::http_date;
use crate::error::Error;
use crate::fault::{self, Effect, ErrorReply};
use crate::log::{ErrorCode, Seen};
use crate::metadata;
use crate::oidc::oidc;
use crate::refusal::{Refusal, Reply, RequestId, put};
use crate::route::{Service, Target};
use crate::s3::S3;
use crate::sso::portal;
use crate::sts::sts;

/// Serves until it is dropped.
pub(crate) async fn serve(listener: TcpListener, aws: Arc<Aws>) {
    let server = Server {
        s3: S3::new(Arc::clone(&aws)),
        aws,
    };
    // Dropping the set ends what is still open.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(server.clone().connection(stream));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

#[derive(Clone)]
struct Server {
    aws: Arc<Aws>,
    s3: S3,
}

impl Server {
    async fn connection(self, stream: TcpStream) {
        let service = service_fn(|request| self.answer(request));
        // A client that goes away, and a cut on demand, are no failures of the simulator.
        let _ = http1::Builder::new()
            .serve_connection(TokioIo::new(stream), service)
            .await;
    }

    /// An error cuts the connection.
    async fn answer(&self, request: Request<Incoming>) -> Result<Response<Answer>, Error> {
        let (head, body) = request.into_parts();
        // All of it, before any refusal: clients that are still writing take an early answer for a
        // broken pipe.
        let request = Request::from_parts(head, body.collect().await?.to_bytes());
        let target = Target::of(&request);
        if target.service == Service::Admin {
            return Ok(admin::answer(&self.aws, &request).map(Answer::whole));
        }
        let is_head = request.method() == http::Method::HEAD;
        let seen = Seen::new(&request, &target);
        let faults = self.faults(&request, &target).await?;
        let ids = self.request_id(target.service);
        let reply = match &faults.error {
            _ if faults.cut == Some(None) => {
                self.aws.state().log.push(seen);
                return Err("cut on demand".into());
            }
            Some(error) => on_demand(error, target.service, &ids),
            None => self
                .dispatch(request, &target)
                .await
                .unwrap_or_else(|refusal| {
                    let mut reply = refusal.render(target.service, &ids);
                    reply.extensions_mut().insert(ErrorCode(refusal.code));
                    reply
                }),
        };
        let reply = self.finish(reply, target.service, &ids, faults.date_offset, is_head);
        self.aws.state().log.push(seen.answered(&reply));
        Ok(match faults.cut {
            Some(Some(bytes)) => reply.map(|body| Answer::cut(body, bytes)),
            _ => reply.map(Answer::whole),
        })
    }

    async fn dispatch(&self, request: Request<Bytes>, target: &Target) -> Result<Reply, Refusal> {
        match target.service {
            Service::S3 => self.s3.answer(request, target).await,
            Service::Sts => sts(&self.aws, &request, target),
            Service::Sso => portal(&self.aws, &request, target),
            Service::SsoOidc => oidc(&self.aws, &request, target),
            Service::Imds => metadata::imds(&self.aws, &request, target),
            Service::Container => metadata::container(&self.aws, &request),
            Service::Admin => Ok(admin::answer(&self.aws, &request)),
        }
    }

    async fn faults(&self, request: &Request<Bytes>, target: &Target) -> Result<Struck, Error> {
        let effects = fault::take(&mut self.aws.state().faults, target, request.uri().path());
        let mut struck = Struck::default();
        for effect in effects {
            match effect {
                Effect::DelayMs(ms) => tokio::time::sleep(Duration::from_millis(ms)).await,
                Effect::Expire(lapse) => self.aws.expire(&lapse, 0)?,
                Effect::Error(error) => struck.error = Some(error),
                Effect::Cut(bytes) => struck.cut = Some(bytes),
                Effect::DateOffset(seconds) => struck.date_offset = seconds,
            }
        }
        Ok(struck)
    }

    fn request_id(&self, service: Service) -> RequestId {
        let mint = &mut self.aws.state().mint;
        match service {
            Service::S3 => RequestId {
                id: mint.s3_request_id(),
                host_id: mint.opaque(74) + "==",
            },
            _ => RequestId {
                id: mint.uuid(),
                host_id: String::new(),
            },
        }
    }

    /// The headers that every answer has; the body that a HEAD answer has not.
    fn finish(
        &self,
        mut reply: Reply,
        service: Service,
        ids: &RequestId,
        date_offset: i64,
        is_head: bool,
    ) -> Reply {
        let now = self.aws.state().clock.now() + time::Duration::seconds(date_offset);
        put(&mut reply, "date", &http_date(now));
        match service {
            Service::S3 => {
                put(&mut reply, "server", "AmazonS3");
                put(&mut reply, "x-amz-request-id", &ids.id);
                put(&mut reply, "x-amz-id-2", &ids.host_id);
            }
            Service::Sts | Service::Sso | Service::SsoOidc
                if !reply.headers().contains_key("x-amzn-requestid") =>
            {
                put(&mut reply, "x-amzn-requestid", &ids.id);
            }
            _ => {}
        }
        if is_head {
            if reply.status().as_u16() >= 300 {
                reply.headers_mut().remove("content-length");
            }
            *reply.body_mut() = Bytes::new();
        }
        reply
    }
}

/// What the faults that strike a request come to.
#[derive(Default)]
struct Struck {
    error: Option<ErrorReply>,
    cut: Option<Option<usize>>,
    date_offset: i64,
}

fn on_demand(error: &ErrorReply, service: Service, ids: &RequestId) -> Reply {
    let mut refusal = Refusal::new(service, &error.code);
    refusal.status = error.status.unwrap_or(refusal.status);
    refusal.message = error.message.clone().or(refusal.message);
    let mut reply = refusal.render(service, ids);
    if let Some(body) = &error.body {
        *reply.body_mut() = Bytes::from(body.clone());
    }
    for (name, value) in &error.headers {
        put(&mut reply, name, value);
    }
    reply.extensions_mut().insert(ErrorCode(error.code.clone()));
    reply
}

//! S3: who may ask is decided here, signatures and shapes are s3s's, the data is in memory.

mod gate;
mod objects;
mod refused;
pub(crate) mod store;

use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use http_body_util::BodyExt;
use s3s::auth::{S3Auth, SecretKey};
use s3s::config::{S3Config, StaticConfigProvider};
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{Body, S3Result, s3_error};

use crate::aws::Aws;
use crate::policy;
use crate::refusal::{Refusal, Reply};
use crate::route::{Service, Target};

/// The S3 front of the simulated account.
#[derive(Clone)]
pub(crate) struct S3 {
    aws: Arc<Aws>,
    service: S3Service,
}

impl S3 {
    pub(crate) fn new(aws: Arc<Aws>) -> Self {
        let mut config = S3Config::default();
        // s3s compares with the machine's clock; the gate has compared with the simulated one.
        config.presigned_url_max_skew_time_secs = u32::MAX;
        let mut builder = S3ServiceBuilder::new(objects::Objects(Arc::clone(&aws)));
        builder.set_auth(Secrets(Arc::clone(&aws)));
        builder.set_config(Arc::new(StaticConfigProvider::new(Arc::new(config))));
        Self {
            aws,
            service: builder.build(),
        }
    }

    pub(crate) async fn answer(
        &self,
        request: Request<Bytes>,
        target: &Target,
    ) -> Result<Reply, Refusal> {
        {
            let state = self.aws.state();
            let key = gate::check(&state, &request)?;
            let (action, resource) = policy::s3_action(target);
            policy::check(&state.denials, Service::S3, &key.arn, &action, &resource)?;
        }
        let kept = request.clone();
        let answered = self.service.call(request.map(Body::from)).await;
        let broken = |_| Refusal::new(Service::S3, "InternalError");
        let (head, body) = answered
            .map_err(|_| Refusal::new(Service::S3, "InternalError"))?
            .into_parts();
        let body = body.collect().await.map_err(broken)?.to_bytes();
        let reply = Reply::from_parts(head, body);
        if reply.status().as_u16() < 400 {
            Ok(reply)
        } else {
            Err(refused::explain(&kept, target, &reply))
        }
    }
}

struct Secrets(Arc<Aws>);

#[async_trait::async_trait]
impl S3Auth for Secrets {
    async fn get_secret_key(&self, id: &str) -> S3Result<SecretKey> {
        let state = self.0.state();
        state
            .keys
            .get(id)
            .map(|key| key.secret.clone().into())
            .ok_or_else(|| s3_error!(InvalidAccessKeyId))
    }
}

//! The identity that a client has in its cache, looked at without loading one.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use aws_smithy_runtime_api::client::auth::AuthSchemeId;
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityCacheLocation, IdentityCachePartition, IdentityFuture, ResolveCachedIdentity,
    ResolveIdentity, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::runtime_components::{GetIdentityResolver, RuntimeComponents};
use aws_smithy_types::config_bag::ConfigBag;

/// The partition of the cache in which the client keeps its SigV4 identity.
pub(crate) fn partition(rc: &RuntimeComponents) -> Option<IdentityCachePartition> {
    let resolver = ["sigv4", "sigv4a"]
        .into_iter()
        .find_map(|scheme| rc.identity_resolver(AuthSchemeId::from(scheme)))?;
    (resolver.cache_location() == IdentityCacheLocation::RuntimeComponents)
        .then(|| resolver.cache_partition())
}

/// The cached identity, or `None` where it would have to be loaded.
pub(crate) fn cached(
    partition: IdentityCachePartition,
    rc: &RuntimeComponents,
    cfg: &ConfigBag,
) -> Option<Identity> {
    let cache = rc.identity_cache();
    let look = SharedIdentityResolver::new(Look(partition));
    let identity = pin!(cache.resolve_cached_identity(look, rc, cfg));
    match identity.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(identity)) => Some(identity),
        Poll::Ready(Err(_)) | Poll::Pending => None,
    }
}

/// Stands in the place of the real resolver, so that a look never loads anything.
#[derive(Debug)]
struct Look(IdentityCachePartition);

impl ResolveIdentity for Look {
    fn resolve_identity<'a>(
        &'a self,
        _: &'a RuntimeComponents,
        _: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::ready(Err("nothing is cached".into()))
    }

    fn cache_partition(&self) -> Option<IdentityCachePartition> {
        Some(self.0)
    }
}

//! The identity cache of the client, in which an identity can be forgotten.
//!
//! A `SharedIdentityCache` runs the checks of the cache inside only as a component,
//! so the checks go through components that hold it. The final one copies them all;
//! it is made with the first call and not with every call, since it is about how
//! the client was put together.

use std::sync::atomic::Ordering;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::identity::{
    Identity, IdentityCacheLocation, IdentityCachePartition, IdentityFuture, ResolveCachedIdentity,
    ResolveIdentity, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_types::config_bag::ConfigBag;

use super::CredentialRefresh;

impl ResolveCachedIdentity for CredentialRefresh {
    fn resolve_cached_identity<'a>(
        &'a self,
        resolver: SharedIdentityResolver,
        rc: &'a RuntimeComponents,
        cfg: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        let asked = resolver.cache_partition();
        let current = self.inner.slots.enter(asked);
        let resolver = if current == asked {
            resolver
        } else {
            SharedIdentityResolver::new(Moved {
                resolver,
                partition: current,
            })
        };
        self.inner.cache.resolve_cached_identity(resolver, rc, cfg)
    }

    fn validate_base_client_config(
        &self,
        components: &RuntimeComponentsBuilder,
        cfg: &ConfigBag,
    ) -> Result<(), BoxError> {
        RuntimeComponentsBuilder::new("CredentialRefresh")
            .with_time_source(components.time_source())
            .with_sleep_impl(components.sleep_impl())
            .with_identity_cache(Some(self.inner.cache.clone()))
            .validate_base_client_config(cfg)
    }

    fn validate_final_config(
        &self,
        rc: &RuntimeComponents,
        cfg: &ConfigBag,
    ) -> Result<(), BoxError> {
        if self.inner.validated.load(Ordering::Relaxed) {
            return Ok(());
        }
        rc.to_builder()
            .with_identity_cache(Some(self.inner.cache.clone()))
            .build()?
            .validate_final_config(cfg)?;
        self.inner.validated.store(true, Ordering::Relaxed);
        Ok(())
    }
}

/// The resolver of an identity, with another place in the cache.
#[derive(Debug)]
struct Moved {
    resolver: SharedIdentityResolver,
    partition: IdentityCachePartition,
}

impl ResolveIdentity for Moved {
    fn resolve_identity<'a>(
        &'a self,
        rc: &'a RuntimeComponents,
        cfg: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        self.resolver.resolve_identity(rc, cfg)
    }

    fn fallback_on_interrupt(&self) -> Option<Identity> {
        self.resolver.fallback_on_interrupt()
    }

    fn cache_location(&self) -> IdentityCacheLocation {
        self.resolver.cache_location()
    }

    fn cache_partition(&self) -> Option<IdentityCachePartition> {
        Some(self.partition)
    }
}

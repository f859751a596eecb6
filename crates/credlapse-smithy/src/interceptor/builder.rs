//! What the client does not tell.

use std::fmt;
use std::sync::Arc;

use credlapse::{Context, CredentialSource, ProfileFacts, Shell};

use super::{CredlapseInterceptor, Facts, Observer};
use crate::Report;

/// Builds a [`CredlapseInterceptor`].
#[derive(Clone, Default)]
pub struct CredlapseInterceptorBuilder {
    context: Context,
    observer: Option<Observer>,
    facts: Option<Facts>,
}

impl CredlapseInterceptorBuilder {
    /// What fails, in the words of the program: "Datastore". The default is "AWS".
    #[must_use]
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.context.subject = Some(subject.into());
        self
    }

    /// The profile that the client was built with; the SDK does not tell it.
    #[must_use]
    pub fn profile(mut self, profile: impl Into<String>) -> Self {
        self.context.profile = Some(profile.into());
        self
    }

    /// Where the credentials come from, if the program provides them itself.
    ///
    /// The default is what the SDK notes.
    #[must_use]
    pub fn source(mut self, source: CredentialSource) -> Self {
        self.context.source = Some(source);
        self
    }

    /// The shell in which a shown command will be typed.
    #[must_use]
    pub fn shell(mut self, shell: Shell) -> Self {
        self.context.shell = shell;
        self
    }

    /// A value that must never be echoed, beyond those that are recognised.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.context.secrets.push(secret.into());
        self
    }

    /// Reads what the local AWS files say of the profile.
    ///
    /// It is called when a call has failed because of credentials, on the task
    /// that made the call, and never otherwise.
    #[must_use]
    pub fn facts(
        mut self,
        facts: impl Fn() -> Option<ProfileFacts> + Send + Sync + 'static,
    ) -> Self {
        self.facts = Some(Arc::new(facts));
        self
    }

    /// Is shown every report, on the task that made the call.
    #[must_use]
    pub fn observer(mut self, observer: impl Fn(&Report) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// The interceptor.
    #[must_use]
    pub fn build(self) -> CredlapseInterceptor {
        CredlapseInterceptor {
            context: self.context,
            observer: self.observer,
            facts: self.facts,
            first_failure: Arc::default(),
        }
    }
}

impl fmt::Debug for CredlapseInterceptorBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredlapseInterceptorBuilder")
            .field("subject", &self.context.subject)
            .field("profile", &self.context.profile)
            .finish_non_exhaustive()
    }
}

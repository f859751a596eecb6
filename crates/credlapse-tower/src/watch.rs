//! What all futures of a layer share.

use std::fmt;
use std::sync::Arc;

use credlapse::{Context, Diagnosis};

use crate::Diagnose;

pub(crate) type Observer = Arc<dyn Fn(&Diagnosis) + Send + Sync>;

/// Looks at results and tells the observer.
#[derive(Clone)]
pub(crate) struct Watch<D> {
    pub(crate) diagnose: D,
    pub(crate) context: Context,
    pub(crate) observer: Option<Observer>,
}

impl<D> Watch<D> {
    pub(crate) fn with<D2>(self, diagnose: D2) -> Watch<D2> {
        Watch {
            diagnose,
            context: self.context,
            observer: self.observer,
        }
    }

    pub(crate) fn look<Response, Error>(
        &self,
        result: Result<&Response, &Error>,
    ) -> Option<Diagnosis>
    where
        D: Diagnose<Response, Error>,
    {
        let diagnosis = self.diagnose.diagnosis(result, &self.context)?;
        self.tell(&diagnosis);
        Some(diagnosis)
    }

    pub(crate) fn tell(&self, diagnosis: &Diagnosis) {
        #[cfg(feature = "tracing")]
        tracing::warn!(
            target: "credlapse",
            {
                "error.type" = diagnosis.kind.as_str(),
                credlapse.code = diagnosis.code().as_str(),
                credlapse.confidence = diagnosis.confidence.as_str(),
                credlapse.retry = diagnosis.retry().as_str(),
                credlapse.rule = diagnosis.rule.as_str(),
                rpc.service = diagnosis.cause.service.as_deref(),
                rpc.method = diagnosis.cause.operation.as_deref(),
                aws.request_id = diagnosis.cause.request_id.as_deref(),
                http.response.status_code = diagnosis.cause.status,
            },
            "{}",
            diagnosis.headline(),
        );
        if let Some(observer) = &self.observer {
            observer(diagnosis);
        }
    }
}

impl<D> fmt::Debug for Watch<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("subject", &self.context.subject)
            .field("profile", &self.context.profile)
            .finish_non_exhaustive()
    }
}

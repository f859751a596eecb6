//! What the host knows and the error does not.

use std::rc::Rc;

use credlapse::{Evidence, ExitTable, Shell, Timestamp};

use crate::local::Local;
use crate::machine::Machine;

/// What somebody said beside the failure.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The AWS profile that the failed call used.
    pub profile: Option<String>,
    /// What failed, in the words of whoever asks: "Deploy".
    pub subject: Option<String>,
    /// The shell in which a shown command will be typed.
    pub shell: Shell,
    /// Whether the failure is another machine's: then the files and variables of this one tell nothing.
    pub is_elsewhere: bool,
    /// Which exit statuses stand for a diagnosis.
    pub exits: ExitTable,
}

/// Completes evidence with what the host knows.
#[derive(Debug)]
pub struct Host {
    known: Known,
    machine: Rc<dyn Machine>,
    local: Option<Local>,
    secrets: Vec<String>,
}

impl Host {
    /// With what somebody said, on a machine.
    #[must_use]
    pub fn new(known: Known, machine: Rc<dyn Machine>) -> Self {
        let local = Local::of(Rc::clone(&machine));
        let secrets = local.secrets().collect();
        Self {
            machine,
            local: (!known.is_elsewhere).then_some(local),
            secrets,
            known,
        }
    }

    /// Which exit statuses stand for a diagnosis.
    #[must_use]
    pub const fn exits(&self) -> &ExitTable {
        &self.known.exits
    }

    /// Adds what the host knows. What is given goes before what was said, this before the text.
    pub(crate) fn complete(&mut self, evidence: &mut Evidence, mut given: Given) {
        let context = &mut evidence.context;
        context.shell = self.known.shell;
        let first = |given: Option<String>, said: &Option<String>, read: Option<String>| {
            given.or_else(|| said.clone()).or(read)
        };
        context.subject = first(given.subject, &self.known.subject, context.subject.take());
        context.profile = first(given.profile, &self.known.profile, context.profile.take());
        if given.now.is_none() {
            // The answer may be of yesterday: against the clock of today it proves nothing.
            context.server_time = None;
        }
        context.now = given.now.or_else(|| self.machine.now());
        context.secrets.extend_from_slice(&self.secrets);
        context
            .secrets
            .extend(given.local.iter().flat_map(Local::secrets));
        if let Some(local) = given.local.as_mut().or(self.local.as_mut()) {
            context.facts = Some(local.facts(context.profile.as_deref(), context.now));
        }
    }
}

/// What is known of one failure in the place of what was said and of this machine.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub(crate) profile: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) now: Option<Timestamp>,
    pub(crate) local: Option<Local>,
}

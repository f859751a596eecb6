//! What this machine and the options say, as the core wants it.

use std::rc::Rc;

use credlapse::Timestamp;
use credlapse::check::{Expected, Situation, cached_accounts};
use credlapse_command::{Disk, Local};
use jiff::tz::TimeZone;

use super::Options;
use crate::host;

/// Reads the files of this machine, and asks STS where that is wanted.
pub(super) fn look(options: &Options) -> Situation {
    let mut machine = Local::of(Rc::new(Disk::of_this_user()));
    let now = host::now();
    let profile = options.profile.as_deref();
    let facts = machine.facts(profile, now);
    let settings = machine.settings(profile);
    let program = settings.credential_process.as_deref();
    let cdk_context = credlapse_command::content(&options.cdk_context);
    #[cfg_attr(
        not(feature = "online"),
        expect(unused_mut, reason = "nobody adds an answer")
    )]
    let mut situation = Situation {
        program: program.map(credlapse_command::program).unwrap_or_default(),
        old_sdk: credlapse_command::old_sdk(),
        files: machine.modes(),
        utc_offset: facts.expires_at.or(now).and_then(utc_offset),
        expected: Expected {
            account: options.account.clone(),
            cached_accounts: cdk_context
                .as_deref()
                .map(cached_accounts)
                .unwrap_or_default(),
            region: options.region.clone(),
            min_remaining: options.min_remaining,
            ..Expected::default()
        },
        subject: options.subject.clone(),
        shell: options.shell,
        secrets: machine.secrets().collect(),
        facts,
        settings,
        now,
        ..Situation::default()
    };
    #[cfg(feature = "online")]
    if options.online {
        super::online::ask(&mut situation);
    }
    situation
}

/// By how much local time is ahead of UTC at a time; `None` where they are the same.
fn utc_offset(time: Timestamp) -> Option<String> {
    let time = jiff::Timestamp::from_second(time.0).ok()?;
    let offset = TimeZone::system().to_offset(time);
    if offset.seconds() == 0 {
        return None;
    }
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.abs();
    Some(format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60))
}

//! The causes of a text, in order of weight.

use alloc::vec::Vec;

use super::scan::List;
use crate::{Cause, Evidence};

/// Collects causes as they are read and puts them in order.
///
/// - Warnings and below come before all else.
/// - A chain that is printed root first (Python) is turned round: each
///   exception goes before the one that it came from.
#[derive(Debug, Default)]
pub(super) struct Causes {
    low: Vec<Held>,
    errors: Vec<Held>,
    /// Where the causes of the current chain begin.
    chain: usize,
    /// Whether the next traceback belongs to that chain.
    is_chained: bool,
    /// Whether the next record goes to the beginning of that chain.
    is_outer: bool,
}

/// A cause with the weight of what stands around it.
#[derive(Debug)]
struct Held {
    cause: Cause,
    /// The greatest weight of those that are around it in its record.
    outer: u8,
}

impl Held {
    /// Looked for only where not all can be kept.
    fn weight(&self) -> u8 {
        self.outer.max(weight(&self.cause))
    }
}

/// How many are held before the least of them are dropped.
const HELD_MAX: usize = Evidence::MAX_CAUSES * 8;

impl Causes {
    /// A traceback begins.
    pub(super) fn begin_traceback(&mut self) {
        self.is_outer = self.is_chained;
        if !self.is_chained {
            self.chain = self.errors.len();
        }
        self.is_chained = false;
    }

    /// What follows was raised while what came before was handled.
    pub(super) fn continue_chain(&mut self) {
        self.is_chained = true;
    }

    /// Takes the causes of one record, outermost first.
    pub(super) fn add(&mut self, record: &mut Vec<Cause>, is_low: bool) {
        let is_outer = !is_low && core::mem::take(&mut self.is_outer);
        let list = if is_low {
            &mut self.low
        } else {
            &mut self.errors
        };
        let at = if is_outer { self.chain } else { usize::MAX };
        let mut inner = list.split_off(at.min(list.len()));
        // The root of a recognised error counts as much as the error itself.
        let mut outer = 0;
        let mut left = record.len();
        for cause in record.drain(..) {
            let one = Held { cause, outer };
            left = left.saturating_sub(1);
            if left > 0 {
                outer = one.weight();
            }
            list.push(one);
        }
        list.append(&mut inner);
        hold(list, HELD_MAX);
    }

    /// All, least weight first, at most [`Evidence::MAX_CAUSES`].
    pub(super) fn finish(mut self) -> Vec<Cause> {
        hold(&mut self.errors, Evidence::MAX_CAUSES);
        let room = Evidence::MAX_CAUSES.saturating_sub(self.errors.len());
        keep(&mut self.low, room);
        self.low.append(&mut self.errors);
        self.low.into_iter().map(|held| held.cause).collect()
    }
}

/// Drops the least of `causes` where there are more than `max`.
fn hold(causes: &mut Vec<Held>, max: usize) {
    if causes.len() > max {
        keep(causes, Evidence::MAX_CAUSES);
    }
}

/// Keeps `max` causes: recognised ones first, then those that speak of access, then the latest.
fn keep(causes: &mut Vec<Held>, max: usize) {
    for least in 0..=2 {
        let mut excess = causes.len().saturating_sub(max);
        causes.retain(|held| {
            let is_kept = excess == 0 || held.weight() > least;
            if !is_kept {
                excess = excess.saturating_sub(1);
            }
            is_kept
        });
    }
}

fn weight(cause: &Cause) -> u8 {
    if cause.name.is_some() || cause.code.is_some() || cause.operation.is_some() {
        return 2;
    }
    const WORDS: List =
        List("redential|oken|xpired|enied|uthor|rofile|SSO|sso|ignature|ession|MFA|ccess");
    let message = cause.message.as_deref().unwrap_or("");
    u8::from(WORDS.is_in(message))
}

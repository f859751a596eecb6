//! The pipeline, in precedence order.
//!
//! 1. Causes are looked at from the innermost outwards. Wrappers carry no class.
//! 2. Within one cause the strongest matching rule counts, see
//!    [`Rule::rank`](crate::rules::Rule::rank).
//! 3. The first cause with a decisive rule decides. A definite "not auth" ends
//!    the search, but for the parts of a group, none of which caused another; a
//!    failure of the network inside an auth call is not auth.
//! 4. Without one, the end of a provider chain counts, then a status.
//! 5. Facts settle what the SDK erased: see `settle`.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::phrase::{self, Seen};
use crate::rules::{self, Place, Rule, Symbol, Verdict};
use crate::settle;
use crate::text::{self, class::Class, scan, scan::List};
use crate::trace::Hit;
use crate::{Cause, Confidence, Context, Diagnosis, Evidence, Kind, digits, mention};

/// Decides what lapsed, or `None` where it is not an AWS auth failure.
///
/// Total: no evidence makes it panic. It reads at most
/// [`Evidence::MAX_CAUSES`] causes and [`MESSAGE_MAX`] bytes of each message,
/// in time linear in both.
///
/// ```
/// use credlapse::{Code, Kind, diagnose, text};
///
/// let evidence = text::read(
///     "An error occurred (ExpiredToken) when calling the PutObject operation: \
///      The provided token has expired.",
/// );
/// let diagnosis = diagnose(&evidence).unwrap();
/// assert_eq!(diagnosis.kind, Kind::SessionTokenExpired);
/// assert_eq!(diagnosis.code(), Code::CredentialsExpired);
///
/// let evidence = text::read("An error occurred (SlowDown) when calling the PutObject operation");
/// assert_eq!(diagnose(&evidence), None);
/// ```
#[must_use]
pub fn diagnose(evidence: &Evidence) -> Option<Diagnosis> {
    let (causes, context) = (&*unquoted(&evidence.causes), &evidence.context);
    let finding = search(causes, context)?;
    let settled = settle::settle(&finding, context)?;
    Some(Diagnosis::of(&finding, settled, causes, context))
}

/// How much of a message is read; the head says what failed.
pub const MESSAGE_MAX: usize = 64 * 1024;

/// The causes within their bound, with what their messages quote: a body, or the output of another program.
fn unquoted(causes: &[Cause]) -> Cow<'_, [Cause]> {
    if causes.len() <= Evidence::MAX_CAUSES && !causes.iter().any(quotes) {
        return Cow::Borrowed(causes);
    }
    Cow::Owned(with_quoted(causes))
}

// Most quote nothing: what is not called is not compiled, where that happens at the first call.
#[inline(never)]
fn with_quoted(causes: &[Cause]) -> Vec<Cause> {
    let mut whole = Vec::new();
    for (at, cause) in causes.iter().enumerate() {
        if is_kept(at, causes.len()) {
            whole.push(cause.clone());
            if quotes(cause) {
                whole.append(&mut text::read(message(cause)).causes);
            }
        }
    }
    let count = whole.len();
    let mut places = 0..count;
    whole.retain(|_| places.next().is_some_and(|at| is_kept(at, count)));
    whole
}

/// Whether the cause at `at` is of the outermost or the innermost, [`Evidence::MAX_CAUSES`] of them.
const fn is_kept(at: usize, count: usize) -> bool {
    let half = Evidence::MAX_CAUSES / 2;
    at < half || at.saturating_add(half) >= count
}

fn quotes(cause: &Cause) -> bool {
    let message = message(cause);
    // Without an early end, so that many bytes are looked at at a time.
    let pairs = message.bytes().zip(message.bytes().skip(1));
    let may = pairs.fold(message.ends_with("\n"), |may, pair| {
        may | matches!(pair, (b'\n', _) | (b'<', b'C') | (b'A', b'n'))
    });
    may && (message.contains('\n')
        || scan::contains(message, "<Code>")
        || scan::contains(message, "An error occurred ("))
}

/// A rule that decides, and where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finding<'e> {
    pub(crate) rule: Rule,
    pub(crate) cause: &'e Cause,
    /// The message from the first word of the phrase on, where a phrase decided.
    pub(crate) from: &'e str,
    /// The HTTP status of the cause, or of the nearest one around it.
    pub(crate) status: Option<u16>,
    pub(crate) operation: Option<&'e str>,
    pub(crate) service: Option<&'e str>,
}

/// Steps 1 to 4.
// As a part of its only caller it takes more room.
#[inline(never)]
fn search<'e>(causes: &'e [Cause], context: &Context) -> Option<Finding<'e>> {
    // Few failures ask for it.
    let group = || causes.iter().position(is_group);
    let weighed = weigh(causes, context);
    let (mut end, mut guess, mut wrapper) = (None, None, None);
    let (mut transport, mut unreachable, mut doubt) = (false, false, false);
    for (at, one) in weighed.iter().enumerate().rev() {
        transport |= one.network;
        unreachable |= one.unreachable;
        let Some(finding) = one.finding else {
            continue;
        };
        let rule = finding.rule;
        match rule.verdict {
            Verdict::NotAuth
                if rule.confidence == Confidence::Definite
                    && group().is_none_or(|group| at < group) =>
            {
                return None;
            }
            Verdict::NotAuth | Verdict::Transport => doubt = true,
            Verdict::Is(kind) if rule.confidence > Confidence::Possible => {
                // What refreshes a session says the same when the network is down.
                let refresh = rule.confidence < Confidence::Definite
                    && matches!(kind, Kind::SsoSessionExpired | Kind::LoginSessionExpired);
                if !(transport && refresh) {
                    let around = weighed.get(..at).unwrap_or_default();
                    return Some(fullest(finding, around));
                }
                doubt = true;
            }
            Verdict::Is(_) => guess = guess.or(Some(finding)),
            // What a service of AWS could not be asked for is not missing.
            Verdict::ChainEnd(_) if unreachable => doubt = true,
            // A chain asks the metadata service last: its failure says only where the chain ended.
            Verdict::ChainEnd(Kind::CredentialsMissing) => end = Some(finding),
            Verdict::ChainEnd(_) => end = end.or(Some(finding)),
            Verdict::Wrapper => wrapper = wrapper.or(Some(finding)),
        }
    }
    let weak = || guess.or(wrapper).filter(|_| !transport && !doubt);
    end.or_else(weak)
}

/// Whether what follows are parts that failed beside each other: the end of one says nothing of the rest.
fn is_group(cause: &Cause) -> bool {
    let class = cause.name.as_deref().map(scan::class);
    class.is_some_and(|class| {
        matches!(
            class,
            "AggregateError" | "AggregateException" | "ExceptionGroup" | "BaseExceptionGroup"
        )
    })
}

/// What is said of the same failure further out, where that is surer.
///
/// An SDK gives a code in one link of its chain and the sentence in another.
fn fullest<'e>(finding: Finding<'e>, around: &[Weighed<'e>]) -> Finding<'e> {
    if finding.rule.confidence == Confidence::Definite {
        return finding;
    }
    let before = around.iter().rposition(|weighed| weighed.finding.is_some());
    // What a process said of a login stands before the complaint that the process failed.
    let said = before.and_then(|before| around.get(before)?.finding);
    let failed = finding.rule.verdict == Verdict::Is(Kind::CredentialProcessFailed);
    if let Some(said) = said.filter(|said| failed && is_login(said.rule)) {
        return said;
    }
    let code = finding.rule.packed();
    let cause = finding.cause;
    // What a metadata endpoint answered has no name of its own: it belongs to the text before it.
    let quoted = cause.name.is_none() && cause.operation.is_none() && cause.service.is_none();
    let same = |(at, weighed): &(usize, &Weighed<'e>)| {
        let verdict = weighed.finding.map(|outer| outer.rule.verdict);
        let endpoint = verdict == Some(Verdict::Is(Kind::MetadataUnavailable));
        quoted && endpoint && Some(*at) == before
            || weighed
                .codes
                .iter()
                .flatten()
                .any(|outer| outer.text == code)
    };
    around
        .iter()
        .enumerate()
        .filter(same)
        .filter_map(|(_, weighed)| weighed.finding)
        .filter(|outer| {
            matches!(outer.rule.verdict, Verdict::Is(_))
                && outer.rule.confidence == Confidence::Definite
        })
        .max_by_key(|outer| outer.rule.rank())
        .unwrap_or(finding)
}

/// Whether the rule is sure that a person has to log in.
fn is_login(rule: Rule) -> bool {
    rule.confidence == Confidence::Definite
        && matches!(
            rule.verdict,
            Verdict::Is(
                Kind::SsoSessionExpired
                    | Kind::SsoNotLoggedIn
                    | Kind::LoginSessionExpired
                    | Kind::LoginNotLoggedIn
            )
        )
}

/// A cause with the strongest of its rules.
struct Weighed<'e> {
    finding: Option<Finding<'e>>,
    codes: [Option<Symbol<'e>>; 2],
    /// Whether any of its rules tells of the network.
    network: bool,
    /// Whether it is a host of AWS that was not reached; the metadata service has an address alone.
    unreachable: bool,
}

/// Every cause in its place: what it does not say itself, the next one outwards says.
fn weigh<'e>(causes: &'e [Cause], context: &Context) -> Vec<Weighed<'e>> {
    let mut weighed = Vec::with_capacity(causes.len());
    walk(causes, context, |cause, place| {
        let (strongest, loading) = strongest(cause, place);
        weighed.push(strongest);
        loading
    });
    weighed
}

/// Calls `visit` with each cause and its place, outermost first; it tells whether the cause wraps what follows.
fn walk<'e>(
    causes: &'e [Cause],
    context: &Context,
    mut visit: impl FnMut(&'e Cause, &Place<'e>) -> bool,
) {
    let facts = context.facts.as_ref();
    let mut place = Place {
        session_token: facts.is_some_and(|facts| facts.has_session_token),
        aws: causes.iter().any(is_aws),
        ..Place::default()
    };
    for cause in causes {
        if cause.service.is_some() || cause.operation.is_some() {
            place.service = cause.service.as_deref();
            place.operation = cause.operation.as_deref();
        }
        let module = cause.name.as_deref().filter(|name| name.contains('/'));
        place.module = module.or(place.module);
        // botocore gives the status for the code of an answer without a body.
        let code = cause.code.as_deref().filter(|code| code.len() == 3);
        let code = code.and_then(|code| digits::read(code, 10));
        place.status = cause.status.or(code).or(place.status);
        // Where an SDK names the error after its code, one look is enough.
        let name = cause
            .name
            .as_deref()
            .filter(|name| Some(*name) != cause.code.as_deref());
        let code = symbol(cause.code.as_deref());
        place.codes = [code, symbol(name)];
        let is_code = |Symbol { text, .. }| !Class::DIGIT.begins(text) && !is_silent(text);
        place.silent = is_silent(message(cause)) && !code.is_some_and(is_code);
        place.loading |= visit(cause, &place);
    }
}

/// Every rule that matches, for `trace`.
pub(crate) fn hits(evidence: &Evidence) -> (Evidence, Vec<Hit>) {
    let evidence = Evidence {
        causes: unquoted(&evidence.causes).into_owned(),
        context: evidence.context.clone(),
    };
    let (causes, context) = (&evidence.causes, &evidence.context);
    let decided = search(causes, context)
        .map(|finding| (finding.rule.rank(), core::ptr::from_ref(finding.cause)));
    let mut hits = Vec::new();
    let mut at = 0_usize;
    walk(causes, context, |cause, place| {
        let mut loading = false;
        visit(cause, place, |rule, _| {
            loading |= rule.verdict == Verdict::Wrapper;
            let decided = decided == Some((rule.rank(), core::ptr::from_ref(cause)));
            hits.push(Hit {
                rule,
                cause: at,
                decided,
            });
        });
        at = at.saturating_add(1);
        loading
    });
    (evidence, hits)
}

/// Who gives an operation or a request id has spoken with AWS or a store with its protocol.
fn is_aws(cause: &Cause) -> bool {
    cause.operation.is_some() || cause.service.is_some() || cause.request_id.is_some()
}

/// The strongest rule that matches one cause.
///
/// And whether the cause wraps what follows.
fn strongest<'e>(cause: &'e Cause, place: &Place<'e>) -> (Weighed<'e>, bool) {
    let mut best: Option<(rules::Rank, Rule, &'e str)> = None;
    let (mut network, mut loading) = (false, false);
    visit(cause, place, |rule, from| {
        loading |= rule.verdict == Verdict::Wrapper;
        if rule.verdict == Verdict::Transport {
            network = true;
            return;
        }
        let rank = rule.rank();
        if best
            .as_ref()
            .is_none_or(|(strongest, ..)| rank >= *strongest)
        {
            best = Some((rank, rule, from));
        }
    });
    let finding = best.map(|(_, rule, from)| Finding {
        rule,
        cause,
        from,
        status: place.status,
        operation: place.operation,
        service: place.service,
    });
    let weighed = Weighed {
        finding,
        codes: place.codes,
        network,
        unreachable: network && scan::contains(message(cause), ".amazonaws.com"),
    };
    (weighed, loading)
}

/// Calls `found` with each rule that matches a cause, and the text that it matched.
fn visit<'e>(cause: &'e Cause, place: &Place<'e>, mut found: impl FnMut(Rule, &'e str)) {
    let mut unnamed = true;
    for code in place.codes.iter().flatten() {
        for rule in code.rules() {
            unnamed = false;
            if rule.holds(place) {
                found(rule, "");
            }
        }
    }
    let message = message(cause);
    rules::search(message, |seen| match seen {
        Seen::Phrase(number, at) => {
            if let Some(rule) = rules::phrase(number, &at).filter(|rule| rule.holds(place)) {
                found(rule, at.from);
            }
        }
        Seen::Name(start, end) => {
            let Some(mention) = mention::code(message, start, end) else {
                return;
            };
            // Where an answer of AWS is at hand, its code need not be told. Of another
            // answer the word may be what HTTP calls any such status.
            let is_reason = List("Unauthorized|Forbidden").has(mention.code);
            let is_told = place.aws || !is_reason && (mention.is_told || place.status.is_some());
            known(mention.code)
                .rules()
                .filter(|rule| rule.holds(place))
                .filter(|rule| {
                    is_told || matches!(rule.verdict, Verdict::NotAuth | Verdict::Transport)
                })
                .for_each(|rule| found(rule, ""));
        }
    });
    if let (true, Some(status)) = (unnamed, place.status) {
        rules::status(status)
            .filter(|rule| rule.holds(place))
            .for_each(|rule| found(rule, ""));
    }
}

/// The message within its bound.
fn message(cause: &Cause) -> &str {
    let message = cause.message.as_deref().unwrap_or("");
    if message.len() <= MESSAGE_MAX {
        return message;
    }
    scan::head(message, MESSAGE_MAX)
}

/// Whether a message says no more than the status, as where an answer had no body.
fn is_silent(message: &str) -> bool {
    let message = const { Class::SAID.not() }.trim(message);
    // Most messages are longer than all of these.
    message.is_empty()
        || message.len() <= 16
            && List("null|None|Unknown|UnknownError|Bad Request|BadRequest|Unauthorized|No response body|Forbidden")
                .has(message)
}

/// A code or name as the rules spell it; `None` for those that say nothing.
///
/// `com.amazonaws.s3#AccessDenied`, `AccessDenied:http://...` and `_AccessDenied`
/// are all `AccessDenied`.
fn symbol(text: Option<&str>) -> Option<Symbol<'_>> {
    let mut text = text?;
    let is_plain = text.bytes().all(phrase::is_word);
    if !is_plain {
        text = text.trim();
        (text, _) = scan::split_once(text, ":http").unwrap_or((text, ""));
        (_, text) = const { Class::of(b"#").not() }.split_tail(text);
    }
    let text = const { Class::of(b"_") }.split(text).1;
    if matches!(text, "" | "Error" | "Unknown" | "UnknownError" | "null") {
        return None;
    }
    Some(if is_plain {
        known(text)
    } else {
        packaged(text)
    })
}

/// The spelling that the rules know: one error is `X` on the wire and `XException` as a class.
fn known(symbol: &str) -> Symbol<'_> {
    let whole = Symbol::look_up(symbol);
    if whole.is_known() {
        return whole;
    }
    let bare = symbol.strip_suffix("Exception").map(Symbol::look_up);
    bare.filter(Symbol::is_known).unwrap_or(whole)
}

/// The same where it may be `some.package.X` or `Some::Module::X`, as in a trace.
fn packaged(symbol: &str) -> Symbol<'_> {
    let (package, tail) = const { Class::of(b".:\\$").not() }.split_tail(symbol);
    if package.is_empty() {
        return known(symbol);
    }
    let whole = Symbol::look_up(symbol);
    // `java.nio.file.AccessDeniedException` is of another house.
    let class = known(tail);
    let is_its = is_aws_package(package) || class.rules().all(|rule| rule.is_scoped());
    if !whole.is_known() && class.is_known() && is_its {
        class
    } else {
        whole
    }
}

fn is_aws_package(package: &str) -> bool {
    let package = package.as_bytes();
    [&b"aws"[..], b"amazon", b"boto", b"minio", b"s3"]
        .iter()
        .any(|name| {
            package
                .windows(name.len())
                .any(|window| window.eq_ignore_ascii_case(name))
        })
}

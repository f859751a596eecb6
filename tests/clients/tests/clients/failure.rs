//! The failures, and how they are provoked.

use aws_sim::{BUCKET, Deny, Detail, Fault, Lapse, Sim};
use credlapse::Kind;

use crate::place::{Place, Request};

pub(crate) struct Failure {
    pub(crate) name: &'static str,
    pub(crate) requests: &'static [Request],
    /// The verdict; `None` where credentials are not the matter.
    kind: Option<Kind>,
    provoke: fn(&Sim, &mut Place),
}

const ALL: &[Request] = &[Request::Get, Request::Put, Request::List, Request::Head];
const WITH_BODY: &[Request] = &[Request::Get, Request::Put, Request::List];
const GET: &[Request] = &[Request::Get];

/// A bucket with one object, and keys that are good for it.
pub(crate) async fn arrange() -> (Sim, Place) {
    let sim = Sim::start().await.unwrap();
    sim.put_object(BUCKET, "report.csv", "a,b");
    let keys = sim.issue("client", 3600);
    let place = Place {
        url: sim.url().into(),
        bucket: BUCKET.into(),
        access_key: keys.access_key_id,
        secret_key: keys.secret_access_key,
        session_token: keys.session_token,
    };
    (sim, place)
}

impl Failure {
    pub(crate) async fn arrange(&self) -> (Sim, Place) {
        let (sim, mut place) = arrange().await;
        (self.provoke)(&sim, &mut place);
        (sim, place)
    }

    /// An answer to HEAD has no body, so it tells nothing but its status.
    pub(crate) fn expected(&self, request: Request) -> Option<Kind> {
        match request {
            Request::Head => self.kind.map(|_| Kind::AmbiguousAuth),
            _ => self.kind,
        }
    }
}

pub(crate) const FAILURES: &[Failure] = &[
    Failure {
        name: "expired session token",
        requests: ALL,
        kind: Some(Kind::SessionTokenExpired),
        provoke: |sim, _| sim.expire(&Lapse::keys("client"), 0).unwrap(),
    },
    Failure {
        name: "unknown access key",
        requests: ALL,
        kind: Some(Kind::InvalidAccessKey),
        provoke: |_, place| {
            place.access_key = "AKIAIOSFODNN7EXAMPLE".into();
            place.session_token = None;
        },
    },
    Failure {
        name: "wrong secret key",
        requests: ALL,
        kind: Some(Kind::SignatureMismatch),
        provoke: |_, place| place.secret_key = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY".into(),
    },
    Failure {
        name: "mangled session token",
        requests: ALL,
        kind: Some(Kind::InvalidToken),
        provoke: |_, place| place.session_token = Some("IQoJb3JpZ2luX2VjEAAbogus".into()),
    },
    Failure {
        name: "denied by policy",
        requests: ALL,
        kind: Some(Kind::PermissionDenied),
        provoke: |sim, _| sim.deny(Deny::new("s3:*")),
    },
    Failure {
        name: "denied without a reason",
        requests: WITH_BODY,
        kind: Some(Kind::PermissionDenied),
        provoke: |sim, _| sim.deny(Deny::new("s3:*").detail(Detail::Short)),
    },
    Failure {
        name: "wrong clock",
        requests: ALL,
        kind: Some(Kind::ClockSkew),
        provoke: |sim, _| sim.set_clock_offset(-3600),
    },
    Failure {
        name: "no such key",
        requests: &[Request::Get, Request::Head],
        kind: None,
        provoke: |_, _| {},
    },
    Failure {
        name: "no such bucket",
        requests: WITH_BODY,
        kind: None,
        provoke: |_, place| place.bucket = "no-such-bucket".into(),
    },
    Failure {
        name: "failed condition",
        requests: &[Request::Match],
        kind: None,
        provoke: |_, _| {},
    },
    Failure {
        name: "busy",
        requests: GET,
        kind: None,
        provoke: |sim, _| sim.add_fault(Fault::error("SlowDown").always()),
    },
    Failure {
        name: "refused connection",
        requests: ALL,
        kind: None,
        provoke: |_, place| place.url = "http://127.0.0.1:1".into(),
    },
];

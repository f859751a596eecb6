//! What the HTTP layer reads, and that the caller gets the same body.
#![cfg(feature = "http")]

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use credlapse::{Diagnosis, Kind};
use credlapse_tower::http::{CredlapseHttpLayer, ResponseBody};
use http::{HeaderMap, Request, Response};
use http_body::{Body, Frame, SizeHint};
use http_body_util::{BodyExt, Empty, Full};
use tower::{ServiceBuilder, ServiceExt, service_fn};

const EXPIRED: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>ExpiredToken</Code>\
    <Message>The provided token has expired.</Message><Token-0>IQoJb3JpZ2luX2VjEAA</Token-0></Error>";

type BoxError = Box<dyn std::error::Error + Send + Sync>;

fn full(text: &'static str) -> Full<Bytes> {
    Full::from(text)
}

async fn through<B>(response: Response<B>) -> Response<ResponseBody<B>>
where
    B: Body + Send + 'static,
{
    let mut response = Some(response);
    ServiceBuilder::new()
        .layer(CredlapseHttpLayer::new())
        .service(service_fn(move |_: Request<()>| {
            let response = response.take().unwrap();
            async { Ok::<_, Infallible>(response) }
        }))
        .oneshot(Request::new(()))
        .await
        .unwrap()
}

fn refusal<B>(status: u16, body: B) -> Response<B> {
    Response::builder()
        .status(status)
        .header("x-amz-request-id", "4TSJ3XNTG3M9EHZ1")
        .body(body)
        .unwrap()
}

fn kind<B>(response: &Response<B>) -> Option<Kind> {
    Some(response.extensions().get::<Diagnosis>()?.kind)
}

#[tokio::test]
async fn reads_an_answer_of_s3() {
    let response = through(refusal(400, full(EXPIRED))).await;
    let diagnosis = response.extensions().get::<Diagnosis>().unwrap();
    assert_eq!(diagnosis.kind, Kind::SessionTokenExpired);
    assert_eq!(diagnosis.cause.status, Some(400));
    assert_eq!(
        diagnosis.cause.request_id.as_deref(),
        Some("4TSJ3XNTG3M9EHZ1")
    );
    assert_eq!(
        response.into_body().collect().await.unwrap().to_bytes(),
        EXPIRED
    );
}

#[tokio::test]
async fn reads_an_answer_of_a_json_service() {
    let body = r#"{"message":"The security token included in the request is expired"}"#;
    let response = Response::builder()
        .status(400)
        .header(
            "x-amzn-errortype",
            "ExpiredTokenException:http://internal.amazon.com/coral/",
        )
        .body(full(body))
        .unwrap();
    assert_eq!(
        kind(&through(response).await),
        Some(Kind::SessionTokenExpired)
    );

    let body =
        r#"{"__type":"com.amazonaws.dynamodb.v20120810#ExpiredTokenException","message":"x"}"#;
    let response = Response::builder()
        .status(400)
        .header("x-amzn-requestid", "7c1d1f0e")
        .body(full(body))
        .unwrap();
    assert_eq!(
        kind(&through(response).await),
        Some(Kind::SessionTokenExpired)
    );
}

#[tokio::test]
async fn an_empty_refusal_is_ambiguous() {
    let response = through(refusal(403, Empty::<Bytes>::new())).await;
    assert_eq!(kind(&response), Some(Kind::AmbiguousAuth));
    assert!(
        response
            .into_body()
            .collect()
            .await
            .unwrap()
            .to_bytes()
            .is_empty()
    );
}

/// A body that must not be read.
struct Forbidden;

impl Body for Forbidden {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        panic!("read")
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(7)
    }
}

#[tokio::test]
async fn leaves_other_responses_unread() {
    for status in [200, 206, 301, 404, 409, 412, 500, 503] {
        let response = through(refusal(status, Forbidden)).await;
        assert_eq!(kind(&response), None);
        assert_eq!(response.body().size_hint().exact(), Some(7));
    }
    let foreign = Response::builder().status(403).body(Forbidden).unwrap();
    assert_eq!(kind(&through(foreign).await), None);
}

/// A body that gives these frames, each after one `Pending`.
struct Frames {
    frames: VecDeque<Result<Frame<Bytes>, BoxError>>,
    ready: bool,
    ended: bool,
}

impl Frames {
    fn new(frames: impl IntoIterator<Item = Result<Frame<Bytes>, BoxError>>) -> Self {
        Self {
            frames: frames.into_iter().collect(),
            ready: false,
            ended: false,
        }
    }
}

impl Body for Frames {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        assert!(!self.ended, "polled after its end");
        self.ready = !self.ready;
        if self.ready {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let frame = self.frames.pop_front();
        self.ended = frame.is_none();
        Poll::Ready(frame)
    }

    fn size_hint(&self) -> SizeHint {
        let data = self.frames.iter().flatten().filter_map(Frame::data_ref);
        SizeHint::with_exact(data.map(|data| data.len() as u64).sum())
    }
}

fn data(bytes: impl Into<Bytes>) -> Result<Frame<Bytes>, BoxError> {
    Ok(Frame::data(bytes.into()))
}

async fn frames(body: ResponseBody<Frames>) -> Vec<Result<Frame<Bytes>, BoxError>> {
    let mut body = std::pin::pin!(body);
    let mut frames = Vec::new();
    while let Some(frame) = body.frame().await {
        frames.push(frame);
    }
    frames
}

#[tokio::test]
async fn gives_every_frame_and_the_trailers() {
    let (first, second) = EXPIRED.split_at(60);
    let mut trailers = HeaderMap::new();
    trailers.insert("x-checksum", "n7sxBA==".parse().unwrap());
    let body = Frames::new([
        data(first),
        data(""),
        data(second),
        Ok(Frame::trailers(trailers.clone())),
    ]);
    let response = through(refusal(400, body)).await;
    assert_eq!(kind(&response), Some(Kind::SessionTokenExpired));
    assert_eq!(
        response.body().size_hint().exact(),
        Some(EXPIRED.len() as u64)
    );
    assert!(!response.body().is_end_stream());

    let frames: Vec<_> = frames(response.into_body())
        .await
        .into_iter()
        .flatten()
        .collect();
    assert_eq!(frames.len(), 4);
    assert_eq!(frames[0].data_ref().unwrap(), first);
    assert_eq!(frames[1].data_ref().unwrap(), "");
    assert_eq!(frames[2].data_ref().unwrap(), second);
    assert_eq!(frames[3].trailers_ref(), Some(&trailers));
}

#[tokio::test]
async fn gives_an_error_of_the_body_where_it_stood() {
    let body = Frames::new([
        data("<Error><Code>Expired"),
        Err("reset".into()),
        data("never"),
    ]);
    let response = through(refusal(400, body)).await;
    let frames = frames(response.into_body()).await;
    assert_eq!(
        frames[0].as_ref().unwrap().data_ref().unwrap(),
        "<Error><Code>Expired"
    );
    assert_eq!(frames[1].as_ref().unwrap_err().to_string(), "reset");
    assert_eq!(frames[2].as_ref().unwrap().data_ref().unwrap(), "never");
}

#[tokio::test]
async fn reads_no_more_than_its_limit_ahead() {
    let chunk = Bytes::from(vec![b'x'; 24 * 1024]);
    let body = Frames::new((0..10).map(|_| data(chunk.clone())));
    let response = through(refusal(403, body)).await;
    let whole = 10 * chunk.len();
    assert_eq!(response.body().size_hint().exact(), Some(whole as u64));
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(bytes.len(), whole);

    let huge = Bytes::from([EXPIRED.as_bytes(), &vec![b' '; 1 << 20]].concat());
    let response = through(refusal(400, Frames::new([data(huge.clone())]))).await;
    assert_eq!(kind(&response), Some(Kind::SessionTokenExpired));
    assert_eq!(
        response.into_body().collect().await.unwrap().to_bytes(),
        huge
    );
}

#[tokio::test]
async fn tells_the_observer_and_hides_the_token() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let layer = CredlapseHttpLayer::new().observer(move |diagnosis| {
        sender.send(diagnosis.to_string()).unwrap();
    });
    let service = ServiceBuilder::new()
        .layer(layer)
        .service(service_fn(|_: Request<()>| async {
            Ok::<_, Infallible>(refusal(400, full(EXPIRED)))
        }));
    service.oneshot(Request::new(())).await.unwrap();
    let text = receiver.try_recv().unwrap();
    assert!(!text.contains("IQoJb3JpZ2luX2VjEAA"), "{text}");
}

//! A body that may break off.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

/// The body of an answer, whole or cut short.
pub(crate) struct Answer {
    rest: Option<Bytes>,
    /// What the length header promises.
    promised: u64,
    end: End,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Orderly,
    /// Waits until what was sent is on its way.
    BreakSoon,
    BreakNow,
}

impl Answer {
    pub(crate) fn whole(content: Bytes) -> Self {
        Self {
            promised: content.len() as u64,
            rest: Some(content),
            end: End::Orderly,
        }
    }

    /// Sends `bytes` bytes, then breaks the connection, even if that was all.
    pub(crate) fn cut(content: Bytes, bytes: usize) -> Self {
        let rest = content.slice(..bytes.min(content.len()));
        Self {
            promised: content.len() as u64,
            rest: Some(rest),
            end: End::BreakSoon,
        }
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Some(rest) = self.rest.take().filter(|rest| !rest.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(rest))));
        }
        match self.end {
            End::Orderly => Poll::Ready(None),
            End::BreakSoon => {
                // hyper drops what it holds when a body fails, and writes it out when a body has to
                // wait.
                self.end = End::BreakNow;
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            End::BreakNow => Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionAborted.into()))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.end == End::Orderly && self.rest.as_ref().is_none_or(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.promised)
    }
}

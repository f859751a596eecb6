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
    breaks: bool,
}

impl Answer {
    pub(crate) fn whole(content: Bytes) -> Self {
        Self {
            promised: content.len() as u64,
            rest: Some(content),
            breaks: false,
        }
    }

    /// Sends `bytes` bytes, then breaks the connection, even if that was all.
    pub(crate) fn cut(content: Bytes, bytes: usize) -> Self {
        let rest = content.slice(..bytes.min(content.len()));
        Self {
            promised: content.len() as u64,
            rest: Some(rest),
            breaks: true,
        }
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match self.rest.take().filter(|rest| !rest.is_empty()) {
            Some(rest) => Poll::Ready(Some(Ok(Frame::data(rest)))),
            None if self.breaks => {
                Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionAborted.into())))
            }
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        !self.breaks && self.rest.as_ref().is_none_or(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.promised)
    }
}

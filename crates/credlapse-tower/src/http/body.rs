//! A response body whose first frames may have been read ahead.

use std::collections::VecDeque;
use std::fmt;
use std::io::IoSlice;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Buf;
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;

pin_project! {
    /// The body of the inner service's response, unchanged to its reader.
    pub struct ResponseBody<B: Body> {
        #[pin]
        state: State<B>,
    }
}

pin_project! {
    #[project = StateProj]
    enum State<B: Body> {
        Untouched {
            #[pin]
            body: B,
        },
        Peeked {
            peeked: Peeked<B>,
        },
    }
}

/// A body with the frames that were read ahead.
pub(super) struct Peeked<B: Body> {
    frames: VecDeque<Result<Frame<B::Data>, B::Error>>,
    // In a box, so that it can move on after it was polled.
    rest: Pin<Box<B>>,
    ended: bool,
}

impl<B: Body> ResponseBody<B> {
    pub(super) fn untouched(body: B) -> Self {
        Self {
            state: State::Untouched { body },
        }
    }

    pub(super) fn peeked(peeked: Peeked<B>) -> Self {
        Self {
            state: State::Peeked { peeked },
        }
    }
}

impl<B: Body> Peeked<B> {
    pub(super) fn new(body: B) -> Self {
        Self {
            frames: VecDeque::new(),
            rest: Box::pin(body),
            ended: false,
        }
    }

    /// Reads ahead until `seen` has `limit` bytes, the body ends or fails.
    pub(super) fn poll_peek(
        &mut self,
        cx: &mut Context<'_>,
        seen: &mut Vec<u8>,
        limit: usize,
    ) -> Poll<()> {
        while seen.len() < limit {
            let Some(frame) = ready!(self.rest.as_mut().poll_frame(cx)) else {
                self.ended = true;
                break;
            };
            if let Some(data) = frame.as_ref().ok().and_then(Frame::data_ref) {
                copy(data, seen, limit);
            }
            let failed = frame.is_err();
            self.frames.push_back(frame);
            if failed {
                break;
            }
        }
        Poll::Ready(())
    }
}

impl<B: Body> fmt::Debug for ResponseBody<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBody")
            .field("size_hint", &self.size_hint())
            .finish_non_exhaustive()
    }
}

/// Copies without taking: the reader of the body gets the same data.
fn copy(data: &impl Buf, seen: &mut Vec<u8>, limit: usize) {
    let mut slices = [IoSlice::new(&[]); 16];
    let filled = data.chunks_vectored(&mut slices);
    for slice in slices.iter().take(filled) {
        let room = limit.saturating_sub(seen.len());
        seen.extend(slice.iter().take(room));
    }
}

impl<B: Body> Body for ResponseBody<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        match self.project().state.project() {
            StateProj::Untouched { body } => body.poll_frame(cx),
            StateProj::Peeked { peeked } => match peeked.frames.pop_front() {
                Some(frame) => Poll::Ready(Some(frame)),
                None if peeked.ended => Poll::Ready(None),
                None => peeked.rest.as_mut().poll_frame(cx),
            },
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.state {
            State::Untouched { body } => body.is_end_stream(),
            State::Peeked { peeked } => {
                peeked.frames.is_empty() && (peeked.ended || peeked.rest.is_end_stream())
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.state {
            State::Untouched { body } => body.size_hint(),
            State::Peeked { peeked } => {
                let frames = peeked.frames.iter().flatten().filter_map(Frame::data_ref);
                let read: u64 = frames.map(|data| data.remaining() as u64).sum();
                let rest = match peeked.ended {
                    true => SizeHint::with_exact(0),
                    false => peeked.rest.size_hint(),
                };
                let mut hint = SizeHint::new();
                hint.set_lower(rest.lower().saturating_add(read));
                if let Some(upper) = rest.upper().and_then(|upper| upper.checked_add(read)) {
                    hint.set_upper(upper);
                }
                hint
            }
        }
    }
}

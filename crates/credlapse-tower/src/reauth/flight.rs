//! One login at a time, driven by those who wait for it.

use std::mem;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

#[cfg(not(credlapse_loom))]
use std::sync::{Mutex, MutexGuard};

#[cfg(credlapse_loom)]
use loom::sync::{Mutex, MutexGuard};

use super::BoxFuture;

#[cfg(all(test, credlapse_loom))]
mod model;

/// How a login ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Good,
    Failed,
}

pub(super) type Start = Box<dyn FnOnce() -> BoxFuture<bool> + Send>;

/// All logins: those that have ended, and the one under way.
#[derive(Default)]
pub(super) struct Flights {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// How many have ended; the number of the one under way.
    ended: u64,
    last: Option<Outcome>,
    flight: Option<Flight>,
    next_seat: u64,
}

/// A login that is wanted.
#[derive(Default)]
struct Flight {
    login: Login,
    /// It has asked to be polled while it was being polled.
    woken: bool,
    seats: Vec<(u64, Option<Waker>)>,
}

#[derive(Default)]
enum Login {
    #[default]
    NotStarted,
    Idle(BoxFuture<bool>),
    /// Somebody starts, polls or drops it, without the lock.
    Busy,
}

impl Flights {
    pub(super) fn ended(&self) -> u64 {
        self.lock().ended
    }

    /// A seat, or the outcome of a login that ended after `seen` had.
    ///
    /// Of all seats the one that is polled first starts the login.
    pub(super) fn join(self: &Arc<Self>, seen: u64, start: Start) -> Result<Seat, Outcome> {
        let mut state = self.lock();
        if let Some(outcome) = state.last.filter(|_| state.ended > seen) {
            return Err(outcome);
        }
        let seat = state.next_seat;
        state.next_seat = seat.wrapping_add(1);
        let flight = state.flight.get_or_insert_default();
        flight.seats.push((seat, None));
        Ok(Seat {
            flights: Arc::clone(self),
            number: state.ended,
            seat,
            start: Some(start),
            outcome: None,
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the login under way.
    fn land(&self, outcome: Outcome) {
        let mut state = self.lock();
        state.ended = state.ended.wrapping_add(1);
        state.last = Some(outcome);
        let flight = state.flight.take();
        drop(state);
        wake(flight.into_iter().flat_map(|flight| flight.seats));
    }
}

impl Wake for Flights {
    /// Wakes all who wait: whichever of them is polled first drives the login on.
    ///
    /// To wake one of them would lose the wake-up with a caller that waits no more.
    fn wake(self: Arc<Self>) {
        let mut state = self.lock();
        let Some(flight) = &mut state.flight else {
            return;
        };
        flight.woken = true;
        let wakers = flight.take_wakers();
        drop(state);
        wake(wakers);
    }
}

impl Flight {
    fn take_wakers(&mut self) -> Vec<(u64, Option<Waker>)> {
        let seats = self.seats.iter_mut();
        seats.map(|(seat, waker)| (*seat, waker.take())).collect()
    }
}

fn wake(seats: impl IntoIterator<Item = (u64, Option<Waker>)>) {
    seats
        .into_iter()
        .filter_map(|(_, waker)| waker)
        .for_each(Waker::wake);
}

/// The place of one caller in a login.
pub(super) struct Seat {
    flights: Arc<Flights>,
    /// The number of the login.
    number: u64,
    seat: u64,
    start: Option<Start>,
    outcome: Option<Outcome>,
}

impl Seat {
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Outcome> {
        if self.outcome.is_none()
            && let Some(login) = self.sit(cx)
        {
            self.outcome = Pilot::new(&self.flights).poll(login);
        }
        self.outcome.map_or(Poll::Pending, Poll::Ready)
    }

    /// Leaves the waker and takes the login, if nobody else is at it.
    fn sit(&mut self, cx: &Context<'_>) -> Option<Turn> {
        let mut state = self.flights.lock();
        if state.ended != self.number {
            // Later logins do not count: they belong to later failures.
            self.outcome = state.last;
            return None;
        }
        let flight = state.flight.as_mut()?;
        let place = flight.seats.iter_mut().find(|(seat, _)| *seat == self.seat);
        if let Some((_, waker)) = place {
            *waker = Some(cx.waker().clone());
        }
        let turn = match mem::replace(&mut flight.login, Login::Busy) {
            Login::NotStarted => match self.start.take() {
                Some(start) => Turn::Start(start),
                None => {
                    flight.login = Login::NotStarted;
                    return None;
                }
            },
            Login::Idle(login) => Turn::Go(login),
            Login::Busy => return None,
        };
        flight.woken = false;
        Some(turn)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut state = self.flights.lock();
        if state.ended != self.number {
            return;
        }
        let Some(flight) = &mut state.flight else {
            return;
        };
        flight.seats.retain(|(seat, _)| *seat != self.seat);
        if !flight.seats.is_empty() {
            return;
        }
        match mem::replace(&mut flight.login, Login::Busy) {
            Login::NotStarted => state.flight = None,
            Login::Idle(login) => {
                drop(state);
                let _clear = Clear(&self.flights);
                drop(login);
            }
            Login::Busy => {}
        }
    }
}

/// After an abandoned login is gone, and not before, the next one may start.
struct Clear<'a>(&'a Flights);

impl Drop for Clear<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        let Some(flight) = &mut state.flight else {
            return;
        };
        flight.login = Login::NotStarted;
        let wakers = flight.take_wakers();
        if flight.seats.is_empty() {
            state.flight = None;
        }
        drop(state);
        wake(wakers);
    }
}

/// What a seat does with the login.
enum Turn {
    Start(Start),
    Go(BoxFuture<bool>),
}

/// Drives the login outside the lock and brings it back, whatever happens.
struct Pilot<'a> {
    flights: &'a Arc<Flights>,
    flying: bool,
}

impl<'a> Pilot<'a> {
    fn new(flights: &'a Arc<Flights>) -> Self {
        Self {
            flights,
            flying: true,
        }
    }

    fn poll(mut self, turn: Turn) -> Option<Outcome> {
        let mut login = match turn {
            Turn::Start(start) => start(),
            Turn::Go(login) => login,
        };
        let waker = Waker::from(Arc::clone(self.flights));
        let outcome = match login.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(true) => Outcome::Good,
            Poll::Ready(false) => Outcome::Failed,
            Poll::Pending => {
                self.bring_back(login);
                return None;
            }
        };
        drop(login);
        self.flying = false;
        self.flights.land(outcome);
        Some(outcome)
    }

    fn bring_back(&mut self, login: BoxFuture<bool>) {
        self.flying = false;
        let mut state = self.flights.lock();
        let Some(flight) = &mut state.flight else {
            return;
        };
        flight.login = Login::Idle(login);
        // Who was woken meanwhile found the login busy.
        let wakers = match flight.woken {
            true => flight.take_wakers(),
            false => Vec::new(),
        };
        drop(state);
        wake(wakers);
    }
}

impl Drop for Pilot<'_> {
    /// Only a login that panics leaves its pilot here.
    fn drop(&mut self) {
        if self.flying {
            self.flights.land(Outcome::Failed);
        }
    }
}

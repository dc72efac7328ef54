//! The line between a tablet and the hub, and everything that happens on lines: lost, answered to nobody, delivered twice,
//! delivered late and out of order, cut, or answered by somebody else.

use crate::hub::Hub;
use crate::rng::Rng;
use perron_ledger::sync::{Code, Failure, to_bytes};
use perron_tablet::{NetworkError, Wire};
use std::cell::RefCell;
use std::rc::Rc;

/// What happens to one request.
#[derive(Clone, PartialEq, Debug)]
pub enum Fault {
    /// It never arrives.
    Lost(NetworkError),
    /// It arrives and is done; the answer is lost.
    AnswerLost(NetworkError),
    /// It arrives twice; the second answer comes back.
    Twice,
    /// It never arrives now, but later, after others.
    Late,
    /// The hub refuses it for a while.
    Refused(Code),
    /// It is cut in the middle, as is the answer of whoever reads it.
    Cut,
}

/// A line to a hub. A fault happens to each request whose turn it is.
#[derive(Clone)]
pub struct Line<'a> {
    /// The hub at its other end.
    pub hub: &'a Hub,
    /// Faults of the next requests, the next one last; without one, all goes well.
    pub faults: Rc<RefCell<Vec<Option<Fault>>>>,
    late: Rc<RefCell<Vec<Vec<u8>>>>,
    happened: Rc<RefCell<Vec<String>>>,
}

impl<'a> Line<'a> {
    /// A line on which all goes well.
    #[must_use]
    pub fn to(hub: &'a Hub) -> Self {
        Self { hub, faults: Rc::default(), late: Rc::default(), happened: Rc::default() }
    }

    /// Sets what happens to the next requests, the next one last.
    pub fn happen(&self, faults: Vec<Option<Fault>>) {
        self.faults.replace(faults);
    }

    /// Draws bad luck for the next requests.
    pub fn bad_luck(&self, rng: &Rng, percent: usize) {
        let fault = || match rng.below(9) {
            0 => Fault::Lost(NetworkError::Offline),
            1 => Fault::Lost(NetworkError::NotOurs("text/html".to_owned())),
            2 | 3 => Fault::AnswerLost(NetworkError::HalfBody),
            4 => Fault::AnswerLost(NetworkError::TooLate(20)),
            5 => Fault::Twice,
            6 => Fault::Late,
            7 => Fault::Refused(Code::Unavailable),
            _ => Fault::Cut,
        };
        self.happen((0..12).map(|_| rng.chance(percent).then(fault)).collect());
    }

    /// Returns the messages that were held up, for somebody to deliver later.
    #[must_use]
    pub fn held_up(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut *self.late.borrow_mut())
    }

    /// Returns what happened to the requests so far, in words.
    #[must_use]
    pub fn happened(&self) -> String {
        self.happened.borrow().join(", ")
    }
}

fn refused(code: Code) -> NetworkError {
    NetworkError::Status { status: 403, ours: true, body: to_bytes(&Failure::from(code)) }
}

impl Wire for Line<'_> {
    async fn post(&self, path: &str, body: Vec<u8>) -> Result<Vec<u8>, NetworkError> {
        let fault = self.faults.borrow_mut().pop().flatten();
        if let Some(fault) = &fault {
            self.happened.borrow_mut().push(format!("{path} {fault:?}"));
        }
        match &fault {
            Some(Fault::Lost(error)) => return Err(error.clone()),
            Some(Fault::Refused(code)) => return Err(refused(*code)),
            Some(Fault::Late) => {
                self.late.borrow_mut().push(body);
                return Err(NetworkError::TooLate(20));
            }
            Some(Fault::Twice) => {
                let _ = self.hub.answer(path, &body);
            }
            Some(Fault::Cut) => {
                let half = &body[..body.len() / 2];
                assert!(self.hub.answer(path, half).is_err(), "half a request is none");
                return Err(NetworkError::HalfBody);
            }
            Some(Fault::AnswerLost(_)) | None => {}
        }
        let answer = self.hub.answer(path, &body);
        if let Some(Fault::AnswerLost(error)) = fault {
            return Err(error);
        }
        answer.map_err(refused)
    }
}

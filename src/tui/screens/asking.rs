//! A question that takes seconds in a large station: it is asked once at a time, off the line in which the short ones are
//! answered, and once more if something was saved meanwhile.

use crate::office::Request;
use crate::tui::screen::{Effect, Ticket};

pub(super) struct Asking {
    ticket: Ticket,
    /// Of that which is asked.
    request: fn() -> Request,
    under_way: bool,
    again: bool,
}

impl Asking {
    pub(super) fn new(ticket: Ticket, request: fn() -> Request) -> Self {
        Self { ticket, request, under_way: false, again: false }
    }

    /// Something is new: the answer that is on its way is taken all the same, as the next may be as far off.
    pub(super) fn ask(&mut self) -> Vec<Effect> {
        if self.under_way {
            self.again = true;
            return vec![];
        }
        self.under_way = true;
        vec![Effect::Ask(self.ticket, (self.request)())]
    }

    pub(super) fn answered(&mut self) -> Vec<Effect> {
        self.under_way = false;
        if std::mem::take(&mut self.again) { self.ask() } else { vec![] }
    }
}

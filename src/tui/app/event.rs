//! What comes to the app, and the work it gives away.

use crate::exchange::{OutAnswer, OutAsk, RosterAnswer, RosterAsk};
use crate::office::{Answer, Me, Refusal, Request, Station};
use crate::tui::keymap::Chord;
use crate::tui::screen::{DoorAnswer, DoorAsk, DoorNo, Ticket};
use std::sync::Arc;

/// What happens to the app.
#[derive(Debug)]
pub enum AppEvent {
    Key(Chord),
    /// Composed by an input method, or typed in a burst.
    Text(String),
    Paste(String),
    Resize(u16, u16),
    Answer {
        screen: u64,
        ticket: Ticket,
        answer: Result<Answer, Refusal>,
    },
    Progress {
        screen: u64,
        ticket: Ticket,
        done: u64,
        total: Option<u64>,
    },
    /// With who it is, when somebody signed in.
    Door {
        screen: u64,
        ticket: Ticket,
        answer: Result<DoorAnswer, DoorNo>,
        me: Option<Me>,
    },
    Roster {
        screen: u64,
        ticket: Ticket,
        answer: Result<RosterAnswer, String>,
    },
    Out {
        screen: u64,
        ticket: Ticket,
        answer: Result<OutAnswer, String>,
    },
    /// The station as it is now; comes after sign-in and whenever it changed.
    Station(Arc<Station>),
    /// The program is about to end, whether or not anybody asked: keep what is being typed.
    Leaving,
    /// What a quiet moment was used for changed something.
    Rested,
    /// Nothing but time passed.
    Time,
}

/// Work that the app cannot do itself: given to whoever runs it, who answers with an [`AppEvent`].
#[derive(Debug, PartialEq)]
pub enum Job {
    Ask {
        screen: u64,
        ticket: Ticket,
        request: Request,
    },
    Door {
        screen: u64,
        ticket: Ticket,
        ask: DoorAsk,
    },
    /// -> [`AppEvent::Roster`]
    Roster {
        screen: u64,
        ticket: Ticket,
        ask: RosterAsk,
    },
    /// -> [`AppEvent::Out`]
    Out {
        screen: u64,
        ticket: Ticket,
        ask: OutAsk,
    },
    Cancel {
        screen: u64,
        ticket: Ticket,
    },
    /// -> [`AppEvent::Station`]
    Station,
    /// Nobody is signed in any more: forget the keys.
    SignOut,
    Suspend,
    Bell,
    /// The person chose another language or theme: keep it.
    Keep,
    /// Nobody has typed for a while: what can wait may be done now. -> [`AppEvent::Rested`], if anything was
    Rest,
}

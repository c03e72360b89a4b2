//! Long work that a screen asked for, and what becomes of it when the screen is left.

use super::*;
use crate::domain::RecordKind;
use crate::exchange::{OutAnswer, OutAsk, RosterAsk};
use crate::office::Refusal;
use crate::wording;

/// Work that is not answered yet.
pub(super) struct Long {
    screen: u64,
    ticket: Ticket,
    kind: Kind,
}

#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Nothing comes of it but what its screen shows: it stops with the screen.
    Look,
    /// It goes on without its screen, and the app says how it ended: the command that began it.
    Deed(Command),
}

/// None: it is answered soon.
pub(super) fn of_request(request: &Request) -> Option<Kind> {
    match request {
        Request::Examine
        | Request::FollowResealing
        | Request::PlayExamples
        | Request::FollowRules
        | Request::CountConcerns
        | Request::Evaluation { .. }
        | Request::Needs
        | Request::Quality(_)
        | Request::Register(RecordKind::Volunteer) => Some(Kind::Look),
        Request::HandOver(_) => Some(Kind::Deed(Command::HandOver)),
        Request::Mend => Some(Kind::Deed(Command::HealthMend)),
        Request::Backup { .. } => Some(Kind::Deed(Command::Backup)),
        _ => None,
    }
}

pub(super) fn of_roster(ask: &RosterAsk) -> Kind {
    match ask {
        RosterAsk::Look { .. } => Kind::Look,
        RosterAsk::Import { .. } => Kind::Deed(Command::Import),
    }
}

pub(super) fn of_out(ask: &OutAsk) -> Kind {
    match ask {
        OutAsk::Folders => Kind::Look,
        OutAsk::Write(_) => Kind::Deed(Command::Export),
    }
}

impl App {
    pub(super) fn begun(&mut self, screen: u64, ticket: Ticket, kind: Option<Kind>) {
        let Some(kind) = kind else { return };
        self.long.retain(|long| (long.screen, long.ticket) != (screen, ticket));
        self.long.push(Long { screen, ticket, kind });
    }

    /// What belonged to screens that are gone goes too: their wakes, and work that only they would have shown.
    pub(super) fn let_go(&mut self) {
        let is_there = |screen| self.stack.iter().any(|layer| layer.serial == screen);
        self.wakes.retain(|wake| is_there(wake.screen));
        let left = |long: &mut Long| matches!(long.kind, Kind::Look) && !is_there(long.screen);
        let left: Vec<Long> = self.long.extract_if(.., left).collect();
        self.jobs
            .extend(left.into_iter().map(|long| Job::Cancel { screen: long.screen, ticket: long.ticket }));
    }

    pub(super) fn answered(&mut self, screen: u64, ticket: Ticket, answer: &Result<Answer, Refusal>) {
        let Some(what) = self.ended(screen, ticket) else { return };
        let cat = i18n::catalogue(self.settings.lang);
        self.say(
            what,
            match answer {
                Ok(Answer::Checkup(checkup)) if !checkup.is_sound() => {
                    Err(cat.t("work-still-harmed").into_owned())
                }
                Ok(_) => Ok(()),
                Err(refusal) => Err(wording::refusal(cat, refusal)),
            },
        );
    }

    pub(super) fn imported(&mut self, screen: u64, ticket: Ticket, answer: &Result<RosterAnswer, String>) {
        if let Some(what) = self.ended(screen, ticket) {
            self.say(what, answer.as_ref().map(|_| ()).map_err(String::clone));
        }
    }

    pub(super) fn gone_out(&mut self, screen: u64, ticket: Ticket, answer: &Result<OutAnswer, String>) {
        if let Some(what) = self.ended(screen, ticket) {
            self.say(what, answer.as_ref().map(|_| ()).map_err(String::clone));
        }
    }

    /// The command that began the work, if its screen is not there to show what came of it.
    fn ended(&mut self, screen: u64, ticket: Ticket) -> Option<Command> {
        let at = self.long.iter().position(|long| (long.screen, long.ticket) == (screen, ticket))?;
        let gone = !self.stack.iter().any(|layer| layer.serial == screen);
        match self.long.swap_remove(at).kind {
            Kind::Deed(what) if gone => Some(what),
            _ => None,
        }
    }

    /// The screen may be locked by now, so this says nothing about a person.
    fn say(&mut self, what: Command, outcome: Result<(), String>) {
        let cat = i18n::catalogue(self.settings.lang);
        let what = what.title(cat);
        self.toast = Some(match outcome {
            Ok(()) => (Tone::Good, cat.t1("work-done", "what", what).into_owned()),
            Err(why) => {
                let parts = [("what", what.into()), ("why", why.into())];
                (Tone::Bad, cat.tn("work-failed", &parts).into_owned())
            }
        });
    }
}

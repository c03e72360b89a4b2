//! Commands that mean the same everywhere.

use super::*;
use crate::domain::ChildId;
use crate::tui::screen::{Confirm, HandoutWay, Locked, ManualAt, Pick, Then};
use crate::tui::screens::{forms, register};

/// The app's own questions come back with tickets that no screen uses.
const LEAVE: Ticket = Ticket(u32::MAX);

impl App {
    /// A command by key or palette: the app's own first, then the top screen's.
    pub(super) fn command(&mut self, command: Command) {
        let signed_in = self.me.is_some();
        // What is read there knows itself what to do with its key.
        let in_manual = self.is_on_top(&Place::Manual(ManualAt::List));
        let modal = self.stack.last().is_some_and(|top| top.screen.is_modal());
        match command {
            Command::Language => {
                self.settings.lang = self.settings.lang.next();
                self.jobs.push(Job::Keep);
            }
            Command::Theme => {
                self.settings.next_theme();
                self.jobs.push(Job::Keep);
            }
            Command::Suspend => self.jobs.push(Job::Suspend),
            Command::Quit => self.leave(),
            Command::Help if !modal => self.push(Ticket(0), Place::Help(self.layers(), self.manual_here())),
            Command::Manual
                if signed_in && !in_manual && (!modal || self.manual_here() != ManualAt::List) =>
            {
                self.push(Ticket(0), Place::Manual(self.manual_here()));
            }
            Command::Palette if !modal => self.push(Ticket(0), Place::Palette(self.layers())),
            Command::MaskNames if signed_in => {
                self.masked = !self.masked;
                let key = if self.masked { "toast-masked" } else { "toast-unmasked" };
                self.toast = Some((Tone::Plain, i18n::catalogue(self.settings.lang).t(key).into_owned()));
            }
            Command::Discreet if signed_in => {
                self.settings.discreet = !self.settings.discreet;
                let key = if self.settings.discreet { "toast-discreet" } else { "toast-not-discreet" };
                self.toast = Some((Tone::Plain, i18n::catalogue(self.settings.lang).t(key).into_owned()));
                self.jobs.push(Job::Keep);
            }
            Command::Drafts if signed_in && !modal => self.push_once(Place::Drafts { asked: true }),
            Command::Lock if signed_in => self.lock(Locked::ByHand),
            Command::Search if signed_in && !modal => self.push(Ticket(0), Place::Search(Then::OpenFile)),
            Command::Health if signed_in && !modal => self.push_once(Place::Health),
            Command::Rules if signed_in && !modal => self.push_once(Place::Rules),
            Command::Queue if signed_in && !modal => self.push_once(Place::Queue),
            Command::Evaluation if signed_in && !modal => self.push_once(Place::Evaluation),
            Command::Needs if signed_in && !modal => self.push_once(Place::Needs),
            Command::Charts if signed_in && !modal => self.push_once(Place::Charts),
            Command::Export if signed_in && !modal => self.push_once(Place::Export(None)),
            Command::Precedents if signed_in && !modal => self.push_once(Place::Precedents(None)),
            Command::TemplateOut if signed_in && !modal => {
                self.push(Ticket(0), Place::Handout(HandoutWay::TemplateOut));
            }
            Command::TemplateIn if signed_in && !modal => {
                self.push(Ticket(0), Place::Handout(HandoutWay::TemplateIn));
            }
            Command::Organisation if signed_in && !modal => self.push_once(Place::Organisation),
            Command::Quality if signed_in && !modal => self.push_once(Place::Quality),
            Command::Caseload if signed_in && !modal => self.push_once(Place::Caseload),
            Command::Import if signed_in && !modal => self.push_once(Place::Roster(String::new())),
            Command::Backup if signed_in && !modal => self.push_once(Place::Backup),
            Command::Accounts if signed_in && !modal => self.push_once(Place::Accounts),
            Command::Today if signed_in && !modal => self.go(Place::Today),
            Command::Cases if signed_in && !modal => self.go(Place::Cases),
            command if signed_in && !modal && register::of_command(command).is_some() => {
                self.register(command);
            }
            Command::NewChild if signed_in && !modal => {
                let place = forms::new_child(self.moment.now.date());
                self.push(Ticket(0), place);
            }
            Command::NewVisit if signed_in && !modal => self.about_child(Then::NewVisit),
            Command::NewFollowUp if signed_in && !modal => self.about_child(Then::NewFollowUp),
            _ => self.input(Input::Command(command)),
        }
    }

    /// Where the manual is of use on the top screen.
    fn manual_here(&self) -> ManualAt {
        let cx = self.cx(&self.station);
        self.stack.last().map(|top| top.screen.manual(&cx)).unwrap_or_default()
    }

    /// From one register to another the screen stays the same.
    fn register(&mut self, command: Command) {
        let Some(place) = register::of_command(command).map(Place::Register) else { return };
        match self.stack.last() {
            Some(top) if top.place == mem::discriminant(&place) => self.input(Input::Command(command)),
            _ => self.push(Ticket(0), place),
        }
    }

    /// Starts something about the child on screen; asks which child where there is none.
    fn about_child(&mut self, then: Then) {
        match self.stack.last().and_then(|top| top.screen.child()) {
            Some(child) => self.start(child, then),
            None => self.push(Ticket(0), Place::Search(then)),
        }
    }

    fn start(&mut self, child: ChildId, then: Then) {
        if let Some(place) = forms::about(child, then, self.moment.now.date()) {
            self.push(Ticket(0), place);
        }
    }

    /// Goes to a main screen: down to it if it is in the stack and nothing unsaved lies above, else a new one on top.
    fn go(&mut self, place: Place) {
        let dirty = self.stack.iter().any(|layer| layer.screen.is_dirty());
        if !dirty {
            self.stack.truncate(1);
            self.let_go();
            if place == Place::Today {
                self.broadcast(&Input::Changed);
                return;
            }
        }
        self.push(Ticket(0), place);
    }

    /// Leaves the program; a form that is not saved asks first, though its draft is kept either way.
    fn leave(&mut self) {
        if !self.is_dirty() {
            self.quit = true;
            return;
        }
        let cat = i18n::catalogue(self.settings.lang);
        let confirm = Confirm {
            title: cat.t("leave-title").into_owned(),
            text: cat.t("leave-text").into_owned(),
            yes: cat.t("leave-yes").into_owned(),
            no: cat.t("leave-no").into_owned(),
        };
        self.push(LEAVE, Place::Confirm(confirm));
    }

    /// An answer to one of the app's own questions.
    pub(super) fn own_question(&mut self, ticket: Ticket, pick: Option<&Pick>) -> bool {
        if ticket != LEAVE {
            return false;
        }
        if pick == Some(&Pick::Yes) {
            self.broadcast(&Input::Leaving);
            self.quit = true;
        }
        true
    }

    /// After sign-in: what was being typed when the program last ended is offered.
    pub(super) fn push_drafts(&mut self) {
        self.push(Ticket(0), Place::Drafts { asked: false });
    }
}

//! What a screen is, what comes to it and what it may ask for.

pub mod places;

pub use places::*;

use super::command::Command;
use super::keymap::{Keymap, Layer};
use super::theme::Theme;
use crate::domain::ChildId;
use crate::exchange::{OutAnswer, OutAsk, RosterAnswer, RosterAsk};
use crate::i18n::Catalogue;
use crate::office::{Answer, Me, Refusal, Request, Station};
use chrono::{NaiveDate, NaiveDateTime};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

/// A small Elm. It keeps what is on view, nothing more: files live in the office.
pub trait Screen: Send {
    /// The keymap layers that are live now, topmost first. `Global` (and `Browse` where no text has the focus) are
    /// added beneath by the app.
    fn layers(&self) -> Vec<Layer>;

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect>;

    /// Draws into `area` and says where the hardware cursor stands: at the caret of the focused field, else on the
    /// selected line, because input methods and screen readers look there.
    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position>;

    /// What stands in the bar above.
    fn title(&self, cx: &Cx) -> String;

    /// Commands worth a place in the footer, the most useful first.
    fn hints(&self, cx: &Cx) -> Vec<Command>;

    /// The child that a command like "new visit" would mean.
    fn child(&self) -> Option<ChildId> {
        None
    }

    /// Where the manual is of use here. What names a page can have the manual opened over it, though it be modal.
    fn manual(&self, _: &Cx) -> ManualAt {
        ManualAt::List
    }

    /// Nothing else may be opened over it: what is asked here comes first.
    fn is_modal(&self) -> bool {
        self.is_popup()
    }

    /// Drawn over the screen beneath rather than in its place. The screen paints its own frame within `area`.
    fn is_popup(&self) -> bool {
        false
    }

    /// Holds something typed that is not saved yet: not to be closed without asking.
    fn is_dirty(&self) -> bool {
        false
    }
}

/// Which question an answer answers, within one screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u32);

/// What every screen may look at.
pub struct Cx<'a> {
    pub cat: &'static Catalogue,
    pub theme: &'a Theme,
    pub keymap: &'a Keymap,
    pub now: NaiveDateTime,
    pub today: NaiveDate,
    /// Nobody is signed in on the unlock screen and in the wizard.
    pub me: Option<&'a Me>,
    pub station: &'a Station,
    /// Names and numbers are masked: somebody looks over the shoulder.
    pub masked: bool,
    /// Nothing that says why a child is on file is shown: people walk by, or the screen is on a wall.
    pub discreet: bool,
    /// Columns and lines that a full screen has.
    pub size: (u16, u16),
}

impl Cx<'_> {
    /// A name as it may be shown now: masked, only its first character stays.
    pub fn name(&self, name: &str) -> String {
        match name.chars().next() {
            Some(first) if self.masked => format!("{first}**"),
            _ => name.to_owned(),
        }
    }

    /// A word that says why a child is on file or how grave it is (category, risk, charge), as it may be shown now.
    pub fn delicate(&self, word: &str) -> String {
        if self.discreet && !word.is_empty() { "--".to_owned() } else { word.to_owned() }
    }

    /// What somebody wrote, as it may be shown now: it can be about anything.
    pub fn written(&self, text: &str) -> String {
        self.delicate(&self.personal(text))
    }

    /// A number (ID, phone), an address or what somebody wrote, as it may be shown now. A text is masked whole: names in it
    /// are not told from other words, and the rest is nobody's business either.
    pub fn personal(&self, text: &str) -> String {
        if self.masked && !text.is_empty() { "****".to_owned() } else { text.to_owned() }
    }
}

/// What comes to a screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// First, once: ask for what is to be shown.
    Opened,
    Command(Command),
    /// Typed, or composed by an input method.
    Text(String),
    Paste(String),
    Answer(Ticket, Result<Answer, Refusal>),
    Progress(Ticket, u64, Option<u64>),
    /// What the screen above was opened to find out; none: it was left.
    Picked(Ticket, Option<Pick>),
    /// From the door: see [`DoorAsk`].
    Door(Ticket, Result<DoorAnswer, DoorNo>),
    /// What a roster holds or that it came in, else in words why not.
    Roster(Ticket, Result<RosterAnswer, String>),
    /// Where something can go or went, else in words why it did not.
    Out(Ticket, Result<OutAnswer, String>),
    /// Records changed: ask again for what is shown.
    Changed,
    /// A wake asked for with [`Effect::Wake`].
    Woke(Ticket),
    /// It is another day than before.
    NewDay,
    /// The screen is about to vanish, asked or not: keep what is typed.
    Leaving,
}

/// What a screen asks for. Plain data, so that a test can compare it.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// -> [`Input::Answer`]
    Ask(Ticket, Request),
    /// -> [`Input::Door`]
    Door(Ticket, DoorAsk),
    /// -> [`Input::Roster`], with [`Input::Progress`] on the way
    Roster(Ticket, RosterAsk),
    /// -> [`Input::Out`]
    Out(Ticket, OutAsk),
    /// Stops a long request.
    Cancel(Ticket),
    /// Puts a screen on top. If it finds something out, it comes back as [`Input::Picked`] with this ticket.
    Open(Ticket, Place),
    /// Puts a screen in place of this one.
    Replace(Place),
    Close,
    /// Takes this screen alone off: what was opened over it in the meantime stays.
    Withdraw,
    /// Closes and tells the screen beneath.
    CloseWith(Pick),
    /// Closes and does the command as if its key had been pressed on the screen beneath.
    CloseAndDo(Command),
    /// A line at the bottom until the next key.
    Toast(Tone, String),
    /// [`Input::Woke`] after so many milliseconds; the earliest holds if asked for twice.
    Wake(Ticket, u64),
    /// Somebody signed in: from here on this is who asks.
    SignedIn,
    /// The same, and there is something to do at once.
    SignedInFor(Place),
    Lock,
    Quit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Good,
    Bad,
    Plain,
}

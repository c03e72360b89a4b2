//! The command table: one row per action, from which the keymap, the footer, the help and the palette are drawn.
//!
//! A row gives the action's name (used in keymap files) and the layer it belongs to. Its title and its help line are the
//! catalogue's `cmd-…` and `cmd-…-help`; its keys are in `assets/keymap.toml`. An action exists once, whatever screen it
//! is used on: `list.down` moves in a list, a picker and a calendar alike.

use std::borrow::Cow;

use super::keymap::Layer;
use crate::i18n::Catalogue;

macro_rules! commands {
    ($($command:ident = $layer:ident, $name:literal;)*) => {
        /// An action a person can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command { $($command,)* }

        impl Command {
            /// In the order of help and palette.
            pub const ALL: &'static [Command] = &[$(Command::$command,)*];

            /// The name in keymap files, as `form.save`.
            pub fn name(self) -> &'static str {
                match self { $(Command::$command => $name,)* }
            }

            /// The layer under which help lists it.
            pub fn layer(self) -> Layer {
                match self { $(Command::$command => Layer::$layer,)* }
            }
        }
    };
}

commands! {
    Search = Global, "app.search";
    Palette = Global, "app.palette";
    Help = Global, "app.help";
    Today = Global, "app.today";
    Cases = Global, "app.cases";
    Registers = Global, "app.registers";
    FosterFamilies = Global, "app.foster-families";
    Agencies = Global, "app.agencies";
    Bases = Global, "app.bases";
    Activities = Global, "app.activities";
    Quality = Global, "app.quality";
    Caseload = Global, "app.caseload";
    Organisation = Global, "app.organisation";
    Supervision = Global, "app.supervision";
    Donors = Global, "app.donors";
    Aid = Global, "app.aid";
    NewChild = Global, "app.new-child";
    NewVisit = Global, "app.new-visit";
    NewFollowUp = Global, "app.new-follow-up";
    Back = Global, "app.back";
    Quit = Global, "app.quit";
    Drafts = Global, "app.drafts";
    Lock = Global, "app.lock";
    MaskNames = Global, "app.mask-names";
    Discreet = Global, "app.discreet";
    Language = Global, "app.language";
    Theme = Global, "app.theme";
    Health = Global, "app.health";
    Rules = Global, "app.rules";
    Queue = Global, "app.queue";
    Evaluation = Global, "app.evaluation";
    Needs = Global, "app.needs";
    Charts = Global, "app.charts";
    Export = Global, "app.export";
    Precedents = Global, "app.precedents";
    TemplateOut = Global, "template.give";
    TemplateIn = Global, "template.take";
    Backup = Global, "app.backup";
    Manual = Global, "app.manual";
    Accounts = Global, "app.accounts";
    Import = Global, "roster.import";
    Suspend = Global, "app.suspend";
    Up = List, "list.up";
    Down = List, "list.down";
    PageUp = List, "list.page-up";
    PageDown = List, "list.page-down";
    First = List, "list.first";
    Last = List, "list.last";
    Open = List, "list.open";
    Filter = Cases, "list.filter";
    Sort = Cases, "list.sort";
    NewEntry = Register, "register.new";
    Statement = Register, "register.statement";
    Attend = Register, "register.attend";
    ByPlace = Register, "register.by-place";
    NextNeed = Needs, "needs.next";
    PreviousNeed = Needs, "needs.previous";
    Grain = Needs, "needs.grain";
    KeepLine = Review, "review.keep";
    Helped = Review, "review.helped";
    DidNot = Review, "review.did-not";
    Release = Review, "review.release";
    GiveOut = Precedents, "precedents.give-out";
    TakeOver = Precedents, "precedents.take-over";
    Withdraw = Precedents, "precedents.withdraw";
    AddUnit = Organisation, "organisation.add";
    AnotherSample = Quality, "quality.another";
    KeepCheck = Quality, "quality.keep";
    Revert = List, "list.revert";
    Edit = List, "list.edit";
    Why = List, "list.why";
    Discard = List, "list.discard";
    ScopeMine = Today, "today.mine";
    ScopeStation = Today, "today.station";
    Calendar = Today, "today.calendar";
    Done = Today, "follow-up.done";
    Move = Today, "follow-up.move";
    HandOver = Today, "follow-up.hand-over";
    Attempt = Today, "follow-up.attempt";
    Refusal = Today, "follow-up.refusal";
    NextTab = File, "file.next-tab";
    PreviousTab = File, "file.previous-tab";
    NewNote = File, "file.new-note";
    NewMember = File, "file.new-member";
    Overrule = File, "file.overrule";
    NewService = File, "file.new-service";
    Match = File, "file.match";
    Alike = File, "file.alike";
    Review = File, "file.precedent";
    CaseSteps = File, "file.case-steps";
    Looks = File, "file.looks";
    ExportFile = File, "file.export";
    Change = File, "file.change";
    Save = Form, "form.save";
    NextField = Form, "form.next";
    GoOn = Question, "form.go-on";
    UseRecovery = Question, "door.recovery";
    HaveBackup = Question, "door.have-backup";
    DailyBackup = Question, "backup.daily";
    RestoreBackup = Restore, "backup.restore";
    PreviousField = Form, "form.previous";
    NextSection = Form, "form.next-section";
    PreviousSection = Form, "form.previous-section";
    Pick = Form, "form.pick";
    Explain = Form, "form.explain";
    DropOwn = Rules, "rules.drop";
    PlayExamples = Rules, "rules.play";
    Contents = Manual, "manual.contents";
    NewPage = Manual, "manual.new-page";
    NextPage = Manual, "manual.next";
    PreviousPage = Manual, "manual.previous";
    HealthCheck = Health, "health.check";
    HealthMend = Health, "health.mend";
    Choose = Dialog, "dialog.choose";
    Yes = Dialog, "dialog.yes";
    No = Dialog, "dialog.no";
    NextChoice = Dialog, "dialog.next";
    PreviousChoice = Dialog, "dialog.previous";
    PreviousDay = Calendar, "calendar.previous-day";
    NextDay = Calendar, "calendar.next-day";
    TextLeft = Text, "text.left";
    TextRight = Text, "text.right";
    TextWordLeft = Text, "text.word-left";
    TextWordRight = Text, "text.word-right";
    TextStart = Text, "text.start";
    TextEnd = Text, "text.end";
    TextUp = Text, "text.up";
    TextDown = Text, "text.down";
    TextPageUp = Text, "text.page-up";
    TextPageDown = Text, "text.page-down";
    TextTop = Text, "text.top";
    TextBottom = Text, "text.bottom";
    Newline = Text, "text.newline";
    Backspace = Text, "text.backspace";
    Delete = Text, "text.delete";
    DeleteWord = Text, "text.delete-word";
    DeleteToStart = Text, "text.delete-to-start";
    DeleteToEnd = Text, "text.delete-to-end";
    Undo = Text, "text.undo";
    Redo = Text, "text.redo";
}

impl Command {
    pub fn from_name(name: &str) -> Option<Command> {
        Self::ALL.iter().copied().find(|command| command.name() == name)
    }

    /// The catalogue key of the title; the help line's key is this and `-help`.
    pub fn key(self) -> String {
        format!("cmd-{}", self.name().replace('.', "-"))
    }

    /// What it is called on the screen, as short as a footer needs.
    pub fn title(self, catalogue: &Catalogue) -> String {
        catalogue.t(&self.key()).into_owned()
    }

    /// One line on what it does.
    pub fn help(self, catalogue: &Catalogue) -> String {
        let key = self.key() + "-help";
        let text: Cow<'_, str> = catalogue.t(&key);
        text.into_owned()
    }

    /// Whether the palette offers it: moving a caret or a selection by name would help nobody.
    pub fn in_palette(self) -> bool {
        !matches!(self.layer(), Layer::Text | Layer::Calendar | Layer::Dialog)
            && !matches!(
                self,
                Command::Palette
                    | Command::Up
                    | Command::Down
                    | Command::PageUp
                    | Command::PageDown
                    | Command::First
                    | Command::Last
            )
    }
}

//! The screens, one a file, and how a [`Place`] becomes one.

mod accounts;
mod act;
mod asking;
mod backup;
mod calendar;
mod caseload;
mod cases;
mod change;
mod charts;
mod choose;
mod confirm;
mod daily;
mod drafts;
mod editor;
mod evaluation;
mod examples;
mod export;
mod file;
mod filter;
mod form;
pub mod forms;
mod hand_over;
mod handout;
mod health;
mod help;
mod lines;
mod looks;
mod manual;
mod matching;
mod needs;
mod organisation;
mod palette;
mod paper;
mod precedents;
mod quality;
mod queue;
mod reader;
pub(super) mod register;
mod restore;
mod roster;
mod rows;
mod rules;
mod search;
mod today;
mod unlock;
mod why;
mod wizard;

use super::screen::{Cx, DoorView, Place, Screen};
use super::widget::calendar::Calendar;

/// Makes the screen of a place. It asks for its contents when it gets [`super::Input::Opened`].
pub fn open(place: Place, cx: &Cx, door: &DoorView) -> Box<dyn Screen> {
    match place {
        Place::Unlock => Box::new(unlock::Unlock::new(door)),
        Place::Wizard => Box::new(wizard::Wizard::new()),
        Place::Today => Box::new(today::Today::new(cx.today, door.demo)),
        Place::Act(act) => Box::new(act::ActPopup::new(act, cx)),
        Place::Confirm(question) => Box::new(confirm::Question::new(question)),
        Place::Choose(what) => Box::new(choose::Chooser::new(what)),
        Place::Change(scores) => Box::new(change::Change::new(scores)),
        Place::Match(child, name) => Box::new(matching::Matching::new(child, name)),
        Place::Precedents(like) => Box::new(precedents::Precedents::new(like)),
        Place::Review(child, name) => Box::new(precedents::review::ReviewScreen::new(child, name)),
        Place::Handout(way) => Box::new(handout::Handout::new(way, cx)),
        Place::Looks(child, name) => Box::new(looks::Looks::new(child, name)),
        Place::Flag(flag) => Box::new(why::Flagged::new(flag)),
        Place::Statement { title, text } => Box::new(why::Statement::new(title, text)),
        Place::Why(rule) => Box::new(why::Why::new(rule)),
        Place::Cases => Box::new(cases::Roster::new()),
        Place::Charts => Box::new(charts::Charts::default()),
        Place::Export(child) => Box::new(export::ExportPopup::new(child, cx)),
        Place::CasesOf(filter) => Box::new(cases::Roster::of(filter)),
        Place::Quality => Box::new(quality::Quality::new(cx)),
        Place::Caseload => Box::new(caseload::Caseload::default()),
        Place::HandOver(over) => Box::new(hand_over::HandingOver::new(over)),
        Place::RegisterEntry(at) => Box::new(register::Register::on(at)),
        Place::Register(kind) => Box::new(register::Register::new(kind)),
        Place::Filter(filter) => Box::new(filter::FilterPopup::new(filter)),
        Place::Search(then) => Box::new(search::Search::new(then)),
        Place::Palette(layers) => Box::new(palette::Palette::new(layers)),
        Place::Help(layers, manual) => Box::new(help::Help::new(layers, manual)),
        Place::Manual(at) => Box::new(manual::Reading::new(at)),
        Place::Health => Box::new(health::HealthScreen::default()),
        Place::Rules => Box::new(rules::Rules::default()),
        Place::Editor(place) => Box::new(editor::Editor::new(*place)),
        Place::NewPage(taken) => Box::new(manual::NewPage::new(taken)),
        Place::Examples => Box::new(examples::Examples::default()),
        Place::Queue => Box::new(queue::Waiting::default()),
        Place::Evaluation => Box::new(evaluation::Evaluation::default()),
        Place::Needs => Box::new(needs::Needs::default()),
        Place::NeedsList(list) => Box::new(needs::Needs::on(list)),
        Place::Organisation => Box::new(organisation::Organisation::default()),
        Place::Accounts => Box::new(accounts::Accounts::default()),
        Place::Admit => Box::new(accounts::Admit::new(cx)),
        Place::Passphrase => Box::new(accounts::NewPassphrase::own()),
        Place::ResetPassphrase(worker) => Box::new(accounts::NewPassphrase::of(worker)),
        Place::RenewRecovery => Box::new(accounts::Renew::new()),
        Place::Backup => Box::new(backup::Backup::new(cx)),
        Place::DailyBackup => Box::new(daily::Daily::new()),
        Place::Restore => Box::new(restore::Restore::new()),
        Place::Roster(path) => Box::new(roster::Import::new(&path)),
        Place::Calendar(day) => Box::new(calendar::PickDay(Calendar::new(day))),
        Place::File(child) => Box::new(file::File::new(child)),
        Place::Drafts { asked } => Box::new(drafts::Drafts::new(asked)),
        Place::Form(place) => Box::new(form::Form::new(*place, cx)),
    }
}

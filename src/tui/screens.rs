//! The screens, one a file, and how a [`Place`] becomes one.

mod act;
mod backup;
mod calendar;
mod cases;
mod choose;
mod confirm;
mod drafts;
mod file;
mod filter;
mod form;
pub mod forms;
mod health;
mod help;
mod lines;
mod palette;
mod reader;
mod roster;
mod rows;
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
        Place::Today => Box::new(today::Today::new(cx.today)),
        Place::Act(act) => Box::new(act::ActPopup::new(act, cx)),
        Place::Confirm(question) => Box::new(confirm::Question::new(question)),
        Place::Choose(what) => Box::new(choose::Chooser::new(what)),
        Place::Why(rule) => Box::new(why::Why(rule)),
        Place::Cases => Box::new(cases::Roster::new()),
        Place::Filter(filter) => Box::new(filter::FilterPopup::new(filter)),
        Place::Search(then) => Box::new(search::Search::new(then)),
        Place::Palette(layers) => Box::new(palette::Palette::new(layers)),
        Place::Help(layers) => Box::new(help::Help::new(layers)),
        Place::Health => Box::new(health::HealthScreen::default()),
        Place::Backup => Box::new(backup::Backup::new(cx)),
        Place::Roster(path) => Box::new(roster::Import::new(&path)),
        Place::Calendar(day) => Box::new(calendar::PickDay(Calendar::new(day))),
        Place::File(child) => Box::new(file::File::new(child)),
        Place::Drafts => Box::new(drafts::Drafts::default()),
        Place::Form(place) => Box::new(form::Form::new(*place, cx)),
        other => Box::new(blank::Blank(other)),
    }
}

mod blank {
    use crate::tui::command::Command;
    use crate::tui::keymap::Layer;
    use crate::tui::screen::{Cx, Effect, Input, Place, Screen};
    use ratatui::{
        buffer::Buffer,
        layout::{Position, Rect},
    };

    pub(super) struct Blank(pub(super) Place);

    impl Screen for Blank {
        fn layers(&self) -> Vec<Layer> {
            vec![Layer::List]
        }
        fn update(&mut self, _: &Cx, input: Input) -> Vec<Effect> {
            if input == Input::Command(Command::Back) { vec![Effect::Close] } else { vec![] }
        }
        fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
            crate::tui::paint::clear(buf, area, cx.theme.normal);
            None
        }
        fn title(&self, _: &Cx) -> String {
            format!("{:?}", self.0)
        }
        fn hints(&self, _: &Cx) -> Vec<Command> {
            vec![]
        }
    }
}

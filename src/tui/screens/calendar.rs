//! A day picked from a month.

use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::screen::{Cx, Effect, Input, Pick, Screen};
use crate::tui::widget::{
    calendar::{self, Calendar, Load},
    popup,
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

pub(super) struct PickDay(pub(super) Calendar);

impl Screen for PickDay {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Calendar]
    }

    fn update(&mut self, _: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Command(Command::Back) => vec![Effect::Close],
            Input::Command(Command::Choose) => vec![Effect::CloseWith(Pick::Date(self.0.selected()))],
            Input::Command(command) => {
                self.0.run(command);
                vec![]
            }
            _ => vec![],
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let (width, height) = (calendar::WIDTH + 4, calendar::HEIGHT + 2);
        let inner = popup::open(buf, area, width, height, &cx.cat.t("calendar-title"), cx.theme);
        self.0.draw(buf, inner, cx.theme, cx.cat, cx.today, |_| Load::default())
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("calendar-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Choose, Command::PreviousDay, Command::NextDay, Command::PageDown, Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }
}

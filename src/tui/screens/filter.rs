//! Which children the roster shows: a line for each condition, changed with left and right.

use super::rows;
use crate::domain::{Status, forms};
use crate::office::{Filter, Grade};
use crate::tui::command::Command;
use crate::tui::edit::{Limit, TextBuffer};
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, Effect, Input, Pick, Screen};
use crate::tui::widget::popup;
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const WIDTH: u16 = 56;

pub(super) struct FilterPopup {
    filter: Filter,
    village: TextBuffer,
    focus: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Condition {
    Category,
    Risk,
    Status,
    Worker,
    Overdue,
    Pressing,
    Village,
}

impl Condition {
    const ALL: [Condition; 7] = [
        Condition::Category,
        Condition::Risk,
        Condition::Status,
        Condition::Worker,
        Condition::Overdue,
        Condition::Pressing,
        Condition::Village,
    ];

    fn label(self) -> &'static str {
        match self {
            Condition::Category => "filter-category",
            Condition::Risk => "filter-risk",
            Condition::Status => "filter-status",
            Condition::Worker => "filter-worker",
            Condition::Overdue => "filter-due",
            Condition::Pressing => "filter-rules",
            Condition::Village => "filter-village",
        }
    }
}

/// The neighbour of a choice in a ring that "all" is part of.
fn turn<T: Clone + PartialEq>(now: &Option<T>, all: &[T], back: bool) -> Option<T> {
    let len = all.len() + 1;
    let at = now.as_ref().and_then(|now| all.iter().position(|one| one == now)).map_or(0, |at| at + 1);
    let next = (at + if back { len - 1 } else { 1 }) % len;
    next.checked_sub(1).map(|at| all[at].clone())
}

fn codes(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

impl FilterPopup {
    pub(super) fn new(filter: Filter) -> Self {
        let typed = filter.village.as_deref().or(filter.whole_village.as_deref());
        let village = TextBuffer::line(Limit::Characters(60)).with_text(typed.unwrap_or(""));
        Self { filter, village, focus: 0 }
    }

    fn condition(&self) -> Condition {
        Condition::ALL[self.focus]
    }

    fn turn(&mut self, cx: &Cx, back: bool) {
        let filter = &mut self.filter;
        match Condition::ALL[self.focus] {
            Condition::Category => filter.category = turn(&filter.category, &codes(forms::CATEGORIES), back),
            Condition::Risk => filter.risk = turn(&filter.risk, &codes(forms::RISKS), back),
            Condition::Status => filter.status = turn(&filter.status, &Status::ALL, back),
            Condition::Worker => {
                let staff: Vec<_> = cx.station.staff.iter().map(|staff| staff.worker).collect();
                filter.worker = turn(&filter.worker, &staff, back);
            }
            Condition::Overdue => filter.overdue = !filter.overdue,
            Condition::Pressing => {
                filter.pressing = turn(&filter.pressing, &[Grade::Urgent, Grade::Act], back);
            }
            Condition::Village => {}
        }
    }

    fn value(&self, cx: &Cx, condition: Condition) -> Option<String> {
        let filter = &self.filter;
        match condition {
            Condition::Category => {
                filter.category.as_ref().map(|code| wording::core_choice(cx.cat, "category", code))
            }
            Condition::Risk => filter.risk.as_ref().map(|code| wording::risk(cx.cat, code)),
            Condition::Status => filter.status.map(|status| wording::status(cx.cat, status)),
            Condition::Worker => {
                filter.worker.map(|worker| cx.station.worker(worker).unwrap_or("?").to_owned())
            }
            Condition::Overdue => filter.overdue.then(|| cx.cat.t("filter-overdue").into_owned()),
            Condition::Pressing => filter.pressing.map(|grade| rows::filter_word(cx, grade)),
            Condition::Village => Some(self.village.text().to_owned()),
        }
    }

    fn apply(&mut self) -> Vec<Effect> {
        let village = self.village.text().trim();
        // The whole name stays as long as nobody types another.
        if self.filter.whole_village.as_deref() != Some(village) {
            self.filter.whole_village = None;
            self.filter.village = (!village.is_empty()).then(|| village.to_owned());
        }
        vec![Effect::CloseWith(Pick::Filter(self.filter.clone()))]
    }

    fn go(&mut self, back: bool) {
        let len = Condition::ALL.len();
        self.focus = (self.focus + if back { len - 1 } else { 1 }) % len;
    }
}

impl Screen for FilterPopup {
    fn layers(&self) -> Vec<Layer> {
        match self.condition() {
            Condition::Village => vec![Layer::Picker, Layer::Text],
            _ => vec![Layer::Dialog],
        }
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Text(text) | Input::Paste(text) if self.condition() == Condition::Village => {
                self.village.insert_str(&text);
            }
            Input::Text(text) if text == " " => self.turn(cx, false),
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Choose) => return self.apply(),
            Input::Command(Command::Up) => self.go(true),
            Input::Command(Command::Down) => self.go(false),
            Input::Command(Command::NextChoice) => self.turn(cx, false),
            Input::Command(Command::PreviousChoice) => self.turn(cx, true),
            Input::Command(command) => {
                self.village.run(command);
            }
            _ => {}
        }
        vec![]
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let height = Condition::ALL.len() as u16 + 5;
        let inner = popup::open(buf, area, WIDTH, height, &cx.cat.t("filter-title"), cx.theme);
        let labels = Condition::ALL.map(|condition| cx.cat.t(condition.label()));
        let column = labels.iter().map(|label| paint::width(label)).max().unwrap_or(0) as u16 + 2;
        let mut cursor = None;
        for (at, (condition, label)) in Condition::ALL.into_iter().zip(&labels).enumerate() {
            let y = inner.y + 1 + at as u16;
            let focused = at == self.focus;
            paint::put_shortened(buf, inner, inner.x, y, label, cx.theme.label);
            let x = inner.x + column;
            let slot = Rect { x, y, width: inner.right().saturating_sub(x), height: 1 };
            if condition == Condition::Village {
                let style = if focused { cx.theme.field_focused } else { cx.theme.field };
                paint::clear(buf, slot, style);
                let strip = self.village.strip(slot.width);
                if strip.text.is_empty() && !focused {
                    paint::put_shortened(buf, slot, x, y, &cx.cat.t("filter-village-hint"), cx.theme.dim);
                }
                paint::put(buf, slot, x, y, &strip.text, style);
                if focused {
                    cursor = Some(Position::new((x + strip.caret).min(slot.right().saturating_sub(1)), y));
                }
                continue;
            }
            let value = self.value(cx, condition);
            let own = if value.is_some() { cx.theme.normal } else { cx.theme.dim };
            let text = value.unwrap_or_else(|| cx.cat.t("filter-all").into_owned());
            let (text, style) =
                if focused { (format!("< {text} >"), cx.theme.selected) } else { (format!("  {text}"), own) };
            paint::put_shortened(buf, slot, x, y, &text, style);
            if focused {
                cursor = Some(Position::new(x, y));
            }
        }
        let hint = cx.cat.t("filter-hint");
        paint::put_shortened(buf, inner, inner.x, inner.bottom().saturating_sub(1), &hint, cx.theme.dim);
        cursor
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("filter-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Choose, Command::NextChoice, Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }
}

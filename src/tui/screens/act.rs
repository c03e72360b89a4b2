//! What an act on a follow-up needs: a date, a reason, a colleague.

use super::lines::Lines;
use crate::domain::{Act, WorkerId, when};
use crate::office::Staff;
use crate::search::loose::Matcher;
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{ActKind, ActPlace, Cx, Effect, Input, ManualAt, Pick, Screen};
use crate::tui::widget::popup;
use crate::wording;
use chrono::{Datelike, NaiveDate};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const WIDTH: u16 = 64;

pub(super) struct ActPopup {
    place: ActPlace,
    /// First the day or the colleague, then why.
    lines: Lines,
}

impl ActPopup {
    pub(super) fn new(place: ActPlace, cx: &Cx) -> Self {
        let today = cx.cat.date(cx.today);
        let lines = match place.act {
            ActKind::Done => Lines::new().line("act-on", &today).line("act-outcome", ""),
            ActKind::Move => Lines::new().line("act-to", "").line("act-why", ""),
            ActKind::HandOver => Lines::new().line("act-worker", "").line("act-why", ""),
            ActKind::Attempt => Lines::new().line("act-on", &today).line("act-how", ""),
            ActKind::Refusal => Lines::new().line("act-on", &today).line("act-why", ""),
        };
        let mut popup = Self { place, lines };
        // The day is known; what happened is not.
        if matches!(popup.place.act, ActKind::Done | ActKind::Attempt | ActKind::Refusal) {
            popup.lines.set_focus(1);
        }
        popup
    }

    fn day(&self, cx: &Cx) -> Result<NaiveDate, when::WhenFault> {
        let leaning =
            if self.place.act == ActKind::Move { when::Leaning::Future } else { when::Leaning::Past };
        when::parse(self.lines.text(0), cx.today, leaning)
    }

    /// The colleague that is typed: the best match of name and login.
    fn colleague<'a>(&self, cx: &'a Cx) -> Option<&'a Staff> {
        let typed = self.lines.text(0).trim();
        if typed.is_empty() {
            return None;
        }
        let matcher = Matcher::default();
        let score = |staff: &Staff| {
            let name = matcher.find(&staff.name, typed).map(|found| found.score);
            name.max(matcher.find(&staff.login, typed).map(|found| found.score))
        };
        cx.station
            .colleagues()
            .filter_map(|staff| Some((score(staff)?, staff)))
            .max_by_key(|(score, _)| *score)
            .map(|(_, staff)| staff)
    }

    /// What the first field is understood to mean, shown beneath while one types.
    fn understood(&self, cx: &Cx) -> String {
        match self.place.act {
            ActKind::HandOver => match self.colleague(cx) {
                Some(staff) => format!("= {} ({})", staff.name, staff.login),
                // Nobody but oneself: who is missing needs an account first.
                None if cx.station.colleagues().count() < 2 => cx.cat.t("act-no-colleague").into_owned(),
                None => {
                    let names: Vec<&str> = cx.station.colleagues().map(|staff| staff.name.as_str()).collect();
                    names.join(" / ")
                }
            },
            ActKind::Done | ActKind::Move | ActKind::Attempt | ActKind::Refusal => match self.day(cx) {
                Ok(day) => {
                    let weekday = cx.cat.weekday(day.weekday());
                    format!("= {} {weekday} ({})", cx.cat.date(day), cx.cat.relative(day, cx.today))
                }
                Err(_) => String::new(),
            },
        }
    }

    fn submit(&mut self, cx: &Cx) -> Vec<Effect> {
        self.lines.clear_errors();
        let why = self.lines.text(1).trim().to_owned();
        let needs_why = self.place.act != ActKind::Done;
        let act = if self.place.act == ActKind::HandOver {
            let Some(to) = self.colleague(cx).map(|staff| staff.worker) else {
                self.lines.fail(0, cx.cat.t("act-needs-worker").into_owned());
                return vec![];
            };
            self.named(to, NaiveDate::default(), why.clone())
        } else {
            let day = match self.day(cx) {
                Ok(day) => day,
                Err(fault) => {
                    self.lines.fail(0, wording::when_fault(cx.cat, fault));
                    return vec![];
                }
            };
            let wrong = match self.place.act {
                ActKind::Move if day < cx.today => Some("act-not-past"),
                ActKind::Done | ActKind::Attempt | ActKind::Refusal if day > cx.today => {
                    Some("act-not-future")
                }
                _ => None,
            };
            if let Some(key) = wrong {
                self.lines.fail(0, cx.cat.t(key).into_owned());
                return vec![];
            }
            self.named(WorkerId(uuid::Uuid::nil()), day, why.clone())
        };
        if needs_why && why.is_empty() {
            self.lines.fail(1, cx.cat.t("act-needs-why").into_owned());
            return vec![];
        }
        vec![Effect::CloseWith(Pick::Act { child: self.place.child, follow_up: self.place.follow_up, act })]
    }

    fn named(&self, worker: WorkerId, day: NaiveDate, why: String) -> Act {
        match self.place.act {
            ActKind::Done => Act::Done { on: day, outcome: why },
            ActKind::Move => Act::Moved { to: day, why },
            ActKind::HandOver => Act::HandedOver { to: worker, why },
            ActKind::Attempt => Act::Attempt { on: day, why },
            ActKind::Refusal => Act::Refusal { on: day, why },
        }
    }

    fn key(&self) -> &'static str {
        match self.place.act {
            ActKind::Done => "act-done",
            ActKind::Move => "act-move",
            ActKind::HandOver => "act-hand-over",
            ActKind::Attempt => "act-attempt",
            ActKind::Refusal => "act-refusal",
        }
    }
}

impl Screen for ActPopup {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Text, Layer::Form]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Command(Command::Back) => vec![Effect::Close],
            input => {
                if self.lines.submits(&input) {
                    self.submit(cx)
                } else {
                    vec![]
                }
            }
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let inner = popup::open(buf, area, WIDTH, self.lines.height() + 5, &cx.cat.t(self.key()), cx.theme);
        let kind = wording::core_choice(cx.cat, "follow-up-kind", &self.place.kind);
        let what = format!(
            "{}  {kind}  {}",
            cx.name(&self.place.name),
            wording::when(cx.cat, self.place.due, cx.today)
        );
        paint::put_shortened(buf, inner, inner.x, inner.y, &what, cx.theme.heading);
        let fields = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
        let caret = self.lines.view(cx, buf, fields);
        if !self.lines.has_error(0) {
            let indent = 10.min(inner.width);
            let line = Rect { x: inner.x + indent, width: inner.width - indent, ..inner };
            paint::put_shortened(buf, line, line.x, inner.y + 3, &self.understood(cx), cx.theme.dim);
        }
        caret
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        ManualAt::of([match self.place.act {
            ActKind::Done => "act done",
            ActKind::Move => "act move",
            ActKind::HandOver => "act hand-over",
            ActKind::Attempt => "act attempt",
            ActKind::Refusal => "act refusal",
        }])
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t(self.key()).into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Save, Command::NextField, Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }
}

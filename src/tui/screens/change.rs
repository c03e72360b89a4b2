//! How the scores of a child have changed: a line for each instrument, from its baseline to the latest score.

use super::file::{of_colour, of_turn};
use crate::domain::Record;
use crate::domain::forms::score;
use crate::office::Instrument;
use crate::office::scoring::{Reading, latest, turn};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, Effect, Input, Screen};
use crate::tui::widget::{popup, wrap};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const WIDTH: u16 = 76;
/// Cells of a bar: the whole range of an instrument.
const BAR: usize = 10;

pub(super) struct Change(pub(super) Vec<Record>);

impl Change {
    fn draw(&self, cx: &Cx, buf: &mut Buffer, inner: Rect) {
        let all: Vec<Reading> =
            self.0.iter().map(|record| Reading::of(&cx.station.instruments, record)).collect();
        let mut y = inner.y;
        for instrument in with_scores(cx, &all) {
            if y + 2 >= inner.bottom() {
                break;
            }
            line(cx, buf, Rect { y, height: 2, ..inner }, instrument, &all);
            y += 2;
        }
        let note = if all.is_empty() { "changes-none" } else { "changes-note" };
        let rest = Rect { y, height: inner.bottom().saturating_sub(y), ..inner };
        wrap::draw(buf, rest, &cx.cat.t(note), 0, cx.theme.dim);
    }
}

fn with_scores<'a>(cx: &'a Cx, all: &[Reading]) -> Vec<&'a Instrument> {
    let mut ids: Vec<&str> = vec![];
    let scored =
        |one: &&Instrument| all.iter().any(|score_| score_.record.fields.text(&score::INSTRUMENT) == one.id);
    let mut instruments: Vec<&Instrument> = cx.station.instruments.all().iter().filter(scored).collect();
    instruments.sort_by_key(|one| (one.domain, &one.id, -one.version));
    instruments.retain(|one| {
        let first = !ids.contains(&one.id.as_str());
        ids.push(&one.id);
        first
    });
    instruments
}

/// The name, then from what to what; a bar for each, so that mono shows it, too.
fn line(cx: &Cx, buf: &mut Buffer, area: Rect, instrument: &Instrument, all: &[Reading]) {
    let domain = wording::core_choice(cx.cat, "domain", instrument.domain);
    let name = format!("{domain}{}{}", cx.cat.t("value-colon"), wording::instrument(cx.cat, instrument));
    paint::put_shortened(buf, area, area.x, area.y, &cx.delicate(&name), cx.theme.label);
    let y = area.y + 1;
    let Some(change) = latest(all, &instrument.id) else {
        let alone = cx.cat.t("changes-alone");
        paint::put_shortened(buf, area, area.x + 2, y, &cx.delicate(&alone), cx.theme.dim);
        return;
    };
    let mut x = area.x + 2;
    for (reading, points, arrow) in [(change.from, change.before, " -> "), (change.to, change.after, "  ")] {
        let day = reading.on.map(|on| on.format("%y-%m-%d").to_string()).unwrap_or_default();
        let text = format!("{day} {points:>2} {}", bar(points, instrument));
        x = paint::put(buf, area, x, y, &cx.delicate(&text), of_colour(cx, reading.band));
        x = paint::put(buf, area, x, y, arrow, cx.theme.normal);
    }
    let sign = match change.gain {
        0 => "=",
        1.. => "+",
        _ => "-",
    };
    let said = format!("{sign} {}", wording::judged(cx.cat, change.gain));
    paint::put(buf, area, x, y, &cx.delicate(&said), of_turn(cx, turn(change.gain)));
}

/// `####......`: how much of the range. ASCII, as every terminal has it in one cell.
fn bar(points: i64, instrument: &Instrument) -> String {
    let range = (instrument.most - instrument.least).max(1);
    let part = (points - instrument.least).clamp(0, range);
    let full = usize::try_from((part * BAR as i64 + range / 2) / range).unwrap_or(0);
    format!("{}{}", "#".repeat(full), ".".repeat(BAR - full.min(BAR)))
}

impl Screen for Change {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Reader]
    }

    fn update(&mut self, _: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Command(Command::Back | Command::Open) => vec![Effect::Close],
            _ => vec![],
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let all: Vec<Reading> =
            self.0.iter().map(|record| Reading::of(&cx.station.instruments, record)).collect();
        let lines = with_scores(cx, &all).len() * 2;
        let height = u16::try_from(lines + 6).unwrap_or(u16::MAX);
        let inner = popup::open(buf, area, WIDTH, height, &cx.cat.t("changes-title"), cx.theme);
        self.draw(cx, buf, inner);
        Some(Position::new(inner.x, inner.y))
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("changes-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }
}

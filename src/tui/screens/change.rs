//! How the scores of a child have changed: a line for each instrument, from its baseline to the latest score.

use super::file::{of_colour, of_turn};
use super::reader::{Line, Scroll, paragraph};
use crate::domain::Record;
use crate::domain::forms::score;
use crate::office::Instrument;
use crate::office::scoring::{Reading, latest, turn};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, Effect, Input, Screen};
use crate::tui::widget::popup;
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
};

const WIDTH: u16 = 76;
/// Cells of a bar: the whole range of an instrument.
const BAR: usize = 10;

pub(super) struct Change {
    scores: Vec<Record>,
    scroll: Scroll,
}

impl Change {
    pub(super) fn new(scores: Vec<Record>) -> Self {
        Self { scores, scroll: Scroll::default() }
    }

    fn lines(&self, cx: &Cx, width: u16) -> Vec<Line> {
        let all: Vec<Reading> =
            self.scores.iter().map(|record| Reading::of(&cx.station.instruments, record)).collect();
        let mut lines: Vec<Line> = vec![];
        for instrument in with_scores(cx, &all) {
            one(&mut lines, cx, width, instrument, &all);
        }
        let note = if all.is_empty() { "changes-none" } else { "changes-note" };
        paragraph(&mut lines, 0, width, &cx.cat.t(note), cx.theme.dim);
        lines
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
fn one(lines: &mut Vec<Line>, cx: &Cx, width: u16, instrument: &Instrument, all: &[Reading]) {
    let domain = wording::core_choice(cx.cat, "domain", instrument.domain);
    let name = format!("{domain}{}{}", cx.cat.t("value-colon"), wording::instrument(cx.cat, instrument));
    lines.push(vec![(0, cx.delicate(&name), cx.theme.label)]);
    let Some(change) = latest(all, &instrument.id) else {
        return paragraph(lines, 2, width, &cx.delicate(&cx.cat.t("changes-alone")), cx.theme.dim);
    };
    let mut line: Line = vec![];
    let mut x = 2;
    let mut put = |text: String, style: Style| {
        let from = x;
        x += paint::width(&text) as u16;
        line.push((from, text, style));
    };
    for (reading, points, arrow) in [(change.from, change.before, " -> "), (change.to, change.after, "  ")] {
        let day = reading.on.map(|on| on.format("%y-%m-%d").to_string()).unwrap_or_default();
        let text = format!("{day} {points:>2} {}", bar(points, instrument));
        put(cx.delicate(&text), of_colour(cx, reading.band));
        put(arrow.to_owned(), cx.theme.normal);
    }
    let sign = match change.gain {
        0 => "=",
        1.. => "+",
        _ => "-",
    };
    let said = format!("{sign} {}", wording::judged(cx.cat, change.gain));
    put(cx.delicate(&said), of_turn(cx, turn(change.gain)));
    lines.push(line);
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
            Input::Command(command) => {
                self.scroll.run(command);
                vec![]
            }
            _ => vec![],
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let width = WIDTH.min(area.width);
        let lines = self.lines(cx, width.saturating_sub(4));
        let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(3);
        let inner = popup::open(buf, area, width, height, &cx.cat.t("changes-title"), cx.theme);
        self.scroll.draw(buf, inner, &lines, cx.theme.dim)
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

//! The scores of all children together: a line for each instrument, and under them what may be said of the selected one.

use super::asking::Asking;
use super::file::of_turn;
use super::rows;
use crate::office::scoring::{Programme, Turn, spread};
use crate::office::{Answer, Request};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, Effect, Input, Screen, Ticket};
use crate::tui::widget::{
    list::ListState,
    table::{self, Column, Entry},
    wrap,
};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const EVALUATION: Ticket = Ticket(1);
/// Lines for what may be said.
const WORDS: u16 = 9;

pub(super) struct Evaluation {
    asking: Asking,
    /// Scores read so far.
    read: u64,
    /// None: not answered yet.
    lines: Option<Vec<(String, Programme)>>,
    refused: Option<String>,
    list: ListState,
}

impl Default for Evaluation {
    fn default() -> Self {
        Self {
            asking: Asking::new(EVALUATION, || Request::Evaluation { instrument: None }),
            read: 0,
            lines: None,
            refused: None,
            list: ListState::default(),
        }
    }
}

impl Evaluation {
    fn len(&self) -> usize {
        self.lines.as_ref().map_or(0, Vec::len)
    }

    fn cells(&self, cx: &Cx, at: usize) -> Vec<Entry> {
        let Some((id, one)) = self.lines.as_ref().and_then(|lines| lines.get(at)) else { return vec![] };
        let count = |turn| Entry::from(one.count(turn).to_string());
        let missing = one.without_second.len() + one.without_baseline.len();
        let gain = spread(&one.gains);
        let median = gain.map_or_else(String::new, |gain| gain.median.to_string());
        // Of one there is no middle half.
        let half = gain.filter(|_| one.pairs() > 1);
        let half = half.map(|gain| format!("{}..{}", gain.quarter, gain.three_quarters));
        vec![
            Entry::from(wording::instrument_of(cx.cat, &cx.station.instruments, id)).style(cx.theme.label),
            Entry::from(one.pairs().to_string()),
            Entry::from(missing.to_string()),
            Entry::from(median),
            Entry::from(half.unwrap_or_default()).style(cx.theme.dim),
            count(Turn::Better).style(cx.theme.good),
            count(Turn::Same),
            count(Turn::Worse).style(cx.theme.warning),
        ]
    }
}

/// A sign for each child, `+++==-`: better, the same, worse. Where there are more than fit, a sign is for several, and
/// nobody who got worse goes without one.
fn picture(cx: &Cx, buf: &mut Buffer, line: Rect, one: &Programme) {
    let room = usize::from(line.width);
    let mut x = line.x;
    for (sign, turn) in [("+", Turn::Better), ("=", Turn::Same), ("-", Turn::Worse)] {
        let count = one.count(turn);
        let signs =
            if one.pairs() <= room { count } else { (count * room.saturating_sub(2)).div_ceil(one.pairs()) };
        x = paint::put(buf, line, x, line.y, &sign.repeat(signs), of_turn(cx, turn));
    }
    let legend = cx.cat.t("evaluation-legend");
    if usize::from(x) + paint::width(&legend) < usize::from(line.right()) {
        paint::put_right(buf, line, line.y, &legend, cx.theme.dim);
    }
}

impl Screen for Evaluation {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::List, Layer::Browse]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened | Input::Changed => return self.asking.ask(),
            Input::Progress(EVALUATION, read, _) => self.read = read,
            Input::Answer(EVALUATION, Ok(Answer::Evaluation(lines))) => {
                self.lines = Some(lines);
                return self.asking.answered();
            }
            Input::Answer(EVALUATION, Err(refusal)) => {
                self.refused = Some(wording::refusal(cx.cat, &refusal));
                return self.asking.answered();
            }
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(command) => {
                self.list.run(command, self.len());
            }
            _ => {}
        }
        vec![]
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        paint::clear(buf, area, cx.theme.normal);
        if let Some(refused) = &self.refused {
            return rows::note(cx, buf, area, refused);
        }
        let Some(lines) = &self.lines else {
            return rows::note(cx, buf, area, &cx.cat.t1("evaluation-reading", "n", self.read.to_string()));
        };
        if lines.is_empty() {
            return rows::note(cx, buf, area, &cx.cat.t("evaluation-none"));
        }
        let title = |key: &str| cx.cat.t(key).into_owned();
        let columns = [
            Column::new(title("col-instrument"), 28..40, 0),
            Column::new(title("col-pairs"), 6..6, 0),
            Column::new(title("col-missing"), 5..7, 0),
            Column::new(title("col-median"), 6..6, 0),
            Column::new(title("col-half"), 8..10, 1),
            Column::new(title("col-better"), 6..6, 0),
            Column::new(title("col-same"), 4..4, 0),
            Column::new(title("col-worse"), 5..5, 0),
        ];
        let words = WORDS.min(area.height / 2);
        let body = Rect { height: area.height - words, ..area };
        let cursor =
            table::draw(buf, body, cx.theme, &columns, &self.list, lines.len(), |at| self.cells(cx, at));
        let said = self.list.selected(lines.len()).map(|at| wording::concluded(cx.cat, &lines[at].1));
        let mut text = said.unwrap_or_default();
        text.push(cx.cat.t("evaluation-not-because").into_owned());
        let foot =
            Rect { x: area.x + 2, y: body.bottom(), width: area.width.saturating_sub(4), height: words };
        let below = match self.list.selected(lines.len()) {
            Some(at) if lines[at].1.pairs() > 0 => {
                picture(cx, buf, foot, &lines[at].1);
                Rect { y: foot.y + 1, height: foot.height.saturating_sub(1), ..foot }
            }
            _ => foot,
        };
        wrap::draw(buf, below, &text.join("\n"), 0, cx.theme.normal);
        cursor
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("evaluation-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Export, Command::Manual, Command::Back]
    }
}

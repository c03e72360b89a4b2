//! What is looked at rather than read: in which villages something is overdue, and where the other pictures are. Enter
//! opens the children behind a bar.

use super::rows;
use crate::office::{Answer, Filter, Request, Tables, WorkerLoad};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, Effect, Input, Place, Screen, Ticket};
use crate::tui::widget::list::{self, ListState};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
};

const TABLES: Ticket = Ticket(1);
const OPENED: Ticket = Ticket(2);
/// Cells of a name.
const NAME: u16 = 16;
/// Cells of the numbers behind a bar.
const NUMBERS: u16 = 24;
/// Pictures that have a screen of their own.
const OTHERS: [(Command, Place); 3] = [
    (Command::Caseload, Place::Caseload),
    (Command::Needs, Place::Needs),
    (Command::Evaluation, Place::Evaluation),
];

#[derive(Default)]
pub(super) struct Charts {
    /// None: not answered yet.
    tables: Option<Tables>,
    refused: Option<String>,
    in_others: bool,
    villages: ListState,
    others: ListState,
}

/// A village, the children with something overdue, and how many such things.
struct Bar {
    village: String,
    behind: usize,
    overdue: usize,
}

impl Charts {
    /// Where most is overdue first.
    fn bars(&self) -> Vec<Bar> {
        let villages = self.tables.iter().flat_map(|tables| &tables.villages);
        let bar = |(village, load): &(String, WorkerLoad)| Bar {
            village: village.clone(),
            behind: load.behind,
            overdue: load.due.overdue,
        };
        let mut bars: Vec<Bar> = villages.filter(|(_, load)| load.behind > 0).map(bar).collect();
        bars.sort_by_key(|bar| std::cmp::Reverse((bar.behind, bar.overdue)));
        bars
    }

    /// Where there is no bar, the other pictures are all there is to choose from.
    fn in_others(&self) -> bool {
        self.in_others || self.bars().is_empty()
    }

    fn open(&self) -> Option<Place> {
        if self.in_others() {
            return self.others.selected(OTHERS.len()).map(|at| OTHERS[at].1.clone());
        }
        let mut bars = self.bars();
        let at = self.villages.selected(bars.len())?;
        let whole_village = Some(bars.swap_remove(at).village);
        Some(Place::CasesOf(Filter { whole_village, overdue: true, ..Filter::default() }))
    }

    fn command(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Back => return vec![Effect::Close],
            Command::NextTab | Command::PreviousTab => self.in_others = !self.in_others,
            Command::Open => {
                return self.open().map(|place| Effect::Open(OPENED, place)).into_iter().collect();
            }
            command if self.in_others() => drop(self.others.run(command, OTHERS.len())),
            command => drop(self.villages.run(command, self.bars().len())),
        }
        vec![]
    }

    fn draw_villages(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let bars = self.bars();
        let (list, focused) = (&self.villages, !self.in_others());
        head(cx, buf, area, "charts-villages", focused);
        rows::place(
            cx,
            buf,
            Rect { height: 1, width: area.width.saturating_sub(1), ..area },
            list,
            bars.len(),
        );
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        if bars.is_empty() {
            let none = Rect { height: body.height.min(3), ..body };
            return rows::note(cx, buf, none, &cx.cat.t("charts-nothing-overdue"));
        }
        let most = bars.iter().map(|bar| bar.behind).max().unwrap_or(0).max(1);
        let name = NAME.min(body.width / 3);
        let room = body.width.saturating_sub(list::MARGIN + name + NUMBERS + 2);
        rows_of(cx, buf, body, (list, focused), bars.len(), name, |buf, line, at, style| {
            let bar = &bars[at];
            let village = match bar.village.as_str() {
                "" => cx.cat.t("export-no-village").into_owned(),
                village => rows::village(village, vec![], name).text,
            };
            let slot = Rect { width: name, ..line };
            paint::put_shortened(buf, slot, line.x, line.y, &village, style);
            let cells = (bar.behind * usize::from(room)).div_ceil(most);
            let x = paint::put(buf, line, line.x + name + 1, line.y, &"#".repeat(cells), cx.theme.overdue);
            let counts = [("n", bar.behind.into()), ("more", bar.overdue.into())];
            let said = cx.cat.tn("charts-overdue", &counts);
            paint::put_shortened(buf, line, x + 1, line.y, &said, cx.theme.normal);
        })
    }

    fn draw_others(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        head(cx, buf, area, "charts-others", self.in_others());
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let list = (&self.others, self.in_others());
        rows_of(cx, buf, body, list, OTHERS.len(), NAME, |buf, line, at, style| {
            let (command, _) = &OTHERS[at];
            let slot = Rect { width: NAME, ..line };
            paint::put_shortened(buf, slot, line.x, line.y, &command.title(cx.cat), style);
            paint::put_shortened(buf, line, line.x + NAME + 1, line.y, &command.help(cx.cat), cx.theme.dim);
        })
    }
}

fn head(cx: &Cx, buf: &mut Buffer, area: Rect, title: &str, focused: bool) {
    let line = Rect { height: 1, ..area };
    let style = if focused { cx.theme.heading } else { cx.theme.dim };
    paint::clear(buf, line, style);
    let mark = if focused { ">" } else { " " };
    paint::put_shortened(buf, line, line.x, line.y, &format!("{mark}{}", cx.cat.t(title)), style);
}

/// The rows of a list; one selection on the screen is enough to look at.
fn rows_of(
    cx: &Cx,
    buf: &mut Buffer,
    body: Rect,
    (list, focused): (&ListState, bool),
    len: usize,
    lead: u16,
    row: impl Fn(&mut Buffer, Rect, usize, Style),
) -> Option<Position> {
    if focused {
        return list.draw(buf, body, cx.theme, len, lead, row);
    }
    let (x, width) = (body.x + list::MARGIN, body.width.saturating_sub(list::MARGIN));
    for (at, y) in list.view(len, body.height).zip(body.y..) {
        row(buf, Rect { x, y, width, height: 1 }, at, cx.theme.normal);
    }
    None
}

impl Screen for Charts {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Reader, Layer::List]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened | Input::Changed | Input::NewDay => {
                return vec![Effect::Ask(TABLES, Request::Tables)];
            }
            Input::Answer(TABLES, Ok(Answer::Tables(tables))) => {
                (self.tables, self.refused) = (Some(*tables), None);
            }
            Input::Answer(TABLES, Err(refusal)) => self.refused = Some(wording::refusal(cx.cat, &refusal)),
            Input::Command(command) => return self.command(command),
            _ => {}
        }
        vec![]
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        paint::clear(buf, area, cx.theme.normal);
        if let Some(refused) = &self.refused {
            return rows::note(cx, buf, area, refused);
        }
        self.tables.as_ref()?;
        let below = (OTHERS.len() as u16 + 1).min(area.height / 2);
        // The other pictures follow what is there: a few bars leave no hole above them.
        let bars = (self.bars().len().max(2) as u16).saturating_add(1);
        let upper = bars.min(area.height.saturating_sub(below + 1));
        let villages = self.draw_villages(cx, buf, Rect { height: upper, ..area });
        let others = self.draw_others(cx, buf, Rect { y: area.y + upper + 1, height: below, ..area });
        if self.in_others() { others } else { villages }
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("charts-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Open, Command::NextTab, Command::Export, Command::Back]
    }
}

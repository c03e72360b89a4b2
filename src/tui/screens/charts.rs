//! What is looked at rather than read: how many children each worker has, and in which villages something is overdue.
//! Enter opens the children behind a bar.

use super::rows;
use crate::office::{Answer, Filter, NOBODY, Request, Tables, WorkerLoad};
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
/// Both pictures are beside each other from here on.
const WIDE: u16 = 110;
/// Cells of a name.
const NAME: u16 = 16;
/// Cells of the numbers behind a bar.
const NUMBERS: u16 = 24;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Picture {
    Workers,
    Villages,
}

#[derive(Default)]
pub(super) struct Charts {
    /// None: not answered yet.
    tables: Option<Tables>,
    refused: Option<String>,
    in_villages: bool,
    workers: ListState,
    villages: ListState,
}

/// A bar in two parts, what is said behind it, and the children it stands for.
struct Bar {
    name: String,
    parts: [usize; 2],
    said: String,
    style: Style,
    filter: Filter,
}

impl Charts {
    fn bars(&self, cx: &Cx, picture: Picture) -> Vec<Bar> {
        let Some(tables) = &self.tables else { return vec![] };
        match picture {
            Picture::Workers => {
                let bar = |(worker, load): &(Option<_>, WorkerLoad)| Bar {
                    name: match worker {
                        Some(worker) => cx.station.worker(*worker).unwrap_or("?").to_owned(),
                        None => cx.cat.t("filter-nobody").into_owned(),
                    },
                    parts: [load.children - load.closed, load.closed],
                    said: said(cx, "charts-caseload", load.children - load.closed, load.closed),
                    style: cx.theme.normal,
                    filter: Filter { worker: Some(worker.unwrap_or(NOBODY)), ..Filter::default() },
                };
                // Who only has follow-ups of others' children has no bar.
                tables.workers.iter().filter(|(_, load)| load.children > 0).map(bar).collect()
            }
            Picture::Villages => {
                let mut behind: Vec<_> = tables.villages.iter().filter(|(_, load)| load.behind > 0).collect();
                behind.sort_by_key(|(_, load)| std::cmp::Reverse((load.behind, load.due.overdue)));
                let bar = |(village, load): &(String, WorkerLoad)| Bar {
                    name: match village.as_str() {
                        "" => cx.cat.t("export-no-village").into_owned(),
                        village => village.to_owned(),
                    },
                    parts: [load.behind, 0],
                    said: said(cx, "charts-overdue", load.behind, load.due.overdue),
                    style: cx.theme.overdue,
                    filter: Filter {
                        whole_village: Some(village.clone()),
                        overdue: true,
                        ..Filter::default()
                    },
                };
                behind.into_iter().map(bar).collect()
            }
        }
    }

    fn focus(&self) -> Picture {
        if self.in_villages { Picture::Villages } else { Picture::Workers }
    }

    fn list(&self, picture: Picture) -> &ListState {
        match picture {
            Picture::Workers => &self.workers,
            Picture::Villages => &self.villages,
        }
    }

    fn command(&mut self, cx: &Cx, command: Command) -> Vec<Effect> {
        let mut bars = self.bars(cx, self.focus());
        match command {
            Command::Back => return vec![Effect::Close],
            Command::NextTab | Command::PreviousTab => self.in_villages = !self.in_villages,
            Command::Open => {
                let at = self.list(self.focus()).selected(bars.len());
                let filter = at.map(|at| bars.swap_remove(at).filter);
                return filter
                    .map(|filter| Effect::Open(OPENED, Place::CasesOf(filter)))
                    .into_iter()
                    .collect();
            }
            command => {
                let list = if self.in_villages { &mut self.villages } else { &mut self.workers };
                list.run(command, bars.len());
            }
        }
        vec![]
    }

    fn draw(&self, cx: &Cx, buf: &mut Buffer, area: Rect, picture: Picture) -> Option<Position> {
        let focused = picture == self.focus();
        let bars = self.bars(cx, picture);
        let (title, none) = match picture {
            Picture::Workers => ("charts-workers", "today-no-children"),
            Picture::Villages => ("charts-villages", "charts-nothing-overdue"),
        };
        let head = Rect { height: 1, ..area };
        let style = if focused { cx.theme.heading } else { cx.theme.dim };
        paint::clear(buf, head, style);
        let mark = if focused { ">" } else { " " };
        let title = format!("{mark}{}", cx.cat.t(title));
        paint::put_shortened(buf, head, head.x, head.y, &title, style);
        let list = self.list(picture);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        if bars.is_empty() {
            return rows::note(cx, buf, Rect { height: body.height.min(4), ..body }, &cx.cat.t(none));
        }
        let most = bars.iter().map(|bar| bar.parts[0] + bar.parts[1]).max().unwrap_or(0).max(1);
        let name = NAME.min(body.width / 3);
        let room = body.width.saturating_sub(list::MARGIN + name + NUMBERS + 2);
        let row = |buf: &mut Buffer, line: Rect, at: usize, style: Style| {
            let bar = &bars[at];
            let slot = Rect { width: name, ..line };
            let village = rows::village(&bar.name, vec![], name);
            paint::put_shortened(buf, slot, line.x, line.y, &village.text, style);
            let cells = |part: usize| (part * usize::from(room)).div_ceil(most);
            let drawn = cells(bar.parts[0] + bar.parts[1]);
            let first = cells(bar.parts[0]).min(drawn);
            let picture = format!("{}{}", "#".repeat(first), ".".repeat(drawn - first));
            let x = paint::put(buf, line, line.x + name + 1, line.y, &picture, bar.style);
            paint::put_shortened(buf, line, x + 1, line.y, &bar.said, cx.theme.normal);
        };
        let cursor = if focused {
            list.draw(buf, body, cx.theme, bars.len(), name, row)
        } else {
            // One selection is enough to look at.
            let (x, width) = (body.x + list::MARGIN, body.width.saturating_sub(list::MARGIN));
            for (at, y) in list.view(bars.len(), body.height).zip(body.y..) {
                row(buf, Rect { x, y, width, height: 1 }, at, cx.theme.normal);
            }
            None
        };
        rows::place(cx, buf, Rect { width: head.width.saturating_sub(1), ..head }, list, bars.len());
        cursor
    }
}

fn said(cx: &Cx, key: &str, first: usize, second: usize) -> String {
    cx.cat.tn(key, &[("n", first.into()), ("more", second.into())]).into_owned()
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
            Input::Command(command) => return self.command(cx, command),
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
        let (first, second) = if area.width >= WIDE {
            let half = area.width / 2;
            let right = Rect { x: area.x + half + 1, width: area.width - half - 1, ..area };
            (Rect { width: half - 1, ..area }, right)
        } else {
            // The villages are more than the workers, but nobody needs a blank.
            let lines = self.bars(cx, Picture::Workers).len() as u16 + 1;
            let upper = lines.clamp(2, area.height / 2);
            let lower = Rect { y: area.y + upper + 1, height: area.height.saturating_sub(upper + 1), ..area };
            (Rect { height: upper, ..area }, lower)
        };
        let workers = self.draw(cx, buf, first, Picture::Workers);
        let villages = self.draw(cx, buf, second, Picture::Villages);
        if self.in_villages { villages } else { workers }
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("charts-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Open, Command::NextTab, Command::Export, Command::Back]
    }
}

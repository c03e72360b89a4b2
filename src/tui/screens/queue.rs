//! What waits for a supervisor: urgent children, approvals, what is overdue by worker, missed visits, high risk.

use super::{file::flag_style, rows};
use crate::domain::ChildId;
use crate::office::{Answer, ChildLine, Grade, Queue, QueuePart, Request, Waits};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, Effect, Input, Place, Screen, Ticket};
use crate::tui::widget::{
    list::{self, ListState},
    table::{self, Column, Entry},
};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const QUEUE: Ticket = Ticket(1);
const RULES: Ticket = Ticket(2);
const OPENED: Ticket = Ticket(3);

#[derive(Default)]
pub(super) struct Waiting {
    /// None: not answered yet.
    queue: Option<Queue>,
    refused: Option<String>,
    /// The rules were waited for since the screen was opened or the day began.
    followed: bool,
    list: ListState,
}

/// A row of the list: the head of a part, which is never selected, or a child in it.
#[derive(Clone, Copy)]
enum Line<'a> {
    Head(&'a QueuePart),
    Child(Waits, &'a ChildLine),
}

impl Waiting {
    fn lines(&self) -> Vec<Line<'_>> {
        let parts = self.queue.iter().flat_map(|queue| &queue.parts);
        let of = |part| [Line::Head(part)].into_iter().chain(children(part));
        parts.flat_map(of).collect()
    }

    fn selected(&self) -> Option<(Waits, ChildId)> {
        let lines = self.lines();
        match lines.get(self.list.selected(lines.len())?)? {
            Line::Child(what, line) => Some((*what, line.child)),
            Line::Head(_) => None,
        }
    }

    fn skip_head(&mut self, up: bool) {
        let lines = self.lines();
        let Some(at) = self.list.selected(lines.len()) else { return };
        if matches!(lines[at], Line::Head(_)) {
            self.list.select(if up && at > 0 { at - 1 } else { at + 1 });
        }
    }

    fn take(&mut self, queue: Queue) -> Vec<Effect> {
        let before = self.selected();
        let pending = queue.pending;
        (self.queue, self.refused) = (Some(queue), None);
        let lines = self.lines();
        let same =
            |line: &Line| matches!(line, Line::Child(what, line) if Some((*what, line.child)) == before);
        let at = lines.iter().position(same).or(self.list.selected(lines.len())).unwrap_or(0);
        self.list.select(at);
        self.skip_head(false);
        if pending && !std::mem::replace(&mut self.followed, true) {
            return vec![Effect::Ask(RULES, Request::FollowRules)];
        }
        vec![]
    }
}

fn children(part: &QueuePart) -> impl Iterator<Item = Line<'_>> {
    part.lines.iter().map(|line| Line::Child(part.what, line))
}

fn head(cx: &Cx, part: &QueuePart) -> String {
    let text = wording::waits(cx.cat, cx.station, part.what);
    let text = match part.what {
        Waits::Overdue(_) | Waits::Plan | Waits::Closure => text,
        // Why these stand here says what kind of case each is.
        Waits::Urgent | Waits::Visit | Waits::Risk => cx.delicate(&text),
    };
    format!("{text} {}", part.total)
}

fn columns(cx: &Cx) -> Vec<Column> {
    let english = cx.cat.lang() == crate::i18n::Lang::En;
    vec![
        Column::new("", 8..14, 0),
        Column::new("", 4..6, 3),
        Column::new("", if english { 6..6 } else { 4..4 }, 0),
        Column::new("", if english { 22 } else { 16 }..28, 0),
        Column::new("", if english { 9..10 } else { 7..8 }, 2),
        Column::new("", 8..18, 1),
        Column::new("", 6..10, 4),
    ]
}

/// Name, age, risk, why it is here, what the rules say, village, worker.
fn cells(cx: &Cx, what: Waits, line: &ChildLine, village: u16) -> Vec<Entry> {
    let dim = |text: String| Entry::from(text).style(cx.theme.dim);
    let age = line.birth.and_then(|birth| rows::short_age(cx, birth)).unwrap_or_default();
    let due = || line.due.as_ref().map(|(kind, on)| rows::due(cx, kind, *on)).unwrap_or_default();
    let why = match what {
        Waits::Overdue(_) => Entry::from(due()).style(cx.theme.overdue),
        Waits::Visit => {
            let last = line.last_contact.map(|on| cx.cat.day_seen_from(cx.today, on));
            let never = || cx.cat.t("queue-never").into_owned();
            dim(cx.cat.t1("queue-last", "when", last.unwrap_or_else(never)).into_owned())
        }
        Waits::Urgent if line.pressing.act > 0 => {
            let text = wording::pressing(cx.cat, Grade::Act, line.pressing.act);
            Entry::from(cx.delicate(&text)).style(flag_style(cx, Grade::Act))
        }
        _ => dim(due()),
    };
    let worker = line.worker.and_then(|worker| cx.station.worker(worker)).unwrap_or_default();
    vec![
        Entry::from(cx.name(&line.name)),
        dim(age),
        Entry::from(rows::risk(cx, &line.risk)).style(rows::risk_style(cx, &line.risk)),
        why,
        rows::pressing(cx, line.pressing),
        Entry { found: vec![], ..rows::village(&line.village, vec![], village) }.style(cx.theme.dim),
        dim(worker.to_owned()),
    ]
}

impl Screen for Waiting {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::List, Layer::Browse]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened | Input::Changed | Input::Answer(RULES, Ok(_)) => {
                return vec![Effect::Ask(QUEUE, Request::Queue)];
            }
            Input::NewDay => {
                self.followed = false;
                return vec![Effect::Ask(QUEUE, Request::Queue)];
            }
            Input::Answer(QUEUE, Ok(Answer::Queue(queue))) => return self.take(queue),
            Input::Answer(QUEUE, Err(refusal)) => self.refused = Some(wording::refusal(cx.cat, &refusal)),
            Input::Command(Command::Open) => {
                let open = |(_, child)| Effect::Open(OPENED, Place::File(child));
                return self.selected().map(open).into_iter().collect();
            }
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(command) => {
                let len = self.lines().len();
                if self.list.run(command, len) {
                    self.skip_head(matches!(command, Command::Up | Command::PageUp));
                }
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
        let pending = self.queue.as_ref()?.pending;
        let lines = self.lines();
        if lines.is_empty() {
            let key = if pending { "queue-pending" } else { "queue-none" };
            return rows::note(cx, buf, area, &cx.cat.t(key));
        }
        let mut area = area;
        if pending {
            let line = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
            paint::put_shortened(buf, line, line.x, line.y, &cx.cat.t("queue-pending"), cx.theme.dim);
            area = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        }
        let columns = columns(cx);
        let places = table::fit(&columns, area.width.saturating_sub(list::MARGIN));
        let village = rows::room(&columns, area, 5);
        let lead = places.iter().flatten().next().map_or(0, |(_, cells)| *cells);
        self.list.draw(buf, area, cx.theme, lines.len(), lead, |buf, line, at, style| match lines[at] {
            Line::Head(part) => {
                let line = Rect { x: line.x.saturating_sub(1), width: line.width + 1, ..line };
                paint::put_shortened(buf, line, line.x, line.y, &head(cx, part), cx.theme.heading);
            }
            Line::Child(what, child) => {
                let selected = style == cx.theme.selected;
                for (cell, place) in cells(cx, what, child, village).iter().zip(&places) {
                    if let Some((x, width)) = *place {
                        let slot = Rect { x: line.x + x, width, ..line };
                        let style =
                            if selected && x < lead { style } else { cx.theme.normal.patch(cell.style) };
                        paint::put_shortened(buf, slot, slot.x, slot.y, &cell.text, style);
                    }
                }
            }
        })
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("queue-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Open, Command::Back]
    }

    fn child(&self) -> Option<ChildId> {
        self.selected().map(|(_, child)| child)
    }
}

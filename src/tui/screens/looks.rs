//! Who looked at a file: when, who, what, from where; newest first.

use super::rows;
use crate::domain::ChildId;
use crate::office::{AUDIT_RULE, Answer, AuditLine, AuditPage, AuditQuery, Request};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, Effect, Input, Place, Screen, Ticket};
use crate::tui::widget::{
    list::ListState,
    table::{self, Column, Entry},
};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

const LOOKS: Ticket = Ticket(1);
const WHY: Ticket = Ticket(2);
/// Nobody reads further back here.
const MOST: usize = 500;

pub(super) struct Looks {
    child: ChildId,
    name: String,
    page: Option<AuditPage>,
    /// What one person did over and over on one day, as one line: its newest and how often.
    lines: Vec<(AuditLine, usize)>,
    refused: Option<String>,
    list: ListState,
}

impl Looks {
    pub(super) fn new(child: ChildId, name: String) -> Self {
        Self { child, name, page: None, lines: vec![], refused: None, list: ListState::default() }
    }

    fn cells(&self, cx: &Cx, at: usize) -> Vec<Entry> {
        let (line, times) = &self.lines[at];
        let day = line.when.date();
        let when = format!("{} {}", cx.cat.day_seen_from(cx.today, day), line.when.format("%H:%M"));
        let mut deed = wording::deed(cx.cat, line);
        if *times > 1 {
            deed = cx.cat.tn("looks-times", &[("deed", deed.into()), ("n", (*times).into())]).into_owned();
        }
        vec![
            Entry::from(when),
            Entry::from(cx.cat.relative(day, cx.today)).style(cx.theme.dim),
            Entry::from(wording::doer(cx.cat, line)),
            Entry::from(deed),
            Entry::from(wording::origin(cx.cat, &line.from)).style(cx.theme.dim),
        ]
    }
}

fn together(lines: &[AuditLine]) -> Vec<(AuditLine, usize)> {
    let same = |one: &AuditLine, next: &AuditLine| {
        (&one.login, one.verb, &one.what, &one.from) == (&next.login, next.verb, &next.what, &next.from)
            && one.when.date() == next.when.date()
    };
    lines.chunk_by(same).map(|lines| (lines[0].clone(), lines.len())).collect()
}

impl Screen for Looks {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Reader]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened => {
                let query = AuditQuery { child: Some(self.child), limit: MOST, ..AuditQuery::default() };
                return vec![Effect::Ask(LOOKS, Request::Audit(query))];
            }
            Input::Answer(LOOKS, Ok(Answer::Audit(page))) => {
                self.lines = together(&page.lines);
                self.page = Some(page);
            }
            Input::Answer(LOOKS, Err(refusal)) => self.refused = Some(wording::refusal(cx.cat, &refusal)),
            Input::Answer(WHY, Ok(Answer::Why(rule))) => return vec![Effect::Open(WHY, Place::Why(rule))],
            Input::Command(Command::Why) => {
                return vec![Effect::Ask(WHY, Request::Why { rule: AUDIT_RULE.to_owned() })];
            }
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(command) => {
                self.list.run(command, self.lines.len());
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
        let page = self.page.as_ref()?;
        if self.lines.is_empty() {
            return rows::note(cx, buf, area, &cx.cat.t("looks-none"));
        }
        let title = |key: &str| cx.cat.t(key).into_owned();
        let columns = [
            Column::new(title("col-when"), 16..16, 0),
            Column::new(title("col-day"), 8..12, 2),
            Column::new(title("col-who"), 8..16, 0),
            Column::new(title("col-deed"), 16..30, 0),
            Column::new(title("col-from"), 16..34, 1),
        ];
        let foot = u16::from(page.more);
        if page.more {
            let more = cx.cat.t1("looks-more", "n", page.lines.len());
            paint::put_shortened(buf, area, area.x + 2, area.bottom() - 1, &more, cx.theme.dim);
        }
        let body = Rect { height: area.height.saturating_sub(foot), ..area };
        let len = self.lines.len();
        let cursor = table::draw(buf, body, cx.theme, &columns, &self.list, len, |at| self.cells(cx, at));
        // The last column's title leaves room.
        rows::place(cx, buf, body, &self.list, len);
        cursor
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t1("looks-title", "name", cx.name(&self.name)).into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::PageDown, Command::Why, Command::Back]
    }

    fn child(&self) -> Option<ChildId> {
        Some(self.child)
    }
}

//! What the tabs of a file are made of: entries of a head and some lines, one of them selected, scrolled together.

use crate::domain::{ChangeId, ChildId, FieldId, RecordRef};
use crate::tui::command::Command;
use crate::tui::paint;
use crate::tui::screen::Cx;
use crate::tui::widget::list::MARK;
use crate::tui::widget::wrap;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
};
use std::cell::Cell;
use std::collections::BTreeSet;

/// What an entry is about: what editing or opening it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Nothing: a heading or a remark. Never selected.
    None,
    /// A field of the child's own record.
    Field(FieldId),
    Record(RecordRef),
    /// The household, on file or not yet.
    Household,
    Sibling(ChildId),
    Change(ChangeId),
    /// What a rule says: which, from 0.
    Flag(usize),
}

pub(super) struct Entry {
    pub(super) target: Target,
    pub(super) head: Vec<(String, Style)>,
    /// At the right end of the head, if there is room.
    pub(super) right: String,
    /// Under the head, wrapped already.
    pub(super) lines: Vec<(String, Style)>,
}

impl Entry {
    pub(super) fn new(target: Target, head: impl Into<String>, style: Style) -> Self {
        Self { target, head: vec![(head.into(), style)], right: String::new(), lines: Vec::new() }
    }

    pub(super) fn heading(cx: &Cx, key: &str) -> Self {
        Self::new(Target::None, cx.cat.t(key).into_owned(), cx.theme.heading)
    }

    pub(super) fn piece(mut self, text: impl Into<String>, style: Style) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.head.push((text, style));
        }
        self
    }

    pub(super) fn right(mut self, text: impl Into<String>) -> Self {
        self.right = text.into();
        self
    }

    pub(super) fn line(mut self, text: impl Into<String>, style: Style) -> Self {
        self.lines.push((text.into(), style));
        self
    }

    /// Cells of a line under the head.
    pub(super) fn room(width: u16) -> u16 {
        width.saturating_sub(INDENT + 1).max(8)
    }

    /// A text of any length: whole, or its beginning and a word that there is more.
    pub(super) fn text(mut self, cx: &Cx, text: &str, width: u16, whole: bool) -> Self {
        const SHORT: usize = 2;
        let room = Self::room(width);
        // A closed entry looks at no more than it shows.
        let beginning = match text.char_indices().nth(usize::from(room) * (SHORT + 2)) {
            Some((end, _)) if !whole => &text[..end],
            _ => text,
        };
        let lines = wrap::lines(beginning.trim_end(), room);
        // One line more is no longer than the word that there is more.
        let short = lines.len() <= SHORT + 1 && beginning.len() == text.len();
        let shown = if whole || short { lines.len() } else { SHORT };
        let more = lines.len() > shown;
        for line in lines.into_iter().take(shown) {
            self.lines.push((line.to_owned(), cx.theme.normal));
        }
        if more {
            let rest = text.chars().count().to_string();
            self.lines.push((cx.cat.t1("file-more", "n", rest).into_owned(), cx.theme.dim));
        }
        self
    }

    fn height(&self) -> usize {
        1 + self.lines.len()
    }
}

/// Cells before the lines under a head.
const INDENT: u16 = 4;

/// Which entry is selected, how far a tall one is scrolled, and which are open.
#[derive(Default)]
pub(super) struct Reel {
    selected: usize,
    /// Lines of the selected entry above the top, if it is taller than the view.
    inside: usize,
    top: Cell<usize>,
    height: Cell<usize>,
    pub(super) open: BTreeSet<uuid::Uuid>,
}

impl Reel {
    /// Position of the selected entry: never a heading.
    pub(super) fn selected(&self, entries: &[Entry]) -> Option<usize> {
        let fits = |at: &usize| entries[*at].target != Target::None;
        let at = self.selected.min(entries.len().checked_sub(1)?);
        (at..entries.len()).find(fits).or_else(|| (0..at).rev().find(fits))
    }

    /// Turns an entry over: short or whole.
    pub(super) fn toggle(&mut self, id: uuid::Uuid) {
        if !self.open.remove(&id) {
            self.open.insert(id);
        }
        self.inside = 0;
    }

    pub(super) fn run(&mut self, command: Command, entries: &[Entry]) -> bool {
        let Some(at) = self.selected(entries) else { return false };
        self.selected = at;
        let page = self.height.get().max(2) - 1;
        match command {
            Command::Down => self.down(entries, 1),
            Command::Up => self.up(entries, 1),
            Command::PageDown => self.down(entries, page),
            Command::PageUp => self.up(entries, page),
            Command::First => {
                self.inside = 0;
                self.selected = 0;
                self.top.set(0);
            }
            Command::Last => {
                self.selected = entries.len();
                self.selected = self.selected(entries).unwrap_or(0);
                self.inside = self.hidden(&entries[self.selected]);
            }
            _ => return false,
        }
        true
    }

    /// Lines of an entry that cannot be in view together with the rest of it.
    fn hidden(&self, entry: &Entry) -> usize {
        entry.height().saturating_sub(self.height.get().max(1))
    }

    /// Down by lines: through a tall entry, then to the next ones.
    fn down(&mut self, entries: &[Entry], by: usize) {
        let hidden = self.hidden(&entries[self.selected]);
        if self.inside < hidden {
            self.inside = (self.inside + by).min(hidden);
            return;
        }
        let mut moved = 0;
        while moved < by {
            let next = (self.selected + 1..entries.len()).find(|at| entries[*at].target != Target::None);
            let Some(next) = next else { return };
            moved += entries[self.selected..next].iter().map(Entry::height).sum::<usize>();
            self.selected = next;
            self.inside = 0;
            if self.hidden(&entries[next]) > 0 {
                return;
            }
        }
    }

    fn up(&mut self, entries: &[Entry], by: usize) {
        if self.inside > 0 {
            self.inside = self.inside.saturating_sub(by);
            return;
        }
        let mut moved = 0;
        while moved < by {
            let previous = (0..self.selected).rev().find(|at| entries[*at].target != Target::None);
            let Some(previous) = previous else {
                self.top.set(0);
                return;
            };
            moved += entries[previous..self.selected].iter().map(Entry::height).sum::<usize>();
            self.selected = previous;
            self.inside = self.hidden(&entries[previous]);
            if self.inside > 0 {
                return;
            }
        }
    }

    pub(super) fn draw(&self, cx: &Cx, buf: &mut Buffer, area: Rect, entries: &[Entry]) -> Option<Position> {
        let height = usize::from(area.height);
        self.height.set(height);
        let selected = self.selected(entries);
        let mut starts = Vec::with_capacity(entries.len());
        let mut total = 0;
        for entry in entries {
            starts.push(total);
            total += entry.height();
        }
        let mut top = self.top.get().min(total.saturating_sub(height));
        if let Some(at) = selected {
            let (from, tall) = (starts[at], entries[at].height());
            // The heading over the first entry of a group is shown with it.
            let headed = at > 0 && entries[at - 1].target == Target::None;
            let from_head = if headed { starts[at - 1] } else { from };
            if tall > height {
                top = from + self.inside.min(tall - height);
            } else if from + tall > top + height {
                top = from + tall - height;
            } else if from_head < top {
                top = from_head;
            }
        }
        self.top.set(top);
        let mut cursor = None;
        for (at, entry) in entries.iter().enumerate() {
            let from = starts[at];
            if from + entry.height() <= top || from >= top + height {
                continue;
            }
            let is_selected = selected == Some(at);
            if from >= top {
                let y = area.y + (from - top) as u16;
                draw_head(cx, buf, Rect { y, height: 1, ..area }, entry, is_selected);
                cursor = cursor.or(is_selected.then_some(Position::new(area.x, y)));
            }
            for (row, (text, style)) in entry.lines.iter().enumerate() {
                let line = from + 1 + row;
                if (top..top + height).contains(&line) {
                    let y = area.y + (line - top) as u16;
                    paint::put_shortened(buf, area, area.x + INDENT, y, text, *style);
                }
            }
            if is_selected && cursor.is_none() {
                cursor = Some(Position::new(area.x, area.y));
            }
        }
        cursor
    }
}

fn draw_head(cx: &Cx, buf: &mut Buffer, line: Rect, entry: &Entry, selected: bool) {
    paint::clear(buf, line, cx.theme.normal);
    let own = entry.head.first().map_or(cx.theme.normal, |(_, style)| *style);
    let first = if selected { cx.theme.selected } else { own };
    if selected {
        paint::put(buf, line, line.x, line.y, &format!("{MARK} "), first);
    }
    let heading = entry.target == Target::None;
    let mut x = line.x + if heading { 1 } else { 2 };
    let inside = Rect { width: line.width.saturating_sub(1), ..line };
    for (at, (text, style)) in entry.head.iter().enumerate() {
        let style = if at == 0 { first } else { *style };
        x = paint::put_shortened(buf, inside, x, line.y, text, style);
        x = (x + 2).min(line.right());
    }
    let right = paint::width(&entry.right) as u16;
    if right > 0 && x + right < inside.right() {
        paint::put_right(buf, inside, line.y, &entry.right, cx.theme.dim);
    }
}

//! The way back after a lost or broken PC: finds the backups on a stick, and makes the station from one of them.

use super::lines::Lines;
use super::rows;
use crate::office::{FoundBackup, Unusable};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, DoorAnswer, DoorAsk, DoorNo, Effect, Input, Place, Screen, Ticket};
use crate::tui::widget::{list::ListState, progress, wrap};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use std::path::PathBuf;

const LOOK: Ticket = Ticket(1);
const RESTORE: Ticket = Ticket(2);

pub(super) struct Restore {
    lines: Lines,
    found: Vec<FoundBackup>,
    list: ListState,
    /// The keys move in the list.
    choosing: bool,
    work: Option<Work>,
    refused: Option<String>,
}

enum Work {
    Looking,
    /// Done and total.
    Restoring(u64, u64),
}

impl Restore {
    pub(super) fn new() -> Self {
        Self {
            lines: Lines::new().line("restore-path", ""),
            found: vec![],
            list: ListState::default(),
            choosing: false,
            work: None,
            refused: None,
        }
    }

    fn look(&mut self) -> Vec<Effect> {
        self.refused = None;
        self.work = Some(Work::Looking);
        let path = PathBuf::from(self.lines.text(0).trim());
        vec![Effect::Door(LOOK, DoorAsk::Backups(path))]
    }

    fn take(&mut self, cx: &Cx, answer: Result<DoorAnswer, DoorNo>) {
        self.work = None;
        match answer {
            Ok(DoorAnswer::Backups(found)) => {
                self.found = found;
                self.choosing = !self.found.is_empty();
                self.select_sound(0);
                // At first nobody has said where: then it is asked, not complained.
                if self.found.is_empty() && !self.lines.text(0).trim().is_empty() {
                    self.refused = Some(cx.cat.t("backup-fault-none-sound").into_owned());
                }
            }
            Ok(_) => {}
            Err(no) => self.refused = Some(no.0),
        }
    }

    fn select_sound(&mut self, from: usize) {
        let sound = self.found.iter().skip(from).position(|one| one.fault.is_none());
        self.list.select(from + sound.unwrap_or(0));
    }

    /// A file that is bad itself is so in the list too, and the one that is named in its place is selected. Of anything
    /// else, the disk that is full or somebody who stopped it, the chosen one knows nothing: it stays chosen.
    fn pass_over(&mut self, refused: Unusable) {
        let Some(at) = self.list.selected(self.found.len()) else { return };
        if !refused.fault.is_of_the_file() {
            return;
        }
        self.found[at].fault = Some(refused.fault);
        let instead =
            refused.instead.and_then(|other| self.found.iter().position(|one| one.path == other.path));
        if let Some(instead) = instead {
            self.list.select(instead);
        }
    }

    fn restore(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(one) = self.list.selected(self.found.len()).map(|at| &self.found[at]) else { return vec![] };
        if let Some(fault) = &one.fault {
            self.refused = Some(wording::backup_fault(cx.cat, fault));
            return vec![];
        }
        self.refused = None;
        self.work = Some(Work::Restoring(0, 0));
        vec![Effect::Door(RESTORE, DoorAsk::Restore(one.path.clone()))]
    }

    fn command(&mut self, cx: &Cx, command: Command) -> Vec<Effect> {
        match command {
            Command::Back => self.choosing = false,
            Command::RestoreBackup => return self.restore(cx),
            command => {
                if self.list.run(command, self.found.len()) {
                    self.refused = None;
                }
            }
        }
        vec![]
    }

    fn rows(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let len = self.found.len();
        self.list.draw(buf, area, cx.theme, len, area.width, |buf, line, at, style| {
            let one = &self.found[at];
            let word = cx.cat.t(if one.fault.is_none() { "restore-whole" } else { "restore-unusable" });
            let size = wording::size(one.bytes);
            let counts = match one.fault {
                // What such a file says of itself counts for nothing.
                Some(_) => size,
                None => {
                    let parts = [("children", one.children.to_string().into()), ("size", size.into())];
                    cx.cat.tn("restore-counts", &parts).into_owned()
                }
            };
            // Its name stands beneath, whole.
            let text = format!("{}  {} {counts}", cx.cat.date(one.day), paint::pad(&word, 10));
            paint::put_shortened(buf, line, line.x, line.y, &paint::sanitise(&text), style);
        })
    }

    /// What is said of the selected one: where it is and whose passphrases open it.
    fn detail(&self, cx: &Cx) -> String {
        let Some(one) = self.list.selected(self.found.len()).map(|at| &self.found[at]) else {
            return String::new();
        };
        match &one.fault {
            Some(fault) => wording::backup_fault(cx.cat, fault),
            None => {
                let path = one.path.display().to_string();
                let logins = one.logins.join(", ");
                let parts = [("path", path.into()), ("logins", logins.into())];
                paint::sanitise(&cx.cat.tn("restore-detail", &parts)).into_owned()
            }
        }
    }
}

impl Screen for Restore {
    fn layers(&self) -> Vec<Layer> {
        match self.choosing {
            true => vec![Layer::Restore, Layer::List],
            false => vec![Layer::Text, Layer::Question, Layer::Form],
        }
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened => self.look(),
            Input::Door(LOOK, answer) => {
                self.take(cx, answer);
                vec![]
            }
            Input::Door(RESTORE, Ok(DoorAnswer::Unusable(refused))) => {
                self.work = None;
                self.refused = Some(wording::unusable(cx.cat, &refused));
                self.pass_over(refused);
                vec![]
            }
            Input::Door(RESTORE, Ok(_)) => vec![Effect::Replace(Place::Unlock)],
            Input::Door(RESTORE, Err(no)) => {
                self.work = None;
                self.refused = Some(no.0);
                vec![]
            }
            Input::Progress(RESTORE, done, total) => {
                if let Some(Work::Restoring(..)) = self.work {
                    self.work = Some(Work::Restoring(done, total.unwrap_or(0)));
                }
                vec![]
            }
            Input::Command(Command::Back) if matches!(self.work, Some(Work::Restoring(..))) => {
                vec![Effect::Cancel(RESTORE)]
            }
            Input::Command(Command::Back) if !self.choosing => vec![Effect::Close],
            _ if self.work.is_some() => vec![],
            Input::Command(command) if self.choosing => self.command(cx, command),
            input => {
                if matches!(input, Input::Text(_) | Input::Paste(_)) {
                    self.refused = None;
                }
                if self.lines.submits(&input) { self.look() } else { vec![] }
            }
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        paint::clear(buf, area, cx.theme.normal);
        let width = area.width.min(76);
        let mut rest = Rect { x: area.x + (area.width - width) / 2, width, ..area };
        let skip = |rest: &mut Rect, lines: u16| {
            let lines = lines.min(rest.height);
            rest.y += lines;
            rest.height -= lines;
        };
        skip(&mut rest, 1);
        let why = if self.choosing { "restore-choose" } else { "restore-why" };
        let drawn = wrap::lines(&cx.cat.t(why), width).len() as u16;
        wrap::draw(buf, rest, &cx.cat.t(why), 0, cx.theme.normal);
        skip(&mut rest, drawn + 1);
        let mut cursor = Some(Position::new(rest.x, rest.y));
        if self.choosing {
            let text = self.refused.clone().unwrap_or_else(|| self.detail(cx));
            let below = wrap::lines(&text, width).len() as u16;
            let rows = (self.found.len() as u16).min(rest.height.saturating_sub(below + 4));
            cursor = self.rows(cx, buf, Rect { height: rows, ..rest });
            skip(&mut rest, rows);
            rows::place(cx, buf, rest, &self.list, self.found.len());
            skip(&mut rest, 1);
            let style = if self.refused.is_some() { cx.theme.error } else { cx.theme.dim };
            wrap::draw(buf, rest, &text, 0, style);
            skip(&mut rest, below + 1);
        } else {
            let fields = Rect { height: self.lines.height().min(rest.height), ..rest };
            cursor = self.lines.view(cx, buf, fields).or(cursor);
            skip(&mut rest, fields.height);
            match &self.refused {
                Some(refused) => wrap::draw(buf, rest, refused, 0, cx.theme.error),
                None => wrap::draw(buf, rest, &cx.cat.t("restore-where"), 0, cx.theme.dim),
            };
        }
        match self.work {
            Some(Work::Looking) => {
                paint::put(buf, rest, rest.x, rest.bottom() - 1, &cx.cat.t("restore-looking"), cx.theme.dim);
            }
            Some(Work::Restoring(done, total)) if rest.height > 1 => {
                progress::draw(buf, Rect { height: 1, ..rest }, cx.theme, done, total);
                paint::put(buf, rest, rest.x, rest.y + 1, &cx.cat.t("restore-busy"), cx.theme.dim);
            }
            _ => {}
        }
        cursor
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("restore-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        let go = if self.choosing { Command::RestoreBackup } else { Command::GoOn };
        vec![go, Command::Back, Command::Language, Command::Quit]
    }
}

//! One of the station's own files as text: rules, fields, a page of the manual. What is saved is read first; a mistake
//! is told with its line, and nothing is written.

use super::rows;
use crate::domain::{FieldId, Fields, RecordRef, Stamp};
use crate::office::{Answer, Draft, FormJob, OwnFile, OwnSave, OwnText, Refusal, Request};
use crate::tui::command::Command;
use crate::tui::edit::{Limit, Row, TextBuffer};
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{
    Confirm, Cx, EditPlace, Effect, Input, ManualAt, Pick, Place, Screen, Ticket, Tone,
};
use crate::tui::widget::wrap;
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use uuid::Uuid;

const TEXT: Ticket = Ticket(1);
const SAVE: Ticket = Ticket(2);
const LEAVE: Ticket = Ticket(3);
const KEEP: Ticket = Ticket(4);
/// Milliseconds after which what is typed is kept.
const KEEP_AFTER: u64 = 1_000;
/// In a draft: what is typed, and what it began with.
const TYPED: FieldId = FieldId::new("text");
const BASE: FieldId = FieldId::new("base");
/// Before the file's name, in a draft.
const OWN: &str = "own:";

/// The file of which somebody has a draft.
pub(super) fn file_of(draft: &Draft) -> Option<OwnFile> {
    OwnFile::at(draft.job.form.strip_prefix(OWN)?)
}

pub(super) struct Editor {
    place: EditPlace,
    draft: Uuid,
    /// None: the office has not answered yet.
    open: Option<Open>,
    refused: Option<String>,
}

struct Open {
    name: String,
    text: TextBuffer,
    /// What lies there, as far as is known.
    base: Option<String>,
    /// With what the editor began.
    before: String,
    /// The last that was kept as a draft.
    kept: String,
    saving: bool,
    /// What is wrong, and in which line, from 1.
    wrong: Option<(String, Option<usize>)>,
}

impl Editor {
    pub(super) fn new(place: EditPlace) -> Self {
        let draft = place.draft.as_ref().map_or_else(Uuid::now_v7, |draft| draft.id);
        Self { place, draft, open: None, refused: None }
    }

    /// What lies there, at the entry that is wanted; one that the station does not have yet stands at the end, as the
    /// program has it.
    fn begin(&mut self, cx: &Cx, own: OwnText) {
        let EditPlace { entry, start, .. } = &self.place;
        let mut text = own.text.clone().unwrap_or_default();
        let there = own.entries.iter().find(|(known, _)| Some(known) == entry.as_ref());
        let mut line = there.map_or(1, |(_, line)| *line);
        let wrong = own.fault.as_ref().map(|fault| {
            let at = fault.place().1;
            (wording::own_flaw(cx.cat, fault), (at > 0).then_some(at))
        });
        let missing = if entry.is_some() { there.is_none() && wrong.is_none() } else { own.text.is_none() };
        if missing {
            if !text.is_empty() {
                text.truncate(text.trim_end().len());
                text.push_str("\n\n");
            }
            let heading = self.heading(cx);
            line = text.matches('\n').count() + 1 + heading.len();
            for said in heading {
                text.push_str(&format!("# {said}\n"));
            }
            text.push_str(start.trim_end());
            text.push('\n');
        }
        if let Some((_, Some(at))) = wrong {
            line = at;
        }
        let most = usize::try_from(own.most).unwrap_or(usize::MAX);
        let mut buffer = TextBuffer::notes(Limit::Bytes(most)).with_text(&text);
        go_to(&mut buffer, line);
        let (before, kept) = (buffer.text().to_owned(), buffer.text().to_owned());
        let (name, base) = (own.name, own.text);
        let mut open = Open { name, text: buffer, base, before, kept, saving: false, wrong };
        if let Some(draft) = &self.place.draft {
            // Somebody may have changed the file since: then the save says so.
            open.base = draft.texts.get(&BASE).cloned();
            open.text.set(draft.texts.get(&TYPED).map_or("", String::as_str));
            open.text.set_caret(0);
            open.kept = open.text.text().to_owned();
            open.wrong = None;
        }
        self.open = Some(open);
    }

    /// What stands above an entry that is copied from the program: a page has no remarks.
    fn heading(&self, cx: &Cx) -> Vec<String> {
        let key = match (&self.place.file, &self.place.entry) {
            (OwnFile::Page(_), _) => return vec![],
            (OwnFile::Fields, _) => "editing-begin-fields",
            (_, Some(entry)) if entry.kind == "rule" => "editing-begin-rule",
            _ => "editing-begin",
        };
        cx.cat.t(key).lines().map(str::to_owned).collect()
    }

    fn save(&mut self) -> Vec<Effect> {
        let Some(open) = self.open.as_mut().filter(|open| !open.saving) else { return vec![] };
        (open.saving, open.wrong) = (true, None);
        let save = OwnSave {
            file: self.place.file.clone(),
            text: open.text.text().to_owned(),
            base: open.base.clone(),
            draft: Some(self.draft),
        };
        vec![Effect::Ask(SAVE, Request::SaveOwn(save))]
    }

    fn saved(&mut self, cx: &Cx, answer: Result<Answer, Refusal>) -> Vec<Effect> {
        let Some(open) = &mut self.open else { return vec![] };
        open.saving = false;
        let refusal = match answer {
            Ok(Answer::OwnSaved(saved)) => {
                open.before = open.text.text().to_owned();
                let said =
                    cx.cat.t1("editing-saved", "file", called(cx, &self.place.file, open)).into_owned();
                let then = if saved.flags { Effect::Replace(Place::Examples) } else { Effect::Close };
                return vec![Effect::Toast(Tone::Good, said), then];
            }
            Ok(_) => return vec![],
            Err(refusal) => refusal,
        };
        let mut line = None;
        match &refusal {
            Refusal::Own(fault) if fault.place().0 == open.name && fault.place().1 > 0 => {
                line = Some(fault.place().1);
                go_to(&mut open.text, fault.place().1);
            }
            // Whoever saves once more has been told: what lies there becomes an old copy.
            Refusal::OwnChanged(theirs) => open.base.clone_from(theirs),
            _ => {}
        }
        open.wrong = Some((wording::refusal(cx.cat, &refusal), line));
        vec![]
    }

    /// Keeps what is typed, sealed, as a form's: it is offered again after a crash.
    fn keep(&mut self) -> Vec<Effect> {
        let Some(open) = self.open.as_mut().filter(|open| open.text.text() != open.kept) else {
            return vec![];
        };
        open.kept = open.text.text().to_owned();
        let base = open.base.clone().map(|base| (BASE, base));
        let texts = [(TYPED, open.kept.clone())].into_iter().chain(base).collect();
        let job = FormJob { form: format!("{OWN}{}", open.name), at: RecordRef::station(), child: None };
        let draft = Draft {
            id: self.draft,
            job,
            base: None,
            fields: Fields::default(),
            texts,
            focus: None,
            at: Stamp::default(),
        };
        vec![Effect::Ask(KEEP, Request::KeepDraft(draft))]
    }

    fn typed(&mut self, change: impl FnOnce(&mut TextBuffer)) -> Vec<Effect> {
        let Some(open) = &mut self.open else { return vec![] };
        change(&mut open.text);
        if open.text.text() == open.kept { vec![] } else { vec![Effect::Wake(KEEP, KEEP_AFTER)] }
    }

    fn leave(&self, cx: &Cx) -> Vec<Effect> {
        if !self.is_dirty() {
            return self.close();
        }
        let confirm = Confirm {
            title: cx.cat.t("editing-leave-title").into_owned(),
            text: cx.cat.t("editing-leave-text").into_owned(),
            yes: cx.cat.t("editing-leave-yes").into_owned(),
            no: cx.cat.t("editing-leave-no").into_owned(),
        };
        vec![Effect::Open(LEAVE, Place::Confirm(confirm))]
    }
}

impl Editor {
    /// Whoever leaves does not want the draft any more.
    fn close(&self) -> Vec<Effect> {
        let kept =
            self.open.as_ref().is_some_and(|open| open.kept != open.before) || self.place.draft.is_some();
        let drop = kept.then_some(Effect::Ask(KEEP, Request::DropDraft(self.draft)));
        drop.into_iter().chain([Effect::Close]).collect()
    }
}

/// Puts the caret at the beginning of a line, from 1.
fn go_to(text: &mut TextBuffer, line: usize) {
    let mut starts = std::iter::once(0).chain(text.text().match_indices('\n').map(|(at, _)| at + 1));
    let at = starts.nth(line.saturating_sub(1)).unwrap_or(text.text().len());
    text.set_caret(at);
}

impl Open {
    fn lines(&self) -> usize {
        self.text.text().matches('\n').count() + 1
    }

    /// The text with its line numbers; rows that a long line goes on in have none.
    fn draw(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Position {
        let gutter = paint::width(&self.lines().to_string()) as u16 + 2;
        let body = Rect { x: area.x + gutter, width: area.width.saturating_sub(gutter), ..area };
        let page = self.text.page(body.width, body.height);
        let text = self.text.text();
        let faulty = self.wrong.as_ref().and_then(|(_, line)| *line);
        let first = page.rows.first().map_or(0, |row| row.start);
        let mut number = text[..first].matches('\n').count() + 1;
        for (at, (row, y)) in page.rows.iter().zip(body.y..).enumerate() {
            let begins = begins_line(text, *row);
            number += usize::from(begins && at > 0);
            let style = if faulty == Some(number) { cx.theme.error } else { cx.theme.dim };
            if begins {
                let cells = usize::from(gutter) - 2;
                paint::put(buf, area, area.x, y, &format!("{number:>cells$}"), style);
            }
            let style = if faulty == Some(number) { cx.theme.error } else { cx.theme.normal };
            paint::put(buf, body, body.x, y, self.text.row_text(*row), style);
        }
        Position::new(body.x + page.caret.0, body.y + page.caret.1)
    }
}

/// What the file is for, and where it lies; a page by where it lies.
fn called(cx: &Cx, file: &OwnFile, open: &Open) -> String {
    if matches!(file, OwnFile::Page(_)) {
        return open.name.clone();
    }
    let parts = [("what", wording::own_file(cx.cat, file).into()), ("file", open.name.clone().into())];
    cx.cat.tn("editing-file", &parts).into_owned()
}

fn begins_line(text: &str, row: Row) -> bool {
    row.start == 0 || text.as_bytes().get(row.start - 1) == Some(&b'\n')
}

impl Screen for Editor {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Notes, Layer::Form]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened => return vec![Effect::Ask(TEXT, Request::OwnText(self.place.file.clone()))],
            Input::Answer(TEXT, Ok(Answer::OwnText(own))) if self.open.is_none() => self.begin(cx, own),
            Input::Answer(TEXT, Err(refusal)) => self.refused = Some(wording::refusal(cx.cat, &refusal)),
            Input::Answer(SAVE, answer) => return self.saved(cx, answer),
            Input::Command(Command::Back) => return self.leave(cx),
            Input::Command(Command::Save) => return self.save(),
            Input::Picked(LEAVE, Some(Pick::Yes)) => return self.close(),
            Input::Woke(KEEP) | Input::Leaving if self.is_dirty() => return self.keep(),
            Input::Command(command) => {
                return self.typed(|text| {
                    text.run(command);
                });
            }
            Input::Text(text) | Input::Paste(text) => return self.typed(|buffer| buffer.insert_str(&text)),
            _ => {}
        }
        vec![]
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        paint::clear(buf, area, cx.theme.normal);
        if let Some(refused) = &self.refused {
            return rows::note(cx, buf, area, refused);
        }
        let open = self.open.as_ref()?;
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let wrong = open.wrong.as_ref().map(|(said, _)| said.as_str());
        let lines = wrong.map_or(1, |said| wrap::lines(said, inner.width).len()).clamp(1, 4) as u16;
        let body = Rect { height: inner.height.saturating_sub(lines + 1), ..inner };
        let foot = Rect { y: body.bottom() + 1, height: lines, ..inner };
        let caret = open.draw(cx, buf, body);
        match wrong {
            Some(said) => drop(wrap::draw(buf, foot, said, 0, cx.theme.error)),
            None if open.text.was_cut() => {
                paint::put_shortened(buf, foot, foot.x, foot.y, &cx.cat.t("editing-full"), cx.theme.error);
            }
            None => {
                let at = open.text.text()[..open.text.caret()].matches('\n').count() + 1;
                let place = format!("{at}/{}", open.lines());
                paint::put_right(buf, foot, foot.y, &place, cx.theme.dim);
                let said = Rect { width: foot.width.saturating_sub(place.len() as u16 + 2), ..foot };
                paint::put_shortened(buf, said, said.x, said.y, &cx.cat.t("editing-how"), cx.theme.dim);
            }
        }
        Some(caret)
    }

    fn title(&self, cx: &Cx) -> String {
        let file = match &self.open {
            Some(open) => called(cx, &self.place.file, open),
            None => wording::own_file(cx.cat, &self.place.file),
        };
        cx.cat.t1("editing-title", "file", file).into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Save, Command::Undo, Command::Back]
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        match self.place.file {
            OwnFile::Page(_) => ManualAt::Page("own-pages".to_owned()),
            _ => ManualAt::List,
        }
    }

    fn is_dirty(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.text.text() != open.before)
    }
}

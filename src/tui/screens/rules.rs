//! Every rule of the program and the station: a list that narrows as one types, and a rule in words.

use super::reader::{Line, Scroll, paragraph};
use super::rows;
use crate::office::{Answer, Request, RuleBook, RuleLine, Standing};
use crate::search::loose::Matcher;
use crate::tui::command::Command;
use crate::tui::edit::{Limit, TextBuffer};
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Confirm, Cx, EditPlace, Effect, Input, Pick, Place, Screen, Ticket, Tone};
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

const BOOK: Ticket = Ticket(1);
const DROP: Ticket = Ticket(2);
const DROPPED: Ticket = Ticket(3);
/// Lines in which the selected rule is said in full.
const FOOT: u16 = 3;

pub(super) struct Rules {
    /// None: not answered yet.
    book: Option<RuleBook>,
    refused: Option<String>,
    words: TextBuffer,
    list: ListState,
    /// The rule that is read.
    open: Option<Reading>,
}

struct Reading {
    /// In the order of what was found.
    at: usize,
    scroll: Scroll,
}

impl Default for Rules {
    fn default() -> Self {
        let words = TextBuffer::line(Limit::Characters(60));
        Self { book: None, refused: None, words, list: ListState::default(), open: None }
    }
}

impl Rules {
    /// What fits the words typed: by its id first, then by what it says, then by what stands in it; each in the order of
    /// the tables.
    fn found(&self, cx: &Cx) -> Vec<&RuleLine> {
        let lines = self.book.iter().flat_map(|book| &book.lines);
        let query = self.words.text().trim().to_lowercase();
        let words: Vec<&str> = query.split_whitespace().collect();
        let matcher = Matcher::default();
        let rank = |line: &RuleLine| {
            let title = wording::rule_title(cx.cat, line);
            let has_all = |text: &str| words.iter().all(|word| text.to_lowercase().contains(word));
            if line.entry.as_ref().is_some_and(|entry| entry.id == query) {
                Some(0)
            } else if has_all(&title) || query.is_ascii() && matcher.find(&title, &query).is_some() {
                Some(1)
            } else {
                has_all(&line.written).then_some(2)
            }
        };
        let mut found: Vec<(u8, &RuleLine)> = lines.filter_map(|line| Some((rank(line)?, line))).collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, line)| line).collect()
    }

    fn shown(&self, cx: &Cx) -> Option<&RuleLine> {
        self.found(cx).get(self.open.as_ref()?.at).copied()
    }

    fn read(&mut self, cx: &Cx, command: Command) -> Vec<Effect> {
        let len = self.found(cx).len();
        match command {
            Command::Back => self.open = None,
            Command::NextPage | Command::PreviousPage if len > 0 => {
                let by = if command == Command::NextPage { 1 } else { len - 1 };
                if let Some(open) = &mut self.open {
                    *open = Reading { at: (open.at + by) % len, scroll: Scroll::default() };
                    self.list.select(open.at);
                }
            }
            Command::Edit => {
                let place = self.shown(cx).map(|line| EditPlace {
                    file: line.file.clone(),
                    entry: line.entry.clone(),
                    start: line.written.clone(),
                    draft: None,
                });
                return place
                    .map(|place| Effect::Open(BOOK, Place::Editor(Box::new(place))))
                    .into_iter()
                    .collect();
            }
            Command::DropOwn => return self.ask_to_drop(cx),
            Command::PlayExamples => return vec![Effect::Open(BOOK, Place::Examples)],
            command => {
                if let Some(open) = &mut self.open {
                    open.scroll.run(command);
                }
            }
        }
        vec![]
    }

    fn ask_to_drop(&self, cx: &Cx) -> Vec<Effect> {
        let Some(line) = self.shown(cx) else { return vec![] };
        if line.standing == Standing::Core {
            return vec![Effect::Toast(Tone::Plain, cx.cat.t("rules-none-own").into_owned())];
        }
        let text = if line.standing == Standing::Added { "rules-drop-added" } else { "rules-drop-text" };
        let confirm = Confirm {
            title: cx.cat.t("rules-drop-title").into_owned(),
            text: cx.cat.t(text).into_owned(),
            yes: cx.cat.t("rules-drop-yes").into_owned(),
            no: cx.cat.t("rules-drop-no").into_owned(),
        };
        vec![Effect::Open(DROP, Place::Confirm(confirm))]
    }

    fn dropped(&mut self, cx: &Cx, answer: Result<Answer, crate::office::Refusal>) -> Vec<Effect> {
        match answer {
            Ok(Answer::OwnSaved(saved)) => {
                self.open = None;
                let said = Effect::Toast(Tone::Good, cx.cat.t("rules-dropped").into_owned());
                let play = saved.flags.then_some(Effect::Open(BOOK, Place::Examples));
                [said].into_iter().chain(play).collect()
            }
            Ok(_) => vec![],
            Err(refusal) => vec![Effect::Toast(Tone::Bad, wording::refusal(cx.cat, &refusal))],
        }
    }

    fn cells(cx: &Cx, line: &RuleLine) -> Vec<Entry> {
        let grade = line.grade.map(|grade| cx.cat.t(&format!("flag-{}", grade.code())).into_owned());
        let whose = wording::standing(cx.cat, line.standing);
        let style = if line.standing == Standing::Core { cx.theme.dim } else { cx.theme.label };
        let id = line.entry.as_ref().map_or(String::new(), |entry| entry.id.clone());
        vec![
            Entry::from(wording::rule_title(cx.cat, line)),
            Entry::from(grade.unwrap_or_default()),
            Entry::from(line.certainty.map_or("", |certainty| certainty.code())),
            Entry::from(whose).style(style),
            Entry::from(wording::own_file(cx.cat, &line.file)).style(cx.theme.dim),
            Entry::from(id).style(cx.theme.dim),
        ]
    }

    fn lines(cx: &Cx, line: &RuleLine, width: u16) -> Vec<Line> {
        let mut lines = vec![];
        paragraph(&mut lines, 0, width, &wording::rule_title(cx.cat, line), cx.theme.heading);
        for said in wording::rule_whole(cx.cat, line) {
            lines.push(vec![]);
            paragraph(&mut lines, 0, width, &said, cx.theme.normal);
        }
        lines.push(vec![]);
        paragraph(&mut lines, 0, width, &cx.cat.t("rules-written"), cx.theme.heading);
        let written =
            if line.written.is_empty() { cx.cat.t("rules-nothing") } else { (&line.written).into() };
        for written in written.lines() {
            paragraph(&mut lines, 2, width, written, cx.theme.dim);
        }
        lines
    }

    fn draw_list(&self, cx: &Cx, buf: &mut Buffer, area: Rect, book: &RuleBook) -> Option<Position> {
        let prompt = cx.cat.t("rules-prompt");
        let x = paint::put_shortened(buf, area, area.x, area.y, &prompt, cx.theme.label);
        let strip = self.words.strip(area.right().saturating_sub(x));
        paint::put(buf, area, x, area.y, &strip.text, cx.theme.field);
        let mut y = area.y + 1;
        for fault in book.faults.iter().take(3) {
            let line = Rect { y, height: 2, ..area };
            y += wrap::draw(buf, line, &wording::own_fault(cx.cat, fault), 0, cx.theme.error).min(2) as u16;
        }
        let found = self.found(cx);
        let body = Rect { y, height: area.bottom().saturating_sub(y + FOOT), ..area };
        if let Some(line) = self.list.selected(found.len()).and_then(|at| found.get(at)) {
            let foot = Rect { y: body.bottom(), height: FOOT, ..area };
            let said = wording::rule_short(cx.cat, line).join("\n");
            wrap::draw(buf, foot, &said, 0, cx.theme.dim);
        }
        let title = |key: &str| cx.cat.t(key).into_owned();
        // What it says has what the others leave; the table stands below the list, too.
        let rule = area.width.saturating_sub(28).clamp(36, 58);
        let columns = [
            Column::new(title("rules-col-rule"), rule..80, 0),
            Column::new(title("rules-col-grade"), 8..10, 0),
            Column::new(title("rules-col-sure"), 4..4, 1),
            Column::new(title("rules-col-whose"), 8..8, 0),
            Column::new(title("rules-col-table"), 12..20, 2),
            Column::new(title("rules-col-id"), 24..32, 3),
        ];
        table::draw(buf, body, cx.theme, &columns, &self.list, found.len(), |at| {
            found.get(at).map_or_else(Vec::new, |line| Self::cells(cx, line))
        });
        if found.is_empty() {
            let line = Rect { y: body.y + 1, ..body };
            paint::put_shortened(buf, line, line.x + 2, line.y, &cx.cat.t("rules-none"), cx.theme.dim);
        }
        Some(Position { x: (x + strip.caret).min(area.right().saturating_sub(1)), y: area.y })
    }
}

impl Screen for Rules {
    fn layers(&self) -> Vec<Layer> {
        match self.open {
            Some(_) => vec![Layer::Rules, Layer::Reader],
            None => vec![Layer::Picker, Layer::Text],
        }
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened | Input::Changed => return vec![Effect::Ask(BOOK, Request::RuleBook)],
            Input::Answer(BOOK, Ok(Answer::RuleBook(book))) => self.book = Some(book),
            Input::Answer(BOOK, Err(refusal)) => self.refused = Some(wording::refusal(cx.cat, &refusal)),
            Input::Answer(DROPPED, answer) => return self.dropped(cx, answer),
            Input::Picked(DROP, Some(Pick::Yes)) => {
                let ask = self
                    .shown(cx)
                    .map(|line| Request::DropOwn { file: line.file.clone(), entry: line.entry.clone() });
                return ask.map(|ask| Effect::Ask(DROPPED, ask)).into_iter().collect();
            }
            Input::Command(command) if self.open.is_some() => return self.read(cx, command),
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Choose) => {
                let at = self.list.selected(self.found(cx).len());
                self.open = at.map(|at| Reading { at, scroll: Scroll::default() });
            }
            Input::Command(command) => {
                let len = self.found(cx).len();
                if !self.list.run(command, len) {
                    let before = self.words.text().to_owned();
                    self.words.run(command);
                    if self.words.text() != before {
                        self.list.select(0);
                    }
                }
            }
            Input::Text(text) | Input::Paste(text) if self.open.is_none() => {
                self.words.insert_str(&text);
                self.list.select(0);
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
        let book = self.book.as_ref()?;
        let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        match (self.shown(cx), &self.open) {
            (Some(line), Some(open)) => {
                open.scroll.draw(buf, inner, &Self::lines(cx, line, inner.width), cx.theme.dim)
            }
            _ => self.draw_list(cx, buf, inner, book),
        }
    }

    fn title(&self, cx: &Cx) -> String {
        match self.shown(cx) {
            Some(line) => {
                let table = wording::own_file(cx.cat, &line.file);
                cx.cat.t1("rules-title-rule", "table", table).into_owned()
            }
            None => cx.cat.t("rules-title").into_owned(),
        }
    }

    fn hints(&self, cx: &Cx) -> Vec<Command> {
        if self.open.is_none() {
            return vec![Command::Choose, Command::Back];
        }
        let mut hints = vec![Command::Edit, Command::Back, Command::NextPage, Command::PlayExamples];
        let own = self.shown(cx).is_some_and(|line| line.standing != Standing::Core);
        hints.extend(own.then_some(Command::DropOwn));
        hints
    }
}

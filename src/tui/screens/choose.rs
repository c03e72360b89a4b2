//! One or several of a list, narrowed by typing.

use crate::search::loose::{Match, Matcher};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Choose, Cx, Effect, Input, Pick, Screen};
use crate::tui::widget::{
    list::MARGIN,
    picker::{Choice, Picker},
    popup,
    table::Entry,
};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use std::{collections::BTreeSet, ops::Range};

pub(super) struct Chooser {
    what: Choose,
    chosen: BTreeSet<usize>,
    picker: Picker,
    /// Positions in `what.choices` that fit what is typed, the best first, with the bytes that matched.
    fit: Vec<(usize, Vec<Range<usize>>)>,
}

impl Chooser {
    pub(super) fn new(what: Choose) -> Self {
        let chosen: BTreeSet<usize> =
            (0..what.choices.len()).filter(|at| what.chosen.contains(&what.choices[*at].0)).collect();
        let mut chooser = Self { chosen, what, picker: Picker::default(), fit: Vec::new() };
        chooser.narrow();
        if let Some(first) = chooser.chosen.first() {
            chooser.picker.select(*first);
        }
        chooser
    }

    fn narrow(&mut self) {
        let (query, matcher) = (self.picker.query(), Matcher::default());
        let mut fit: Vec<(i64, usize, Vec<Range<usize>>)> = self
            .what
            .choices
            .iter()
            .enumerate()
            .filter_map(|(at, (code, text))| match matcher.find(text, query) {
                Some(found) => Some((found.score, at, bytes(text, &found))),
                None => matcher.find(code, query).map(|found| (found.score / 2, at, vec![])),
            })
            .collect();
        fit.sort_by_key(|(score, at, _)| (-score, *at));
        self.fit = fit.into_iter().map(|(_, at, bytes)| (at, bytes)).collect();
    }

    fn done(&self) -> Vec<Effect> {
        let codes = self.chosen.iter().map(|at| self.what.choices[*at].0.clone());
        vec![Effect::CloseWith(Pick::Chosen(codes.collect()))]
    }

    /// In a list of several, ticks the selected one; in a list of one, takes it.
    fn take(&mut self) -> Vec<Effect> {
        let Some(at) = self.picker.selected(self.fit.len()).map(|row| self.fit[row].0) else { return vec![] };
        if self.what.many {
            if !self.chosen.remove(&at) {
                self.chosen.insert(at);
            }
            return vec![];
        }
        self.chosen = BTreeSet::from([at]);
        self.done()
    }
}

/// The matched characters as byte ranges.
fn bytes(text: &str, found: &Match) -> Vec<Range<usize>> {
    let places: Vec<(usize, char)> = text.char_indices().collect();
    let place = |at: &usize| places.get(*at).map(|(start, c)| *start..start + c.len_utf8());
    found.chars.iter().filter_map(place).collect()
}

impl Screen for Chooser {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Picker, Layer::Text]
    }

    fn update(&mut self, _: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Text(text) if text == " " && self.what.many => return self.take(),
            Input::Text(text) | Input::Paste(text) => {
                self.picker.insert(&text);
                self.narrow();
            }
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Save) => return self.done(),
            Input::Command(Command::Choose) if self.what.many => return self.done(),
            Input::Command(Command::Choose) => return self.take(),
            Input::Command(Command::Pick) => return self.take(),
            Input::Command(command) => {
                self.picker.run(command, self.fit.len());
                self.narrow();
            }
            _ => {}
        }
        vec![]
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let widest = self.what.choices.iter().map(|(_, text)| paint::width(text)).max().unwrap_or(0);
        let hint = cx.cat.t(if self.what.many { "choose-many" } else { "choose-one" });
        let width = (widest + 16).max(paint::width(&hint) + 4).clamp(34, 100) as u16;
        let rows = u16::try_from(self.what.choices.len()).unwrap_or(u16::MAX);
        let height = rows.saturating_add(5).min(area.height);
        let inner = popup::open(buf, area, width, height, &self.what.title, cx.theme);
        let rows: Vec<Choice> = self
            .fit
            .iter()
            .map(|(at, bytes)| {
                let tick = match (self.what.many, self.chosen.contains(at)) {
                    (true, true) => "[x] ",
                    (true, false) => "[ ] ",
                    (false, true) => "* ",
                    (false, false) => "  ",
                };
                let bytes =
                    bytes.iter().map(|range| range.start + tick.len()..range.end + tick.len()).collect();
                let entry = Entry::from(format!("{tick}{}", self.what.choices[*at].1)).found(bytes);
                Choice { entry, note: String::new() }
            })
            .collect();
        let list = Rect { height: inner.height.saturating_sub(1), ..inner };
        if rows.is_empty() {
            let none = Rect { y: list.y + 1, height: list.height.saturating_sub(1), ..list };
            paint::put_shortened(buf, none, none.x + MARGIN, none.y, &cx.cat.t("choose-none"), cx.theme.dim);
        }
        paint::put_shortened(buf, inner, inner.x, inner.bottom().saturating_sub(1), &hint, cx.theme.dim);
        self.picker.draw(buf, list, cx.theme, &cx.cat.t("choose-prompt"), &rows)
    }

    fn title(&self, _: &Cx) -> String {
        self.what.title.clone()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Choose, Command::Back]
    }

    fn is_popup(&self) -> bool {
        true
    }
}

//! One field of a form: what is typed in it, and what that means.

use super::options::{self, Choosable};
use crate::domain::form::FieldKind;
use crate::domain::{Fault, FieldSpec, Value, check};
use crate::tui::command::Command;
use crate::tui::edit::{Limit, TextBuffer};
use crate::tui::screen::Cx;
use std::collections::BTreeSet;

pub(super) struct Field {
    pub(super) spec: FieldSpec,
    /// What is typed. In a field of choices, only what narrows them.
    pub(super) text: TextBuffer,
    /// Codes that are chosen, in the order of the list.
    pub(super) chosen: Vec<String>,
    /// What it holds; the fault where what is typed cannot be understood.
    pub(super) value: Result<Option<Value>, Fault>,
    /// The focus was here once: from then on it says what is wrong.
    pub(super) left: bool,
    /// What somebody else has put here since the form was opened.
    pub(super) theirs: Option<Option<Value>>,
}

impl Field {
    pub(super) fn new(spec: FieldSpec, value: Option<&Value>) -> Self {
        // What is on file already is never cut, even where the form has become stricter.
        let have = match value {
            Some(Value::Text(text)) => text.chars().count(),
            _ => 0,
        };
        let text = match spec.kind {
            FieldKind::Notes(max) => TextBuffer::notes(Limit::Characters(max.max(have))),
            FieldKind::Line(max) => TextBuffer::line(Limit::Characters(max.max(have))),
            _ => TextBuffer::line(Limit::Characters(have.max(64))),
        };
        let mut field = Self { spec, text, chosen: Vec::new(), value: Ok(None), left: false, theirs: None };
        field.set(value);
        field
    }

    /// Takes a value; what was typed before is gone.
    pub(super) fn set(&mut self, value: Option<&Value>) {
        self.chosen.clear();
        let text = match value {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Date(date)) => date.format("%Y-%m-%d").to_string(),
            Some(Value::Moment(moment)) => moment.date().format("%Y-%m-%d").to_string(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Yes(yes)) => {
                self.chosen.push(options::yes_code(*yes).to_owned());
                String::new()
            }
            Some(Value::Choice(code)) => {
                self.chosen.push(code.clone());
                String::new()
            }
            Some(Value::Choices(codes)) => {
                self.chosen = codes.iter().cloned().collect();
                self.sort();
                String::new()
            }
            Some(Value::Link(id)) => {
                self.chosen.push(id.to_string());
                String::new()
            }
            None => String::new(),
        };
        self.text.set(&text);
    }

    /// In the order of the list, whatever the order of choosing.
    fn sort(&mut self) {
        if let FieldKind::Many(list) = &self.spec.kind {
            self.chosen.sort_by_key(|code| list.codes.iter().position(|known| known == code));
        }
    }

    pub(super) fn is_choice(&self) -> bool {
        matches!(self.spec.kind, FieldKind::One(_) | FieldKind::Many(_) | FieldKind::Yes | FieldKind::Worker)
    }

    pub(super) fn takes_many(&self) -> bool {
        matches!(self.spec.kind, FieldKind::Many(_))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.chosen.is_empty()
    }

    /// The choice that what is typed comes closest to.
    pub(super) fn nearest(&self, cx: &Cx) -> Option<Choosable> {
        let typed = self.text.text().trim();
        if typed.is_empty() { None } else { options::matching(cx, &self.spec, typed).into_iter().next() }
    }

    /// What the field holds as it stands.
    pub(super) fn read(&self, cx: &Cx) -> Result<Option<Value>, Fault> {
        if !self.is_choice() {
            return check::parse(&self.spec, self.text.text(), cx.today, &|_, _| None);
        }
        let typed = self.text.text().trim();
        let mut chosen = self.chosen.clone();
        if !typed.is_empty() {
            let Some(nearest) = self.nearest(cx) else {
                return Err(match self.spec.kind {
                    FieldKind::Worker => Fault::UnknownWorker(typed.to_owned()),
                    FieldKind::Yes => Fault::NotYesNo,
                    _ => Fault::UnknownChoice(typed.to_owned()),
                });
            };
            if !self.takes_many() {
                chosen.clear();
            }
            chosen.push(nearest.code);
        }
        Ok(self.value_of(&chosen))
    }

    fn value_of(&self, codes: &[String]) -> Option<Value> {
        let first = codes.first()?;
        Some(match self.spec.kind {
            FieldKind::Many(_) => Value::Choices(codes.iter().cloned().collect::<BTreeSet<_>>()),
            FieldKind::Yes => Value::Yes(first == options::yes_code(true)),
            FieldKind::Worker => Value::Link(first.parse().ok()?),
            _ => Value::Choice(first.clone()),
        })
    }

    /// Puts what is typed into its plain form: a date as numbers, the nearest choice as chosen. What cannot be read stays.
    pub(super) fn settle(&mut self, cx: &Cx) {
        if self.is_choice() {
            self.take_nearest(cx);
            return;
        }
        if matches!(self.spec.kind, FieldKind::Line(_) | FieldKind::Notes(_)) {
            return;
        }
        if let Ok(value @ Some(_)) = self.read(cx) {
            let plain = Field::new(self.spec.clone(), value.as_ref());
            if plain.text.text() != self.text.text() {
                self.text.clear();
                self.text.insert_str(plain.text.text());
            }
        }
    }

    /// Chooses what is typed; whether there was such a choice.
    pub(super) fn take_nearest(&mut self, cx: &Cx) -> bool {
        let Some(nearest) = self.nearest(cx) else { return false };
        self.choose(nearest.code);
        self.text.clear();
        true
    }

    pub(super) fn choose(&mut self, code: String) {
        if !self.takes_many() {
            self.chosen = vec![code];
        } else if !self.chosen.contains(&code) {
            self.chosen.push(code);
            self.sort();
        }
    }

    pub(super) fn choose_all(&mut self, codes: Vec<String>) {
        self.text.clear();
        self.chosen = codes;
        if !self.takes_many() {
            self.chosen.truncate(1);
        }
        self.sort();
    }

    /// The next or the previous choice of the list; before the first and behind the last stands none.
    fn step(&mut self, cx: &Cx, forward: bool) {
        let all = options::all(cx, &self.spec);
        let at = self.chosen.first().and_then(|code| all.iter().position(|known| known.code == *code));
        let next = match (at, forward) {
            (None, true) => Some(0),
            (None, false) => all.len().checked_sub(1),
            (Some(at), true) => Some(at + 1).filter(|at| *at < all.len()),
            (Some(at), false) => at.checked_sub(1),
        };
        self.chosen = next.and_then(|at| all.get(at)).map(|choice| choice.code.clone()).into_iter().collect();
    }

    /// Carries out an editing command; whether it meant something here.
    pub(super) fn run(&mut self, cx: &Cx, command: Command) -> bool {
        if self.is_choice() && self.text.is_empty() {
            match command {
                Command::TextLeft | Command::TextRight if !self.takes_many() => {
                    self.step(cx, command == Command::TextRight);
                    return true;
                }
                Command::Backspace | Command::DeleteWord => {
                    self.chosen.pop();
                    return true;
                }
                Command::DeleteToStart | Command::Delete => {
                    self.chosen.clear();
                    return true;
                }
                _ => {}
            }
        }
        self.text.run(command)
    }

    /// Takes what was typed or pasted; `false` where it asks for the list of choices instead.
    pub(super) fn type_in(&mut self, cx: &Cx, text: &str) -> bool {
        if !self.is_choice() {
            self.text.insert_str(text);
            return true;
        }
        if self.text.is_empty() && text.trim().is_empty() {
            if matches!(self.spec.kind, FieldKind::Yes) {
                self.step(cx, true);
                return true;
            }
            return false;
        }
        let separated = text.ends_with([',', '，', '、', ';', '；', ' ', '\u{3000}']);
        if self.takes_many() && separated && !self.text.is_empty() {
            let typed = text.trim_end_matches([',', '，', '、', ';', '；', ' ', '\u{3000}']);
            self.text.insert_str(typed);
            self.take_nearest(cx);
            return true;
        }
        self.text.insert_str(text);
        if self.takes_many() && text.chars().count() > 1 {
            self.take_list(cx);
        } else if let FieldKind::Yes = self.spec.kind
            && let Ok(Some(Value::Yes(yes))) =
                check::parse(&self.spec, self.text.text(), cx.today, &|_, _| None)
        {
            self.chosen = vec![options::yes_code(yes).to_owned()];
            self.text.clear();
        }
        true
    }

    /// A list of choices that was pasted whole.
    fn take_list(&mut self, cx: &Cx) {
        let by_words = |_: &crate::domain::Choices, word: &str| {
            options::all(cx, &self.spec)
                .into_iter()
                .find(|choice| choice.text.eq_ignore_ascii_case(word))
                .map(|choice| choice.code)
        };
        if let Ok(Some(Value::Choices(codes))) =
            check::parse(&self.spec, self.text.text(), cx.today, &by_words)
        {
            codes.into_iter().for_each(|code| self.choose(code));
            self.text.clear();
        }
    }
}

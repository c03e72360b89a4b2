//! The text of a field: one line or many, with a caret that never stands inside a character.
//!
//! Input methods, pastes and files bring anything; what enters the buffer is one form of Unicode (NFC) without control
//! characters. Columns are cells of the screen, so a wide character counts two.

use std::cell::Cell;
use std::fmt;
use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use zeroize::{Zeroize, Zeroizing};

use super::command::Command;
use super::paint;

mod history;
mod layout;

use history::{Edit, History};
use layout::WrapCache;
pub(super) use layout::wrap;
pub use layout::{Page, Row, Strip};

/// How much a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Characters as a reader counts them.
    Characters(usize),
    /// Bytes of UTF-8.
    Bytes(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Line,
    Notes,
    /// A passphrase: shown as stars, without undo, wiped from memory.
    Secret,
}

/// A field's text, caret, undo history and scroll position.
pub struct TextBuffer {
    text: String,
    /// A byte offset on a boundary between characters.
    caret: usize,
    kind: Kind,
    limit: Limit,
    was_cut: bool,
    history: History,
    /// The column that moves up and down aim at.
    goal: Option<usize>,
    /// Where the visible part begins; changed while drawing, as only drawing knows the size.
    scroll: Cell<usize>,
    /// Rows and cells of the last drawing: moves by rows and pages are moves over what was seen.
    page_rows: Cell<usize>,
    drawn_width: Cell<usize>,
    wrap: WrapCache,
}

impl TextBuffer {
    /// An empty field of one line.
    pub fn line(limit: Limit) -> Self {
        Self::new(Kind::Line, limit)
    }

    /// An empty field of many lines.
    pub fn notes(limit: Limit) -> Self {
        Self::new(Kind::Notes, limit)
    }

    /// An empty passphrase field. Its memory is set aside at once, so that no copy is left behind by growing.
    pub fn secret(bytes: usize) -> Self {
        let mut buffer = Self::new(Kind::Secret, Limit::Bytes(bytes));
        // `replace` may hold the longest text and one edit at the same time.
        buffer.text = String::with_capacity(bytes * 2);
        buffer
    }

    fn new(kind: Kind, limit: Limit) -> Self {
        Self {
            text: String::new(),
            caret: 0,
            kind,
            limit,
            was_cut: false,
            history: History::default(),
            goal: None,
            scroll: Cell::new(0),
            page_rows: Cell::new(1),
            drawn_width: Cell::new(layout::UNDRAWN),
            wrap: WrapCache::default(),
        }
    }

    /// The same field with a text in it, the caret behind it and nothing to undo.
    pub fn with_text(mut self, text: &str) -> Self {
        self.set(text);
        self
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub fn caret(&self) -> usize {
        self.caret
    }

    pub fn is_multiline(&self) -> bool {
        self.kind == Kind::Notes
    }

    /// Whether the last insertion did not fit and lost its end. Any later edit clears it.
    pub fn was_cut(&self) -> bool {
        self.was_cut
    }

    /// Replaces the text, forgetting the history; the caret stands at the end.
    pub fn set(&mut self, text: &str) {
        self.wipe();
        self.history = History::default();
        self.scroll.set(0);
        self.insert_str(text);
        self.history = History::default();
    }

    pub fn clear(&mut self) {
        self.edit(0..self.text.len(), "");
    }

    /// Takes the text of a passphrase field out of it.
    pub fn take_secret(&mut self) -> Zeroizing<String> {
        let taken = Zeroizing::new(self.text.clone());
        self.wipe();
        taken
    }

    fn wipe(&mut self) {
        self.text.zeroize();
        self.caret = 0;
        self.goal = None;
        self.was_cut = false;
        self.wrap.forget();
    }

    /// Puts the caret at a byte offset, or at the boundary before it.
    pub fn set_caret(&mut self, at: usize) {
        self.goal = None;
        self.history.pause();
        self.caret = self.floor(at.min(self.text.len()));
    }

    /// Carries out a text command; `false` if this field has no such command, so that it can mean something to the form.
    pub fn run(&mut self, command: Command) -> bool {
        match command {
            Command::TextLeft => self.set_caret(self.before(self.caret)),
            Command::TextRight => self.set_caret(self.after(self.caret)),
            Command::TextWordLeft => self.set_caret(self.word_before(self.caret)),
            Command::TextWordRight => self.set_caret(self.word_after(self.caret)),
            Command::TextStart => self.set_caret(self.line_range().start),
            Command::TextEnd => self.set_caret(self.line_range().end),
            Command::TextTop => self.set_caret(0),
            Command::TextBottom => self.set_caret(self.text.len()),
            Command::Backspace => self.delete(self.before(self.caret)..self.caret),
            Command::Delete => self.delete(self.caret..self.after(self.caret)),
            Command::DeleteWord => self.delete(self.word_before(self.caret)..self.caret),
            Command::DeleteToStart => self.delete(self.line_range().start..self.caret),
            Command::DeleteToEnd => self.delete(self.caret..self.line_range().end),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            _ if self.kind != Kind::Notes => return false,
            Command::Newline => self.insert_str("\n"),
            Command::TextUp => self.move_rows(-1),
            Command::TextDown => self.move_rows(1),
            Command::TextPageUp => self.move_rows(-self.page_height()),
            Command::TextPageDown => self.move_rows(self.page_height()),
            _ => return false,
        }
        true
    }

    /// Inserts typed or pasted text at the caret, made fit for this field, as much as its limit allows.
    pub fn insert_str(&mut self, text: &str) {
        let (mut clean, stopped) = self.clean(text);
        let cut = self.cut(&mut clean) || stopped;
        self.edit(self.caret..self.caret, &clean);
        self.was_cut = cut;
        if self.kind == Kind::Secret {
            clean.zeroize();
        }
    }

    /// CRLF and CR are line ends; tabs become blanks; line ends too where there is one line; what is invisible goes.
    /// A paste of a megabyte costs no more than what could fit; the flag says that the rest was not looked at.
    fn clean(&self, text: &str) -> (String, bool) {
        // Composing makes a text shorter, three bytes to one at the most.
        let most = self.most_bytes().saturating_mul(3);
        let mut stopped = false;
        let mut clean = String::with_capacity(text.len().min(most.saturating_add(4)));
        let mut after_cr = false;
        for c in text.chars() {
            let line_end = matches!(c, '\r' | '\n' | '\u{2028}' | '\u{2029}' | '\u{85}');
            let second_half = after_cr && c == '\n';
            after_cr = c == '\r';
            if second_half {
                continue;
            }
            match c {
                _ if line_end => clean.push(if self.kind == Kind::Notes { '\n' } else { ' ' }),
                '\t' => clean.push(' '),
                // Variation selectors tell apart the written forms of some surnames: kept, though not drawn.
                '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => clean.push(c),
                c if paint::is_invisible(c) => {}
                c => clean.push(c),
            }
            if clean.len() > most {
                stopped = true;
                break;
            }
        }
        if !is_nfc(&clean) {
            clean = clean.nfc().collect();
        }
        (clean, stopped)
    }

    /// A character can carry any number of accents; no honest text needs more than this for each.
    fn most_bytes(&self) -> usize {
        match self.limit {
            Limit::Bytes(limit) => limit,
            Limit::Characters(limit) => limit.saturating_mul(32),
        }
    }

    /// Cuts an insertion to the room that is left; whether anything was lost.
    fn cut(&self, text: &mut String) -> bool {
        let bytes = self.most_bytes().saturating_sub(self.text.len());
        let characters = match self.limit {
            Limit::Characters(limit) => limit.saturating_sub(self.text.graphemes(true).count()),
            Limit::Bytes(_) => usize::MAX,
        };
        let ends = text.grapheme_indices(true).map(|(at, grapheme)| at + grapheme.len());
        let keep = ends.take(characters).take_while(|end| *end <= bytes).last().unwrap_or(0);
        let lost = keep < text.len();
        text.truncate(keep);
        lost
    }

    fn delete(&mut self, range: Range<usize>) {
        self.edit(range, "");
    }

    /// Replaces a range, remembering how to undo it.
    fn edit(&mut self, range: Range<usize>, insert: &str) {
        self.was_cut = false;
        self.goal = None;
        if range.is_empty() && insert.is_empty() {
            return;
        }
        let caret = self.caret;
        let mut edit = self.splice(range, insert, caret);
        if self.kind == Kind::Secret {
            edit.removed.zeroize();
            edit.inserted.zeroize();
        } else {
            self.history.record(edit);
        }
    }

    /// The one place where the text changes. Where the ends of the change meet the old text, characters may join into
    /// others (`e` and an accent, two halves of a flag): the neighbours are normalised with it.
    fn splice(&mut self, range: Range<usize>, insert: &str, caret_before: usize) -> Edit {
        let left = self.before(range.start);
        let right = self.after(range.end);
        let joined =
            Zeroizing::new([&self.text[left..range.start], insert, &self.text[range.end..right]].concat());
        let (range, insert, behind) = if is_nfc(&joined) {
            (range.clone(), insert.to_owned(), range.start + insert.len())
        } else {
            let head: String = [&self.text[left..range.start], insert].concat().nfc().collect();
            let all: String = joined.nfc().collect();
            let behind = left + head.len().min(all.len());
            (left..right, all, behind)
        };
        let removed = self.text[range.clone()].to_owned();
        self.text.replace_range(range.clone(), &insert);
        self.wrap.forget();
        self.caret = self.ceil(behind);
        Edit { at: range.start, removed, inserted: insert, caret_before, caret_after: self.caret }
    }

    fn undo(&mut self) {
        if let Some(edit) = self.history.undo() {
            self.text.replace_range(edit.at..edit.at + edit.inserted.len(), &edit.removed);
            self.caret = edit.caret_before;
            self.changed_by_history();
        }
    }

    fn redo(&mut self) {
        if let Some(edit) = self.history.redo() {
            self.text.replace_range(edit.at..edit.at + edit.removed.len(), &edit.inserted);
            self.caret = edit.caret_after;
            self.changed_by_history();
        }
    }

    fn changed_by_history(&mut self) {
        self.was_cut = false;
        self.goal = None;
        self.wrap.forget();
    }

    /// The boundary before an offset that is one.
    fn before(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        cursor.prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0)
    }

    /// The boundary after an offset that is one.
    fn after(&self, at: usize) -> usize {
        let mut cursor = GraphemeCursor::new(at, self.text.len(), true);
        cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len())
    }

    fn is_boundary(&self, at: usize) -> bool {
        self.text.is_char_boundary(at)
            && GraphemeCursor::new(at, self.text.len(), true).is_boundary(&self.text, 0).unwrap_or(true)
    }

    fn floor(&self, mut at: usize) -> usize {
        while !self.is_boundary(at) {
            at -= 1;
        }
        at
    }

    fn ceil(&self, mut at: usize) -> usize {
        at = at.min(self.text.len());
        while !self.is_boundary(at) {
            at += 1;
        }
        at
    }

    /// The start of the word before an offset. A run of hanzi without signs is one word: nobody splits sentences here.
    fn word_before(&self, mut at: usize) -> usize {
        let mut inside = false;
        while at > 0 {
            let start = self.before(at);
            let word = is_word(&self.text[start..at]);
            if inside && !word {
                break;
            }
            inside |= word;
            at = start;
        }
        at
    }

    fn word_after(&self, mut at: usize) -> usize {
        let mut inside = false;
        while at < self.text.len() {
            let end = self.after(at);
            let word = is_word(&self.text[at..end]);
            if inside && !word {
                break;
            }
            inside |= word;
            at = end;
        }
        at
    }

    /// The line of the text (not of the screen) that the caret is in, without its line end.
    fn line_range(&self) -> Range<usize> {
        let start = self.text[..self.caret].rfind('\n').map_or(0, |at| at + 1);
        let end = self.text[self.caret..].find('\n').map_or(self.text.len(), |at| self.caret + at);
        start..end
    }
}

fn is_word(grapheme: &str) -> bool {
    grapheme.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Says how much, never what: fields hold children's data and passphrases.
impl fmt::Debug for TextBuffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TextBuffer")
            .field("kind", &self.kind)
            .field("bytes", &self.text.len())
            .field("caret", &self.caret)
            .finish_non_exhaustive()
    }
}

impl Drop for TextBuffer {
    fn drop(&mut self) {
        if self.kind == Kind::Secret {
            self.text.zeroize();
        }
    }
}

#[cfg(test)]
mod tests;

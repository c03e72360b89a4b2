//! What can be undone.

/// One replacement of a part of the text, with both sides of it.
#[derive(Clone)]
pub(super) struct Edit {
    pub(super) at: usize,
    pub(super) removed: String,
    pub(super) inserted: String,
    pub(super) caret_before: usize,
    pub(super) caret_after: usize,
}

/// Undone and redone edits. Typing in one go is one edit, so that one undo takes back a phrase and not a letter.
#[derive(Default)]
pub(super) struct History {
    done: Vec<Edit>,
    undone: Vec<Edit>,
    /// The next edit begins a new step.
    paused: bool,
    bytes: usize,
}

/// Beyond this much text the oldest steps are forgotten.
const MOST_BYTES: usize = 4 << 20;
const MOST_STEPS: usize = 1_000;

impl History {
    pub(super) fn record(&mut self, edit: Edit) {
        self.undone.clear();
        self.bytes += edit.removed.len() + edit.inserted.len();
        let paused = std::mem::take(&mut self.paused);
        match self.done.last_mut() {
            Some(last) if !paused && goes_on(last, &edit) => {
                last.inserted.push_str(&edit.inserted);
                last.caret_after = edit.caret_after;
            }
            _ => self.done.push(edit),
        }
        let mut oldest = 0;
        while oldest + 1 < self.done.len()
            && (self.bytes > MOST_BYTES || self.done.len() - oldest > MOST_STEPS)
        {
            self.bytes -= self.done[oldest].removed.len() + self.done[oldest].inserted.len();
            oldest += 1;
        }
        self.done.drain(..oldest);
    }

    /// A move of the caret ends a step of typing.
    pub(super) fn pause(&mut self) {
        self.paused = true;
    }

    pub(super) fn undo(&mut self) -> Option<Edit> {
        self.paused = true;
        let edit = self.done.pop()?;
        self.undone.push(edit.clone());
        Some(edit)
    }

    pub(super) fn redo(&mut self) -> Option<Edit> {
        self.paused = true;
        let edit = self.undone.pop()?;
        self.done.push(edit.clone());
        Some(edit)
    }
}

/// Whether an edit types on where the last one stopped. A blank or a line end begins a new step.
fn goes_on(last: &Edit, edit: &Edit) -> bool {
    edit.removed.is_empty()
        && !last.inserted.is_empty()
        && edit.at == last.at + last.inserted.len()
        && last.caret_after == edit.at
        && edit.inserted.chars().count() <= 8
        && !edit.inserted.starts_with(char::is_whitespace)
}

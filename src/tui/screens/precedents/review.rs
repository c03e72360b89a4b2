//! A closed case, line by line: what is kept goes out, in the words that stand here. What nobody has kept does not.

use crate::domain::ChildId;
use crate::office::{
    Answer, Mark, PrecedentAnswer, PrecedentAsk, PrecedentFault, Proposal, Refusal, Request, Review, Role,
    TELLS, Told,
};
use crate::tui::command::Command;
use crate::tui::edit::{Limit, TextBuffer};
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Confirm, Cx, Effect, Input, ManualAt, Pick, Place, Screen, Ticket, Tone};
use crate::tui::screens::rows;
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

const REVIEW: Ticket = Ticket(1);
const SENT: Ticket = Ticket(2);
const LEAVE: Ticket = Ticket(3);
/// A check answers the edit of the line that this ticket, less this number, names.
const CHECKS: u32 = 100;
/// Lines for what the selected line said and says.
const FOOT: u16 = 7;
/// As the office has it.
const LONGEST: usize = 300;

/// What was decided on a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Unread,
    Dropped,
    /// One of `practice::precedent::TELLS`.
    Kept(&'static str),
}

struct Line {
    fate: Fate,
    /// As it will go out.
    text: String,
    /// What in it still tells who the child is, as far as it was checked.
    found: Vec<Mark>,
}

pub(in crate::tui::screens) struct ReviewScreen {
    child: ChildId,
    name: String,
    review: Option<Box<Review>>,
    lines: Vec<Line>,
    list: ListState,
    /// The selected line is being written anew.
    edit: Option<TextBuffer>,
    refused: Option<String>,
    /// Something was decided that is not sent yet.
    dirty: bool,
}

impl ReviewScreen {
    pub(in crate::tui::screens) fn new(child: ChildId, name: String) -> Self {
        Self {
            child,
            name,
            review: None,
            lines: vec![],
            list: ListState::default(),
            edit: None,
            refused: None,
            dirty: false,
        }
    }

    fn take(&mut self, review: Box<Review>) {
        // What is decided here already stays, whatever else was saved meanwhile.
        if self.dirty {
            return;
        }
        let tells = |code: &str| TELLS.into_iter().find(|known| *known == code);
        let line = |line: &crate::office::ReviewLine| Line {
            fate: line.proposed.as_deref().and_then(tells).map_or(Fate::Unread, Fate::Kept),
            text: line.neutral.clone(),
            found: vec![],
        };
        self.lines = review.lines.iter().map(line).collect();
        self.review = Some(review);
        self.refused = None;
    }

    fn selected(&self) -> Option<usize> {
        self.list.selected(self.lines.len())
    }

    fn decide(&mut self, fate: Fate) -> Vec<Effect> {
        let Some(at) = self.selected() else { return vec![] };
        let line = &mut self.lines[at];
        // The same key again takes it back.
        line.fate = if line.fate == fate { Fate::Unread } else { fate };
        self.dirty = true;
        self.refused = None;
        self.list.run(Command::Down, self.lines.len());
        vec![]
    }

    fn kept(&self) -> impl Iterator<Item = (usize, &'static str)> + '_ {
        self.lines.iter().enumerate().filter_map(|(at, line)| match line.fate {
            Fate::Kept(tells) => Some((at, tells)),
            _ => None,
        })
    }

    fn may_release(cx: &Cx) -> bool {
        cx.me.is_some_and(|me| matches!(me.role, Role::Lead | Role::Supervisor))
    }

    fn send(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(review) = &self.review else { return vec![] };
        let told = |(at, tells): (usize, &str)| Told {
            source: review.lines[at].source.clone(),
            month: review.lines[at].month,
            tells: tells.to_owned(),
            text: self.lines[at].text.clone(),
        };
        let lines: Vec<Told> = self.kept().map(told).collect();
        let proposal = Proposal { child: self.child, case: review.case, lines };
        let ask = match Self::may_release(cx) {
            true => PrecedentAsk::Release(proposal),
            false => PrecedentAsk::Propose(proposal),
        };
        self.refused = None;
        vec![Effect::Ask(SENT, Request::Precedent(ask))]
    }

    /// Goes to the line that was refused.
    fn refused(&mut self, cx: &Cx, refusal: &Refusal) {
        let mut text = wording::refusal(cx.cat, refusal);
        let line = match refusal {
            Refusal::Precedent(
                PrecedentFault::Identifies { line, .. } | PrecedentFault::TooLong { line, .. },
            ) => Some(*line),
            _ => None,
        };
        let at = line.and_then(|line| self.kept().nth(line)).map(|(at, _)| at);
        if let Some(at) = at {
            self.list.select(at);
            if let Refusal::Precedent(PrecedentFault::Identifies { mark, .. }) = refusal {
                let line = &mut self.lines[at];
                line.found = vec![mark.clone()];
                let word = line.text.get(mark.range.clone()).unwrap_or_default().to_owned();
                let args = [
                    ("what", wording::tells(cx.cat, mark.tells).into()),
                    ("word", cx.personal(&word).into()),
                ];
                text = cx.cat.tn("review-identifies", &args).into_owned();
            }
        }
        self.refused = Some(text);
    }

    fn begin_edit(&mut self) -> Vec<Effect> {
        if let Some(at) = self.selected() {
            self.edit = Some(TextBuffer::line(Limit::Characters(LONGEST)).with_text(&self.lines[at].text));
        }
        vec![]
    }

    fn end_edit(&mut self) -> Vec<Effect> {
        let (Some(buffer), Some(at)) = (self.edit.take(), self.selected()) else { return vec![] };
        let text = buffer.text().trim().to_owned();
        self.dirty = true;
        self.refused = None;
        let line = &mut self.lines[at];
        if text.is_empty() {
            line.fate = Fate::Dropped;
            return vec![];
        }
        line.text = text.clone();
        line.found.clear();
        let ticket = Ticket(CHECKS + u32::try_from(at).unwrap_or(0));
        vec![Effect::Ask(ticket, Request::Precedent(PrecedentAsk::Check { child: self.child, text }))]
    }

    fn leave(&self, cx: &Cx) -> Vec<Effect> {
        if !self.dirty {
            return vec![Effect::Close];
        }
        let t = |key: &str| cx.cat.t(key).into_owned();
        let confirm = Confirm {
            title: t("review-leave-title"),
            text: t("review-leave-text"),
            yes: t("review-leave-yes"),
            no: t("review-leave-no"),
        };
        vec![Effect::Open(LEAVE, Place::Confirm(confirm))]
    }

    fn command(&mut self, cx: &Cx, command: Command) -> Vec<Effect> {
        if let Some(edit) = &mut self.edit {
            match command {
                Command::Back => self.edit = None,
                Command::GoOn => return self.end_edit(),
                command => drop(edit.run(command)),
            }
            return vec![];
        }
        match command {
            Command::Back => self.leave(cx),
            Command::KeepLine => self.decide(Fate::Kept("happened")),
            Command::Helped => self.decide(Fate::Kept("helped")),
            Command::DidNot => self.decide(Fate::Kept("did-not")),
            Command::Discard => self.decide(Fate::Dropped),
            Command::Edit | Command::Open => self.begin_edit(),
            Command::Release => self.send(cx),
            command => {
                self.list.run(command, self.lines.len());
                vec![]
            }
        }
    }

    fn answered(&mut self, cx: &Cx, ticket: Ticket, answer: Result<Answer, Refusal>) -> Vec<Effect> {
        match (ticket, answer) {
            (REVIEW, Ok(Answer::Precedent(PrecedentAnswer::Review(review)))) => self.take(review),
            (SENT, Ok(Answer::Precedent(done))) => {
                self.dirty = false;
                let key = match done {
                    PrecedentAnswer::Released => "review-released",
                    _ => "review-proposed",
                };
                return vec![Effect::Close, Effect::Toast(Tone::Good, cx.cat.t(key).into_owned())];
            }
            (Ticket(check), Ok(Answer::Precedent(PrecedentAnswer::Checked(found)))) if check >= CHECKS => {
                if let Some(line) = self.lines.get_mut((check - CHECKS) as usize) {
                    line.found = found;
                }
            }
            (_, Err(refusal)) => self.refused(cx, &refusal),
            _ => {}
        }
        vec![]
    }

    fn cells(&self, cx: &Cx, row: usize) -> Vec<Entry> {
        let (Some(review), Some(line)) = (&self.review, self.lines.get(row)) else { return vec![] };
        let of = &review.lines[row];
        let fate = match line.fate {
            Fate::Unread => Entry::from("-").style(cx.theme.dim),
            Fate::Dropped => Entry::from(cx.cat.t("review-dropped").into_owned()).style(cx.theme.dim),
            Fate::Kept(tells) => {
                Entry::from(wording::core_choice(cx.cat, "line-tells", tells)).style(cx.theme.good)
            }
        };
        let style = match line.fate {
            _ if !line.found.is_empty() => cx.theme.error,
            Fate::Dropped => cx.theme.dim,
            _ => cx.theme.normal,
        };
        let found = line.found.iter().map(|mark| mark.range.clone()).collect();
        let text = match cx.masked || cx.discreet {
            true => Entry::from(cx.written(&line.text)),
            false => Entry::from(line.text.clone()).found(found),
        };
        vec![
            fate,
            Entry::from(wording::month(cx.cat, of.month)).style(cx.theme.dim),
            Entry::from(wording::core_choice(cx.cat, "line-source", &of.source)).style(cx.theme.dim),
            text.style(style),
        ]
    }

    /// What is told beside the lines, and how far one is.
    fn head(&self, cx: &Cx, review: &Review) -> Vec<(String, ratatui::style::Style)> {
        let mut head =
            vec![(cx.delicate(&wording::precedent_child(cx.cat, &review.precedent)), cx.theme.label)];
        let counts = [
            ("kept", self.kept().count().to_string().into()),
            ("unread", self.lines.iter().filter(|line| line.fate == Fate::Unread).count().to_string().into()),
        ];
        head.push((cx.cat.tn("review-counts", &counts).into_owned(), cx.theme.normal));
        if review.released {
            head.push((cx.cat.t("precedent-fault-twice").into_owned(), cx.theme.warning));
        } else if review.alike < review.few {
            let few = cx.cat.t1("review-few", "n", review.alike.to_string());
            head.push((few.into_owned(), cx.theme.warning));
        } else if review.proposed {
            head.push((cx.cat.t("review-is-proposed").into_owned(), cx.theme.normal));
        }
        head
    }

    fn foot(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let (review, at) = (self.review.as_ref()?, self.selected()?);
        let colon = cx.cat.t("value-colon");
        let mut left = area;
        let mut say = |label: &str, text: &str, style| {
            let text = format!("{}{colon}{text}", cx.cat.t(label));
            let used = wrap::draw(buf, left, &text, 0, style).min(usize::from(left.height)) as u16;
            left.y += used;
            left.height -= used;
        };
        let of = &review.lines[at];
        if !of.text.is_empty() {
            say("review-written", &cx.written(&of.text), cx.theme.dim);
        }
        let found = if self.lines[at].text == of.neutral { &of.marks } else { &self.lines[at].found };
        let mut words: Vec<String> = found.iter().map(|mark| wording::tells(cx.cat, mark.tells)).collect();
        words.dedup();
        if !words.is_empty() {
            let key = if self.lines[at].text == of.neutral { "review-replaced" } else { "review-still" };
            let style = if key == "review-still" { cx.theme.error } else { cx.theme.dim };
            say(key, &words.join(&cx.cat.t("value-and")), style);
        }
        if let Some(refused) = &self.refused {
            wrap::draw(buf, left, refused, 0, cx.theme.error);
            return None;
        }
        say("review-goes-out", &cx.written(&self.lines[at].text), cx.theme.normal);
        None
    }
}

impl Screen for ReviewScreen {
    fn layers(&self) -> Vec<Layer> {
        match self.edit {
            Some(_) => vec![Layer::Text, Layer::Question],
            None => vec![Layer::Review, Layer::List],
        }
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened | Input::Changed => {
                vec![Effect::Ask(REVIEW, Request::Precedent(PrecedentAsk::Review(self.child)))]
            }
            Input::Command(command) => self.command(cx, command),
            Input::Text(text) | Input::Paste(text) => {
                if let Some(edit) = &mut self.edit {
                    edit.insert_str(&text);
                }
                vec![]
            }
            Input::Answer(ticket, answer) => self.answered(cx, ticket, answer),
            Input::Picked(LEAVE, Some(Pick::Yes)) => vec![Effect::Close],
            _ => vec![],
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        paint::clear(buf, area, cx.theme.normal);
        let Some(review) = &self.review else {
            let refused = self.refused.as_ref()?;
            return rows::note(cx, buf, area, refused);
        };
        if self.lines.is_empty() {
            return rows::note(cx, buf, area, &cx.cat.t("review-no-lines"));
        }
        let mut y = area.y;
        for (text, style) in self.head(cx, review) {
            let line = Rect { x: area.x + 1, y, width: area.width.saturating_sub(2), height: 1 };
            paint::put_shortened(buf, line, line.x, y, &text, style);
            y += 1;
        }
        let rest = Rect { y, height: area.bottom().saturating_sub(y), ..area };
        let foot = FOOT.min(rest.height / 2);
        let body = Rect { height: rest.height - foot, ..rest };
        let title = |key: &str| cx.cat.t(key).into_owned();
        let wide = |words: &mut dyn Iterator<Item = String>| {
            words.map(|word| paint::width(&word)).max().unwrap_or(0) as u16
        };
        let fates = TELLS.into_iter().map(|tells| wording::core_choice(cx.cat, "line-tells", tells));
        let fate = wide(&mut fates.chain([title("review-dropped"), title("review-col-fate")]));
        let months = review.lines.iter().map(|line| wording::month(cx.cat, line.month));
        let month = wide(&mut months.chain([title("review-col-month")]));
        let sources =
            review.lines.iter().map(|line| wording::core_choice(cx.cat, "line-source", &line.source));
        let source = wide(&mut sources.chain([title("review-col-source")]));
        let columns = [
            Column::new(title("review-col-fate"), fate..fate, 0),
            Column::new(title("review-col-month"), month..month, 1),
            Column::new(title("review-col-source"), source..source, 2),
            Column::new(title("review-col-text"), 30..160, 0),
        ];
        let cursor = table::draw(buf, body, cx.theme, &columns, &self.list, self.lines.len(), |row| {
            self.cells(cx, row)
        });
        let beneath =
            Rect { x: rest.x + 1, y: body.bottom(), width: rest.width.saturating_sub(2), height: foot };
        paint::rule(buf, beneath, beneath.y, cx.theme.borders.glyphs().horizontal, cx.theme.border);
        let inner = Rect { y: beneath.y + 1, height: beneath.height.saturating_sub(1), ..beneath };
        if let Some(edit) = &self.edit {
            let label = cx.cat.t("review-edit");
            paint::put_shortened(buf, inner, inner.x, inner.y, &label, cx.theme.dim);
            let slot = Rect { y: inner.y + 1, height: 1, ..inner };
            paint::clear(buf, slot, cx.theme.field_focused);
            let strip = edit.strip(slot.width);
            paint::put_shortened(buf, slot, slot.x, slot.y, &strip.text, cx.theme.field_focused);
            return Some(Position::new(slot.x + strip.caret, slot.y));
        }
        self.foot(cx, buf, inner).or(cursor)
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t1("review-title", "name", cx.name(&self.name)).into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        match self.edit {
            Some(_) => vec![Command::GoOn, Command::Back],
            None if self.lines.is_empty() => vec![Command::Back],
            None => vec![
                Command::KeepLine,
                Command::Helped,
                Command::DidNot,
                Command::Discard,
                Command::Edit,
                Command::Release,
                Command::Back,
            ],
        }
    }

    fn child(&self) -> Option<ChildId> {
        Some(self.child)
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        ManualAt::Page("precedents".into())
    }

    fn is_dirty(&self) -> bool {
        self.dirty || self.edit.is_some()
    }
}

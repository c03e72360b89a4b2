//! Precedents: what was tried in closed cases, and what came of it. From a child's file those most alike come first, with
//! what they have in common. Above them stand those that wait for a supervisor.

pub(super) mod review;

use super::reader::{Scroll, paragraph};
use super::rows;
use crate::domain::ChildId;
use crate::office::{
    Answer, Like, Precedent, PrecedentAnswer, PrecedentAsk, PrecedentLine, PrecedentList, Request,
    WaitingLine,
};
use crate::search::loose::Matcher;
use crate::tui::command::Command;
use crate::tui::edit::{Limit, TextBuffer};
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{
    Confirm, Cx, Effect, HandoutWay, Input, ManualAt, Pick, Place, Screen, Ticket, Tone,
};
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
use uuid::Uuid;

const LIST: Ticket = Ticket(1);
const OPENED: Ticket = Ticket(2);
const SURE: Ticket = Ticket(3);
const WITHDRAWN: Ticket = Ticket(4);
/// Lines beneath the list: all of the selected line, what was tried in the selected one, and what came of it.
const FOOT: u16 = 8;

pub(super) struct Precedents {
    /// Whose file it was opened from, and how the child is called.
    like: Option<(ChildId, String)>,
    list: Option<PrecedentList>,
    /// Positions in the list's lines that fit what is typed.
    fit: Vec<usize>,
    refused: Option<String>,
    state: ListState,
    narrow: TextBuffer,
    typing: bool,
    withdrawing: Option<Uuid>,
    /// The selected one is read.
    reading: Option<Scroll>,
}

enum Selected<'a> {
    Waiting(&'a WaitingLine),
    Line(&'a PrecedentLine),
}

impl Precedents {
    pub(super) fn new(like: Option<(ChildId, String)>) -> Self {
        Self {
            like,
            list: None,
            fit: vec![],
            refused: None,
            state: ListState::default(),
            narrow: TextBuffer::line(Limit::Characters(60)),
            typing: false,
            withdrawing: None,
            reading: None,
        }
    }

    fn waiting(&self) -> &[WaitingLine] {
        // What waits is of no child in particular; narrowed, it is not what is looked for.
        let shown = self.like.is_none() && self.narrow.is_empty();
        self.list.as_ref().filter(|_| shown).map_or(&[], |list| &list.waiting)
    }

    fn len(&self) -> usize {
        self.waiting().len() + self.fit.len()
    }

    fn at(&self, row: usize) -> Option<Selected<'_>> {
        if let Some(waiting) = self.waiting().get(row) {
            return Some(Selected::Waiting(waiting));
        }
        let at = self.fit.get(row - self.waiting().len())?;
        self.list.as_ref()?.lines.get(*at).map(Selected::Line)
    }

    fn selected(&self) -> Option<Selected<'_>> {
        self.at(self.state.selected(self.len())?)
    }

    fn ask(&self) -> Vec<Effect> {
        let like = self.like.as_ref().map(|(child, _)| *child);
        vec![Effect::Ask(LIST, Request::Precedent(PrecedentAsk::List { like }))]
    }

    fn find(&mut self, cx: &Cx) {
        let (query, matcher) = (self.narrow.text().trim().to_owned(), Matcher::default());
        let lines = self.list.iter().flat_map(|list| &list.lines).enumerate();
        let fits = |line: &PrecedentLine| {
            query.is_empty()
                || wording::precedent(cx.cat, &line.precedent)
                    .iter()
                    .any(|text| matcher.find(text, &query).is_some())
        };
        self.fit = lines.filter(|(_, line)| fits(line)).map(|(at, _)| at).collect();
    }

    fn narrowed(&mut self, cx: &Cx) -> Vec<Effect> {
        self.state.select(0);
        self.find(cx);
        vec![]
    }

    fn open(&mut self) -> Vec<Effect> {
        match self.selected() {
            Some(Selected::Waiting(line)) => {
                vec![Effect::Open(OPENED, Place::Review(line.child, line.name.clone()))]
            }
            Some(Selected::Line(_)) => {
                self.reading = Some(Scroll::default());
                vec![]
            }
            None => vec![],
        }
    }

    fn ask_to_withdraw(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(Selected::Line(line)) = self.selected() else { return vec![] };
        self.withdrawing = Some(line.id);
        let t = |key: &str| cx.cat.t(key).into_owned();
        vec![Effect::Open(
            SURE,
            Place::Confirm(Confirm {
                title: t("precedent-withdraw-title"),
                text: t("precedent-withdraw-text"),
                yes: t("precedent-withdraw-yes"),
                no: t("precedent-withdraw-no"),
            }),
        )]
    }

    fn command(&mut self, cx: &Cx, command: Command) -> Vec<Effect> {
        if let Some(scroll) = &mut self.reading {
            match command {
                Command::Back => self.reading = None,
                command => drop(scroll.run(command)),
            }
            return vec![];
        }
        match command {
            Command::Back if self.typing || !self.narrow.is_empty() => {
                self.typing = false;
                self.narrow.clear();
                self.narrowed(cx)
            }
            Command::Back => vec![Effect::Close],
            Command::Filter => {
                self.typing = true;
                vec![]
            }
            Command::Open => {
                self.typing = false;
                self.open()
            }
            Command::Withdraw => self.ask_to_withdraw(cx),
            Command::GiveOut => vec![Effect::Open(OPENED, Place::Handout(HandoutWay::PrecedentsOut))],
            Command::TakeOver => vec![Effect::Open(OPENED, Place::Handout(HandoutWay::PrecedentsIn))],
            command => {
                let len = self.len();
                if !self.state.run(command, len) && self.typing && self.narrow.run(command) {
                    return self.narrowed(cx);
                }
                vec![]
            }
        }
    }

    fn cells(&self, cx: &Cx, row: usize) -> Vec<Entry> {
        match self.at(row) {
            Some(Selected::Waiting(line)) => vec![
                Entry::from(cx.cat.t1("precedent-waits", "name", cx.name(&line.name)).into_owned())
                    .style(cx.theme.warning),
                Entry::from(cx.station.worker(line.by).unwrap_or_default()),
                Entry::from(cx.cat.date(line.on)),
            ],
            Some(Selected::Line(line)) => {
                let of = &line.precedent;
                let third = match self.like {
                    Some(_) => wording::likes(cx.cat, &line.like.1),
                    None => origin(cx, line),
                };
                vec![
                    Entry::from(cx.delicate(&wording::precedent_child(cx.cat, of))),
                    Entry::from(cx.delicate(&wording::precedent_outcome(cx.cat, of))),
                    Entry::from(cx.delicate(&third)).style(cx.theme.dim),
                ]
            }
            None => vec![],
        }
    }

    fn foot(cx: &Cx, precedent: &Precedent, likes: &[Like]) -> String {
        let colon = cx.cat.t("value-colon");
        let child =
            [wording::precedent_child(cx.cat, precedent), wording::precedent_outcome(cx.cat, precedent)];
        let mut text = vec![child.join(&cx.cat.t("value-and"))];
        text.extend(
            (!likes.is_empty()).then(|| {
                format!("{}{colon}{}", cx.cat.t("precedent-col-alike"), wording::likes(cx.cat, likes))
            }),
        );
        text.push(format!(
            "{}{colon}{}",
            cx.cat.t("precedent-tried"),
            wording::precedent_tried(cx.cat, precedent)
        ));
        for tells in ["helped", "did-not"] {
            let lines = precedent.lines.iter().filter(|line| line.tells == tells);
            let lines: Vec<&str> = lines.map(|line| line.text.as_str()).collect();
            if !lines.is_empty() {
                let label = wording::core_choice(cx.cat, "line-tells", tells);
                text.push(format!("{label}{colon}{}", lines.join(" ")));
            }
        }
        cx.delicate(&text.join("\n"))
    }
}

/// From where a precedent is.
fn origin(cx: &Cx, line: &PrecedentLine) -> String {
    let day = cx.cat.date(line.on);
    match line.by {
        None => cx.cat.t1("precedent-from-other", "on", day).into_owned(),
        Some(by) => {
            let by = cx.station.worker(by).unwrap_or_default().to_owned();
            cx.cat.tn("precedent-from-here", &[("by", by.into()), ("on", day.into())]).into_owned()
        }
    }
}

impl Screen for Precedents {
    fn layers(&self) -> Vec<Layer> {
        match (&self.reading, self.typing) {
            (Some(_), _) => vec![Layer::Reader],
            (None, true) => vec![Layer::Search, Layer::Text],
            (None, false) => vec![Layer::Precedents, Layer::List],
        }
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened | Input::Changed | Input::Picked(OPENED, _) => self.ask(),
            Input::Command(command) => self.command(cx, command),
            Input::Text(text) | Input::Paste(text) if self.typing => {
                self.narrow.insert_str(&text);
                self.narrowed(cx)
            }
            Input::Answer(LIST, Ok(Answer::Precedent(PrecedentAnswer::List(list)))) => {
                self.list = Some(list);
                self.refused = None;
                self.find(cx);
                vec![]
            }
            Input::Answer(LIST, Err(refusal)) => {
                self.refused = Some(wording::refusal(cx.cat, &refusal));
                vec![]
            }
            Input::Picked(SURE, Some(Pick::Yes)) => {
                let ask = |id| Effect::Ask(WITHDRAWN, Request::Precedent(PrecedentAsk::Withdraw(id)));
                self.withdrawing.take().map(ask).into_iter().collect()
            }
            Input::Answer(WITHDRAWN, Ok(_)) => {
                let mut effects = self.ask();
                effects.push(Effect::Toast(Tone::Good, cx.cat.t("precedent-withdrawn").into_owned()));
                effects
            }
            Input::Answer(WITHDRAWN, Err(refusal)) => {
                vec![Effect::Toast(Tone::Bad, wording::refusal(cx.cat, &refusal))]
            }
            _ => vec![],
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        paint::clear(buf, area, cx.theme.normal);
        if let Some(refused) = &self.refused {
            return rows::note(cx, buf, area, refused);
        }
        let list = self.list.as_ref()?;
        if let (Some(scroll), Some(Selected::Line(line))) = (&self.reading, self.selected()) {
            let mut text = wording::precedent(cx.cat, &line.precedent);
            text.extend([String::new(), origin(cx, line)]);
            let inner = Rect { x: area.x + 2, width: area.width.saturating_sub(4), ..area };
            let mut lines = vec![];
            paragraph(&mut lines, 0, inner.width, &cx.delicate(&text.join("\n")), cx.theme.normal);
            return scroll.draw(buf, inner, &lines, cx.theme.dim);
        }
        let bar = u16::from(self.typing || !self.narrow.is_empty());
        let mut caret = None;
        if bar > 0 {
            let label = cx.cat.t("precedent-narrow");
            let end = paint::put(buf, area, area.x + 1, area.y, &label, cx.theme.label) + 1;
            let slot = Rect { x: end, y: area.y, width: area.right().saturating_sub(end + 1), height: 1 };
            let strip = self.narrow.strip(slot.width);
            paint::put_shortened(buf, slot, slot.x, slot.y, &strip.text, cx.theme.field_focused);
            caret = self.typing.then(|| Position::new(slot.x + strip.caret, slot.y));
        }
        let body = Rect { y: area.y + bar, height: area.height.saturating_sub(bar), ..area };
        if list.lines.is_empty() && self.waiting().is_empty() {
            return rows::note(cx, buf, body, &cx.cat.t("precedent-none"));
        }
        if self.len() == 0 {
            let at = rows::note(cx, buf, body, &cx.cat.t("precedent-none-fits"));
            return caret.or(at);
        }
        let foot = FOOT.min(body.height / 2);
        let above = Rect { height: body.height - foot, ..body };
        let title = |key: &str| cx.cat.t(key).into_owned();
        let third = if self.like.is_some() { "precedent-col-alike" } else { "precedent-col-from" };
        // Where it is from is said by its beginning; what is alike is of use only whole.
        let last = match self.like {
            Some(_) => area.width.saturating_sub(42).clamp(16, 30)..60,
            None => 16..area.width.saturating_sub(62).clamp(18, 60),
        };
        let columns = [
            Column::new(title("precedent-col-child"), 20..44, 0),
            Column::new(title("precedent-col-outcome"), 14..30, 0),
            Column::new(title(third), last, 0),
        ];
        let cursor =
            table::draw(buf, above, cx.theme, &columns, &self.state, self.len(), |row| self.cells(cx, row));
        let beneath =
            Rect { x: body.x + 1, y: above.bottom(), width: body.width.saturating_sub(2), height: foot };
        match self.selected() {
            Some(Selected::Line(line)) => {
                wrap::draw(buf, beneath, &Self::foot(cx, &line.precedent, &line.like.1), 0, cx.theme.dim);
            }
            Some(Selected::Waiting(_)) => {
                wrap::draw(buf, beneath, &cx.cat.t("precedent-waits-help"), 0, cx.theme.dim);
            }
            None => {}
        }
        caret.or(cursor)
    }

    fn title(&self, cx: &Cx) -> String {
        match &self.like {
            _ if self.reading.is_some() => cx.cat.t("precedent-title").into_owned(),
            Some((_, name)) => cx.cat.t1("precedents-like", "name", cx.name(name)).into_owned(),
            None => cx.cat.t("precedents-title").into_owned(),
        }
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        if self.reading.is_some() {
            return vec![Command::PageDown, Command::Back];
        }
        if self.list.as_ref().is_some_and(|list| list.lines.is_empty() && list.waiting.is_empty()) {
            return vec![Command::TakeOver, Command::Back];
        }
        let mut hints = vec![Command::Open, Command::Filter];
        if self.like.is_none() {
            hints.extend([Command::GiveOut, Command::TakeOver, Command::Withdraw]);
        }
        hints.push(Command::Back);
        hints
    }

    fn child(&self) -> Option<ChildId> {
        self.like.as_ref().map(|(child, _)| *child)
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        ManualAt::Page("precedents".into())
    }
}

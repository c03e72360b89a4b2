//! Who has how many open cases, as bars against the ceiling; from here cases are handed over.

use super::rows;
use crate::domain::{ChildId, WorkerId};
use crate::office::{
    Answer, CasePage, Caseload as Loads, Cases, Filter, HandOver, Load, NOBODY, Request, Role, Sort,
};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Choose, Cx, Effect, Input, ManualAt, Pick, Place, Screen, Ticket, Tone};
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

const LOADS: Ticket = Ticket(1);
const OPENED: Ticket = Ticket(2);
const WHICH: Ticket = Ticket(3);
const CHILDREN: Ticket = Ticket(4);
const TO: Ticket = Ticket(5);
/// Lines beneath the list.
const FOOT: u16 = 3;
/// Nobody picks from more than this.
const MOST: usize = 1_000;

const ALL: &str = "all";
const SOME: &str = "some";

#[derive(Default)]
pub(super) struct Caseload {
    /// None: not answered yet.
    loads: Option<Loads>,
    refused: Option<String>,
    list: ListState,
    /// Whose cases are being handed over, and which.
    from: Option<WorkerId>,
    children: Option<Vec<ChildId>>,
}

impl Caseload {
    fn loads(&self) -> &[Load] {
        self.loads.as_ref().map_or(&[], |loads| &loads.loads)
    }

    fn selected(&self) -> Option<&Load> {
        self.loads().get(self.list.selected(self.loads().len())?)
    }

    fn take(&mut self, loads: Loads) {
        let stay = self.selected().map(|load| load.worker);
        if let Some(at) = loads.loads.iter().position(|load| Some(load.worker) == stay) {
            self.list.select(at);
        }
        (self.loads, self.refused) = (Some(loads), None);
    }

    fn ceiling(&self) -> Option<usize> {
        self.loads.as_ref()?.ceiling
    }

    /// What the selected one has: which of it is to go?
    fn which(&mut self, cx: &Cx) -> Vec<Effect> {
        let Some(load) = self.selected() else { return vec![] };
        let toast = |key: &str| vec![Effect::Toast(Tone::Plain, cx.cat.t(key).into_owned())];
        let from = load.worker.unwrap_or(NOBODY);
        let may = cx.me.is_some_and(|me| me.role != Role::Caseworker || me.worker == from);
        match () {
            () if load.open + load.follow_ups == 0 => return toast("hand-over-nothing"),
            () if !may => return toast("hand-over-not-yours"),
            () if cx.station.colleagues().all(|staff| staff.worker == from) => {
                return toast("hand-over-no-colleague");
            }
            () => {}
        }
        let all = [("open", load.open.into()), ("follow-ups", load.follow_ups.into())];
        let choices = vec![
            (ALL.to_owned(), cx.cat.tn("hand-over-all", &all).into_owned()),
            (SOME.to_owned(), cx.cat.t("hand-over-some").into_owned()),
        ];
        let title = cx.cat.t1("hand-over-which", "name", name(cx, load)).into_owned();
        (self.from, self.children) = (Some(from), None);
        choose(WHICH, title, choices, false)
    }

    /// The children to pick from.
    fn ask_children(&self) -> Vec<Effect> {
        let filter = Filter { worker: self.from, open: true, ..Filter::default() };
        let cases = Cases { sort: Sort::Name, filter, from: 0, count: MOST };
        vec![Effect::Ask(CHILDREN, Request::Cases(cases))]
    }

    fn pick_children(cx: &Cx, page: &CasePage) -> Vec<Effect> {
        let line = |row: &crate::domain::Row| {
            let words =
                [cx.name(&row.name), rows::sex_age(cx, row), row.village.clone(), rows::risk(cx, &row.risk)];
            (row.child.0.to_string(), words.join("  "))
        };
        let title = cx.cat.t("hand-over-children").into_owned();
        choose(CHILDREN, title, page.rows.iter().map(line).collect(), true)
    }

    fn to_whom(&self, cx: &Cx) -> Vec<Effect> {
        let mut takes: Vec<&Load> =
            self.loads().iter().filter(|load| load.takes && load.worker != self.from).collect();
        // Whoever has the fewest is the first to be thought of.
        takes.sort_by_key(|load| load.open);
        let choice = |load: &Load| {
            let parts = [("name", name(cx, load).into()), ("open", load.open.into())];
            let code = load.worker.unwrap_or(NOBODY).0.to_string();
            (code, cx.cat.tn("hand-over-to-one", &parts).into_owned())
        };
        choose(TO, cx.cat.t("hand-over-to").into_owned(), takes.into_iter().map(choice).collect(), false)
    }

    fn picked(&mut self, cx: &Cx, ticket: Ticket, codes: &[String]) -> Vec<Effect> {
        let first = codes.first().map_or("", String::as_str);
        match (ticket, first) {
            (WHICH, ALL) => self.to_whom(cx),
            (WHICH, SOME) => self.ask_children(),
            (CHILDREN, _) if !codes.is_empty() => {
                self.children =
                    Some(codes.iter().filter_map(|code| code.parse().ok().map(ChildId)).collect());
                self.to_whom(cx)
            }
            (TO, code) => {
                let Some((from, to)) = self.from.zip(code.parse().ok().map(WorkerId)) else { return vec![] };
                let over = HandOver { from, to, children: self.children.take(), why: String::new() };
                vec![Effect::Open(OPENED, Place::HandOver(over))]
            }
            _ => vec![],
        }
    }

    fn cells(&self, cx: &Cx, load: &Load, room: u16) -> Vec<Entry> {
        let passed = load.flag.is_some() || !load.takes;
        let own = if passed { cx.theme.overdue } else { cx.theme.normal };
        let open = match self.ceiling() {
            Some(ceiling) => format!("{}/{ceiling}", load.open),
            None => load.open.to_string(),
        };
        let most = self.loads().iter().map(|load| load.open).max().unwrap_or(0);
        let bar = bar(load.open, self.ceiling().unwrap_or(most), room);
        let count = |count: usize, style| match count {
            0 => Entry::from("-").style(cx.theme.dim),
            count => Entry::from(count.to_string()).style(style),
        };
        let [high, medium, low, unknown] = load.risks;
        vec![
            Entry::from(name(cx, load)).style(own),
            Entry::from(bar).style(if passed { own } else { cx.theme.good }),
            Entry::from(open).style(own),
            count(high, cx.theme.high),
            count(medium, cx.theme.medium),
            count(low, cx.theme.low),
            count(unknown, cx.theme.normal),
            count(load.follow_ups, cx.theme.normal),
            count(load.overdue, cx.theme.overdue),
        ]
    }

    /// What the rules say of the selected one; the ceiling, and the sums of all.
    fn foot(&self, cx: &Cx, buf: &mut Buffer, area: Rect) {
        let ceiling = match self.ceiling() {
            Some(ceiling) => cx.cat.t1("caseload-ceiling", "n", ceiling),
            None => cx.cat.t("caseload-no-ceiling"),
        };
        let sum = |count: fn(&Load) -> usize| self.loads().iter().map(count).sum::<usize>();
        let all = [("open", sum(|load| load.open).into()), ("overdue", sum(|load| load.overdue).into())];
        let said = format!("{}{}{}", cx.cat.tn("caseload-all", &all), cx.cat.t("value-stop"), ceiling);
        let last = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
        paint::put_shortened(buf, last, last.x, last.y, &said, cx.theme.dim);
        if let Some(flag) = self.selected().and_then(|load| load.flag.as_ref()) {
            let area = Rect { height: area.height.saturating_sub(1), ..area };
            wrap::draw(buf, area, &wording::flag(cx.cat, flag, cx.today), 0, cx.theme.warning);
        }
    }
}

/// `[######----]`; one that is passed is full and ends in `+`.
fn bar(open: usize, most: usize, room: u16) -> String {
    let cells = usize::from(room).saturating_sub(3);
    let filled = (open * cells).div_ceil(most.max(1)).min(cells);
    let end = if open > most { "]+" } else { "]" };
    format!("[{}{}{end}", "#".repeat(filled), "-".repeat(cells - filled))
}

fn name(cx: &Cx, load: &Load) -> String {
    let Some(worker) = load.worker else { return cx.cat.t("caseload-nobody").into_owned() };
    let name = cx.name(cx.station.worker(worker).unwrap_or("?"));
    if load.takes { name } else { cx.cat.t1("caseload-left", "name", name).into_owned() }
}

fn choose(ticket: Ticket, title: String, choices: Vec<(String, String)>, many: bool) -> Vec<Effect> {
    vec![Effect::Open(ticket, Place::Choose(Choose { title, choices, chosen: vec![], many }))]
}

impl Screen for Caseload {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Caseload, Layer::List]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened | Input::Changed | Input::NewDay => {
                return vec![Effect::Ask(LOADS, Request::Caseload)];
            }
            Input::Answer(LOADS, Ok(Answer::Caseload(loads))) => self.take(loads),
            Input::Answer(CHILDREN, Ok(Answer::Cases(page))) if page.rows.is_empty() => {
                return vec![Effect::Toast(Tone::Plain, cx.cat.t("hand-over-nothing").into_owned())];
            }
            Input::Answer(CHILDREN, Ok(Answer::Cases(page))) => return Self::pick_children(cx, &page),
            Input::Answer(LOADS, Err(refusal)) => self.refused = Some(wording::refusal(cx.cat, &refusal)),
            Input::Answer(_, Err(refusal)) => {
                return vec![Effect::Toast(Tone::Bad, wording::refusal(cx.cat, &refusal))];
            }
            Input::Picked(ticket, Some(Pick::Chosen(codes))) => return self.picked(cx, ticket, &codes),
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::HandOver) => return self.which(cx),
            Input::Command(Command::Open) => {
                let Some(load) = self.selected() else { return vec![] };
                let worker = Some(load.worker.unwrap_or(NOBODY));
                let filter = Filter { worker, open: true, ..Filter::default() };
                return vec![Effect::Open(OPENED, Place::CasesOf(filter))];
            }
            Input::Command(Command::Why) => {
                return match self.selected().and_then(|load| load.flag.clone()) {
                    Some(flag) => vec![Effect::Open(OPENED, Place::Flag(Box::new(flag)))],
                    None => vec![Effect::Toast(Tone::Plain, cx.cat.t("caseload-within").into_owned())],
                };
            }
            Input::Command(command) => {
                self.list.run(command, self.loads().len());
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
        self.loads.as_ref()?;
        if self.loads().is_empty() {
            return rows::note(cx, buf, area, &cx.cat.t("caseload-none"));
        }
        // A column of numbers is as wide as its title: what is left over makes the bars longer.
        let column = |key: &str, least: u16, rank| {
            let title = cx.cat.t(key);
            let cells = least.max(paint::width(&title) as u16);
            Column::new(title, cells..cells, rank)
        };
        let columns = [
            Column::new(cx.cat.t("caseload-col-worker"), 12..16, 0),
            // The bar of what the next column says.
            Column::new("", 10..40, 2),
            column("caseload-col-open", 6, 0),
            column("caseload-col-high", 3, 1),
            column("caseload-col-medium", 3, 3),
            column("caseload-col-low", 3, 4),
            column("caseload-col-unknown", 3, 5),
            column("caseload-col-follow-ups", 4, 1),
            column("caseload-col-overdue", 4, 0),
        ];
        let body = Rect { height: area.height.saturating_sub(FOOT), ..area };
        let room = rows::room(&columns, body, 1);
        let at = table::draw(buf, body, cx.theme, &columns, &self.list, self.loads().len(), |row| {
            self.cells(cx, &self.loads()[row], room)
        });
        let foot =
            Rect { x: area.x + 1, y: body.bottom(), width: area.width.saturating_sub(2), height: FOOT };
        self.foot(cx, buf, foot);
        at
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        ManualAt::of(["act hand-over"])
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("caseload-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        let mut hints = vec![Command::Open, Command::HandOver, Command::Back];
        hints.extend(self.selected().is_some_and(|load| load.flag.is_some()).then_some(Command::Why));
        hints
    }
}

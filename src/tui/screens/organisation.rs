//! The organisation as a tree: which station lies under which centre, and which is short of staff.

use super::{forms, rows};
use crate::domain::forms::unit;
use crate::domain::units::{self, LEVELS};
use crate::domain::{Fields, RecordKind, RecordRef, Value};
use crate::office::{Answer, Below, Request, Role, Staffing, UnitLine};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Cx, Effect, Input, ManualAt, Place, Screen, Ticket, Tone};
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

const TREE: Ticket = Ticket(1);
const OPENED: Ticket = Ticket(2);
/// Lines beneath the tree: all stations, and what the rules say of the selected unit.
const FOOT: u16 = 3;

#[derive(Default)]
pub(super) struct Organisation {
    /// None: on their way.
    lines: Option<Vec<UnitLine>>,
    refused: Option<String>,
    list: ListState,
}

impl Organisation {
    fn lines(&self) -> &[UnitLine] {
        self.lines.as_deref().unwrap_or_default()
    }

    fn selected(&self) -> Option<&UnitLine> {
        self.lines().get(self.list.selected(self.lines().len())?)
    }

    fn take(&mut self, lines: Vec<UnitLine>) {
        let stay = self.selected().map(|line| line.record.at);
        if let Some(at) = lines.iter().position(|line| Some(line.record.at) == stay) {
            self.list.select(at);
        }
        (self.lines, self.refused) = (Some(lines), None);
    }

    /// A unit of the next level below the selected one; the first is the highest.
    fn add(&self, cx: &Cx) -> Vec<Effect> {
        if !may_change(cx) {
            return vec![Effect::Toast(Tone::Plain, cx.cat.t("organisation-not-yours").into_owned())];
        }
        let above = self.selected().map(|line| &line.record);
        let rank = above.map_or(0, |above| units::rank(above.fields.text(&unit::LEVEL)) + 1);
        let Some(level) = LEVELS.get(rank) else {
            return vec![Effect::Toast(Tone::Plain, cx.cat.t("organisation-lowest").into_owned())];
        };
        let mut fields = Fields::default().with(unit::LEVEL, Value::Choice((*level).into()));
        fields.set(unit::ABOVE, above.map(|above| Value::Choice(above.at.id.to_string())));
        let id = Uuid::now_v7();
        open(cx, RecordRef::of(RecordKind::Unit, id, id), None, fields)
    }

    fn edit(&self, cx: &Cx) -> Vec<Effect> {
        let Some(line) = self.selected() else { return vec![] };
        if !may_change(cx) {
            return vec![Effect::Toast(Tone::Plain, cx.cat.t("organisation-not-yours").into_owned())];
        }
        open(cx, line.record.at, Some(line.record.fields.clone()), Fields::default())
    }

    fn why(&self, cx: &Cx) -> Vec<Effect> {
        match self.selected().and_then(|line| line.flags.first()) {
            Some(flag) => vec![Effect::Open(OPENED, Place::Flag(Box::new(flag.clone())))],
            None => vec![Effect::Toast(Tone::Plain, cx.cat.t("organisation-no-flag").into_owned())],
        }
    }

    /// What the rules say of the selected unit, and beneath it how all stations stand.
    fn foot(&self, cx: &Cx, buf: &mut Buffer, area: Rect) {
        let tops = self.lines().iter().filter(|line| line.depth == 0);
        let all = tops.fold(Below::default(), |all, line| {
            let own = usize::from(units::is_station(&line.record.fields) && line.staffing != Staffing::Ended);
            let is = |staffing| usize::from(own == 1 && line.staffing == staffing);
            Below {
                stations: all.stations + line.below.stations + own,
                short: all.short + line.below.short + is(Staffing::Short),
                unknown: all.unknown + line.below.unknown + is(Staffing::Unknown),
            }
        });
        let last = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
        let said = counted(cx, "organisation-all", all);
        paint::put_shortened(buf, last, last.x, last.y, &said, cx.theme.dim);
        if let Some(line) = self.selected() {
            let flags = line.flags.iter().map(|flag| wording::flag(cx.cat, flag, cx.today));
            let area = Rect { height: area.height.saturating_sub(1), ..area };
            wrap::draw(buf, area, &flags.collect::<Vec<_>>().join("\n"), 0, cx.theme.warning);
        }
    }
}

/// The office refuses it too; here it is said before somebody has typed.
pub(super) fn may_change(cx: &Cx) -> bool {
    cx.me.is_some_and(|me| me.role != Role::Caseworker)
}

fn open(cx: &Cx, at: RecordRef, base: Option<Fields>, begin: Fields) -> Vec<Effect> {
    forms::entry(cx, at, base, begin).map(|place| Effect::Open(OPENED, place)).into_iter().collect()
}

fn counted(cx: &Cx, key: &str, below: Below) -> String {
    let parts =
        [("total", below.stations.into()), ("short", below.short.into()), ("unknown", below.unknown.into())];
    cx.cat.tn(key, &parts).into_owned()
}

/// Of a centre, how its stations stand; of a station, whether it has the staff.
fn staffing(cx: &Cx, line: &UnitLine) -> Entry {
    let word = |key: &str| cx.cat.t(key).into_owned();
    let below = line.below;
    match line.staffing {
        Staffing::Ended => return Entry::from(word("organisation-ended")).style(cx.theme.dim),
        Staffing::Short => {
            // Whatever the rule is called: it stands beneath the tree when the line is selected.
            return Entry::from(word("organisation-is-short")).style(cx.theme.overdue);
        }
        Staffing::Unknown => return Entry::from(word("organisation-unknown")).style(cx.theme.warning),
        Staffing::Enough => {}
    }
    if units::is_station(&line.record.fields) && below.short + below.unknown == 0 {
        return Entry::from(word("organisation-enough")).style(cx.theme.good);
    }
    match below {
        Below { stations: 0, .. } => Entry::from("-").style(cx.theme.dim),
        Below { unknown: 0, short, .. } => {
            let style = if short > 0 { cx.theme.warning } else { cx.theme.good };
            Entry::from(counted(cx, "organisation-short", below)).style(style)
        }
        _ => Entry::from(counted(cx, "organisation-short-and-unknown", below)).style(cx.theme.warning),
    }
}

fn cells(cx: &Cx, line: &UnitLine) -> Vec<Entry> {
    let fields = &line.record.fields;
    let shown = |number: Option<i64>| number.map_or_else(|| "-".to_owned(), |number| number.to_string());
    let number = |id| shown(fields.number(id));
    let name = format!("{}{}", "  ".repeat(line.depth), fields.text(&unit::NAME));
    let over = line.staffing == Staffing::Ended;
    let level = wording::core_choice(cx.cat, "unit-level", fields.text(&unit::LEVEL));
    let plain =
        [name, level, number(&unit::WORKERS), shown(units::supervisors(fields)), number(&unit::CHILDREN)];
    let plain = plain.map(|text| match over {
        true => Entry::from(text).style(cx.theme.dim),
        false => Entry::from(text),
    });
    plain.into_iter().chain([staffing(cx, line)]).collect()
}

impl Screen for Organisation {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Organisation, Layer::List]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened | Input::Changed | Input::NewDay => {
                return vec![Effect::Ask(TREE, Request::Organisation)];
            }
            Input::Answer(TREE, Ok(Answer::Organisation(lines))) => self.take(lines),
            Input::Answer(TREE, Err(refusal)) => self.refused = Some(wording::refusal(cx.cat, &refusal)),
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Open | Command::Edit) => return self.edit(cx),
            Input::Command(Command::AddUnit) => return self.add(cx),
            Input::Command(Command::Why) => return self.why(cx),
            Input::Command(command) => {
                self.list.run(command, self.lines().len());
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
        let lines = self.lines.as_ref()?;
        if lines.is_empty() {
            let key = rows::key(cx, &[Layer::Organisation], Command::AddUnit);
            return rows::note(cx, buf, area, &cx.cat.t1("organisation-empty", "key", key));
        }
        // A column of numbers is as wide as its title.
        let column = |key: &str, cells: std::ops::Range<u16>, rank| {
            let title = cx.cat.t(key);
            let least = cells.start.max(paint::width(&title) as u16);
            Column::new(title, least..cells.end.max(least), rank)
        };
        let columns = [
            column("organisation-col-name", 30..46, 0),
            column("field-unit-level", 18..20, 5),
            column("organisation-col-workers", 4..8, 2),
            column("organisation-col-supervisors", 4..8, 3),
            column("organisation-col-children", 4..8, 4),
            column("organisation-col-staffing", 24..34, 0),
        ];
        let body = Rect { height: area.height.saturating_sub(FOOT), ..area };
        let at =
            table::draw(buf, body, cx.theme, &columns, &self.list, lines.len(), |row| cells(cx, &lines[row]));
        let foot =
            Rect { x: area.x + 1, y: body.bottom(), width: area.width.saturating_sub(2), height: FOOT };
        self.foot(cx, buf, foot);
        at
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        ManualAt::of(["screen organisation"])
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("organisation-title").into_owned()
    }

    fn hints(&self, cx: &Cx) -> Vec<Command> {
        let mut hints = vec![Command::Back];
        if may_change(cx) {
            hints.insert(0, Command::AddUnit);
        }
        if let Some(line) = self.selected() {
            if may_change(cx) {
                hints.insert(0, Command::Edit);
            }
            hints.extend((!line.flags.is_empty()).then_some(Command::Why));
        }
        hints
    }
}

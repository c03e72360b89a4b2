//! Who may come in: the accounts of the station, and what whoever is signed in may do about them.

mod admit;
mod change;
mod passphrase;
mod renew;

pub(super) use admit::Admit;
pub(super) use passphrase::NewPassphrase;
pub(super) use renew::Renew;

use self::change::Change;
use super::lines::Lines;
use crate::office::{Answer, Refusal, Request, Role, Staff};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Confirm, Cx, Effect, Input, ManualAt, Pick, Place, Screen, Ticket, Tone};
use crate::tui::widget::{
    list::{self, ListState},
    popup,
    table::{self, Column},
    wrap,
};
use crate::wording;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
};

/// Lines beneath the list that say what the selected one is.
const FOOT: u16 = 3;

#[derive(Default)]
pub(super) struct Accounts {
    list: ListState,
    change: Change,
    /// How many records are under the newest data key, of how many, while they are being sealed anew.
    resealing: Option<(u64, Option<u64>)>,
}

const SURE: Ticket = Ticket(11);
const ROTATED: Ticket = Ticket(12);
const RESEALED: Ticket = Ticket(13);

#[derive(Clone, Copy)]
enum Row<'a> {
    Act(Act),
    Gap,
    Titles,
    Person(&'a Staff),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Admit,
    Passphrase,
    Renew,
    Rotate,
}

impl Act {
    fn key(self) -> &'static str {
        match self {
            Act::Admit => "accounts-admit",
            Act::Passphrase => "accounts-passphrase",
            Act::Renew => "accounts-renew",
            Act::Rotate => "accounts-rotate",
        }
    }

    fn open(self, cx: &Cx) -> Effect {
        match self {
            Act::Admit => Effect::Open(Ticket(1), Place::Admit),
            Act::Passphrase => Effect::Open(Ticket(1), Place::Passphrase),
            Act::Renew => Effect::Open(Ticket(1), Place::RenewRecovery),
            Act::Rotate => {
                let [title, text, yes, no] = ["rotate-title", "rotate-text", "rotate-yes", "leave-it"]
                    .map(|key| cx.cat.t(&format!("accounts-{key}")).into_owned());
                Effect::Open(SURE, Place::Confirm(Confirm { title, text, yes, no }))
            }
        }
    }
}

impl Row<'_> {
    fn can_be_selected(self) -> bool {
        matches!(self, Row::Act(_) | Row::Person(_))
    }
}

fn rows<'a>(cx: &Cx<'a>) -> Vec<Row<'a>> {
    let acts: &[Act] = if is_lead(cx) {
        &[Act::Admit, Act::Passphrase, Act::Renew, Act::Rotate]
    } else {
        &[Act::Passphrase]
    };
    let mut rows: Vec<Row> = acts.iter().map(|act| Row::Act(*act)).collect();
    if !cx.station.staff.is_empty() {
        rows.extend([Row::Gap, Row::Titles]);
        rows.extend(cx.station.staff.iter().map(Row::Person));
    }
    rows
}

fn is_lead(cx: &Cx) -> bool {
    cx.me.is_some_and(|me| me.role == Role::Lead)
}

fn is_me(cx: &Cx, staff: &Staff) -> bool {
    cx.me.is_some_and(|me| me.worker == staff.worker)
}

impl Accounts {
    fn go(&mut self, cx: &Cx, command: Command) {
        let rows = rows(cx);
        if !self.list.run(command, rows.len()) {
            return;
        }
        let up = matches!(command, Command::Up | Command::PageUp | Command::First);
        // The first and the last row can both be selected, so this ends.
        while let Some(at) = self.list.selected(rows.len()).filter(|at| !rows[*at].can_be_selected()) {
            self.list.select(if up { at.saturating_sub(1) } else { at + 1 });
        }
    }

    fn open(&mut self, cx: &Cx) -> Vec<Effect> {
        let rows = rows(cx);
        let Some(at) = self.list.selected(rows.len()) else { return vec![] };
        let act = match rows[at] {
            Row::Act(act) => act,
            Row::Person(staff) if is_me(cx, staff) => Act::Passphrase,
            Row::Person(staff) if is_lead(cx) => return self.change.begin(cx, staff),
            _ => return vec![Effect::Toast(Tone::Plain, cx.cat.t("accounts-others").into_owned())],
        };
        vec![act.open(cx)]
    }
}

impl Screen for Accounts {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::List]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            Input::Opened => return follow(cx),
            Input::Picked(SURE, Some(Pick::Yes)) => return vec![Effect::Ask(ROTATED, Request::RotateKey)],
            Input::Answer(ROTATED, Ok(_)) => {
                let said = cx.cat.t("accounts-rotated").into_owned();
                return vec![Effect::Toast(Tone::Good, said), FOLLOW];
            }
            Input::Progress(RESEALED, done, total) => self.resealing = Some((done, total)),
            Input::Answer(RESEALED, answer) => {
                let was = self.resealing.take();
                return match answer {
                    Ok(_) if was.is_some() => {
                        vec![Effect::Toast(Tone::Good, cx.cat.t("accounts-resealed").into_owned())]
                    }
                    Ok(_) | Err(Refusal::Stopped) => vec![],
                    Err(refusal) => vec![Effect::Toast(Tone::Bad, wording::refusal(cx.cat, &refusal))],
                };
            }
            Input::Answer(ROTATED, Err(refusal)) => {
                return vec![Effect::Toast(Tone::Bad, wording::refusal(cx.cat, &refusal))];
            }
            Input::Command(Command::Back) => return vec![Effect::Close],
            Input::Command(Command::Open) => return self.open(cx),
            Input::Command(command) => self.go(cx, command),
            input => {
                let changed = matches!(input, Input::Answer(_, Ok(Answer::Account(_))));
                let mut effects = self.change.update(cx, input);
                effects.extend(if changed { follow(cx) } else { vec![] });
                return effects;
            }
        }
        vec![]
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        paint::clear(buf, area, cx.theme.normal);
        let rows = rows(cx);
        let foot = Rect { y: area.bottom().saturating_sub(FOOT), height: FOOT, ..area };
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(FOOT + 2), ..area };
        let columns = [
            Column::new(cx.cat.t("col-name"), 10..20, 0),
            Column::new(cx.cat.t("unlock-login"), 10..20, 0),
            Column::new(cx.cat.t("accounts-role"), 14..20, 0),
            Column::new(cx.cat.t("accounts-state"), 6..10, 0),
        ];
        let places = table::fit(&columns, body.width.saturating_sub(list::MARGIN));
        let put = |buf: &mut Buffer, row: Rect, texts: [&str; 4], style: Style| {
            for (text, place) in texts.into_iter().zip(&places) {
                if let Some((x, cells)) = *place {
                    let slot = Rect { x: row.x + x, width: cells, ..row };
                    paint::put_shortened(buf, slot, slot.x, slot.y, text, style);
                }
            }
        };
        // The name, and whatever stands alone in a row, up to the login.
        let lead = places.get(1).copied().flatten().map_or(body.width, |(x, _)| x.saturating_sub(1));
        let cursor =
            self.list.draw(buf, body, cx.theme, rows.len(), lead, |buf, row, at, style| match rows[at] {
                Row::Act(act) => {
                    paint::put_shortened(buf, row, row.x, row.y, &cx.cat.t(act.key()), style);
                }
                Row::Gap => {}
                Row::Titles => {
                    put(buf, row, columns.each_ref().map(|column| &*column.title), cx.theme.heading);
                }
                Row::Person(staff) => {
                    let mut name = cx.name(&staff.name);
                    if is_me(cx, staff) {
                        name = cx.cat.t1("accounts-you", "name", name).into_owned();
                    }
                    let state = cx.cat.t(if staff.closed { "accounts-closed" } else { "accounts-in-use" });
                    put(buf, row, [&name, &staff.login, &wording::role(cx.cat, staff.role), &state], style);
                }
            });
        let foot_style = if self.resealing.is_some() { cx.theme.normal } else { cx.theme.dim };
        let below = rows.len() - self.list.view(rows.len(), body.height).end;
        if below > 0 {
            let more = cx.cat.t1("form-more-below", "n", below);
            paint::put(buf, area, body.x + list::MARGIN, body.bottom(), &more, cx.theme.dim);
        }
        let help = match self.list.selected(rows.len()).map(|at| rows[at]) {
            Some(Row::Act(act)) => cx.cat.t(&format!("{}-help", act.key())).into_owned(),
            Some(Row::Person(staff)) if staff.closed => cx.cat.t("accounts-closed-help").into_owned(),
            Some(Row::Person(staff)) => role_help(cx, staff.role),
            _ => String::new(),
        };
        let help = self.resealing.map_or(help, |progress| resealing(cx, progress));
        let foot = Rect { x: foot.x + 2, width: foot.width.saturating_sub(4), ..foot };
        wrap::draw(buf, foot, &help, 0, foot_style);
        cursor
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        ManualAt::of(["screen accounts"])
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("accounts-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        vec![Command::Open, Command::Back]
    }
}

const FOLLOW: Effect = Effect::Ask(RESEALED, Request::FollowResealing);

/// Hears how far the sealing anew is, if there is any; for who may ask.
fn follow(cx: &Cx) -> Vec<Effect> {
    if is_lead(cx) { vec![FOLLOW] } else { vec![] }
}

fn resealing(cx: &Cx, (done, total): (u64, Option<u64>)) -> String {
    match total {
        Some(total) => {
            let args = [("done", done.to_string().into()), ("total", total.to_string().into())];
            cx.cat.tn("accounts-resealing", &args).into_owned()
        }
        None => cx.cat.t("accounts-resealing-begins").into_owned(),
    }
}

#[cfg(test)]
mod tests;

/// What somebody with this role may do.
fn role_help(cx: &Cx, role: Role) -> String {
    let key = match role {
        Role::Caseworker => "accounts-may-caseworker",
        Role::Supervisor => "accounts-may-supervisor",
        Role::Lead => "accounts-may-lead",
        Role::Support => "accounts-may-support",
    };
    cx.cat.t(key).into_owned()
}

/// A popup that explains, asks some lines and says beneath them how it goes.
fn ask(
    cx: &Cx,
    buf: &mut Buffer,
    area: Rect,
    title: &str,
    why: &str,
    lines: &Lines,
    below: (String, Style),
) -> Option<Position> {
    const WIDTH: u16 = 68;
    const BELOW: u16 = 2;
    let above = wrap::lines(why, WIDTH.min(area.width) - 4).len() as u16;
    let gap = u16::from(area.height > above + lines.height() + BELOW + 3);
    let height = above + gap + lines.height() + BELOW + 2;
    let inner = popup::open(buf, area, WIDTH, height, title, cx.theme);
    wrap::draw(buf, inner, why, 0, cx.theme.normal);
    let fields = Rect { y: inner.y + above + gap, height: lines.height(), ..inner };
    let caret = lines.view(cx, buf, Rect { height: fields.height.min(inner.bottom() - fields.y), ..fields });
    let rest = Rect { y: fields.bottom(), height: inner.bottom().saturating_sub(fields.bottom()), ..inner };
    wrap::draw(buf, rest, &below.0, 0, below.1);
    caret
}

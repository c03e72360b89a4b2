//! Scores in a file: each with its total, its band and what changed since the baseline; and a new one.

use super::entry::{Entry, Reel, Target};
use super::family;
use crate::domain::forms::score;
use crate::domain::{Record, RecordKind, RecordRef};
use crate::office::scoring::{BASELINE, Reading, Turn, since_baseline, turn};
use crate::office::{CaseFile, Colour, FormJob, MOST_ITEMS, item_field};
use crate::tui::paint;
use crate::tui::screen::{Choose, Cx, Effect, FormPlace, Place, Ticket};
use crate::wording;
use ratatui::style::Style;
use uuid::Uuid;

pub(super) fn of(file: &CaseFile) -> impl Iterator<Item = &Record> {
    file.services.iter().filter(|record| record.at.kind == RecordKind::Score)
}

pub(super) fn entries(cx: &Cx, file: &CaseFile, reel: &Reel, width: u16) -> Vec<Entry> {
    let readings: Vec<Reading> =
        of(file).map(|record| Reading::of(&cx.station.instruments, record)).collect();
    readings.iter().map(|one| entry(cx, one, &readings, reel, width)).collect()
}

fn entry(cx: &Cx, one: &Reading, all: &[Reading], reel: &Reel, width: u16) -> Entry {
    let record = one.record;
    let fields = &record.fields;
    let Some(form) = cx.station.form_of(record.at.kind, fields) else {
        return Entry::new(Target::Record(record.at), "", cx.theme.normal);
    };
    let day = one.on.map(|on| cx.cat.date(on)).unwrap_or_default();
    let name = match one.instrument {
        Some(instrument) => wording::instrument(cx.cat, instrument),
        None => fields.text(&score::INSTRUMENT).to_owned(),
    };
    let moment = wording::core_choice(cx.cat, "moment", fields.text(&score::MOMENT));
    let change = since_baseline(one, all);
    let said = change.as_ref().map(|change| wording::change(cx.cat, change)).unwrap_or_default();
    let style = change.map_or(cx.theme.normal, |change| of_turn(cx, turn(change.gain)));
    let [day, name, moment, total, said] =
        [day, name, moment, wording::total(cx.cat, one), said].map(|text| cx.delicate(&text));
    let needed: usize = [&day, &name, &moment, &total, &said].iter().map(|text| paint::width(text) + 2).sum();
    let entry = Entry::new(Target::Record(record.at), day, cx.theme.label)
        .piece(name, cx.theme.normal)
        .piece(moment, cx.theme.dim);
    // A result is never cut: where the head has no room, it stands beneath.
    let entry = match needed < usize::from(width) {
        true => entry.piece(total, of_colour(cx, one.band)).piece(said, style),
        false => {
            let entry = entry.line(total, of_colour(cx, one.band));
            if said.is_empty() { entry } else { entry.line(said, style) }
        }
    };
    let open = reel.open.contains(&record.at.id);
    let head = [score::ON, score::MOMENT, score::INSTRUMENT];
    let facts = match (open, one.instrument) {
        (false, _) => String::new(),
        (true, Some(_)) => family::facts(cx, &form.id, record, &head, width),
        (true, None) => answers(cx, record),
    };
    if facts.is_empty() { entry } else { entry.text(cx, &facts, width, open) }
}

/// What is left where the questions are gone: the points of each.
fn answers(cx: &Cx, record: &Record) -> String {
    let answered = (0..MOST_ITEMS).map(|at| (at, record.fields.text(&item_field(at))));
    let answered = answered.filter(|(_, points)| !points.is_empty());
    let said = answered.map(|(at, points)| {
        let item = cx.cat.t1("scored-item", "n", (at + 1).to_string());
        format!("{item}{}{points}", cx.cat.t("value-colon"))
    });
    cx.written(&said.collect::<Vec<_>>().join(&cx.cat.t("value-stop")))
}

pub(in crate::tui::screens) fn of_colour(cx: &Cx, band: Option<Colour>) -> Style {
    match band {
        Some(Colour::Red) => cx.theme.high,
        Some(Colour::Yellow) => cx.theme.medium,
        Some(Colour::Blue) => cx.theme.low,
        Some(Colour::Green) => cx.theme.good,
        None => cx.theme.dim,
    }
}

pub(in crate::tui::screens) fn of_turn(cx: &Cx, turn: Turn) -> Style {
    match turn {
        Turn::Better => cx.theme.good,
        Turn::Same => cx.theme.normal,
        Turn::Worse => cx.theme.warning,
    }
}

/// Which instrument? Who answers and from what age stands with it; those of the child's own that it is too young for are
/// left out.
pub(super) fn choose(cx: &Cx, file: Option<&CaseFile>, ticket: Ticket) -> Effect {
    let birth = file.and_then(|file| file.row.birth);
    let age = birth.and_then(|birth| cx.today.years_since(birth));
    let fits = |from: u32| age.is_none_or(|age| age >= from);
    let offered = cx.station.instruments.offered().filter(|one| fits(one.from_age));
    let choices = offered.map(|one| {
        let domain = wording::core_choice(cx.cat, "domain", one.domain);
        let name = wording::instrument(cx.cat, one);
        let who = wording::age_and_by(cx.cat, one);
        (one.form_id(), format!("{domain}{}{name} ({who})", cx.cat.t("value-colon")))
    });
    let title = cx.cat.t("file-choose-instrument").into_owned();
    let choose = Choose { title, choices: choices.collect(), chosen: vec![], many: false };
    Effect::Open(ticket, Place::Choose(choose))
}

/// The baseline first, then a review; the instrument stands in it already.
pub(super) fn new(cx: &Cx, file: &CaseFile, form: &str) -> Option<FormPlace> {
    let instrument = cx.station.instruments.offered().find(|one| one.form_id() == form)?;
    let before = of(file).any(|record| record.fields.text(&score::INSTRUMENT) == instrument.id);
    let mut fields = crate::domain::Fields::default().with(score::ON, cx.today);
    let choice = |code: &str| Some(crate::domain::Value::Choice(code.to_owned()));
    fields.set(score::MOMENT, choice(if before { "review" } else { BASELINE }));
    if let [only] = instrument.by[..] {
        fields.set(score::BY, choice(only));
    }
    fields.set(score::INSTRUMENT, choice(&instrument.id));
    fields.set(score::VERSION, Some(crate::domain::Value::Number(instrument.version)));
    let child = file.row.child;
    let at = RecordRef::of(RecordKind::Score, child.0, Uuid::now_v7());
    let job = FormJob { form: form.to_owned(), at, child: Some(child) };
    let focus = Some(if fields.get(&score::BY).is_none() { score::BY } else { score::ON });
    Some(FormPlace { job, base: None, fields, draft: None, focus })
}

//! Quality checks of files: which files something is amiss in, and in how many each thing is. Enter opens the file; what
//! was found goes into the supervision log as counts, without a name.

use super::{forms, rows};
use crate::domain::forms::supervision;
use crate::domain::{Fields, RecordKind, RecordRef, Value, WorkerId};
use crate::office::{Answer, Quality as Found, QualityFile, QualityScope, Request};
use crate::tui::command::Command;
use crate::tui::keymap::Layer;
use crate::tui::paint;
use crate::tui::screen::{Choose, Cx, Effect, Input, ManualAt, Pick, Place, Screen, Ticket, Tone};
use crate::tui::widget::{
    list::ListState,
    progress,
    table::{self, Column, Entry},
    tabs, wrap,
};
use crate::wording;
use chrono::Datelike;
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};
use uuid::Uuid;

const OPENED: Ticket = Ticket(1);
const WHOSE: Ticket = Ticket(2);
/// Questions count up from here; an answer to an older one is dropped.
const FOUND: u32 = 100;
/// Files of the whole station; of one worker all are looked at.
const SAMPLE: usize = 20;
/// Lines beneath the list.
const FOOT: u16 = 4;
/// The choice of nobody in particular.
const STATION: &str = "station";

pub(super) struct Quality {
    scope: QualityScope,
    asked: u32,
    /// None: on its way.
    found: Option<Found>,
    progress: Option<(u64, Option<u64>)>,
    refused: Option<String>,
    /// Files, else checks.
    by_file: bool,
    list: ListState,
}

impl Quality {
    /// Of the day: who looks again today sees the same files.
    pub(super) fn new(cx: &Cx) -> Self {
        let day = cx.today;
        let seed = u64::from(day.year_ce().1) * 10_000 + u64::from(day.month() * 100 + day.day());
        Self {
            scope: QualityScope { worker: None, sample: Some(SAMPLE), seed },
            asked: FOUND,
            found: None,
            progress: None,
            refused: None,
            by_file: true,
            list: ListState::default(),
        }
    }

    fn ask(&mut self) -> Vec<Effect> {
        let before = Ticket(self.asked);
        self.asked = self.asked.wrapping_add(1).max(FOUND);
        let stopped = (self.found.is_none() && self.refused.is_none()).then_some(Effect::Cancel(before));
        (self.found, self.progress, self.refused) = (None, None, None);
        self.list.select(0);
        let ask = Effect::Ask(Ticket(self.asked), Request::Quality(self.scope));
        stopped.into_iter().chain([ask]).collect()
    }

    fn len(&self) -> usize {
        let found = self.found.as_ref();
        found.map_or(0, |found| if self.by_file { found.files.len() } else { found.checks.len() })
    }

    fn selected(&self) -> Option<usize> {
        self.list.selected(self.len())
    }

    fn file(&self) -> Option<&QualityFile> {
        self.found.as_ref()?.files.get(self.selected().filter(|_| self.by_file)?)
    }

    fn whose(&self, cx: &Cx) -> Vec<Effect> {
        let all = (STATION.to_owned(), cx.cat.tn("quality-of-station", &[("n", SAMPLE.into())]).into_owned());
        let worker = |staff: &crate::office::Staff| {
            let said = cx.cat.t1("quality-of-worker", "name", cx.name(&staff.name)).into_owned();
            (staff.worker.0.to_string(), said)
        };
        let choices = [all].into_iter().chain(cx.station.colleagues().map(worker)).collect();
        let title = cx.cat.t("quality-whose").into_owned();
        vec![Effect::Open(WHOSE, Place::Choose(Choose { title, choices, chosen: vec![], many: false }))]
    }

    fn of(&mut self, code: &str) -> Vec<Effect> {
        let worker = code.parse().ok().map(WorkerId);
        self.scope.worker = worker;
        self.scope.sample = worker.is_none().then_some(SAMPLE);
        self.ask()
    }

    /// Which files these are: enough to draw them again.
    fn drawn(&self, cx: &Cx, found: &Found, name: impl Fn(&str) -> String) -> String {
        let n = found.files.len();
        let parts = [("n", n.into()), ("of", found.of.into()), ("seed", found.seed.to_string().into())];
        let whose = match self.scope.worker {
            Some(worker) => name(cx.station.worker(worker).unwrap_or("?")),
            None => cx.cat.t("quality-whole-station").into_owned(),
        };
        let key = if self.scope.sample.is_some() && n < found.of { "quality-drawn" } else { "quality-all" };
        format!("{whose}{}{}", cx.cat.t("value-colon"), cx.cat.tn(key, &parts))
    }

    /// A form of the supervision log with the counts in it: what was agreed is for somebody to write.
    fn keep(&self, cx: &Cx) -> Vec<Effect> {
        let Some(found) = self.found.as_ref().filter(|found| !found.files.is_empty()) else {
            return vec![Effect::Toast(Tone::Plain, cx.cat.t("quality-nothing").into_owned())];
        };
        let counts = found.checks.iter().filter(|check| check.failed > 0).map(|check| {
            let text = wording::both(cx.cat, &check.text);
            format!("{text}{}{}/{}", cx.cat.t("value-colon"), check.failed, found.files.len())
        });
        let counts: Vec<String> = counts.collect();
        let said = if counts.is_empty() { cx.cat.t("quality-sound").into_owned() } else { counts.join("\n") };
        // What is kept is whole, though the screen may be masked.
        let topic = self.drawn(cx, found, str::to_owned);
        let fields = Fields::default()
            .with(supervision::KIND, Value::Choice("quality-check".into()))
            .with(supervision::ON, cx.today)
            .with(supervision::TOPIC, topic.as_str())
            .with(supervision::FOUND, said.as_str());
        let id = Uuid::now_v7();
        let at = RecordRef::of(RecordKind::Supervision, id, id);
        forms::entry(cx, at, None, fields).map(|place| Effect::Open(OPENED, place)).into_iter().collect()
    }

    fn command(&mut self, cx: &Cx, command: Command) -> Vec<Effect> {
        match command {
            Command::Back => return vec![Effect::Close],
            Command::NextTab | Command::PreviousTab => {
                self.by_file = !self.by_file;
                self.list.select(0);
            }
            Command::Open => {
                return self
                    .file()
                    .map(|file| Effect::Open(OPENED, Place::File(file.row.child)))
                    .into_iter()
                    .collect();
            }
            Command::Filter => return self.whose(cx),
            Command::AnotherSample => {
                self.scope.seed = self.scope.seed.wrapping_add(1);
                return self.ask();
            }
            Command::KeepCheck => return self.keep(cx),
            command => {
                self.list.run(command, self.len());
            }
        }
        vec![]
    }

    fn files(&self, cx: &Cx, buf: &mut Buffer, area: Rect, found: &Found) -> Option<Position> {
        let column = |key: &str, cells, rank| Column::new(cx.cat.t(key), cells, rank);
        let columns = [
            column("col-name", 8..14, 0),
            column("col-village", 12..20, 2),
            column("col-worker", 8..12, 1),
            column("quality-col-failed", 6..6, 0),
            column("quality-col-what", 30..80, 0),
        ];
        let village = rows::room(&columns, area, 1);
        table::draw(buf, area, cx.theme, &columns, &self.list, found.files.len(), |at| {
            let QualityFile { row, failed } = &found.files[at];
            let worker = row.worker.and_then(|worker| cx.station.worker(worker));
            let style = if failed.is_empty() { cx.theme.good } else { cx.theme.warning };
            vec![
                Entry::from(cx.name(&row.name)),
                rows::village(&row.village, vec![], village),
                Entry::from(worker.map_or_else(|| "-".to_owned(), |name| cx.name(name))),
                Entry::from(failed.len().to_string()).style(style),
                Entry::from(self.failed(cx, found, failed)),
            ]
        })
    }

    /// What is amiss in a file: it may say why the child is on file.
    fn failed(&self, cx: &Cx, found: &Found, failed: &[usize]) -> String {
        let texts = failed.iter().filter_map(|at| found.checks.get(*at));
        let texts: Vec<String> = texts.map(|check| wording::both(cx.cat, &check.text)).collect();
        cx.delicate(&texts.join(&cx.cat.t("value-stop")))
    }

    fn checks(&self, cx: &Cx, buf: &mut Buffer, area: Rect, found: &Found) -> Option<Position> {
        let column = |key: &str, cells, rank| Column::new(cx.cat.t(key), cells, rank);
        let columns = [
            column("quality-col-group", 8..10, 1),
            column("quality-col-check", 26..50, 0),
            column("quality-col-failed", 6..8, 0),
            column("quality-col-share", 6..8, 0),
        ];
        table::draw(buf, area, cx.theme, &columns, &self.list, found.checks.len(), |at| {
            let check = &found.checks[at];
            let style = if check.failed > 0 { cx.theme.warning } else { cx.theme.good };
            let share = (check.failed * 100 + found.files.len() / 2).checked_div(found.files.len());
            vec![
                Entry::from(cx.cat.t(&format!("quality-group-{}", check.group)).into_owned())
                    .style(cx.theme.dim),
                Entry::from(wording::both(cx.cat, &check.text)),
                Entry::from(check.failed.to_string()).style(style),
                Entry::from(share.map_or_else(|| "-".to_owned(), |share| format!("{share}%"))).style(style),
            ]
        })
    }

    fn foot(&self, cx: &Cx, buf: &mut Buffer, area: Rect, found: &Found) {
        let said = match (self.file(), self.selected()) {
            (Some(file), _) if file.failed.is_empty() => cx.cat.t("quality-sound").into_owned(),
            (Some(file), _) => self.failed(cx, found, &file.failed),
            (None, Some(at)) => {
                let sources = found.checks.get(at).into_iter().flat_map(|check| &check.sources);
                let said = sources.map(|(source, sure)| wording::source(cx.cat, source, *sure));
                said.collect::<Vec<_>>().join("\n")
            }
            (None, None) => String::new(),
        };
        wrap::draw(buf, area, &said, 0, cx.theme.dim);
    }
}

impl Screen for Quality {
    fn layers(&self) -> Vec<Layer> {
        vec![Layer::Quality, Layer::List]
    }

    fn update(&mut self, cx: &Cx, input: Input) -> Vec<Effect> {
        match input {
            // Not with every save: what was drawn stays to be worked through.
            Input::Opened => self.ask(),
            Input::Progress(Ticket(asked), done, total) if asked == self.asked => {
                self.progress = Some((done, total));
                vec![]
            }
            Input::Answer(Ticket(asked), answer) if asked == self.asked => {
                match answer {
                    Ok(Answer::Quality(found)) => self.found = Some(found),
                    Ok(_) => {}
                    Err(refusal) => self.refused = Some(wording::refusal(cx.cat, &refusal)),
                }
                vec![]
            }
            Input::Picked(WHOSE, Some(Pick::Chosen(codes))) => {
                codes.first().map(|code| self.of(code)).unwrap_or_default()
            }
            Input::Command(command) => self.command(cx, command),
            _ => vec![],
        }
    }

    fn view(&self, cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
        paint::clear(buf, area, cx.theme.normal);
        if let Some(refused) = &self.refused {
            return rows::note(cx, buf, area, refused);
        }
        let line = Rect { x: area.x + 1, width: area.width.saturating_sub(2), height: 1, ..area };
        let Some(found) = &self.found else {
            let (done, total) = self.progress?;
            progress::draw(buf, line, cx.theme, done, total.unwrap_or(0));
            return Some(Position::new(line.x, line.y));
        };
        let titles = [cx.cat.t("quality-tab-files"), cx.cat.t("quality-tab-checks")];
        tabs::draw(buf, line, cx.theme, &titles.each_ref().map(|title| &**title), usize::from(!self.by_file));
        let head = Rect { y: line.y + 1, ..line };
        paint::put_shortened(
            buf,
            head,
            head.x,
            head.y,
            &self.drawn(cx, found, |name| cx.name(name)),
            cx.theme.dim,
        );
        if found.files.is_empty() {
            let rest = Rect { y: head.y + 1, height: area.height.saturating_sub(2), ..area };
            return rows::note(cx, buf, rest, &cx.cat.t("quality-nothing"));
        }
        let body = Rect { y: head.y + 1, height: area.height.saturating_sub(2 + FOOT), ..area };
        let at = match self.by_file {
            true => self.files(cx, buf, body, found),
            false => self.checks(cx, buf, body, found),
        };
        self.foot(cx, buf, Rect { y: body.bottom(), height: FOOT, ..line }, found);
        at
    }

    fn manual(&self, _: &Cx) -> ManualAt {
        ManualAt::of(["form supervision"])
    }

    fn title(&self, cx: &Cx) -> String {
        cx.cat.t("quality-title").into_owned()
    }

    fn hints(&self, _: &Cx) -> Vec<Command> {
        let mut hints = vec![Command::NextTab, Command::KeepCheck, Command::Filter];
        hints.extend([Command::AnotherSample, Command::Back]);
        if self.file().is_some() {
            hints.insert(0, Command::Open);
        }
        hints
    }
}

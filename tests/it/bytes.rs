//! What a supervisor on a slow line waits for: the bytes of real screens, in Chinese, at 80x24.
//!
//! Everything is real but the line: the invented station, the office, the screens and the backend. Time stands still, so
//! each figure is the same on every machine.

use chrono::NaiveDate;
use ratatui::{Terminal, layout::Size};
use std::collections::BTreeMap;
use std::sync::Arc;
use tempfile::TempDir;
use tonghu::domain::WorkerId;
use tonghu::exchange::demo;
use tonghu::i18n::Lang;
use tonghu::office::{Door, Office, invented};
use tonghu::platform::clock::StillClock;
use tonghu::tui::backend::{self, ThriftyBackend};
use tonghu::tui::harness::Harness;

const CHILDREN: usize = 400;

struct Desk {
    _dir: TempDir,
    harness: Harness,
    terminal: Terminal<ThriftyBackend<Vec<u8>>>,
    /// What each key cost, by what it was for.
    costs: BTreeMap<&'static str, Vec<usize>>,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let today: NaiveDate = "2026-11-23".parse().unwrap();
        let now = today.and_hms_opt(9, 0, 0).unwrap();
        let files = |workers: &[WorkerId]| demo::files(7, CHILDREN, today, workers);
        let clock = Arc::new(StillClock::at(now));
        let desk =
            invented(&Door::new(dir.path().to_owned(), clock), demo::station(), demo::STAFF, files).unwrap();
        let office: Arc<dyn Office> = desk;
        let mut harness = Harness::new(office, Lang::Zh, now);
        harness.blind = true;
        let terminal = Terminal::new(ThriftyBackend::new(Vec::new(), Size::new(80, 24))).unwrap();
        let mut desk = Self { _dir: dir, harness, terminal, costs: BTreeMap::new() };
        desk.send();
        desk
    }

    /// Draws what is on the screen; returns the bytes it took.
    fn send(&mut self) -> usize {
        let app = &self.harness.app;
        backend::draw(&mut self.terminal, |frame| {
            if let Some(cursor) = app.view(frame) {
                frame.set_cursor_position(cursor);
            }
        })
        .unwrap();
        std::mem::take(self.terminal.backend_mut().out_mut()).len()
    }

    fn press(&mut self, key: &str) -> usize {
        self.harness.press(key);
        self.send()
    }

    fn keys(&mut self, what: &'static str, key: &str, times: usize) -> &mut Self {
        for _ in 0..times {
            let bytes = self.press(key);
            self.costs.entry(what).or_default().push(bytes);
        }
        self
    }

    fn types(&mut self, what: &'static str, text: &str) -> &mut Self {
        for character in text.chars() {
            self.harness.type_text(&character.to_string());
            let bytes = self.send();
            self.costs.entry(what).or_default().push(bytes);
        }
        self
    }

    /// None of these keys may cost more.
    #[track_caller]
    fn at_most(&self, what: &str, bytes: usize) {
        let all = &self.costs[what];
        let most = all.iter().max().unwrap();
        assert!(*most <= bytes, "{what}: {most} bytes, {bytes} would do: {all:?}");
    }
}

#[test]
fn a_key_in_a_list_costs_few_bytes() {
    let mut desk = Desk::new();
    // So far it does not scroll: above what is due stand the two lists of the week.
    desk.keys("today: move", "down", 13).keys("today: scroll", "down", 40).keys(
        "today: page",
        "page-down",
        5,
    );
    desk.press("f5");
    desk.keys("cases: move", "down", 15).keys("cases: scroll", "down", 40).keys(
        "cases: page",
        "page-down",
        5,
    );
    desk.keys("cases: move", "up", 10);
    desk.press("enter");
    desk.press("tab");
    desk.press("tab");
    desk.keys("timeline: move", "down", 4);
    desk.at_most("today: move", 250);
    desk.at_most("today: scroll", 320);
    desk.at_most("cases: move", 250);
    desk.at_most("cases: scroll", 300);
    desk.at_most("timeline: move", 250);
}

#[test]
fn a_search_character_costs_few_bytes() {
    let mut desk = Desk::new();
    for query in ["wxm", "zhang", "li", "石门", "1380", "王小明", "liuyang", "20150"] {
        desk.press("f3");
        desk.types("search", query);
        desk.keys("search", "backspace", query.chars().count());
        desk.press("esc");
    }
    desk.at_most("search", 1_500);
}

#[test]
fn a_character_typed_into_a_visit_costs_little_more_than_itself() {
    let mut desk = Desk::new();
    desk.press("enter");
    desk.press("f6");
    desk.press("tab");
    desk.types("form", "一切正常，母亲外出。ab 12");
    desk.at_most("form", 15);
}

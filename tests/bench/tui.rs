//! A key to a frame: the time from the key to the written bytes, and how many bytes there are, on a station of 2,000
//! invented children at 80x24 in Chinese.

use ratatui::{Terminal, layout::Size};
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tonghu::domain::WorkerId;
use tonghu::exchange::demo;
use tonghu::i18n::Lang;
use tonghu::office::{Door, Office, invented};
use tonghu::platform::{Clock, SystemClock};
use tonghu::tui::backend::{self, ThriftyBackend};
use tonghu::tui::harness::Harness;

const CHILDREN: usize = 2_000;

/// Counts what would go to the terminal.
#[derive(Clone, Default)]
struct Line(Arc<Mutex<usize>>);

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if let Ok(mut count) = self.0.lock() {
            *count += bytes.len();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

pub(crate) fn run() {
    let Ok(dir) = tempfile::tempdir() else { return };
    let clock = Arc::new(SystemClock);
    let (today, now) = (clock.today(), clock.now());
    let files = |workers: &[WorkerId]| demo::files(7, CHILDREN, today, workers);
    let Ok(desk) = invented(&Door::new(dir.path().to_owned(), clock), demo::station(), demo::STAFF, files)
    else {
        return;
    };
    let office: Arc<dyn Office> = desk;
    let mut harness = Harness::new(office, Lang::Zh, now);
    harness.blind = true;
    let line = Line::default();
    let Ok(mut terminal) = Terminal::new(ThriftyBackend::new(line.clone(), Size::new(80, 24))) else {
        return;
    };
    let mut measure = |name: &str, keys: &[&str], harness: &mut Harness| {
        let mut taken: Vec<(Duration, usize)> = Vec::new();
        for key in keys {
            let begun = Instant::now();
            match key.strip_prefix('"') {
                Some(text) => harness.type_text(text),
                None => harness.press(key),
            };
            if let Ok(mut count) = line.0.lock() {
                *count = 0;
            }
            let drawn = backend::draw(&mut terminal, |frame| {
                if let Some(cursor) = harness.app.view(frame) {
                    frame.set_cursor_position(cursor);
                }
            });
            let bytes = line.0.lock().map_or(0, |count| *count);
            if drawn.is_ok() {
                taken.push((begun.elapsed(), bytes));
            }
        }
        taken.sort();
        let most = taken.iter().map(|(_, bytes)| *bytes).max().unwrap_or(0);
        let mut bytes: Vec<usize> = taken.iter().map(|(_, bytes)| *bytes).collect();
        bytes.sort_unstable();
        let middle = taken.get(taken.len() / 2).map_or(Duration::ZERO, |(time, _)| *time);
        let last = taken.last().map_or(Duration::ZERO, |(time, _)| *time);
        println!(
            "{name:<24} key to frame p50 {:>7.3} ms  worst {:>7.3} ms   bytes p50 {:>5}  most {most:>5}",
            middle.as_secs_f64() * 1e3,
            last.as_secs_f64() * 1e3,
            bytes.get(bytes.len() / 2).copied().unwrap_or(0),
        );
    };
    measure("first frame", &["home"], &mut harness);
    measure("move in a list", &["down"; 15], &mut harness);
    measure("scroll a list", &["down"; 40], &mut harness);
    measure("page", &["page-down"; 10], &mut harness);
    measure("open search", &["f3"], &mut harness);
    measure("search character", &["\"w", "\"x", "\"m", "backspace", "\"i", "\"n", "\"g"], &mut harness);
    measure("open file, first", &["enter"], &mut harness);
    measure("back and open file", &["esc", "enter"].repeat(10), &mut harness);
    measure("open form, first", &["f6"], &mut harness);
    measure("back and open form", &["esc", "f6"].repeat(10), &mut harness);
    measure("form character", &["tab", "\"一", "\"切", "\"正", "\"常"], &mut harness);
}

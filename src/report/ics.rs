//! Days as a calendar that other programs read: RFC 5545.

use chrono::{Days, NaiveDate, NaiveDateTime};
use std::fmt::Write;

/// Octets of a line, its end not counted.
const LONGEST: usize = 75;

/// Something on a day, all day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Stays the same as long as it is the same thing, so that a calendar that reads it again moves it.
    pub uid: String,
    pub on: NaiveDate,
    pub summary: String,
}

/// The text of a calendar file. `stamp` is UTC.
pub fn text(name: &str, events: &[Event], stamp: NaiveDateTime) -> String {
    let stamp = stamp.format("%Y%m%dT%H%M%SZ").to_string();
    let mut out = Lines::default();
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line("PRODID:-//Tonghu//Tonghu//EN");
    out.line("CALSCALE:GREGORIAN");
    out.line("METHOD:PUBLISH");
    out.line(&format!("X-WR-CALNAME:{}", escaped(name)));
    for event in events {
        out.line("BEGIN:VEVENT");
        out.line(&format!("UID:{}", escaped(&event.uid)));
        out.line(&format!("DTSTAMP:{stamp}"));
        out.line(&format!("DTSTART;VALUE=DATE:{}", event.on.format("%Y%m%d")));
        if let Some(next) = event.on.checked_add_days(Days::new(1)) {
            out.line(&format!("DTEND;VALUE=DATE:{}", next.format("%Y%m%d")));
        }
        out.line(&format!("SUMMARY:{}", escaped(&event.summary)));
        out.line("CLASS:PRIVATE");
        // Who has a visit to do is not taken the whole day.
        out.line("TRANSP:TRANSPARENT");
        out.line("END:VEVENT");
    }
    out.line("END:VCALENDAR");
    out.0
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    /// Folded where it is too long, never within a character.
    fn line(&mut self, text: &str) {
        let (mut rest, mut room) = (text, LONGEST);
        while rest.len() > room {
            let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
            let _ = write!(self.0, "{head}\r\n ");
            // The blank before a line that goes on counts.
            (rest, room) = (tail, LONGEST - 1);
        }
        let _ = write!(self.0, "{rest}\r\n");
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

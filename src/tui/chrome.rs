//! What surrounds every screen: the bar above, the keys below, and what is said when the terminal is too small.

use super::app::LEAST;
use super::command::Command;
use super::keymap::Layer;
use super::paint;
use super::screen::{Cx, Tone};
use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

/// Bar, body and footer.
pub fn split(area: Rect) -> [Rect; 3] {
    let line = |y| Rect { y, height: 1, ..area };
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
    [line(area.y), body, line(area.bottom().saturating_sub(1))]
}

/// Title on the left; station, who is signed in and the date on the right, as far as they fit.
pub fn bar(cx: &Cx, buf: &mut Buffer, area: Rect, title: &str) {
    paint::clear(buf, area, cx.theme.title);
    let end = paint::put_shortened(buf, area, area.x + 1, area.y, title, cx.theme.title);
    let name = cx
        .station
        .record
        .as_ref()
        .map(|record| record.fields.text(&crate::domain::forms::station::NAME))
        .unwrap_or_default();
    let who = cx.me.map(|me| me.login.as_str()).unwrap_or_default();
    let day = format!("{} {}", cx.cat.date(cx.today), cx.cat.weekday(chrono::Datelike::weekday(&cx.today)));
    let mut parts: Vec<&str> = [name, who, &day].into_iter().filter(|part| !part.is_empty()).collect();
    let room = usize::from(area.right().saturating_sub(end + 3));
    while !parts.is_empty() {
        let text = parts.join("  ");
        if paint::width(&text) <= room {
            let right = Rect { width: area.width - 1, ..area };
            paint::put_right(buf, right, area.y, &text, cx.theme.title);
            return;
        }
        parts.remove(0);
    }
}

/// The commands that are of use now, with their keys; as many as fit.
pub fn footer(cx: &Cx, buf: &mut Buffer, area: Rect, layers: &[Layer], hints: &[Command]) {
    paint::clear(buf, area, cx.theme.normal);
    let mut x = area.x + 1;
    let mut shown = Vec::new();
    for command in hints.iter().copied() {
        let Some(chord) = cx.keymap.first_key(layers, command) else { continue };
        if shown.contains(&command) {
            continue;
        }
        let key = chord.label(cx.cat);
        let title = command.title(cx.cat);
        let needs = paint::width(&key) + 1 + paint::width(&title) + 2;
        if usize::from(area.right().saturating_sub(x)) < needs {
            continue;
        }
        shown.push(command);
        x = paint::put(buf, area, x, area.y, &key, cx.theme.key_hint);
        x = paint::put(buf, area, x + 1, area.y, &title, cx.theme.normal) + 2;
    }
}

/// What just happened, in place of the footer until the next key.
pub fn toast(cx: &Cx, buf: &mut Buffer, area: Rect, tone: Tone, text: &str) {
    let style = match tone {
        Tone::Good => cx.theme.good,
        Tone::Bad => cx.theme.error,
        Tone::Plain => cx.theme.normal,
    };
    paint::clear(buf, area, cx.theme.normal);
    paint::put_shortened(buf, area, area.x + 1, area.y, text, style);
}

/// Says how large the terminal must be; nothing else would fit.
pub fn too_small(cx: &Cx, buf: &mut Buffer, area: Rect) -> Option<Position> {
    paint::clear(buf, area, cx.theme.normal);
    let text = cx.cat.tn(
        "too-small",
        &[
            ("columns", i64::from(LEAST.0).to_string().into()),
            ("lines", i64::from(LEAST.1).to_string().into()),
            ("now-columns", area.width.to_string().into()),
            ("now-lines", area.height.to_string().into()),
        ],
    );
    for (line, y) in text.lines().zip(area.y..area.bottom()) {
        paint::put(buf, area, area.x, y, line, cx.theme.normal);
    }
    None
}

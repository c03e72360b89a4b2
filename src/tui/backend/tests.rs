use std::num::NonZeroU16;

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::*;
use crate::tui::paint;

fn parser(cols: u16, rows: u16) -> vt100::Parser {
    vt100::Parser::new(NonZeroU16::new(rows).unwrap(), NonZeroU16::new(cols).unwrap(), 0)
}

/// The terminal of a test: our backend on one side, what a person sees on the other.
struct Desk {
    terminal: Terminal<ThriftyBackend<Vec<u8>>>,
    seen: vt100::Parser,
}

impl Desk {
    fn new(cols: u16, rows: u16) -> Self {
        let backend = ThriftyBackend::new(Vec::new(), Size::new(cols, rows));
        Self { terminal: Terminal::new(backend).unwrap(), seen: parser(cols, rows) }
    }

    /// Draws a frame; returns the bytes it took.
    fn draw(&mut self, caret: Option<(u16, u16)>, draw: impl FnOnce(&mut Buffer)) -> usize {
        super::draw(&mut self.terminal, |frame| {
            draw(frame.buffer_mut());
            if let Some(caret) = caret {
                frame.set_cursor_position(caret);
            }
        })
        .unwrap();
        let bytes = std::mem::take(self.terminal.backend_mut().out_mut());
        self.seen.process(&bytes);
        bytes.len()
    }

    /// What is seen must be what was drawn, in text and in style.
    fn compare(&self, want: &Buffer) -> Result<(), String> {
        let mut x_end;
        for y in 0..want.area.height {
            x_end = 0;
            for x in 0..want.area.width {
                if x < x_end {
                    continue;
                }
                let cell = &want[(x, y)];
                x_end = x + cell.cell_width().max(1);
                let seen = self.seen.screen().cell(y, x).ok_or("no cell")?;
                let text = if seen.contents().is_empty() { " " } else { seen.contents() };
                let symbol = if x_end > want.area.width { " " } else { cell.symbol() };
                if text != symbol {
                    return Err(format!("{x},{y}: {symbol:?} was drawn, {text:?} is seen"));
                }
                let style = normal(cell);
                let colour = |colour| match colour {
                    Color::Reset => vt100::Color::Default,
                    Color::Red => vt100::Color::Idx(1),
                    Color::LightCyan => vt100::Color::Idx(14),
                    other => panic!("no test uses {other}"),
                };
                let reversed = style.modifier.contains(Modifier::REVERSED);
                let underlined = style.modifier.contains(Modifier::UNDERLINED);
                if (seen.inverse(), seen.underline()) != (reversed, underlined)
                    || seen.bgcolor() != colour(style.bg)
                {
                    return Err(format!("{x},{y}: {symbol:?} has another ground"));
                }
                let bold = style.modifier.contains(Modifier::BOLD);
                if symbol != " " && (seen.bold() != bold || seen.fgcolor() != colour(style.fg)) {
                    return Err(format!("{x},{y}: {symbol:?} has another style"));
                }
            }
        }
        Ok(())
    }
}

const SURNAMES: [&str; 8] = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄"];
const VILLAGES: [&str; 6] = ["石门村", "柳湾村", "东坡村", "桃源村", "白沙村", "青石村"];

/// A roster as the Cases screen shows it: bar, heading, rows, footer.
fn roster(buf: &mut Buffer, first: usize, selected: usize, query: &str) {
    let area = buf.area;
    let reverse = Style::new().add_modifier(Modifier::REVERSED);
    paint::put(buf, area, 0, 0, &paint::pad(" 个案 200", usize::from(area.width)), reverse);
    paint::put(buf, area, 0, 1, &format!("查找: {query}"), Style::new());
    paint::put(
        buf,
        area,
        2,
        2,
        "姓名      年龄  村庄      监护人    风险  最近走访    下次到期",
        Style::new().add_modifier(Modifier::BOLD),
    );
    let rows: Vec<usize> =
        (0..200).filter(|n| query.is_empty() || n % 7 < 7 - query.chars().count().min(6)).collect();
    for (line, n) in rows.iter().skip(first).take(usize::from(area.height) - 5).enumerate() {
        let y = line as u16 + 3;
        let surname = SURNAMES[n * 7 % 8];
        let name = format!("{surname}{}{}", SURNAMES[n * 3 % 8], if n % 3 == 0 { "明" } else { "" });
        let text = format!(
            "{} {}{}岁   {}{}{}  2026-{:02}-{:02}  2026-12-{:02}",
            if *n == selected { '>' } else { ' ' },
            paint::pad(&name, 10),
            3 + n % 14,
            paint::pad(VILLAGES[n * 5 % 6], 10),
            paint::pad(&format!("{surname}建国"), 10),
            ["高", "中", "低"][n % 3],
            1 + n % 12,
            1 + n % 28,
            1 + n * 11 % 28,
        );
        let style = if *n == selected { reverse } else { Style::new() };
        paint::put(buf, area, 0, y, &paint::pad(&text, usize::from(area.width)), style);
    }
    paint::put(
        buf,
        area,
        0,
        area.height - 1,
        "回车 打开  / 查找  F2 全部命令  F1 帮助  Esc 返回",
        Style::new(),
    );
}

#[test]
fn a_supervisor_on_a_slow_line_waits_for_few_bytes() {
    let mut desk = Desk::new(80, 24);
    let first = desk.draw(None, |buf| roster(buf, 0, 0, ""));
    let moved = desk.draw(None, |buf| roster(buf, 0, 1, ""));
    desk.draw(None, |buf| roster(buf, 0, 18, ""));
    let scrolled = desk.draw(None, |buf| roster(buf, 1, 19, ""));
    desk.draw(None, |buf| roster(buf, 1, 1, ""));
    let up = desk.draw(None, |buf| roster(buf, 0, 0, ""));
    let page = desk.draw(None, |buf| roster(buf, 19, 19, ""));
    assert!(page <= 1_500, "page {page}");
    let search = desk.draw(Some((7, 1)), |buf| roster(buf, 0, 0, "w"));
    let unchanged = desk.draw(Some((7, 1)), |buf| roster(buf, 0, 0, "w"));
    assert!(first <= 2_700, "first {first}");
    assert!(moved <= 250, "move {moved}");
    assert!(scrolled <= 300, "scroll {scrolled}");
    assert!(up <= 300, "scroll up {up}");
    assert!(search <= 1_500, "search {search}");
    assert_eq!(unchanged, 0);
}

#[test]
fn a_character_typed_into_a_form_costs_little_more_than_itself() {
    let mut desk = Desk::new(80, 24);
    let mut typed = String::new();
    let mut most = 0;
    for c in ["", "母", "亲", "外", "出", "，", "a", "b", " ", "c"] {
        typed.push_str(c);
        let caret = 10 + paint::width(&typed) as u16;
        let bytes = desk.draw(Some((caret, 5)), |buf| {
            let area = buf.area;
            paint::put(buf, area, 0, 5, "  情况：", Style::new());
            let field = paint::pad(&typed, 60);
            paint::put(buf, area, 10, 5, &field, Style::new().add_modifier(Modifier::UNDERLINED));
        });
        if !c.is_empty() {
            most = most.max(bytes);
        }
    }
    assert!(most <= 15, "{most}");
}

#[test]
fn a_name_after_a_dash_of_doubtful_width_is_placed_anew() {
    let mut desk = Desk::new(20, 2);
    desk.draw(None, |buf| {
        let area = buf.area;
        paint::put(buf, area, 0, 0, "“王”——李", Style::new());
    });
    let bytes = {
        let backend = desk.terminal.backend_mut();
        backend.forget();
        desk.terminal.resize(Rect::new(0, 0, 20, 2)).unwrap();
        desk.terminal
            .draw(|frame| {
                let area = frame.area();
                paint::put(frame.buffer_mut(), area, 0, 0, "“王”——李", Style::new());
            })
            .unwrap();
        String::from_utf8(std::mem::take(desk.terminal.backend_mut().out_mut())).unwrap()
    };
    assert!(bytes.contains("“\x1b[1;2H王”\x1b[1;5H—\x1b[1;6H—\x1b[1;7H李"), "{bytes:?}");
}

#[test]
fn nothing_is_ever_asked_of_the_terminal() {
    let mut desk = Desk::new(80, 24);
    for n in 0..30 {
        desk.terminal.draw(|frame| roster(frame.buffer_mut(), n, n + 3, "")).unwrap();
    }
    let bytes = String::from_utf8(std::mem::take(desk.terminal.backend_mut().out_mut())).unwrap();
    assert!(!bytes.contains("\x1b[6n") && !bytes.contains("\x1b[c") && !bytes.contains("\x1b[?u"));
}

#[test]
fn a_large_frame_is_bracketed_only_where_that_is_harmless() {
    let bytes = |term: &str| {
        let backend = ThriftyBackend::new(Vec::new(), Size::new(80, 24)).synchronize_for(term);
        let mut terminal = Terminal::new(backend).unwrap();
        terminal.draw(|frame| roster(frame.buffer_mut(), 0, 0, "")).unwrap();
        let large = String::from_utf8(std::mem::take(terminal.backend_mut().out_mut())).unwrap();
        terminal.draw(|frame| roster(frame.buffer_mut(), 0, 1, "")).unwrap();
        (large, String::from_utf8(std::mem::take(terminal.backend_mut().out_mut())).unwrap())
    };
    let (large, small) = bytes("xterm-256color");
    assert!(large.starts_with("\x1b[?2026h") && large.ends_with("\x1b[?2026l"));
    assert!(!small.contains("2026h"));
    assert!(!bytes("linux").0.contains("2026h"));
}

#[test]
fn a_resize_draws_everything_without_a_question() {
    let mut desk = Desk::new(80, 24);
    desk.draw(None, |buf| roster(buf, 0, 0, ""));
    desk.terminal.backend_mut().resize(Size::new(60, 18));
    desk.seen = parser(60, 18);
    desk.draw(None, |buf| roster(buf, 0, 0, ""));
    let mut want = Buffer::empty(Rect::new(0, 0, 60, 18));
    roster(&mut want, 0, 0, "");
    desk.compare(&want).unwrap();
}

#[derive(Clone, Debug)]
enum Stroke {
    Text { x: u16, y: u16, text: String, style: Style },
    Raw { x: u16, y: u16, text: String, style: Style },
    Clear { area: Rect, style: Style },
    Scroll { top: u16, bottom: u16, by: i16 },
}

fn a_style() -> impl Strategy<Value = Style> {
    prop::sample::select(vec![
        Style::new(),
        Style::new(),
        Style::new().add_modifier(Modifier::REVERSED),
        Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Style::new().fg(Color::Red),
        Style::new().fg(Color::LightCyan).bg(Color::Red),
    ])
}

fn a_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "王",
        "小明",
        "石门村",
        "a",
        "bc",
        " ",
        "   ",
        "“",
        "”",
        "——",
        "……",
        "é",
        "e\u{323}\u{302}",
        "①",
        "が",
        "，",
        "2026-11-21",
    ]);
    prop::collection::vec(pieces, 1..8).prop_map(|pieces| pieces.concat())
}

fn a_stroke() -> impl Strategy<Value = Stroke> {
    prop_oneof![
        4 => (0..30u16, 0..10u16, a_text(), a_style()).prop_map(|(x, y, text, style)| Stroke::Text { x, y, text, style }),
        1 => (0..30u16, 0..10u16, a_text(), a_style()).prop_map(|(x, y, text, style)| Stroke::Raw { x, y, text, style }),
        1 => (0..30u16, 0..10u16, 0..20u16, 0..6u16, a_style())
            .prop_map(|(x, y, w, h, style)| Stroke::Clear { area: Rect::new(x, y, w, h), style }),
        1 => (0..10u16, 0..10u16, -3..4i16).prop_map(|(a, b, by)| Stroke::Scroll { top: a.min(b), bottom: a.max(b), by }),
    ]
}

fn apply(buf: &mut Buffer, stroke: &Stroke) {
    let area = buf.area;
    match stroke {
        Stroke::Text { x, y, text, style } => {
            paint::put(buf, area, *x, *y, text, *style);
        }
        // What other people's widgets do.
        Stroke::Raw { x, y, text, style } => {
            if *x < area.width && *y < area.height {
                paint::put(buf, area, *x, *y, "", *style);
                paint::clear(buf, Rect::new(*x, *y, area.width - x, 1), Style::new());
                buf.set_stringn(*x, *y, text, usize::from(area.width - x), Style::new());
                buf.set_style(Rect::new(*x, *y, 9, 1).intersection(area), *style);
            }
        }
        Stroke::Clear { area, style } => paint::clear(buf, *area, *style),
        Stroke::Scroll { top, bottom, by } => {
            let old = buf.clone();
            for y in *top..*bottom {
                let from = i32::from(y) + i32::from(*by);
                for x in 0..area.width {
                    let inside = from >= i32::from(*top) && from < i32::from(*bottom);
                    buf[(x, y)] = if inside { old[(x, from as u16)].clone() } else { Cell::EMPTY };
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn what_is_seen_is_what_was_drawn(
        frames in prop::collection::vec(prop::collection::vec(a_stroke(), 1..5), 1..10),
        caret in prop::option::of((0..30u16, 0..10u16)),
    ) {
        let mut desk = Desk::new(30, 10);
        let mut picture = Buffer::empty(Rect::new(0, 0, 30, 10));
        for strokes in &frames {
            for stroke in strokes {
                apply(&mut picture, stroke);
            }
            desk.draw(caret, |buf| *buf = picture.clone());
            if let Err(difference) = desk.compare(&picture) {
                return Err(TestCaseError::fail(difference));
            }
            if let Some((x, y)) = caret {
                prop_assert_eq!(desk.seen.screen().cursor_position(), (y, x));
            }
            prop_assert_eq!(desk.seen.screen().hide_cursor(), caret.is_none());
        }
    }

    #[test]
    fn where_quotes_and_dashes_are_two_columns_wide_no_other_character_is_lost(
        frames in prop::collection::vec(prop::collection::vec(a_stroke(), 1..5), 1..10),
    ) {
        let mut picture = Buffer::empty(Rect::new(0, 0, 30, 10));
        let mut pictures = Vec::new();
        for strokes in &frames {
            for stroke in strokes {
                apply(&mut picture, stroke);
            }
            pictures.push(picture.clone());
        }
        prop_assert_eq!(super::wide_ambiguous::check(&pictures), Ok(()));
    }
}

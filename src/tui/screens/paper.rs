//! A recovery key on its way to paper: shown to be written down, then compared with what is typed back from it.

use crate::tui::paint;
use crate::tui::screen::{Cx, Secret};
use ratatui::{buffer::Buffer, layout::Rect};

const GROUPS: usize = 8;
const DIGITS: usize = 6;
/// More wrong groups than this are not named one by one.
const NAMED: usize = 4;

pub(super) struct Paper {
    key: Secret,
}

impl Paper {
    pub(super) fn new(key: Secret) -> Self {
        Self { key }
    }

    pub(super) fn key(&self) -> &Secret {
        &self.key
    }

    /// Draws the eight groups with their numbers, four a line; gives the line beneath.
    pub(super) fn draw(&self, cx: &Cx, buf: &mut Buffer, area: Rect, mut y: u16) -> u16 {
        let groups: Vec<&str> =
            self.key.reveal().split([' ', '-']).filter(|group| !group.is_empty()).collect();
        for (row, four) in groups.chunks(4).enumerate() {
            let line: Vec<String> =
                four.iter().enumerate().map(|(at, group)| format!("{}) {group}", row * 4 + at + 1)).collect();
            paint::put(buf, area, area.x + 2, y, &line.join("   "), cx.theme.highlight);
            y += 2;
        }
        y
    }

    /// What is wrong with what was typed back, in words; `None` where it is the key.
    pub(super) fn slip(&self, cx: &Cx, typed: &str) -> Option<String> {
        let (typed, shown) = (digits(typed), digits(self.key.reveal()));
        if typed == shown {
            return None;
        }
        if typed.is_empty() {
            return Some(cx.cat.t("paper-empty").into_owned());
        }
        let group = |key: &[char], group: usize| key.chunks(DIGITS).nth(group).map(<[char]>::to_vec);
        let wrong: Vec<String> = (0..GROUPS)
            .filter(|at| group(&typed, *at) != group(&shown, *at))
            .map(|at| (at + 1).to_string())
            .collect();
        if wrong.is_empty() {
            return Some(cx.cat.t("paper-too-long").into_owned());
        }
        if wrong.len() > NAMED {
            return Some(cx.cat.t("paper-many-wrong").into_owned());
        }
        Some(cx.cat.t1("wizard-wrong-groups", "groups", wrong.join(", ")).into_owned())
    }
}

/// The digits alone, full-width ones too.
fn digits(text: &str) -> zeroize::Zeroizing<Vec<char>> {
    let half = text.chars().map(|c| match c {
        '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
        c => c,
    });
    zeroize::Zeroizing::new(half.filter(char::is_ascii_digit).collect())
}

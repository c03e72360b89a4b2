//! Columns that fit the width: each between its least and its most, the less important ones dropped when it is narrow.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::list::{ListState, MARGIN};
use crate::tui::paint;
use crate::tui::theme::Theme;

/// Blank cells between two columns.
const GAP: u16 = 2;

#[derive(Clone, Debug)]
pub struct Column {
    pub title: String,
    /// Cells it needs to be of use, and cells beyond which more are wasted.
    pub least: u16,
    pub most: u16,
    /// The column with the highest number is dropped first; those with 0 never.
    pub rank: u8,
}

impl Column {
    pub fn new(title: impl Into<String>, cells: Range<u16>, rank: u8) -> Self {
        Self { title: title.into(), least: cells.start, most: cells.end, rank }
    }
}

/// A cell of a row.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Entry {
    pub text: String,
    /// Laid over the row's own style, but for the first cell of the selected row.
    pub style: Style,
    /// Bytes of the text that matched what is searched for.
    pub found: Vec<Range<usize>>,
    /// How many columns behind its own it runs over; what stands in those is not drawn.
    pub over: usize,
}

impl From<String> for Entry {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

impl From<&str> for Entry {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Entry {
    pub fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    pub fn over(mut self, columns: usize) -> Self {
        self.over = columns;
        self
    }

    pub fn found(mut self, found: Vec<Range<usize>>) -> Self {
        self.found = found;
        self
    }
}

/// For each column its first cell and its cells, or `None` if it is dropped.
pub fn fit(columns: &[Column], width: u16) -> Vec<Option<(u16, u16)>> {
    let mut kept: Vec<usize> = (0..columns.len()).collect();
    let needed = |kept: &[usize]| {
        let cells: u16 = kept.iter().map(|column| columns[*column].least).sum();
        cells + GAP * u16::try_from(kept.len().saturating_sub(1)).unwrap_or(u16::MAX / GAP)
    };
    while needed(&kept) > width {
        // Of equal rank the rightmost goes.
        let Some(drop) =
            kept.iter().copied().filter(|c| columns[*c].rank > 0).max_by_key(|c| (columns[*c].rank, *c))
        else {
            break;
        };
        kept.retain(|column| *column != drop);
    }
    // What was dropped before a wider one went may have room again.
    let mut dropped: Vec<usize> = (0..columns.len()).filter(|column| !kept.contains(column)).collect();
    dropped.sort_by_key(|column| columns[*column].rank);
    for column in dropped {
        let mut with = kept.clone();
        with.insert(kept.partition_point(|other| *other < column), column);
        if needed(&with) <= width {
            kept = with;
        }
    }
    let mut spare = width.saturating_sub(needed(&kept));
    let mut cells: Vec<u16> = columns.iter().map(|column| column.least).collect();
    // Spare cells go round, so that no column grows at the cost of all others.
    while spare > 0 {
        let before = spare;
        for column in &kept {
            if spare > 0 && cells[*column] < columns[*column].most {
                cells[*column] += 1;
                spare -= 1;
            }
        }
        if spare == before {
            break;
        }
    }
    let mut x = 0;
    (0..columns.len())
        .map(|column| {
            kept.contains(&column).then(|| {
                let place = (x, cells[column].min(width.saturating_sub(x)));
                x = x.saturating_add(cells[column] + GAP).min(width);
                place
            })
        })
        .collect()
}

/// Draws the titles and the rows in view; `row` gives the entries of one, a column each. Returns the selected row's place.
pub fn draw<'a>(
    buf: &mut Buffer,
    area: Rect,
    theme: &Theme,
    columns: &[Column],
    state: &ListState,
    len: usize,
    row: impl Fn(usize) -> Vec<Entry> + 'a,
) -> Option<Position> {
    if area.height == 0 {
        return None;
    }
    let places = fit(columns, area.width.saturating_sub(MARGIN));
    let head = Rect { height: 1, ..area };
    paint::clear(buf, head, theme.heading);
    for (column, place) in columns.iter().zip(&places) {
        if let Some((x, cells)) = *place {
            let title = Rect { x: area.x + MARGIN + x, width: cells, ..head };
            paint::put_shortened(buf, title, title.x, title.y, &column.title, theme.heading);
        }
    }
    let body = Rect { y: area.y + 1, height: area.height - 1, ..area };
    let selected = state.selected(len);
    let lead = places.iter().flatten().next().map_or(0, |(_, cells)| *cells);
    state.draw(buf, body, theme, len, lead, |buf, line, index, style| {
        let entries = row(index);
        let mut at = 0;
        while let (Some(entry), Some(place)) = (entries.get(at), places.get(at)) {
            let last = (at + entry.over).min(places.len() - 1);
            if let Some((x, _)) = *place {
                // Of the columns it runs over, some may be dropped.
                let end = places[at..=last].iter().flatten().map(|(x, cells)| x + cells).max().unwrap_or(x);
                let area = Rect { x: line.x + x, width: end - x, ..line };
                let marked = x < lead && selected == Some(index);
                let style = if marked { style } else { theme.normal.patch(entry.style) };
                put_found(buf, area, entry, style, theme.highlight);
            }
            at = last + 1;
        }
    })
}

/// Writes an entry with the parts that were found laid over in the highlight.
pub fn put_found(buf: &mut Buffer, area: Rect, entry: &Entry, style: Style, highlight: Style) {
    paint::put_shortened(buf, area, area.x, area.y, &entry.text, style);
    for found in &entry.found {
        let (Some(before), Some(part)) = (entry.text.get(..found.start), entry.text.get(found.clone()))
        else {
            continue;
        };
        let x = paint::width(&paint::sanitise(before));
        // What was cut off cannot be marked; the sign of the cut is not part of what was found.
        let room = usize::from(area.width);
        let whole = paint::width(&paint::sanitise(&entry.text)) <= room;
        let visible = if whole { room } else { room.saturating_sub(1) };
        if x < visible {
            let (part, cells) = paint::clip(part, visible - x);
            debug_assert!(cells <= visible);
            let x = area.x + x as u16;
            paint::put(buf, area, x, area.y, part, style.patch(highlight));
        }
    }
}

//! A page as lines.

use crate::manual::{Mark, Page};
use crate::tui::paint;
use crate::tui::screen::Cx;
use crate::tui::screens::reader::{Line, paragraph};
use crate::tui::widget::wrap;
use ratatui::style::Style;
use std::sync::Arc;

pub(super) fn lines(cx: &Cx, page: &Page, same_step: &[&Arc<Page>], width: u16) -> Vec<Line> {
    let (lang, theme) = (cx.cat.lang(), cx.theme);
    let text = page.text(lang);
    let mut lines = Vec::new();
    paragraph(&mut lines, 0, width, &text.title, theme.heading);
    if page.own {
        let replaces = crate::manual::Manual::core().page(&page.id).is_some();
        let key = if replaces { "manual-own-replaces" } else { "manual-own-new" };
        paragraph(&mut lines, 0, width, &cx.cat.t(key), theme.warning);
    }
    let others = same_step.iter().filter(|other| other.id != page.id);
    let others: Vec<&str> = others.map(|other| other.text(lang).title.as_str()).collect();
    if !others.is_empty() && same_step.iter().any(|other| other.id == page.id) {
        let others = others.join(&cx.cat.t("value-and"));
        paragraph(&mut lines, 0, width, &cx.cat.t1("manual-same-step", "pages", others), theme.dim);
    }
    let mut before = None;
    for block in &text.blocks {
        // Items of one list stand close; all else has air.
        let in_list = matches!((&before, &block.mark), (Some(Mark::Item(_)), Mark::Item(_)));
        if !in_list {
            lines.push(vec![]);
        }
        match &block.mark {
            Mark::Heading => paragraph(&mut lines, 0, width, &block.text, theme.heading),
            Mark::Paragraph => paragraph(&mut lines, 0, width, &block.text, theme.normal),
            Mark::Item(sign) => hanging(&mut lines, sign, width, &block.text, (theme.label, theme.normal)),
            Mark::Say => hanging(&mut lines, ">", width, &block.text, (theme.good, theme.good)),
        }
        before = Some(block.mark.clone());
    }
    if !page.sources.is_empty() {
        lines.push(vec![]);
        paragraph(&mut lines, 0, width, &cx.cat.t("manual-sources"), theme.heading);
        for source in &page.sources {
            hanging(&mut lines, "-", width, source, (theme.label, theme.dim));
        }
    }
    lines
}

/// A text behind its sign.
fn hanging(lines: &mut Vec<Line>, sign: &str, width: u16, text: &str, (mark, style): (Style, Style)) {
    const X: u16 = 2;
    let x = X + paint::width(sign) as u16 + 1;
    let first = lines.len();
    let room = width.saturating_sub(x).max(1);
    lines.extend(wrap::lines(text, room).into_iter().map(|line| vec![(x, line.to_owned(), style)]));
    if let Some(line) = lines.get_mut(first) {
        line.insert(0, (X, sign.to_owned(), mark));
    }
}

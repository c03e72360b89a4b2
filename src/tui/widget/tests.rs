use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::calendar::{self, Calendar, Load};
use super::list::ListState;
use super::picker::{Choice, Picker};
use super::table::{self, Column, Entry};
use super::{popup, progress, tabs, wrap};
use crate::i18n::{Lang, catalogue};
use crate::tui::command::Command;
use crate::tui::frame_text::{frame_styles, frame_text, rows};
use crate::tui::theme::{Borders, Theme};

fn paper(width: u16, height: u16) -> Buffer {
    Buffer::empty(Rect::new(0, 0, width, height))
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("姓名", 6..12, 0),
        Column::new("年龄", 6..8, 1),
        Column::new("村庄", 8..20, 2),
        Column::new("监护人", 6..12, 3),
    ]
}

fn draw_table(width: u16, height: u16, state: &ListState) -> (Buffer, Option<Position>) {
    let mut buf = paper(width, height);
    let area = buf.area;
    let names = ["王小明", "李雷", "欧阳修文远", "陈静"];
    let cursor = table::draw(&mut buf, area, &Theme::default(), &columns(), state, names.len(), |row| {
        vec![names[row].into(), "3岁".into(), "石门村".into(), "王建国".into()]
    });
    (buf, cursor)
}

#[test]
fn a_narrow_table_drops_the_less_important_columns_and_keeps_the_name() {
    let state = ListState::default();
    let (wide, _) = draw_table(60, 2, &state);
    assert_eq!(rows(&wide)[1], "> 王小明        3岁       石门村                王建国");
    let (narrow, _) = draw_table(26, 2, &state);
    assert_eq!(rows(&narrow), ["  姓名    年龄    村庄", "> 王小明  3岁     石门村"]);
    let (least, _) = draw_table(7, 2, &state);
    assert_eq!(rows(&least), ["  姓名", "> 王小~"]);
}

#[test]
fn the_selected_row_is_marked_by_a_sign_and_by_style_and_holds_the_cursor() {
    let mut state = ListState::default();
    state.run(Command::Down, 4);
    let (buf, cursor) = draw_table(20, 4, &state);
    assert_eq!(cursor, Some(Position { x: 0, y: 2 }));
    assert!(frame_text(&buf, cursor).contains("▮> 李雷"));
    assert!(frame_styles(&buf, &Theme::default()).contains("«selected:> 李雷"));
}

#[test]
fn a_list_scrolls_only_when_the_selection_leaves_the_view() {
    let mut state = ListState::default();
    assert_eq!(state.view(10, 3), 0..3);
    for _ in 0..3 {
        state.run(Command::Down, 10);
    }
    assert_eq!(state.view(10, 3), 1..4);
    state.run(Command::Up, 10);
    assert_eq!(state.view(10, 3), 1..4);
    state.run(Command::Last, 10);
    assert_eq!((state.view(10, 3), state.selected(10)), (7..10, Some(9)));
    assert_eq!(state.view(2, 3), 0..2, "rows that are gone are not selected");
    assert_eq!(state.selected(2), Some(1));
    assert_eq!(state.selected(0), None);
    assert!(!state.run(Command::Save, 10));
}

#[test]
fn what_was_found_is_highlighted_up_to_the_cut() {
    let theme = Theme::default();
    let mut buf = paper(8, 1);
    let area = buf.area;
    let entry = Entry::from("石门村王小明").found(vec![3..9, 12..15, 40..50]);
    table::put_found(&mut buf, area, &entry, Style::new(), theme.highlight);
    assert_eq!(frame_styles(&buf, &theme), "石«highlight:门村»~\n");
}

#[test]
fn a_popup_stands_in_the_middle_and_leaves_no_half_characters() {
    let mut buf = Buffer::with_lines(["儿童保护个案管理系统"; 6]);
    let area = buf.area;
    let inner = popup::open(&mut buf, area, 11, 4, "提示", &Theme::default());
    super::super::paint::put(&mut buf, inner, inner.x, inner.y, "保存吗", Style::new());
    assert_eq!(
        rows(&buf),
        [
            "儿童保护个案管理系统",
            "儿童 提示       系统",
            "儿童| 保存吗  | 系统",
            "儿童|         | 系统",
            "儿童+---------+ 系统",
            "儿童保护个案管理系统",
        ]
    );
}

#[test]
fn borders_can_be_lines_or_none() {
    for (borders, bottom) in [(Borders::Line, "└──────┘"), (Borders::None, "")] {
        let mut buf = paper(8, 3);
        let area = buf.area;
        popup::open(&mut buf, area, 8, 3, "", &Theme { borders, ..Theme::default() });
        assert_eq!(rows(&buf)[2], bottom);
    }
}

#[test]
fn a_picker_narrows_as_one_types_and_selects_the_best_again() {
    let mut picker = Picker::default();
    let choice = |text: &str, note: &str| Choice { entry: text.into(), note: note.into() };
    let rows_given = [choice("记走访", "F6"), choice("新回访", "F8")];
    picker.run(Command::Down, 2);
    assert_eq!(picker.selected(2), Some(1));
    picker.insert("访");
    assert_eq!((picker.query(), picker.selected(2)), ("访", Some(0)));
    let mut buf = paper(20, 3);
    let area = buf.area;
    let caret = picker.draw(&mut buf, area, &Theme::default(), "命令: ", &rows_given);
    assert_eq!(frame_text(&buf, caret), "命令: 访▮\n> 记走访          F6\n  新回访          F8\n");
    assert!(picker.run(Command::Backspace, 2));
    assert_eq!(picker.query(), "");
}

#[test]
fn a_month_shows_how_much_falls_on_each_day() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let mut month = Calendar::new(day("2026-11-21"));
    let mut buf = paper(calendar::WIDTH, calendar::HEIGHT);
    let area = buf.area;
    let load = |date: NaiveDate| Load { count: usize::from(date == day("2026-11-19")) * 3, overdue: true };
    let cursor = month.draw(&mut buf, area, &Theme::default(), catalogue(Lang::Zh), day("2026-11-20"), load);
    assert_eq!(
        rows(&buf),
        [
            " 2026年11月",
            " 一    二    三    四    五    六    日",
            "                                      1",
            "  2     3     4     5     6     7     8",
            "  9    10    11    12    13    14    15",
            " 16    17    18    19 3  20*  >21    22",
            " 23    24    25    26    27    28    29",
            " 30",
        ]
    );
    assert_eq!(cursor, Some(Position { x: 30, y: 5 }));
    month.run(Command::PageDown);
    month.run(Command::NextDay);
    assert_eq!(month.selected(), day("2026-12-22"));
    month.run(Command::Last);
    assert_eq!(month.selected(), day("2026-12-31"));
    month.run(Command::PageUp);
    assert_eq!(month.selected(), day("2026-11-30"), "a month without a 31st");
}

#[test]
fn the_selected_tab_is_always_in_view() {
    let titles = ["概况", "家庭", "时间线", "评估", "计划", "历史"];
    for selected in 0..titles.len() {
        let mut buf = paper(24, 1);
        let area = buf.area;
        tabs::draw(&mut buf, area, &Theme::default(), &titles, selected);
        let line = rows(&buf).remove(0);
        assert!(line.contains(&format!("[{}]", titles[selected])), "{line}");
    }
    let mut buf = paper(24, 1);
    let area = buf.area;
    tabs::draw(&mut buf, area, &Theme::default(), &titles, 0);
    assert_eq!(rows(&buf), ["[概况] 家庭  时间线    >"]);
}

#[test]
fn progress_tells_the_count_and_the_share() {
    let line = |done, total, width| {
        let mut buf = paper(width, 1);
        let area = buf.area;
        progress::draw(&mut buf, area, &Theme::default(), done, total);
        rows(&buf).remove(0)
    };
    assert_eq!(line(500, 2000, 30), "[###---------]   25%  500/2000");
    assert_eq!(line(2000, 2000, 14), "100%  2000/20~");
    assert_eq!(line(9, 0, 20), "9");
}

#[test]
fn a_rule_s_text_is_broken_between_characters_and_lines() {
    assert_eq!(
        wrap::lines("监护人每周至少联系一次。\n依据：法", 10),
        ["监护人每周", "至少联系一", "次。", "依据：法"]
    );
    let mut buf = paper(10, 2);
    let area = buf.area;
    assert_eq!(wrap::draw(&mut buf, area, "一\n二\n三", 1, Style::new()), 3);
    assert_eq!(rows(&buf), ["二", "三"]);
}

#[test]
fn a_fact_that_fits_on_a_line_is_not_broken_and_a_longer_one_is_followed_by_a_line_of_its_own() {
    let facts = ["就学：在学", "户籍：是", "保障：低保"].map(String::from);
    assert_eq!(wrap::fill(&facts, "；", 24), "就学：在学；户籍：是；\n保障：低保");
    assert_eq!(wrap::fill(&facts, "；", 40), "就学：在学；户籍：是；保障：低保");
    let steps = ["a", "b"].map(String::from);
    assert_eq!(wrap::fill(&steps, " > ", 3), "a >\nb");
    let long = ["住址：柳树镇柳树村三组十二号", "电话：1"].map(String::from);
    assert_eq!(wrap::fill(&long, "；", 10), "住址：柳树镇柳树村三组十二号；\n电话：1");
}
